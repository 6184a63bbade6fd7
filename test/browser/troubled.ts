import type { ErpRow } from "../erp/row";
import { type Factory, type PocketBaseServer, TARGET } from "../integration/harness";
import { setOptions } from "../integration/in-flight";
import { erpIdOf, type Installation, startSynced } from "../integration/outcomes-instance";
import { hooksWithPoison, setPoison } from "../integration/poison";

/** What a page must show as text. Each would open a dialog, ask for /x or leave an element behind if it did not. */
export const SMUGGLED = `<img src=x onerror="alert('smuggled')"><script>alert('smuggled')</script>`;

/** More dead jobs than a page of the queue shows. */
export const DEAD = 60;
/** More than a fifth of the rows: their deletes are held. */
const LEFT = 50;

export interface Troubled extends Installation {
  /** Keys of a row that is well but full of HTML, of one in quarantine because of HTML, and of a dead one. */
  keys: { well: string; bad: string; dead: string };
  /** Ids: the quarantine of the bad row, a dead job, the run that failed, the run that is partial. */
  ids: { quarantined: string; job: string; failedRun: string; partialRun: string };
}

/**
 * An installation with everything that needs a person: dead jobs, a row in quarantine, held deletes, a failed run, a
 * target that somebody changed, an ERP that has moved on; and HTML wherever the ERP or somebody's hook can put some.
 */
export async function startTroubled(): Promise<Troubled> {
  const all = await startSynced({ rows: 200, hooksDir: hooksWithPoison(`no ${SMUGGLED}`) });
  const { factory, erp, server } = all;
  await setOptions(server, { retry: { max_retries: 0 } });
  await server.updateSettings({ on_missing: "delete" });
  await setPoison(server, "refuse");

  erp.setRows(`{"message": ${JSON.stringify(SMUGGLED)}}`);
  const failedRun = await server.runSync();
  erp.setRows(null);

  const keys = changeRows(factory);
  const partialRun = await server.runSync();
  const quarantined = await first(server, "failed_records", "stage = 'normalize'");
  const job = await first(server, "job_queue", "status = 'dead'");
  const [target] = await server.rows(TARGET, `PURC_REQ_ID ~ 'smuggled'`);
  await server.pb.collection(TARGET).update(target?.id ?? "", { WO_ASW_STATUS: SMUGGLED });
  factory.changeRow(0, { WO_PRODUCT_CODE: `${SMUGGLED} again` });
  return { ...all, keys, ids: { quarantined, job, failedRun: failedRun.id, partialRun: partialRun.id } };
}

/** One row full of HTML, one that cannot be mapped, many that the target will refuse, many that are gone. */
function changeRows(factory: Factory): Troubled["keys"] {
  const well = factory.changeRow(0, { PURC_REQ_ID: SMUGGLED, WO_PRODUCT_CODE: SMUGGLED }).after;
  const bad = factory.breakRow(1, "BOM_QTY", SMUGGLED).after;
  for (let at = 2; at < 2 + DEAD; at++) factory.changeRow(at, { WO_PRODUCT_CODE: "POISON" });
  const dead = factory.rows()[2] as ErpRow;
  while (factory.rows().length > 200 - LEFT) factory.removeRow(factory.rows().length - 1);
  return { well: erpIdOf(well), bad: erpIdOf(bad), dead: erpIdOf(dead) };
}

async function first(server: PocketBaseServer, collection: string, filter: string): Promise<string> {
  return (await server.pb.collection(collection).getFirstListItem(filter)).id;
}
