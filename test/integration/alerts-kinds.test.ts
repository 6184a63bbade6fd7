import { expect, it } from "vitest";
import { startReceiver } from "./alert-receivers";
import { lookAndDeliver, startAlerted } from "./alerts-instance";
import { TARGET } from "./harness";
import { setOptions } from "./in-flight";

const POISONED = 12;
const GONE = 20;

/** Somebody's hook that does not take some records. */
const REFUSING = `onRecordUpdate((e) => {
  if (e.record.getString("WO_PRODUCT_CODE") === "POISON") throw new BadRequestError("we do not take this one");
  e.next();
}, "${TARGET}");`;

it("tells once of very many changes, held deletes, dead jobs, quarantine and failing pushes, and once that each is over", async () => {
  const slack = await startReceiver();
  const { server, erp } = await startAlerted({ hooks: REFUSING, env: { ERP_ALERT_WEBHOOK_URL: slack.url } }, 60);
  const { factory } = erp;
  expect(await server.runSync()).toMatchObject({ status: "succeeded" });
  await setOptions(server, { retry: { max_retries: 0 }, alerts: { many_changes: 5, failure_percent: 5 } });
  await server.updateSettings({ on_missing: "delete" });
  // The first load changed very many rows as well.
  await server.runSync();
  await lookAndDeliver(server);
  const told = () =>
    slack.texts().map((text) => /: (ALERT|ALL CLEAR), (?:it was: )?(.*)\n/.exec(text)?.slice(1).join(" "));
  const before = told().length;

  factory.breakRow(0, "BOM_QTY", "ten");
  for (let at = 1; at <= POISONED; at++) factory.changeRow(at, { WO_PRODUCT_CODE: "POISON" });
  for (let gone = 0; gone < GONE; gone++) factory.removeRow(factory.rows().length - 1);
  expect(await server.runSync()).toMatchObject({ status: "partial", pushed_failed: POISONED });
  await lookAndDeliver(server);
  const begun = told().slice(before);
  expect(begun.sort()).toEqual([
    "ALERT deletes are held",
    "ALERT jobs are dead",
    "ALERT many pushes fail",
    "ALERT rows went into quarantine",
    "ALERT the ERP's fields changed",
    "ALERT very many rows changed",
  ]);
  const texts = slack.texts().join("\n");
  expect(texts).toMatch(/\d+ deletes held: .*if the ERP is right: erp approve-deletes aswan_bom/s);
  expect(texts).toMatch(/12 jobs given up: .*We do not take this one/);
  expect(texts).toMatch(/12 of \d+ jobs of the past hour failed \(\d+\.\d %\), more than 5 %/);
  expect(texts).toMatch(/1[23] rows? went into quarantine/);
  expect(texts).toMatch(/changed \d+ rows \(.*left\), more than 5 /);

  await lookAndDeliver(server);
  expect(told().slice(before)).toHaveLength(begun.length);

  factory.changeRow(0, { BOM_QTY: 5 });
  for (let at = 1; at <= POISONED; at++) factory.changeRow(at, { WO_PRODUCT_CODE: "MENDED" });
  await server.action("approve-deletes");
  await server.runSync();
  await server.runSync();
  await lookAndDeliver(server);
  await lookAndDeliver(server);
  const over = told().slice(before + begun.length);
  expect(over.sort()).toEqual(begun.map((each) => each?.replace("ALERT", "ALL CLEAR")));
  await server.expectTarget(factory.rows());
});
