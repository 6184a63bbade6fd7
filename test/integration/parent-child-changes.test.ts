import { beforeAll, describe, expect, it } from "vitest";
import { rawRows } from "./feed";
import { waitFor } from "./harness";
import { Family, line, order } from "./parent-child-instance";

describe("a parent that is deleted", () => {
  it("leaves lines that wait for it, and get it again when it comes back (optional relation)", async () => {
    const family = await Family.start();
    await family.orders(order("SO-1"), order("SO-2"));
    await family.lines(line("L1", "SO-1"), line("L2", "SO-2"));
    const before = await rawRows(family.server, "orders");
    await family.orders(order("SO-2"));
    expect(await family.stored()).toEqual(["L1 of -: bolt", "L2 of SO-2: bolt"]);
    const verified = await family.server.action("verify", {}, "lines");
    expect(verified.target.different.items).toMatchObject([
      { erp_id: "L1", changes: [{ field: "order", from: "", to: "SO-1" }] },
    ]);

    const run = await family.lines(line("L1", "SO-1"), line("L2", "SO-2"));
    expect(run).toMatchObject({ status: "partial", rows_unchanged: 2, pushed_waiting: 1 });
    expect((await family.job("L1")).last_error).toContain("(it has left the ERP)");
    expect(await family.lines(line("L1", "SO-1"), line("L2", "SO-2"))).toMatchObject({ pushed_waiting: 0 });

    await family.orders(order("SO-1"), order("SO-2"));
    await family.tick();
    await family.expectEqual("L1 of SO-1: bolt", "L2 of SO-2: bolt");
    expect((await rawRows(family.server, "orders")).get("SO-1")?.target_id).toBe(before.get("SO-1")?.target_id);
  });

  it("takes its lines with it, and they come back with it (cascade)", async () => {
    const family = await Family.start({ required: true, cascadeDelete: true });
    await family.orders(order("SO-1"), order("SO-2"));
    await family.lines(line("L1", "SO-1"), line("L2", "SO-2"));
    await family.orders(order("SO-2"));
    expect(await family.stored()).toEqual(["L2 of SO-2: bolt"]);
    expect(await family.lines(line("L1", "SO-1"), line("L2", "SO-2"))).toMatchObject({ pushed_waiting: 1 });
    await family.orders(order("SO-1"), order("SO-2"));
    await family.tick();
    await family.expectEqual("L1 of SO-1: bolt", "L2 of SO-2: bolt");
  });

  it("stays as long as it has lines, and goes when they are gone (required relation)", async () => {
    const family = await Family.start({ required: true });
    const numbers = async () => (await family.server.rows("orders")).map((record) => record.NO);
    await family.orders(order("SO-1"), order("SO-2"));
    await family.lines(line("L1", "SO-1"), line("L2", "SO-2"));
    expect(await family.orders(order("SO-2"))).toMatchObject({ status: "partial", pushed_failed: 1 });
    const [job] = await family.server.jobs('stream = "orders" && status != "done"');
    expect(job).toMatchObject({ status: "failed", operation: "delete", retry_count: 1 });
    expect(job?.last_error).toContain("part of a required reference");
    expect(await family.stored()).toEqual(["L1 of SO-1: bolt", "L2 of SO-2: bolt"]);

    await family.lines(line("L2", "SO-2"));
    await family.tick(2, "orders");
    expect(await numbers()).toEqual(["SO-2"]);
    await family.expectEqual("L2 of SO-2: bolt");

    await family.orders();
    for (const minutes of [1, 4, 20, 60, 140]) await family.tick(minutes, "orders");
    expect(await family.server.jobs('stream = "orders" && status != "done"')).toMatchObject([{ status: "dead" }]);
    expect(await family.tick(600, "orders")).toEqual([]);
    await family.lines();
    await family.tick(0, "orders");
    expect(await numbers()).toEqual([]);
    expect(await family.server.rows("failed_records", "resolved_at = ''")).toEqual([]);
  });
});

describe("a parent with another key", () => {
  let family: Family;
  const records = async () => (await family.server.rows("orders", "", "REV")).map(({ id, REV }) => [id, REV]);

  beforeAll(async () => {
    family = await Family.start({ revisions: true, required: true });
    await family.orders(order("SO-1/1"));
    await family.lines(line("L1", "SO-1/1"), line("L2", "SO-1/1"));
    await family.expectEqual("L1 of SO-1/1: bolt", "L2 of SO-1/1: bolt");
  });

  it("keeps its record, and lines that follow it need no write", async () => {
    const before = await records();
    expect(await family.orders(order("SO-1/2"))).toMatchObject({ rows_rekeyed: 1, pushed_updated: 1 });
    expect((await records())[0]?.[0]).toBe(before[0]?.[0]);
    const run = await family.lines(line("L1", "SO-1/2"), line("L2", "SO-1/2"));
    expect(run).toMatchObject({ status: "succeeded", rows_changed: 2, pushed_unchanged: 2 });
    await family.expectEqual("L1 of SO-1/2: bolt", "L2 of SO-1/2: bolt");
  });

  it("lets lines wait that still name the old key, and gives them the record that takes it", async () => {
    await family.orders(order("SO-1/3"));
    expect(await family.lines(line("L1", "SO-1/2"), line("L2", "SO-1/3"))).toMatchObject({ pushed_waiting: 1 });
    expect((await family.job("L1")).last_error).toContain('no record for the key "SO-1|2" (the ERP has not sent it)');
    expect(await family.stored()).toEqual(["L1 of SO-1/3: bolt", "L2 of SO-1/3: bolt"]);
    await family.orders(order("SO-1/2"), order("SO-1/3"));
    expect(await records()).toHaveLength(2);
    await family.tick();
    await family.expectEqual("L1 of SO-1/2: bolt", "L2 of SO-1/3: bolt");
  });

  it("is put back where somebody gave a line another order by hand", async () => {
    const [[other] = []] = await records();
    const raw = (await family.raw()).get("L2");
    await family.server.pb.collection("lines").update(String(raw?.target_id), { order: other });
    expect(await family.stored()).toEqual(["L1 of SO-1/2: bolt", "L2 of SO-1/2: bolt"]);
    expect(await family.server.action("verify", { repair: true }, "lines")).toMatchObject({ equal: false });
    await family.tick();
    await family.expectEqual("L1 of SO-1/2: bolt", "L2 of SO-1/3: bolt");
  });

  it("is asked for: a line without an order goes to quarantine where the relation is required", async () => {
    await family.lines(line("L1", "SO-1/2"), line("L2", "SO-1/3"), line("L3", null));
    expect(await family.quarantine()).toMatchObject([{ erp_id: "L3", error_type: "required", field: "order" }]);
  });
});

describe("two streams of one family", () => {
  it("lose nothing when the process is killed between parent and child, and in the middle of the children", async () => {
    const family = await Family.start({
      required: true,
      hooks: `onRecordCreate((e) => { if ($os.getenv("TEST_SLOW")) sleep(200); e.next(); }, "lines");`,
    });
    const lines = Array.from({ length: 20 }, (_, at) => line(`L${at}`, `SO-${at % 5}`));
    await family.lines(...lines);
    expect(await family.status()).toMatchObject({ waiting_for_parent: 20 });
    await family.orders(...Array.from({ length: 5 }, (_, at) => order(`SO-${at}`)));
    await family.server.kill();
    await family.server.restart({ TEST_SLOW: "1" });
    const tick = family.tick().catch(() => "killed");
    await waitFor(
      async () => (await family.server.jobs('stream = "lines" && status = "processing"')).length > 0,
      "lines that are being pushed",
    );
    await family.server.kill();
    expect(await tick).toBe("killed");
    await family.server.restart({ TEST_SLOW: "" });
    await waitFor(
      async () => {
        await family.tick();
        return (await family.server.jobs('stream = "lines" && status != "done"')).length === 0;
      },
      "every line to be pushed, each alone since its worker died",
      30_000,
    );
    await family.expectEqual(...lines.map(({ NO, ORDER }) => `${NO} of ${ORDER}: bolt`));
    const told = await family.server.rows("push_log", 'stream = "lines" && response_code = 201');
    expect(new Set(told.map((entry) => entry.erp_id)).size).toBe(20);
    expect(told).toHaveLength(20);
  });

  it("may leave a line without an order, and keep the parent's settings while it has children", async () => {
    const family = await Family.start({ revisions: true });
    await family.lines(line("L1", null), { ...line("L2", null), ORDER: "" });
    await family.expectEqual("L1 of -: bolt", "L2 of -: bolt");
    const { id } = await family.server.settings("orders");
    await expect(family.server.pb.collection("sync_settings").delete(id)).rejects.toMatchObject({
      message: expect.stringContaining(
        'Stream "orders" is the parent of stream "lines"; take it out of options.parent',
      ),
    });
    const { options } = await family.server.settings("lines");
    await family.server.updateSettings({ options: { ...options, parent: {} } }, "lines");
    await family.server.pb.collection("sync_settings").delete(id);
  });
});
