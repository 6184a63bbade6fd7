import { inFields, scheduleLines } from "../settings/schedule";
import { coerceError } from "../sync/errors";
import { PocketBaseDb } from "./db";
import { makeLog } from "./log";

const PREFIX = "erp_sync_";

/** Makes the registered cron jobs equal to the schedules in sync_settings; returns how many it changed. */
export function syncCrons(): number {
  const wanted = wantedJobs();
  let changed = 0;
  for (const job of $app.cron().jobs()) {
    if (!job?.id().startsWith(PREFIX)) continue;
    if (wanted.get(job.id())?.expression === job.expression()) wanted.delete(job.id());
    else if (!wanted.has(job.id())) {
      cronRemove(job.id());
      changed++;
    }
  }
  for (const [id, { expression, stream }] of wanted) {
    if (register(id, expression, stream)) changed++;
  }
  return changed;
}

/** One job for each line of each schedule: erp_sync_<stream>, erp_sync_<stream>.2, …; no stream's name has a dot. */
function wantedJobs(): Map<string, { expression: string; stream: string }> {
  const jobs = new Map<string, { expression: string; stream: string }>();
  const rows = new PocketBaseDb($app).all(
    "SELECT name AS name, schedule AS schedule FROM sync_settings ORDER BY name",
    {},
    { name: "", schedule: "" },
  );
  for (const { name, schedule } of rows) {
    scheduleLines(schedule).forEach((line, at) => {
      const id = at === 0 ? PREFIX + name : `${PREFIX + name}.${at + 1}`;
      jobs.set(id, { expression: inFields(line.expression), stream: name });
    });
  }
  return jobs;
}

function register(id: string, expression: string, stream: string): boolean {
  const problem = cronError(expression);
  if (problem !== "") {
    makeLog().error("a schedule cannot be registered", { stream, expression, error: problem });
    return false;
  }
  const call = `() => require(\`\${__hooks}/erp_sync/engine.js\`).onSchedule(${JSON.stringify(stream)})`;
  // A handler is text that runs elsewhere; this one is made here, so it is given as text.
  cronAdd(id, expression, call as unknown as () => void);
  return true;
}

/**
 * Why PocketBase refuses a cron expression, or "". A bad one given to cronAdd would panic past every catch, so it is
 * tried on the scheduler itself, which reports it as an error.
 */
export function cronError(expression: string): string {
  const id = `__erp_check_${$security.randomString(8)}`;
  try {
    $app.cron().add(id, expression, () => undefined);
    return "";
  } catch (error) {
    return coerceError(error);
  } finally {
    $app.cron().remove(id);
  }
}
