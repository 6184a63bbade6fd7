import { beforeAll, expect, it } from "vitest";
import { countsOf, erpIdOf, type Installation, rawRow, startSynced } from "./outcomes-instance";

const STOCK = ["PART_QTY_ON_HAND_WHOLE", "PART_QTY_ON_ORDER_WHOLE"];

let here: Installation;
beforeAll(async () => {
  here = await startSynced({ rows: 12 });
});

async function ignore(ignore_fields: string[]): Promise<void> {
  const { options } = await here.server.settings();
  await here.server.updateSettings({ options: { ...options, diff: { ...options.diff, ignore_fields } } });
}

/** The sentence under options, or that it was saved. */
function refusal(ignored: string[]): Promise<string> {
  return ignore(ignored).then(
    () => "it was saved",
    (error) => error.response.data.options?.message ?? String(error),
  );
}

/** Another stock level in every row. */
function stockMoves(by: number): void {
  here.factory.rows().forEach((row, at) => {
    here.factory.changeRow(at, { PART_QTY_ON_HAND_WHOLE: Number(row.PART_QTY_ON_HAND_WHOLE) + by });
  });
}

it("takes a row for unchanged whose ignored fields alone changed, and stores them with the next real change", async () => {
  const { server, factory } = here;
  const size = factory.rows().length;
  await ignore(STOCK);
  const first = await server.runSync();
  // Another list: every row is stored anew, and none is pushed.
  expect(countsOf(first)).toEqual({ fetched: size, touched: size });
  expect(await server.rows("push_log", `run = '${first.id}'`)).toEqual([]);

  const before = await server.rows("erp_raw_data", "", "erp_id");
  stockMoves(5);
  expect(countsOf(await server.runSync())).toEqual({ fetched: size, unchanged: size });
  expect(await server.rows("erp_raw_data", "", "erp_id")).toEqual(before);

  const { after } = factory.changeRow(4, { BOM_QTY: 77 });
  expect(countsOf(await server.runSync())).toEqual({ fetched: size, unchanged: size - 1, changed: 1, updated: 1 });
  expect((await rawRow(server, erpIdOf(after))).payload_json).toEqual(after);
  await server.expectTarget(factory.rows());

  await ignore([]);
  expect(countsOf(await server.runSync())).toEqual({ fetched: size, touched: size });
  stockMoves(5);
  expect(countsOf(await server.runSync())).toEqual({ fetched: size, touched: size });
  const [row] = factory.rows();
  if (row) expect((await rawRow(server, erpIdOf(row))).payload_json).toEqual(row);
});

it("is refused for a field that matters, and while a mended row stands", async () => {
  const { server, factory } = here;
  expect(await refusal([...STOCK, "BOM_QTY"])).toContain('"BOM_QTY" is mapped to BOM_QTY, so a change of it matters');
  expect(await refusal(["BOM_PIECE_NO"])).toContain('"BOM_PIECE_NO" is a key field');
  const [row] = factory.rows();
  if (!row) throw new Error("the factory has rows");
  const raw = await rawRow(server, erpIdOf(row));
  const mended = { ...raw.payload_json, BOM_QTY: 4321 };
  await server.pb.collection("erp_raw_data").update(raw.id, { payload_json: mended });
  expect(await refusal(STOCK)).toContain("cannot change while a row has a payload_json that somebody mended");
  const { options } = await server.settings();
  await server.updateSettings({ options: { ...options, run: { max_minutes: 5 } } });
});
