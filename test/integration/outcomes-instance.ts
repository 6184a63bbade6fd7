import { createHash } from "node:crypto";
import type { RecordModel } from "pocketbase";
import { expect } from "vitest";
import { type ErpRow, KEY_FIELDS } from "../erp/row";
import type { Erp } from "../erp/server";
import { expectSameRows, Factory, type PocketBaseServer, STREAM, type StartOptions, startErp, TARGET } from "./harness";
import { startQuietly } from "./in-flight";

export interface Installation {
  factory: Factory;
  erp: Erp;
  server: PocketBaseServer;
}

/** A small factory, its ERP and a PocketBase that has synced it once. */
export async function startSynced(options: StartOptions & { rows?: number } = {}): Promise<Installation> {
  const factory = new Factory({ seed: 3, rows: options.rows ?? 30 });
  const erp = await startErp({ factory });
  const server = await startQuietly(erp, options);
  const run = await server.runSync();
  const size = factory.rows().length;
  expect(countsOf(run)).toEqual({ fetched: size, new: size, inserted: size });
  return { factory, erp, server };
}

const COUNT = /^(rows|pushed)_(.+)$/;

/** The counts of a run that are not 0, without their prefix; what was pushed unchanged is "pushed_unchanged". */
export function countsOf(run: Record<string, unknown>): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const [name, value] of Object.entries(run)) {
    const [, , short] = COUNT.exec(name) ?? [];
    if (short !== undefined && value !== 0) counts[name === "pushed_unchanged" ? name : short] = Number(value);
  }
  return counts;
}

/** A row's erp_id; the factory's keys hold nothing that needs to be escaped. */
export function erpIdOf(row: ErpRow, ordinal = 1): string {
  const key = KEY_FIELDS.map((field) => row[field] ?? "").join("|");
  return ordinal === 1 ? key : `${key}#${ordinal}`;
}

/** The id that a new target record gets. */
export function firstTargetId(erpId: string, counter?: number): string {
  const text = `${STREAM}\n${erpId}${counter === undefined ? "" : `\n${counter}`}`;
  return createHash("sha256").update(text).digest("hex").slice(0, 15);
}

export function rawRow(server: PocketBaseServer, erpId: string): Promise<RecordModel> {
  const filter = server.pb.filter("stream = {:stream} && erp_id = {:erpId}", { stream: STREAM, erpId });
  return server.pb.collection("erp_raw_data").getFirstListItem(filter);
}

/** What a run told the target: "code erp_id", sorted, and the fields that it changed. */
export async function pushes(server: PocketBaseServer, run: { id: string } | ""): Promise<[string, unknown][]> {
  const entries = await server.rows("push_log", `run = "${run === "" ? "" : run.id}"`);
  return entries.map((entry): [string, unknown] => [`${entry.response_code} ${entry.erp_id}`, entry.changes]).sort();
}

export function targetRecord(server: PocketBaseServer, id: string): Promise<RecordModel> {
  return server.pb.collection(TARGET).getOne(id);
}

/** Every record a run may write, as text: equal texts mean that nothing was written. */
export async function dump(server: PocketBaseServer): Promise<string> {
  const names = [TARGET, "erp_raw_data", "job_queue", "push_log", "failed_records"];
  return JSON.stringify(await Promise.all(names.map((name) => server.rows(name))), null, 1);
}

/**
 * The raw rows are exactly what the ERP sends, each with a target record of its own that says the same, and nothing
 * waits. `kept` are rows the ERP no longer sends and the target still has.
 */
export async function expectMirror({ server, factory }: Installation, kept: ErpRow[] = []): Promise<void> {
  const rows = factory.rows();
  await server.expectTarget([...rows, ...kept]);
  const raws = await server.rows("erp_raw_data");
  const live = raws.filter((raw) => raw.missing_since === "");
  expect(texts(live.map((raw) => raw.payload_json))).toEqual(texts(rows));
  const records = new Map((await server.targetRows()).map((record) => [record.id, record]));
  const owners = raws.filter((raw) => raw.pushed_hash !== "");
  expect(owners).toHaveLength(rows.length + kept.length);
  for (const raw of owners) expect(raw.mapped_hash).toBe(raw.pushed_hash);
  for (const raw of live) expectSameRows([raw.payload_json], [records.get(raw.target_id) ?? {}]);
  expect(await server.jobs('status != "done"')).toEqual([]);
}

function texts(rows: object[]): string[] {
  return rows.map((row) => JSON.stringify(row)).sort();
}
