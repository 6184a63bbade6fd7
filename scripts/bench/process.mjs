import { readFileSync } from "node:fs";

/** The kernel counts CPU time in hundredths of a second (USER_HZ, the same on every Linux that Node runs on). */
const MS_PER_TICK = 10;
/** Places in /proc/<pid>/stat, counted from the state, which comes after the name. */
const UTIME = 11;
const CSTIME = 14;

/**
 * CPU time of a process so far, with its children that have ended (curl).
 * @param {number} pid
 * @returns {number} ms
 */
export function cpuMs(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const ticks = fields.slice(UTIME, CSTIME + 1).map(Number);
  return ticks.reduce((sum, each) => sum + each, 0) * MS_PER_TICK;
}

/**
 * The most memory a process has had at once.
 * @param {number} pid
 * @returns {number} MB
 */
export function peakMb(pid) {
  const found = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"));
  if (!found) throw new Error(`/proc/${pid}/status has no VmHWM; the bench needs Linux`);
  return Number(found[1]) / 1024;
}
