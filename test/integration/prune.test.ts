import type { RecordModel } from "pocketbase";
import { beforeAll, describe, expect, it } from "vitest";
import { createStream, type Feed, rawRows, startFeed } from "./feed";
import { type PocketBaseServer, startPocketBase } from "./harness";
import { hooksWithSql, sql } from "./test-hooks";

let feed: Feed;
let server: PocketBaseServer;
beforeAll(async () => {
  feed = await startFeed();
  server = await startPocketBase({ erpUrl: feed.url, hooksDir: hooksWithSql() });
});

const ONE_DAY = { jobs_days: 1, log_days: 1, history_days: 1, runs_days: 1, quarantine_days: 1, tombstones_days: 1 };
const DATES = {
  erp_raw_data: ["missing_since"],
  job_queue: ["processed_at", "updated_at", "created_at"],
  push_log: ["sent_at"],
  failed_records: ["resolved_at"],
  sync_runs: ["started_at", "finished_at", "ingested_at"],
};

type Row = { NO: number; QTY?: unknown; NAME?: string };

async function makeStream(name: string, options: object): Promise<RecordModel> {
  const fields = [
    { name: "NO", type: "text" },
    { name: "QTY", type: "number" },
    { name: "NAME", type: "text", max: 5 },
  ];
  await server.pb.collections.create({ type: "base", name, fields });
  const source_url = `\${ERP_BASE_URL}/${name}`;
  return createStream(server, { name, source_url, key_fields: ["NO"], target_collection: name, options });
}

function run(stream: string, rows: Row[]) {
  feed.rows[`/${stream}`] = rows;
  return server.runSync({}, stream);
}

/** As if all of it were six years old; what has no date stays without. */
async function age(stream: string): Promise<void> {
  for (const [table, columns] of Object.entries(DATES)) {
    for (const column of columns) {
      const old = `'2019' || substr(${column}, 5)`;
      await sql(server, `UPDATE ${table} SET ${column} = ${old} WHERE stream = {:stream} AND ${column} <> ''`, {
        stream,
      });
    }
  }
}

async function prune(stream: string): Promise<void> {
  expect(await server.cli(["prune", stream])).toMatchObject({ code: 0 });
}

function ofStream(collection: string, stream: string): Promise<RecordModel[]> {
  return server.rows(collection, `stream = "${stream}"`, "@rowid");
}

describe("erp prune, when everything is old", () => {
  let runs: string[];
  beforeAll(async () => {
    const settings = await makeStream("old", { retention: ONE_DAY, diff: { max_shrink_percent: 100 } });
    const good = [1, 2, 4, 5].map((NO): Row => ({ NO, QTY: 1 }));
    const first = await run("old", [...good, { NO: 3, QTY: "ten" }, { NO: 6, NAME: "too long" }, { NO: 7, QTY: "x" }]);
    const kept = [1, 2, 4].map((NO): Row => ({ NO, QTY: 1 }));
    const bad = [
      { NO: 3, QTY: "ten" },
      { NO: 6, NAME: "too long" },
      { NO: 7, QTY: 7 },
    ];
    const second = await run("old", [...kept, ...bad]);
    await server.pb.collection("sync_settings").update(settings.id, { on_missing: "delete" });
    const third = await run("old", [{ NO: 1, QTY: 2 }, ...bad]);
    const fourth = await run("old", [{ NO: 1, QTY: 3 }, ...bad]);
    runs = [first.id, second.id, third.id, fourth.id];
    const raws = await rawRows(server, "old");
    await sql(server, "UPDATE job_queue SET status = 'queued' WHERE payload_ref = {:raw}", { raw: raws.get("7")?.id });
    await sql(server, "UPDATE erp_raw_data SET held_by = {:run} WHERE id = {:raw}", {
      run: runs[0],
      raw: raws.get("1")?.id,
    });
    await age("old");
    await prune("old");
  });

  it("leaves a row that left the ERP as long as its record is there", async () => {
    expect([...(await rawRows(server, "old")).keys()]).toEqual(["1", "3", "5", "6", "7"]);
    expect((await server.rows("old", "", "NO")).map((record) => record.NO)).toEqual(["1", "5", "7"]);
  });

  it("leaves jobs that are open, and a dead one whose row still waits", async () => {
    const raws = await rawRows(server, "old");
    const jobs = (await ofStream("job_queue", "old")).map((job) => [job.status, job.payload_ref]);
    expect(jobs.sort()).toEqual([
      ["dead", raws.get("6")?.id],
      ["queued", raws.get("7")?.id],
    ]);
  });

  it("leaves quarantine that is open, and no other", async () => {
    const records = await ofStream("failed_records", "old");
    expect(records.map((record) => [record.erp_id, record.resolved_at])).toEqual([
      ["3", ""],
      ["6", ""],
    ]);
  });

  it("leaves the two newest runs that ingested, and one that holds deletes", async () => {
    expect((await ofStream("sync_runs", "old")).map((each) => each.id)).toEqual([runs[0], runs[2], runs[3]]);
  });

  it("leaves no log", async () => {
    expect(await ofStream("push_log", "old")).toEqual([]);
  });
});

describe("retention.max_runs", () => {
  const MAX_TWO = { max_runs: 2 };
  const statuses = async (stream: string) => (await ofStream("sync_runs", stream)).map((each) => each.status);
  const setOption = (stream: string, path: string, value: number) =>
    sql(server, "UPDATE sync_settings SET options = json_set(options, {:path}, {:value}) WHERE name = {:stream}", {
      ...{ stream, path, value },
    });

  it("leaves the runs that count for the day's budget", async () => {
    await makeStream("daily", { retention: MAX_TWO });
    for (let QTY = 0; QTY < 5; QTY++) await run("daily", [{ NO: 1, QTY }]);
    // Of no day that could be over by now.
    await sql(server, "UPDATE sync_runs SET started_at = '2099' || substr(started_at, 5) WHERE stream = 'daily'");
    await setOption("daily", "$.source.daily_rows", 1000);
    await prune("daily");
    expect(await statuses("daily")).toHaveLength(5);
    await setOption("daily", "$.source.daily_rows", 0);
    await prune("daily");
    expect(await statuses("daily")).toHaveLength(2);
  });

  it("leaves the failed runs that the breaker counts", async () => {
    await makeStream("failing", { retention: MAX_TWO, breaker: { failures: 3 } });
    const good = ["succeeded", "succeeded"];
    for (const QTY of [1, 2]) await run("failing", [{ NO: 1, QTY }]);
    delete feed.rows["/failing"];
    for (let count = 0; count < 4; count++) await server.runSync({}, "failing");
    await prune("failing");
    expect(await statuses("failing")).toEqual([...good, ...Array(4).fill("failed")]);
    await setOption("failing", "$.breaker.failures", 0);
    await prune("failing");
    expect(await statuses("failing")).toEqual([...good, "failed", "failed"]);
  });
});
