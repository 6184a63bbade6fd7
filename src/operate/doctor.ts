import { ALERT_WEBHOOK, alertChannels } from "../alerts/channels";
import { counted } from "../alerts/words";
import { s3Config } from "../archive/s3";
import { WAITING_ROWS } from "../queue/wait";
import type { Stream } from "../settings/stream";
import { buildRequest, hostOf } from "../sources/request";
import type { Engine } from "../sync/engine";
import { coerceError } from "../sync/errors";
import { knownFields } from "../sync/fields";
import { isAbandoned } from "../sync/lease";
import { readParent } from "../sync/parents";
import { replayDue } from "../sync/replay";
import { readSettings } from "../sync/settings";
import type { ActionResult } from "./action";
import { readUndelivered } from "./health-facts";

interface Check {
  name: string;
  level: "ok" | "warning" | "error";
  message: string;
}

/** Which release of the sync this is, and which PocketBase it runs in ("" where it does not tell). */
export interface Versions {
  sync: string;
  pocketbase: string;
}

/** What only the edge can look at. */
export interface DoctorPorts {
  versions(): Versions;
  /** Which rules of a collection are open to everyone; null when it does not exist. */
  openRules(collection: string): string[] | null;
  transports(): string[];
}

/** Looks at everything that could keep the sync from running, and says how to mend it. */
export function doctor(engine: Engine, ports: DoctorPorts): ActionResult {
  const { sync, pocketbase } = ports.versions();
  const message = `pocketbase-erp-sync ${sync} in PocketBase ${pocketbase || "of an unknown version"}`;
  const checks: Check[] = [{ name: "version", level: "ok", message }];
  checks.push(transportCheck(ports.transports()));
  const rows = engine.store.all(
    "SELECT name AS name, paused AS paused, lock_owner AS owner, lock_expires_at AS expires FROM sync_settings ORDER BY name",
    {},
    { name: "", paused: 0, owner: "", expires: "" },
  );
  if (rows.length === 0)
    checks.push({ name: "streams", level: "warning", message: "sync_settings has no record, so nothing is synced" });
  for (const row of rows) {
    const found = streamChecks(engine, ports, row.name);
    checks.push(...(row.paused === 1 ? found.map(asWarning) : found));
    if (row.paused === 1)
      checks.push({
        name: `${row.name} paused`,
        level: "warning",
        message: "the stream is paused: no schedule, no worker",
      });
    if (isAbandoned(engine, row.owner, row.expires)) {
      checks.push({
        name: `${row.name} lease`,
        level: "warning",
        message: `the lease of ${row.owner} is abandoned; the next run or tick takes it over`,
      });
    }
  }
  const ok = checks.every((check) => check.level !== "error");
  return {
    ok,
    data: { ok, checks },
    lines: checks.map((check) => `${check.level.padEnd(7)}  ${check.name}: ${check.message}`),
  };
}

/** What a paused stream lacks keeps nothing from running: a fresh install has the example stream, without its token. */
function asWarning(check: Check): Check {
  return check.level === "error" ? { ...check, level: "warning" } : check;
}

function transportCheck(transports: string[]): Check {
  if (transports.includes("curl")) return { name: "transport", level: "ok", message: "curl" };
  return {
    name: "transport",
    level: "warning",
    message:
      "there is no curl 7.75 or later on this machine: answers are held in memory and cannot be stopped; install it",
  };
}

function streamChecks(engine: Engine, ports: DoctorPorts, name: string): Check[] {
  try {
    const stream = readSettings(engine.store, name);
    return [
      requestCheck(engine, stream),
      rulesCheck(ports, name, stream.targetCollection),
      ...alertChecks(engine, stream),
      ...replayChecks(name, replayDue(engine, stream)),
      ...archiveChecks(engine, stream, ports.transports()),
      ...goneChecks(engine, stream),
      ...parentChecks(engine, stream),
    ];
  } catch (error) {
    return [{ name: `${name} settings`, level: "error", message: coerceError(error) }];
  }
}

/** Everything that is read from the environment is there. */
function requestCheck(engine: Engine, stream: Stream): Check {
  const name = `${stream.name} settings`;
  try {
    const { url } = buildRequest(stream, engine);
    return { name, level: "ok", message: `${hostOf(url)} into ${stream.targetCollection}` };
  } catch (error) {
    return { name, level: "error", message: coerceError(error) };
  }
}

/** Somebody is told when something is wrong, and it reaches them. */
function alertChecks(engine: Engine, stream: Stream): Check[] {
  const name = `${stream.name} alerts`;
  const channels = alertChannels(stream, engine.getenv);
  const checks: Check[] = [];
  const warn = (message: string) => checks.push({ name, level: "warning", message });
  if (channels.length === 0) {
    warn(
      `nobody is told when something is wrong: set ${ALERT_WEBHOOK}, options.alerts.webhook or options.alerts.email`,
    );
  }
  if (channels.includes("email") && !engine.courier.hasSmtp()) {
    warn(
      "options.alerts.email is set, but SMTP is not set up in PocketBase (Settings, Mail settings): mail goes through the machine's sendmail, where there is one; try erp test-alert",
    );
  }
  for (const { stream: of, messages, error } of readUndelivered(engine)) {
    if (of === stream.name) warn(`${counted(messages, "message")} could not be sent: ${error}`);
  }
  if (checks.length === 0) checks.push({ name, level: "ok", message: `sent by ${channels.join(" and ")}` });
  return checks;
}

function replayChecks(stream: string, due: number): Check[] {
  if (due === 0) return [];
  const message = `${due} rows were mapped with an earlier mapping; when it is right: erp replay ${stream}`;
  return [{ name: `${stream} mapping`, level: "warning", message }];
}

/** The bucket is not asked: what the newest run says of it is what counts. */
function archiveChecks(engine: Engine, { name, options }: Stream, transports: string[]): Check[] {
  const { to } = options.archive;
  if (to === "none") return [];
  const check = (level: Check["level"], message: string): Check[] => [{ name: `${name} archive`, level, message }];
  try {
    if (to === "s3") s3Config(engine.getenv);
  } catch (error) {
    return check("error", coerceError(error));
  }
  if (to === "s3" && !transports.includes("curl")) {
    return check("error", "an archive in S3 needs curl 7.75 or later: install it");
  }
  const newest = engine.store.one(
    `SELECT id AS id, archive_error AS error FROM sync_runs
      WHERE stream = {:name} AND (archive_path <> '' OR archive_error <> '') ORDER BY rowid DESC LIMIT 1`,
    { name },
    { id: "", error: "" },
  );
  if (!newest || newest.error === "") return check("ok", to);
  return check("warning", `the answer of run ${newest.id} was not archived: ${newest.error}`);
}

function rulesCheck(ports: DoctorPorts, name: string, collection: string): Check {
  const open = ports.openRules(collection);
  if (open === null)
    return { name: `${name} target`, level: "error", message: `collection ${collection} does not exist` };
  if (open.length === 0)
    return { name: `${name} target`, level: "ok", message: `${collection} is not open to everyone` };
  return {
    name: `${name} target`,
    level: "warning",
    message: `anybody who reaches this server may use ${collection} (${open.join(", ")}); close the rules in the admin UI: Collections, ${collection}, API Rules, lock each of them`,
  };
}

/** Columns whose values are old because the ERP no longer sends them. */
function goneChecks(engine: Engine, stream: Stream): Check[] {
  return knownFields(engine.store, stream.name)
    .filter((field) => field.gone)
    .map(({ name }) => ({
      name: `${stream.name} fields`,
      level: "warning",
      message: `the ERP no longer sends "${name}"; the target keeps its last values, docs/alerts.md says how to end that`,
    }));
}

/** Settings that name no stream, and children that wait. */
function parentChecks({ store }: Engine, stream: Stream): Check[] {
  const parent = readParent(store, stream);
  if (!parent) return [];
  const waiting = store.one(WAITING_ROWS, { stream: stream.name }, { n: 0 })?.n ?? 0;
  const name = `${stream.name} parent`;
  if (waiting === 0) return [{ name, level: "ok", message: `stream "${parent.stream}"` }];
  const message = `${waiting} rows wait for parents that stream "${parent.stream}" has not brought; erp failed ${stream.name} --include-dead lists them`;
  return [{ name, level: "warning", message }];
}
