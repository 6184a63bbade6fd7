import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { RecordModel } from "pocketbase";
import type { Erp, ErpOptions } from "../erp/server";
import { Factory, hooksWith, type PocketBaseServer, startErp } from "./harness";
import { filesIn, type S3Server } from "./harness/s3";
import { setOptions, startQuietly } from "./in-flight";

export interface Archiving {
  factory: Factory;
  erp: Erp;
  server: PocketBaseServer;
}

export interface ArchivingOptions {
  /** Default: a folder of this machine. */
  s3?: S3Server;
  archive?: Record<string, unknown>;
  env?: NodeJS.ProcessEnv;
  hooksDir?: string;
  rows?: number;
  erp?: ErpOptions;
}

/** A stream of 20 rows whose answers are archived, before its first run. */
export async function startArchiving({ s3, rows = 20, ...options }: ArchivingOptions = {}): Promise<Archiving> {
  const factory = new Factory({ seed: 7, rows });
  const erp = await startErp({ factory, ...options.erp });
  const env = { ERP_FETCH_RETRY_SECONDS: "0", ...s3?.env, ...options.env };
  const server = await startQuietly(erp, { env, ...(options.hooksDir && { hooksDir: options.hooksDir }) });
  await archiveTo(server, s3 ? "s3" : "local", options.archive);
  return { factory, erp, server };
}

export function archiveTo(server: PocketBaseServer, to: string, more: Record<string, unknown> = {}): Promise<void> {
  return setOptions(server, { archive: { to, ...more } });
}

/** The files of the archive in the data folder, without those that PocketBase writes beside each. */
export function localFiles(server: PocketBaseServer): string[] {
  return filesIn(localFolder(server)).filter((path) => !path.endsWith(".attrs"));
}

export function localFolder(server: PocketBaseServer): string {
  return join(server.dataDir, "erp_archive");
}

/** The ERP's answer, as it is sent. */
export function answerText({ erp }: Archiving): string {
  return JSON.stringify(erp.factory.rows());
}

/** Reads the archived answer of a run again; answers the new run. */
export function replayArchive(
  server: PocketBaseServer,
  run: Pick<RecordModel, "id">,
  options: Record<string, unknown> = {},
): Promise<RecordModel> {
  return server.action("replay", { from_archive: run.id, ...options }, "aswan_bom", { wait: true });
}

/** Our hooks with one piece of the engine replaced; it must be there once. */
export function hooksWithEngine(from: string, to: string, more = ""): string {
  const folder = hooksWith(more);
  const engine = join(folder, "erp_sync/engine.js");
  const [before, after, ...others] = readFileSync(engine, "utf8").split(from);
  if (after === undefined || others.length > 0) throw new Error(`engine.js no longer has \`${from}\` in one place`);
  writeFileSync(engine, before + to + after);
  return folder;
}
