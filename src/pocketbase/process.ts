import type { ProcessTable } from "../sync/ports";

/**
 * This process and the others of this host. Linux tells exactly (pid and start time in /proc); elsewhere nothing is
 * known about others, so their leases are only taken when they expire.
 */
export function processTable(): ProcessTable {
  const self = readStat("self");
  const host = readText("/proc/sys/kernel/hostname").trim() || $os.getenv("HOSTNAME") || "host";
  const me = self ?? { pid: 0, startedAt: unknownProcess() };
  return {
    host,
    pid: me.pid,
    startedAt: me.startedAt,
    mayBeAlive: (otherHost, pid, startedAt) => {
      if (!self || otherHost !== host) return true;
      const other = readStat(String(pid));
      return other !== null && other.startedAt === startedAt && other.state !== "Z";
    },
  };
}

/** When a process of this host was started, in the kernel's own count; "" where that is not known or it is gone. */
export function startOf(pid: number): string {
  const stat = readStat(String(pid));
  return stat && stat.state !== "Z" ? stat.startedAt : "";
}

/** Pid, state and start time, fields 1, 3 and 22 of /proc/<pid>/stat; the name in field 2 may hold spaces. */
function readStat(pid: string): { pid: number; state: string; startedAt: string } | null {
  const text = readText(`/proc/${pid}/stat`);
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const [state, startedAt] = [fields[0], fields[19]];
  if (!state || !startedAt) return null;
  return { pid: Number.parseInt(text, 10), state, startedAt };
}

/** Without /proc one random name stands for the process; every runtime must find the same one. */
function unknownProcess(): string {
  return String($app.store().getOrSet("erp_process", () => $security.randomString(12)));
}

function readText(path: string): string {
  try {
    return toString($os.readFile(path));
  } catch {
    return "";
  }
}
