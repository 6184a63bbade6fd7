import { describe, expect, it } from "vitest";
import { type ErpRow, groupOf } from "../erp/row";
import type { Erp } from "../erp/server";
import { Factory, type PocketBaseServer, startErp } from "./harness";
import { setOptions, startQuietly } from "./in-flight";
import { storyOf } from "./mirror-instance";
import { countsOf, dump, erpIdOf, rawRow } from "./outcomes-instance";

const WINDOW = "WO_CREATE_DATE";
const SOURCE = { from_date_param: "asOf" };
const MARKED = { WO_STATUS: "GONE" };

interface Feed {
  erp: Erp;
  server: PocketBaseServer;
  /** Rows of a line each, dated `days` after (or before) the day from which on rows are asked for. */
  row(days: number, time?: string): ErpRow;
  /** The ERP now answers with these rows. */
  run(rows: ErpRow[]): Promise<Record<string, unknown>>;
}

/** A stream that asks for the last 30 days. The ERP's answer is what each test says. */
async function startFeed(onMissing: string, more: object = {}, source: object = {}): Promise<Feed> {
  const factory = new Factory({ seed: 3, rows: 60 });
  const lines = new Map(factory.rows().map((row) => [groupOf(row), row]));
  const bases = Array.from(lines.values());
  const erp = await startErp({ factory });
  const server = await startQuietly(erp);
  const diff = { window_field: WINDOW, ...more };
  await setOptions(server, { diff, mark: { fields: MARKED }, source: { ...SOURCE, ...source } });
  const path = "paging" in source ? "paged/offset" : "changes";
  const from = { source_url: `\${ERP_BASE_URL}/api/${path}`, from_date: "-30d" };
  await server.updateSettings({ ...from, on_missing: onMissing });
  const start = Date.parse(`${new Date(Date.now() - 30 * 86_400_000).toISOString().slice(0, 10)}T00:00:00Z`);
  let next = 0;
  const row = (days: number, time = "08:00:00") => {
    const day = new Date(start + days * 86_400_000).toISOString().slice(0, 10);
    return { ...(bases[next++] as ErpRow), [WINDOW]: `${day}T${time}` };
  };
  const run = async (rows: ErpRow[]) => {
    erp.setRows(rows);
    const found = await server.runSync();
    expect(erp.requests.at(-1)?.query.asOf).toBe(new Date(start).toISOString().slice(0, 10));
    return found;
  };
  return { erp, server, row, run };
}

describe("with a from_date that moves on", () => {
  it.each(["mark", "delete"])("%s takes away what left the ERP and keeps what aged out", async (onMissing) => {
    const { server, row, run } = await startFeed(onMissing);
    const stay = [row(20), row(25), row(0, "00:00:00")];
    const left = [row(10), row(0, "00:00:00")];
    const old = [row(-1, "23:59:59"), row(-40)];
    await run([...stay, ...left, ...old]);
    const found = await run(stay);
    expect(found).toMatchObject({ status: "succeeded", error: "" });
    const done = onMissing === "delete" ? { deleted: 2 } : { updated: 2 };
    expect(countsOf(found)).toEqual({ fetched: 3, unchanged: 3, left: 2, ...done });
    const marked = onMissing === "delete" ? [] : left.map((each) => ({ ...each, ...MARKED }));
    await server.expectTarget([...stay, ...old, ...marked]);
    for (const each of old) {
      const story = await storyOf(server, erpIdOf(each));
      expect(story.raw.missing_since).not.toBe("");
      expect(story.state.sentence).toContain(`the target keeps the last version (it had aged out by its ${WINDOW})`);
    }
    const before = await dump(server);
    expect(countsOf(await run(stay))).toEqual({ fetched: 3, unchanged: 3 });
    expect(await dump(server)).toBe(before);
  });

  it("tells a row that has no date, once, and keeps it", async () => {
    const { server, row, run } = await startFeed("delete");
    const stay = [row(20)];
    const odd = [null, "", "soon"].map((value) => ({ ...row(5), [WINDOW]: value }) as ErpRow);
    const undated = odd.filter((each) => each[WINDOW] !== "soon");
    const left = row(5);
    await run([...stay, ...odd, left]);
    const found = await run(stay);
    expect(found.status).toBe("partial");
    expect(found.error).toBe(
      `rows that are no longer sent and kept, because their ${WINDOW} (options.diff.window_field) is blank or no date, so that nobody can tell whether they have left the ERP: 3`,
    );
    expect(countsOf(found)).toMatchObject({ left: 1, deleted: 1 });
    await server.expectTarget([...stay, ...undated]);
    expect(await run(stay)).toMatchObject({ status: "succeeded", error: "" });
  });

  it("takes a row that is sent again under its old record, and deletes it when it leaves within its time", async () => {
    const { server, row, run } = await startFeed("delete");
    const stay = row(20);
    const old = row(-3);
    await run([stay, old]);
    await run([stay]);
    const { target_id } = await rawRow(server, erpIdOf(old));
    const dated = { ...old, [WINDOW]: stay[WINDOW] };
    await run([stay, dated]);
    await server.expectTarget([stay, dated]);
    expect(await rawRow(server, erpIdOf(old))).toMatchObject({ target_id, missing_since: "" });
    expect(countsOf(await run([stay]))).toMatchObject({ left: 1, deleted: 1 });
    await server.expectTarget([stay]);
  });

  it("never gives the record of a row that aged out to another row of its line", async () => {
    const { server, row, run } = await startFeed("delete");
    const line = row(20);
    const old = { ...line, PURC_REQ_ID: "R-OLD", [WINDOW]: row(-2)[WINDOW] };
    const superseded = { ...line, PURC_REQ_ID: "R-GONE" };
    await run([line, old, superseded]);
    expect(countsOf(await run([line]))).toMatchObject({ superseded: 1, deleted: 1 });
    await server.expectTarget([line, old]);
    const added = { ...line, PURC_REQ_ID: "R-NEW" };
    expect(countsOf(await run([line, added]))).toMatchObject({ new: 1, inserted: 1 });
    await server.expectTarget([line, old, added]);
  });

  it("does not let rows that aged out hide that too many leave at once", async () => {
    const { server, row, run } = await startFeed("delete");
    const stay = [row(20), row(21)];
    const left = Array.from({ length: 10 }, () => row(9));
    const old = Array.from({ length: 14 }, () => row(-9));
    await run([...stay, ...left, ...old]);
    // 10 of 26 known rows are more than 20 %; with a limit of 60 % they are too many only among the 12 that did not age.
    await setOptions(server, { diff: { window_field: WINDOW, max_shrink_percent: 60 }, source: SOURCE });
    expect(await run(stay)).toMatchObject({ status: "partial", rows_left: 10, rows_held: 10, pushed_deleted: 0 });
    await server.expectTarget([...stay, ...left, ...old]);
  });

  it("needs two snapshots of a paged source for what left, and none for what aged out", async () => {
    const paging = { kind: "offset", page_size: 4 };
    const { server, row, run } = await startFeed("delete", {}, { paging });
    const stay = [row(20), row(21), row(22), row(23), row(24)];
    const left = row(9);
    const old = row(-9);
    await run([...stay, left, old]);
    expect(await run(stay)).toMatchObject({ pushed_deleted: 0, rows_left: 1 });
    expect((await rawRow(server, erpIdOf(old))).missing_since).not.toBe("");
    expect(await run(stay)).toMatchObject({ pushed_deleted: 1 });
    await server.expectTarget([...stay, old]);
  });

  it("reads dates without a zone in the stream's own", async () => {
    const { server, row, run } = await startFeed("delete");
    await server.updateSettings({ timezone: "Asia/Dubai" });
    const stay = row(20);
    const [left, old] = [row(0, "00:30:00"), row(-1, "23:30:00")];
    await run([stay, left, old]);
    const kept = await Promise.all([stay, old].map(async (each) => (await rawRow(server, erpIdOf(each))).target_id));
    expect(countsOf(await run([stay]))).toMatchObject({ left: 1, deleted: 1 });
    expect((await server.targetRows()).map((record) => record.id)).toEqual(kept.sort());
  });
});

it("keeps a row for good once it aged out, also when the window is widened over it and it is not there", async () => {
  const { server, erp, row, run } = await startFeed("delete");
  const stay = row(20);
  const old = row(-3);
  await run([stay, old]);
  await run([stay]);
  await server.updateSettings({ from_date: "-60d" });
  for (let times = 0; times < 3; times++) {
    expect(await server.runSync()).toMatchObject({ status: "succeeded", pushed_deleted: 0 });
  }
  expect(erp.requests.at(-1)?.query.asOf).not.toBe(erp.requests[0]?.query.asOf);
  await server.expectTarget([stay, old]);
});
