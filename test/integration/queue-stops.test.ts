import { describe, expect, it } from "vitest";
import { STREAM } from "./harness";
import { setOptions } from "./in-flight";
import { countsOf, erpIdOf, expectMirror, rawRow } from "./outcomes-instance";
import { makeDue, poisonRow, setPoison, startPoisoned } from "./poison";

describe("a database that does not answer", () => {
  it("costs no job an attempt: all of the batch waits and goes through later", async () => {
    const all = await startPoisoned();
    const { server } = all;
    const bad = poisonRow(all);
    await setPoison(server, "locked");
    const run = await server.runSync();
    expect(run.status).toBe("partial");
    expect(run.error).toMatch(/^pushing stopped: .*database is locked.*; the worker goes on with what is queued$/);
    expect(countsOf(run)).toEqual({ fetched: all.factory.rows().length, changed: 3, unchanged: expect.any(Number) });
    const open = await server.jobs('status != "done"');
    expect(open).toHaveLength(3);
    for (const job of open) {
      expect(job).toMatchObject({ status: "queued", retry_count: 0, last_error: "", claimed_by: "" });
      const wait = Date.parse(job.next_attempt_at) - Date.parse(job.updated_at);
      expect(Math.abs(wait - 30_000)).toBeLessThan(500);
    }
    expect(await server.rows("push_log", `run = "${run.id}"`)).toEqual([]);
    expect(await server.rows("failed_records")).toEqual([]);
    expect(open.map((job) => job.payload_ref)).toContain((await rawRow(server, erpIdOf(bad))).id);

    await setPoison(server, "");
    await makeDue(server);
    await server.cli(["work", STREAM]);
    await expectMirror(all);
  });
});

describe("a row that ends the process", () => {
  it("takes its neighbours down once, is claimed alone after that, and is dead in the end", async () => {
    const all = await startPoisoned();
    const { server } = all;
    await setOptions(server, { retry: { max_retries: 1 } });
    const bad = poisonRow(all);
    await server.restart({ TEST_POISON: "exit" });

    await expect(server.runSync()).rejects.toThrow();
    await server.restart();
    const stuck = await server.jobs('status != "done"');
    expect(stuck.map((job) => [job.status, job.retry_count])).toEqual(Array(3).fill(["processing", 0]));

    await expect(server.runSync()).rejects.toThrow();
    await server.restart();
    const [poisoned] = await server.jobs('status = "processing"');
    const { id: rawId } = await rawRow(server, erpIdOf(bad));
    expect(poisoned).toMatchObject({ payload_ref: rawId, retry_count: 1 });
    const others = await server.jobs(`retry_count > 0 && payload_ref != "${rawId}"`);
    expect(others).toHaveLength(2);
    for (const job of others) expect(job).toMatchObject({ retry_count: 1 });

    await server.runSync();
    const [dead, ...open] = await server.jobs('status != "done"');
    expect(open).toEqual([]);
    expect(dead).toMatchObject({ status: "dead", payload_ref: rawId, retry_count: 2 });
    expect(await server.rows("push_log", "response_code = 500")).toMatchObject([{ erp_id: erpIdOf(bad) }]);
    const [record] = await server.rows("failed_records");
    expect(record).toMatchObject({ stage: "push", error_type: "worker_died", raw_row: rawId, resolved_at: "" });
    expect(record?.error_message).toContain("PocketBase stopped again while this row was being pushed, at attempt 2");
    expect(await server.runs('status = "interrupted"')).toHaveLength(2);

    await server.restart({ TEST_POISON: "" });
    await server.pb.send("/api/erp/jobs/retry", { method: "POST", body: { stream: STREAM } });
    await server.cli(["work", STREAM]);
    await expectMirror(all);
    expect(await server.rows("failed_records", 'resolved_at = ""')).toEqual([]);
  });
});
