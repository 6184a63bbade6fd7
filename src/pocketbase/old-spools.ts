import type { ProcessTable } from "../sync/ports";
import { processTable, startOf } from "./process";

/** Files of a spool that say whose it is. */
const OWNER = "owner.json";
const CURL = "curl.pid.json";
const OWNER_ONLY = 0o600 as unknown as os.FileMode;
/** A host that cannot tell whether a process lives lets its spools lie so long. */
const FORGOTTEN_HOURS = 24;

/** The folder of all spools, in the data folder. */
const SPOOLS = "erp_spool";

/** Its path: relative when PocketBase was started without --dir, as its data folder's is. */
export function spoolRoot(): string {
  return `${$app.dataDir()}/${SPOOLS}`;
}

/**
 * A backup has no spools: their files go while it is made, which would end it, and curl's config holds the ERP's token.
 */
export function onBackupCreate(e: core.BackupEvent): void {
  e.exclude = [...e.exclude, SPOOLS];
  e.next();
}

/** Notes that this process works on the spool. */
export function writeOwner(dir: string): void {
  const { host, pid, startedAt } = processTable();
  $os.writeFile(`${dir}/${OWNER}`, JSON.stringify({ host, pid, startedAt }) as unknown as number[], OWNER_ONLY);
}

/** Notes the curl that fills the spool, since it outlives a process that is killed. */
export function writeCurl(dir: string, pid: number): void {
  const text = JSON.stringify({ pid, startedAt: startOf(pid) });
  $os.writeFile(`${dir}/${CURL}`, text as unknown as number[], OWNER_ONLY);
}

/**
 * Removes the spools of processes that are gone, and ends the curl that one of them left behind: the ERP need not answer
 * it any more. Those of a console command beside the server stay.
 */
export function removeOldSpools(): void {
  const processes = processTable();
  for (const name of spoolNames()) {
    const dir = `${spoolRoot()}/${name}`;
    if (isInUse(processes, dir)) continue;
    endCurl(dir);
    $os.removeAll(dir);
  }
}

function spoolNames(): string[] {
  try {
    return $os.readDir(spoolRoot()).map((entry) => entry?.name() ?? "");
  } catch {
    return [];
  }
}

function isInUse(processes: ProcessTable, dir: string): boolean {
  const owner = readJson<{ host: string; pid: number; startedAt: string }>(`${dir}/${OWNER}`);
  if (!owner || !processes.mayBeAlive(owner.host, owner.pid, owner.startedAt)) return false;
  return startOf(owner.pid) === owner.startedAt || hoursSince(dir) < FORGOTTEN_HOURS;
}

function hoursSince(dir: string): number {
  return (Date.now() / 1000 - $os.stat(dir).modTime().unix()) / 3600;
}

function endCurl(dir: string): void {
  const curl = readJson<{ pid: number; startedAt: string }>(`${dir}/${CURL}`);
  if (!curl || curl.startedAt === "" || startOf(curl.pid) !== curl.startedAt) return;
  try {
    $os.cmd("kill", "-9", String(curl.pid)).run();
  } catch {
    // It has just ended by itself.
  }
}

function readJson<T>(path: string): T | null {
  try {
    return JSON.parse(toString($os.readFile(path))) as T;
  } catch {
    return null;
  }
}
