import { readFileSync, statSync } from "node:fs";
import { pause } from "./harness";

/** The byte of the -shm file that SQLite locks while somebody writes (WALINDEX_LOCK_OFFSET in its file format). */
const WRITE_LOCK = 120;

/**
 * SIGSTOP between two write transactions of the process: inside one it would hold up every other writer, and so nobody
 * could take its lease. Needs Linux' /proc.
 */
export async function freeze(pid: number, dataDir: string): Promise<void> {
  const { ino } = statSync(`${dataDir}/data.db-shm`);
  for (let tries = 0; tries < 500; tries++) {
    process.kill(pid, "SIGSTOP");
    while (stateOf(pid) !== "T") await pause(1);
    if (!holdsWriteLock(pid, ino)) return;
    process.kill(pid, "SIGCONT");
    await pause(1 + (tries % 7));
  }
  throw new Error(`process ${pid} was inside a write transaction at 500 looks`);
}

export function thaw(pid: number): void {
  process.kill(pid, "SIGCONT");
}

function stateOf(pid: number): string {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  return stat.charAt(stat.lastIndexOf(")") + 2);
}

/** A line of /proc/locks: `1: POSIX  ADVISORY  WRITE 4711 fe:00:10127616 120 120`. */
function holdsWriteLock(pid: number, inode: number): boolean {
  return readFileSync("/proc/locks", "utf8")
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .some(([, , , kind, owner, file, from, to]) => {
      const ours = kind === "WRITE" && Number(owner) === pid && file?.endsWith(`:${inode}`);
      return ours && Number(from) <= WRITE_LOCK && (to === "EOF" || Number(to) >= WRITE_LOCK);
    });
}
