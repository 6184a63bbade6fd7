import type { ErpRow } from "../erp/row";
import { waitFor } from "../integration/harness";
import { setOptions } from "../integration/in-flight";
import { erpIdOf, type Installation, startSynced } from "../integration/outcomes-instance";
import { hooksWithPoison, setPoison } from "../integration/poison";

/** What a page must show as text. Each would open a dialog, ask for /x or leave an element behind if it did not. */
export const SMUGGLED = `<img src=x onerror="alert('smuggled')"><script>alert('smuggled')</script>`;

/** More dead jobs than a page of the queue shows. */
const DEAD = 60;
/** More than a fifth of the rows: their deletes are held. */
const LEFT = 50;

export interface Troubled extends Installation {
  /** The key of a row that is well, but full of HTML. */
  wellKey: string;
  /** The key of a row in quarantine; its bad value is HTML. */
  badKey: string;
  /** Key of a dead row. */
  deadKey: string;
}

/**
 * An installation with everything that needs a person: dead jobs, rows in quarantine, held deletes and a failed run, and
 * HTML wherever the ERP or somebody's hook can put some.
 */
export async function startTroubled(): Promise<Troubled> {
  const all = await startSynced({ rows: 200, hooksDir: hooksWithPoison(`no ${SMUGGLED}`) });
  const { factory, erp, server } = all;
  await setOptions(server, { retry: { max_retries: 0 } });
  await server.updateSettings({ on_missing: "delete" });
  await setPoison(server, "refuse");

  erp.setRows(`{"message": ${JSON.stringify(SMUGGLED)}}`);
  await server.runSync();
  erp.setRows(null);

  const html: Partial<ErpRow> = { PURC_REQ_ID: SMUGGLED, WO_PRODUCT_CODE: SMUGGLED };
  const well = factory.changeRow(0, html).after;
  const bad = factory.breakRow(1, "BOM_QTY", SMUGGLED).after;
  for (let at = 2; at < 2 + DEAD; at++) factory.changeRow(at, { WO_PRODUCT_CODE: "POISON" });
  const dead = factory.rows()[2] as ErpRow;
  for (const row of factory.rows().slice(-LEFT)) {
    if (factory.rows().some((other) => erpIdOf(other) === erpIdOf(row))) {
      factory.removeRow((other) => erpIdOf(other) === erpIdOf(row));
    }
  }
  await server.runSync();
  await waitFor(async () => (await server.jobs("status = 'dead'")).length === DEAD, `${DEAD} dead jobs`);
  return { ...all, wellKey: erpIdOf(well), badKey: erpIdOf(bad), deadKey: erpIdOf(dead) };
}
