import * as fc from "fast-check";
import { beforeAll, expect, it } from "vitest";
import { type Feed, startFeed } from "./feed";
import { type PocketBaseServer, startPocketBase } from "./harness";
import { countsOf } from "./outcomes-instance";

/** Every way of pushing ends in the same columns, the same log and the same quarantine. */
const MODES = ["records", "bulk", "auto"] as const;
const SEED = Number(process.env.PARITY_SEED ?? 20_251_201);
const HISTORIES = 8;

let feed: Feed;
let server: PocketBaseServer;
beforeAll(async () => {
  feed = await startFeed();
  server = await startPocketBase({ erpUrl: feed.url });
});

type Row = Record<string, unknown>;

/** Few values of everything, so that rows meet in a group and under a key; one CODE belongs to somebody else's record. */
const row: fc.Arbitrary<Row> = fc.record({
  LINE: fc.constantFrom("L1", "L2", "L3"),
  ORDER: fc.constantFrom("", "P1", "P2", "P3"),
  QTY: fc.constantFrom(0, 1, "1.50", -2.5, null, 2 ** 53 - 1, "ten"),
  NAME: fc.constantFrom("nut", " bolt ", "naïve €", "🔩", "", null, "too long a name to be stored"),
  OPEN: fc.constantFrom(true, false, 1, "0", null, "maybe"),
  DUE: fc.constantFrom("2025-12-01", "2025-12-01T10:20:30.4+04:00", "", null, "soon"),
  CODE: fc.constantFrom("", null, "taken"),
});
const history = fc.record({
  before: fc.array(row, { maxLength: 4 }),
  snapshots: fc.array(fc.array(row, { minLength: 1, maxLength: 9 }), { minLength: 2, maxLength: 4 }),
});

const FIELDS = [
  { name: "LINE", type: "text" },
  { name: "ORDER", type: "text" },
  { name: "QTY", type: "number" },
  { name: "NAME", type: "text", max: 12 },
  { name: "OPEN", type: "bool" },
  { name: "DUE", type: "date" },
  { name: "CODE", type: "text" },
  { name: "remark", type: "text" },
  { name: "created", type: "autodate", onCreate: true },
  { name: "updated", type: "autodate", onCreate: true, onUpdate: true },
];

/** What the histories were about, so that a poor generator cannot pass for parity. */
const seen: Record<string, number> = {};
const WANTED = [
  "new",
  "changed",
  "rekeyed",
  "superseded",
  "left",
  "updated",
  "deleted",
  "failed",
  "duplicate",
  "adopted",
];

function note(run: Row, target: Row[]): void {
  for (const [name, count] of Object.entries(countsOf(run))) seen[name] = (seen[name] ?? 0) + count;
  seen.adopted = (seen.adopted ?? 0) + target.filter(({ remark, owner }) => remark !== "" && owner !== "").length;
}

let made = 0;

async function makeStream(mode: string, before: Row[]): Promise<string> {
  const name = `parity_${mode}_${++made}`;
  const indexes = [`CREATE UNIQUE INDEX idx_${name} ON ${name} (CODE) WHERE CODE <> ''`];
  await server.pb.collections.create({ type: "base", name, fields: FIELDS, indexes });
  for (const [at, values] of before.entries()) {
    const { QTY, OPEN, DUE, NAME, ...rest } = values;
    await server.pb.collection(name).create({ ...rest, CODE: "", QTY: at, remark: `own ${at}` });
  }
  await server.pb.collection(name).create({ LINE: "somebody else's", CODE: "taken" });
  await server.pb.collection("sync_settings").create({
    name,
    source_url: "${ERP_BASE_URL}/rows",
    group_fields: ["LINE"],
    key_fields: ["LINE", "ORDER"],
    target_collection: name,
    mapping: { remark: { skip: true } },
    on_missing: "delete",
    options: { push: { mode }, diff: { max_shrink_percent: 100 } },
  });
  return name;
}

/** All that a run may write, without ids and times, and what says so: target, raw, jobs, log, quarantine, counts. */
async function outcome(stream: string, run: Row): Promise<object> {
  const of = (collection: string) => server.rows(collection, `stream = "${stream}"`);
  const raws = await of("erp_raw_data");
  const erpIds = new Map(raws.map((raw) => [raw.target_id, raw.erp_id]));
  const { status, error } = run;
  const target = sorted(await server.rows(stream), (record) => ({
    ...pick(
      record,
      FIELDS.slice(0, 8).map((field) => field.name),
    ),
    owner: erpIds.get(record.id) ?? "",
  }));
  note(run, target);
  return {
    run: { status, error, ...countsOf(run) },
    target,
    raws: sorted(raws, (raw) => ({
      ...pick(raw, ["erp_id", "group_key", "payload_json", "mapped_hash", "pushed_hash"]),
      gone: raw.missing_since !== "",
    })),
    log: sorted(await of("push_log"), (entry) => pick(entry, ["erp_id", "response_code", "response_body", "changes"])),
    quarantine: sorted(await of("failed_records"), (record) => ({
      ...pick(record, ["erp_id", "stage", "error_type", "error_message", "field", "value", "expected", "count"]),
      open: record.resolved_at === "",
    })),
    jobs: sorted(await of("job_queue"), (job) => pick(job, ["operation", "status", "retry_count", "last_error"])),
  };
}

function pick(record: Row, names: string[]): Row {
  return Object.fromEntries(names.map((name) => [name, record[name]]));
}

function sorted(records: Row[], shape: (record: Row) => Row): Row[] {
  return records.map(shape).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

it("records, bulk and auto end in the same columns, log, jobs and quarantine, whatever the ERP sends", async () => {
  await fc.assert(
    fc.asyncProperty(history, async ({ before, snapshots }) => {
      const streams: string[] = [];
      for (const mode of MODES) streams.push(await makeStream(mode, before));
      for (const snapshot of snapshots) {
        feed.rows["/rows"] = snapshot;
        const outcomes: object[] = [];
        for (const stream of streams) outcomes.push(await outcome(stream, await server.runSync({}, stream)));
        expect(outcomes[1]).toEqual(outcomes[0]);
        expect(outcomes[2]).toEqual(outcomes[0]);
      }
    }),
    { seed: SEED, numRuns: Number(process.env.PARITY_RUNS ?? HISTORIES), endOnFailure: true },
  );
  for (const kind of WANTED)
    expect(seen, kind).toHaveProperty(
      kind,
      expect.toSatisfy((count) => count >= MODES.length),
    );
});
