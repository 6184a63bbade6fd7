import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Erp } from "../erp/server";
import { Factory, type PocketBaseServer, startErp, waitFor } from "./harness";
import { changeSome, expectSettled, startQuietly, startSlowRun, story, untilQuiet } from "./in-flight";
import { hooksWithSql, writeLock } from "./test-hooks";

const HOUR = 3_600_000;

let erp: Erp;
let server: PocketBaseServer;
let before: string[];

beforeAll(async () => {
  erp = await startErp({ factory: new Factory({ rows: 60 }) });
  server = await startQuietly(erp, { hooksDir: hooksWithSql() });
  await server.runSync();
});
beforeEach(async () => {
  await untilQuiet(server);
  before = await story(server);
});

const newStory = async () => (await story(server)).slice(before.length);

describe("a lock of another machine", () => {
  const OWNER = "other-machine|1|1|run:abcdefghijklmno";

  it("keeps runs and ticks away until it expires, and a tick makes good for what was skipped", async () => {
    await writeLock(server, OWNER, 2 * HOUR);
    expect(await server.action("sync")).toMatchObject({ status: "skipped", rerun: true });
    expect(await server.cli(["work", "--json"])).toMatchObject({ code: 0, stdout: "[]\n" });
    expect(await server.settings()).toMatchObject({ lock_owner: OWNER });
    expect(await newStory()).toEqual(["manual skipped x1"]);

    await writeLock(server, OWNER, 1000);
    changeSome(erp);
    const work = () => server.cli(["work", "--json"]);
    const ticked = await waitFor(async () => JSON.parse((await work()).stdout)[0], "the lock to expire");
    expect(ticked).toMatchObject({ stream: "aswan_bom", did: "reran" });
    expect(await newStory()).toEqual(["manual skipped x1", "rerun succeeded"]);
    await expectSettled(server, erp);
  });

  it.each([
    ["has expired", OWNER, -1],
    ["ends further away than any transfer may take", OWNER, 4 * HOUR],
    ["is no owner of ours", "somebody", 2 * HOUR],
  ])("is taken over at once when it %s", async (_, owner, expiresInMs) => {
    await writeLock(server, owner, expiresInMs);
    const status = await server.pb.send("/api/erp/status", {});
    expect(status.streams).toMatchObject([{ state: "abandoned" }]);
    expect(await server.runSync()).toMatchObject({ status: "succeeded" });
    await expectSettled(server, erp);
  });
});

describe("a lock of this machine", () => {
  it("is taken over at once when its process number belongs to another process by now", async () => {
    await startSlowRun(server, erp, 1000);
    const [host, pid, startedAt, holder] = (await server.settings()).lock_owner.split("|");
    expect(Number(pid)).toBe(server.pid);
    await untilQuiet(server);

    await writeLock(server, [host, pid, startedAt, holder].join("|"), 2 * HOUR);
    expect(await server.action("sync")).toMatchObject({ status: "skipped" });
    await writeLock(server, [host, pid, Number(startedAt) - 1, holder].join("|"), 2 * HOUR);
    expect(await server.runSync()).toMatchObject({ status: "succeeded" });
    await expectSettled(server, erp);
  });
});

describe("the settings form", () => {
  it("saved during a run changes the next run and never the lock", async () => {
    const form = await server.settings();
    expect(form.lock_owner).toBe("");
    const running = await startSlowRun(server, erp, 2000);
    const { lock_owner } = await server.settings();
    expect(lock_owner).toContain(running);

    // The form sends every field as it was when it was opened.
    const { source } = form.options;
    const saved = { ...form, from_date: "2025-12-05", options: { source, run: { max_minutes: 7 } } };
    await server.pb.collection("sync_settings").update(form.id, saved);
    const live = await server.settings();
    expect(live).toMatchObject({ lock_owner, from_date: "2025-12-05", options: { run: { max_minutes: 7 } } });
    expect(live.lock_expires_at).not.toBe("");
    expect(await server.action("sync")).toMatchObject({ status: "skipped" });

    await untilQuiet(server);
    expect(await newStory()).toEqual(["manual succeeded", "manual skipped x1", "rerun succeeded"]);
    expect(erp.requests.slice(-2).map(({ query }) => query.fromDate)).toEqual(["2025-12-01", "2025-12-05"]);
    expect(await server.settings()).toMatchObject({ lock_owner: "", lock_expires_at: "" });
    await server.updateSettings({ from_date: "2025-12-01" });
  });

  it("saved between two attempts of a run changes neither what it asks for nor how it maps", async () => {
    changeSome(erp);
    const form = await server.settings();
    await server.restart({ ERP_FETCH_RETRY_SECONDS: "1" });
    erp.fault({ kind: "status", status: 503 });
    const asked = erp.requests.length;
    await server.action("sync");
    await waitFor(() => erp.requests.length > asked, "the first attempt");
    await server.pb.collection("sync_settings").update(form.id, {
      ...form,
      from_date: "2025-12-05",
      mapping: { WO_ASW_STATUS: { from: "BOM_PART_ID" } },
    });
    await untilQuiet(server);
    expect(await newStory()).toEqual(["manual succeeded"]);
    expect(erp.requests.slice(asked).map(({ query }) => query.fromDate)).toEqual(["2025-12-01", "2025-12-01"]);
    await expectSettled(server, erp);
    await server.updateSettings({ from_date: "2025-12-01", mapping: {} });
  });

  it("cannot write a lock, neither in a new stream nor in an old one", async () => {
    const lock = { lock_owner: "me", lock_expires_at: "2030-01-01 00:00:00.000Z" };
    await server.updateSettings(lock);
    const form = await server.settings();
    expect(form).toMatchObject({ lock_owner: "", lock_expires_at: "" });

    await server.pb.collections.create({ name: "second_target", type: "base", fields: [{ name: "NR", type: "text" }] });
    const made = await server.pb.collection("sync_settings").create({
      ...lock,
      name: "second",
      source_url: form.source_url,
      key_fields: ["NR"],
      target_collection: "second_target",
      on_missing: "keep",
      options: form.options,
    });
    expect(made).toMatchObject({ lock_owner: "", lock_expires_at: "" });
    await server.pb.collection("sync_settings").delete(made.id);
  });
});
