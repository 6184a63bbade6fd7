import { beforeAll, describe, expect, it } from "vitest";
import { pushes } from "./outcomes-instance";
import { Family, type FamilyOptions, line, order } from "./parent-child-instance";

const KINDS: [string, FamilyOptions][] = [
  ["a required relation, record by record", { field: "relation", required: true, mode: "records" }],
  ["a text field, in bulk", { field: "text", mode: "bulk" }],
];

const waits = (order: string) =>
  `waits for its parent: stream "orders" has no record for the key "${order}" (the ERP has not sent it)`;

describe.each(KINDS)("rows with a parent in another stream (%s)", (_, options) => {
  let family: Family;

  beforeAll(async () => {
    family = await Family.start(options);
  });

  it("wait, visibly, while the others go on", async () => {
    await family.orders(order("SO-2"));
    const run = await family.lines(line("L1", "SO-1"), line("L2", "SO-1"), line("L3", "SO-2"));
    expect(run).toMatchObject({ status: "partial", pushed_inserted: 1, pushed_waiting: 2, pushed_failed: 0 });
    expect(run.error).toBe('2 rows without a parent in stream "orders" yet; see job_queue');
    expect(run.push_mode).toBe(options.mode);
    expect(await family.stored()).toEqual(["L3 of SO-2: bolt"]);

    const job = await family.job("L1");
    expect(job).toMatchObject({ status: "failed", retry_count: 1, last_error: waits("SO-1"), waits_for: "SO-1" });
    const minutes = (Date.parse(job.next_attempt_at) - Date.parse(job.updated_at)) / 60_000;
    expect(minutes).toBeGreaterThanOrEqual(5);
    expect(minutes).toBeLessThanOrEqual(5.5);
    expect(await pushes(family.server, run)).toContainEqual(["424 L1", null]);
    expect(await family.status()).toMatchObject({ waiting_for_parent: 2, quarantine: 0 });
    const failed = await family.server.pb.send("/api/erp/failed", {});
    expect(failed.items.map((item: { last_error: string }) => item.last_error)).toEqual([waits("SO-1"), waits("SO-1")]);
    const doctor = (await family.server.cli(["doctor"])).stdout;
    expect(doctor).toContain('warning  lines parent: 2 rows wait for parents that stream "orders" has not brought');
    const story = await family.server.pb.send("/api/erp/rows", { query: { stream: "lines", erp_id: "L1" } });
    expect(story.state).toEqual({
      code: "waits",
      sentence: `${waits("SO-1")}; it is pushed as soon as that is there, and in quarantine after 5 retries (0 so far)`,
    });
  });

  it("are pushed at the next tick once the parent is there", async () => {
    await family.orders(order("SO-1"), order("SO-2"));
    await family.tick();
    await family.expectEqual("L1 of SO-1: bolt", "L2 of SO-1: bolt", "L3 of SO-2: bolt");
    expect(await family.status()).toMatchObject({ waiting_for_parent: 0 });
  });

  it("go to quarantine after 5 retries, and heal when the parent comes after all", async () => {
    await family.lines(line("L4", "SO-3"));
    for (let retry = 1; retry <= 5; retry++) {
      expect(await family.job("L4")).toMatchObject({ status: "failed", retry_count: retry });
      expect(await family.quarantine()).toEqual([]);
      expect(await family.tick(6 * retry - 4)).toEqual([]);
      await family.tick(6 * retry);
    }
    expect(await family.job("L4")).toMatchObject({ status: "dead", retry_count: 6, last_error: waits("SO-3") });
    const [record, ...more] = await family.quarantine();
    expect(more).toEqual([]);
    expect(record).toMatchObject({ stage: "push", error_type: "parent_missing", field: "order", value: "SO-3" });
    expect(record).toMatchObject({ erp_id: "L4", error_message: waits("SO-3") });
    expect(await family.status()).toMatchObject({ waiting_for_parent: 1, quarantine: 1 });
    expect(await family.tick(600)).toEqual([]);

    await family.orders(order("SO-2"), order("SO-3"));
    await family.tick();
    await family.expectEqual("L4 of SO-3: bolt");
  });

  it("keep their record while a new version waits for another parent", async () => {
    await family.lines(line("L4", "SO-4", "nut"), line("L5", "SO-3"));
    expect(await family.stored()).toEqual(["L4 of SO-3: bolt", "L5 of SO-3: bolt"]);
    await family.orders(order("SO-3"), order("SO-4"));
    await family.tick();
    await family.expectEqual("L4 of SO-4: nut", "L5 of SO-3: bolt");
  });

  it("go on at once when they name a parent that is there, and are forgotten when they leave", async () => {
    await family.lines(line("L6", "SO-5"), line("L7", "SO-5"));
    await family.lines(line("L6", "SO-3"), line("L8", "SO-3"));
    await family.expectEqual("L6 of SO-3: bolt", "L8 of SO-3: bolt");
  });

  it("wait for a parent in quarantine, and for one that has left", async () => {
    await family.orders(order("SO-3"), { ...order("SO-6"), CUSTOMER: ["no", "text"] as never });
    await family.lines(line("L9", "SO-6"), line("L10", "SO-4"));
    expect((await family.job("L9")).last_error).toContain("(it is in quarantine)");
    expect((await family.job("L10")).last_error).toContain("(it has left the ERP)");
    await family.orders(order("SO-4"), order("SO-6"));
    await family.tick();
    await family.expectEqual("L9 of SO-6: bolt", "L10 of SO-4: bolt");
  });

  it("are shown with their parent in a dry run", async () => {
    const { id } = await family.server.pb.collection("orders").getFirstListItem('NO = "SO-6"');
    family.feed.rows["/lines"] = [line("L9", "SO-7"), line("L10", "SO-4"), line("L11", "SO-7"), line("L12", "SO-6")];
    const planned = await family.server.action("dry-run", {}, "lines");
    expect(planned.update.items).toEqual([
      expect.objectContaining({ erp_id: "L9", waits_for: "SO-7", changes: [{ field: "order", from: id, to: "SO-7" }] }),
    ]);
    expect(planned.insert.items).toEqual([
      { erp_id: "L11", waits_for: "SO-7", values: { order: "SO-7", NO: "L11", ITEM: "bolt" } },
      { erp_id: "L12", values: { order: id, NO: "L12", ITEM: "bolt" } },
    ]);
    const { stdout } = await family.server.cli(["sync", "lines", "--dry-run"]);
    expect(stdout).toContain("  L11 (waits for its parent SO-7)\n  L12\n");
    expect([...(await family.raw()).keys()]).not.toContain("L11");
  });
});
