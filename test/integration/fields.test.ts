import { describe, expect, it } from "vitest";
import { startReceiver } from "./alert-receivers";
import { alertOf, episodes, lookAndDeliver, startAlerted } from "./alerts-instance";
import type { Factory, PocketBaseServer } from "./harness";
import { setOptions } from "./in-flight";

const FIELD = "BOM_PART_ID";

/** The row is sent without the field. */
function drop(factory: Factory, at: number): void {
  factory.changeRow(at, { [FIELD]: undefined });
}

async function fieldOf(server: PocketBaseServer, name: string) {
  const [field] = await server.rows("sync_fields", `name = "${name}"`);
  return field;
}

/** What the target holds in the column, by record. */
async function column(server: PocketBaseServer): Promise<Record<string, unknown>> {
  return Object.fromEntries((await server.targetRows()).map((row) => [row.id, row[FIELD]]));
}

describe("the fields that the ERP sends", () => {
  it("are remembered, and told of when one is new or changes its type", async () => {
    const slack = await startReceiver();
    const { server, erp } = await startAlerted({ env: { ERP_ALERT_WEBHOOK_URL: slack.url } });
    await server.runSync();
    await lookAndDeliver(server);
    expect(slack.texts()).toEqual([]);
    expect(await fieldOf(server, "BOM_QTY")).toMatchObject({ types: "number", change: "", gone_since: "" });

    // null is no type, and a row without the field is no news: an ERP may leave out what is null.
    erp.factory.breakRow(0, FIELD, null);
    drop(erp.factory, 1);
    await server.runSync();
    await lookAndDeliver(server);
    expect(slack.texts()).toEqual([]);

    erp.factory.breakRow(2, "BOM_QTY", "7");
    erp.factory.changeRow(3, { SUPPLIER_NOTE: { urgent: true } } as object);
    const run = await server.runSync();
    await lookAndDeliver(server);
    expect(slack.texts()).toHaveLength(1);
    expect(slack.texts()[0]).toContain(
      "The ERP's rows have changed: SUPPLIER_NOTE is new (object); BOM_QTY was number, now also text.",
    );
    expect(await fieldOf(server, "BOM_QTY")).toMatchObject({
      types: "text,number",
      change: "type",
      changed_by: run.id,
    });

    await server.runSync();
    await lookAndDeliver(server);
    expect(await episodes(server)).toEqual(["schema_drift closed"]);
    expect(slack.texts()).toHaveLength(2);
  });

  it.each(["records", "bulk"])(
    "keep their last values in the target when they are gone, and come back (%s)",
    async (mode) => {
      const { server, erp } = await startAlerted();
      await setOptions(server, { push: { mode } });
      await server.runSync();
      const before = await column(server);
      expect(Object.values(before).filter((value) => value !== "").length).toBeGreaterThan(10);
      const rows = erp.factory.rows();
      const sent = rows.map((row) => row[FIELD]);

      for (let at = 0; at < rows.length; at++) drop(erp.factory, at);
      const gone = await server.runSync();
      expect(gone).toMatchObject({ status: "succeeded", push_mode: mode });
      expect(await column(server)).toEqual(before);
      expect((await fieldOf(server, FIELD))?.gone_since).not.toBe("");
      await lookAndDeliver(server);
      expect(await alertOf(server, "schema_drift")).toMatchObject({ closed_at: "", value: 1 });
      expect((await alertOf(server, "schema_drift")).text).toContain(
        `${FIELD} is gone; the target keeps the last values of what is gone`,
      );
      expect((await server.cli(["verify", "aswan_bom", "--local"])).code).toBe(0);
      const doctor = JSON.parse((await server.cli(["doctor", "--json"])).stdout);
      expect(doctor.checks).toContainEqual({
        name: "aswan_bom fields",
        level: "warning",
        message: `the ERP no longer sends "${FIELD}"; the target keeps its last values, docs/alerts.md says how to end that`,
      });
      await server.runSync();
      await lookAndDeliver(server);
      expect(await episodes(server)).toEqual(["schema_drift open"]);

      for (let at = 0; at < rows.length; at++) erp.factory.breakRow(at, FIELD, `${sent[at] ?? ""} again`);
      await server.runSync();
      expect(new Set(Object.values(await column(server)))).toEqual(
        new Set(sent.map((value) => `${value ?? ""} again`)),
      );
      expect(await fieldOf(server, FIELD)).toMatchObject({ gone_since: "", change: "returned" });
      await server.runSync();
      await lookAndDeliver(server);
      expect(await episodes(server)).toEqual(["schema_drift closed"]);
    },
  );

  it("are emptied when a person says that it is meant", async () => {
    const { server, erp } = await startAlerted();
    await server.runSync();
    for (let at = 0; at < erp.factory.rows().length; at++) drop(erp.factory, at);
    await server.runSync();
    await server.updateSettings({ mapping: { [FIELD]: { from: FIELD } } });
    await server.pb.collection("sync_fields").delete((await fieldOf(server, FIELD))?.id ?? "");
    await server.action("verify", { local: true, repair: true });
    await server.action("sync", {}, undefined, { wait: true });
    expect(new Set(Object.values(await column(server)))).toEqual(new Set([""]));
    await lookAndDeliver(server);
    expect((await episodes(server)).filter((each) => each.endsWith("open"))).toEqual([]);
  });

  it("are emptied in single rows as ever: most rows did not change", async () => {
    const { server, erp } = await startAlerted({}, 40);
    await server.runSync();
    const before = Object.values(await column(server)).filter((value) => value !== "").length;
    for (let at = 0; at < 12; at++) drop(erp.factory, at);
    const emptied = erp.factory.rows().slice(0, 12).length;
    await server.runSync();
    expect(await fieldOf(server, FIELD)).toMatchObject({ gone_since: "" });
    expect(Object.values(await column(server)).filter((value) => value !== "").length).toBe(before - emptied);
  });

  it("are found in rows that were stored before anything was remembered", async () => {
    const { server, erp } = await startAlerted();
    await server.runSync();
    for (const { id } of await server.rows("sync_fields")) await server.pb.collection("sync_fields").delete(id);
    erp.factory.changeRow(0);
    await server.runSync();
    expect((await server.rows("sync_fields")).map((field) => field.name).sort()).toEqual(
      Object.keys(erp.factory.rows()[0] ?? {}).sort(),
    );
    expect(await server.rows("sync_fields", 'change != ""')).toEqual([]);
  });
});
