import { checkMapping } from "../mapping/settings";
import { checkSettings, type SettingsPorts, type SettingsProblems } from "../settings/check";
import { readOptions } from "../settings/options";
import type { StreamRecord } from "../settings/stream";
import type { OtherStream } from "../settings/target";
import { isAbandoned } from "../sync/lease";
import { cronError } from "./crons";
import { PocketBaseDb } from "./db";
import { liveEngine } from "./engine";
import { inTransaction, jsonText, recordOf } from "./form";
import { targetShape } from "./target";
import { timezoneError } from "./zone";

const SETTINGS_FIELDS = [
  "name",
  "paused",
  "schedule",
  "source_url",
  "from_date",
  "group_fields",
  "key_fields",
  "target_collection",
  "mapping",
  "timezone",
  "on_missing",
  "options",
] as const;

/** What rows of a stream that is in use hang on. */
const FIXED_FIELDS = ["name", "group_fields", "key_fields", "target_collection"] as const;

/** A new stream: checked, and without a lock. PocketBase knows no default for a choice. */
export function onSettingsCreate(e: core.RecordRequestEvent): void {
  const record = recordOf(e);
  if (record.getString("on_missing") === "") record.set("on_missing", "keep");
  refuse(checkRecord(record));
  record.set("lock_owner", "");
  record.set("lock_expires_at", "");
  e.next();
}

/**
 * A saved form: checked, then written in one transaction that puts the live lock back. The form sends every field as it
 * was when it was opened, the lock too (design, promise 2). So does a switch that it does not move: a stream that is
 * paused while a form is being saved stays paused.
 */
export function onSettingsUpdate(e: core.RecordRequestEvent): void {
  const record = recordOf(e);
  if (!isOnlyPaused(record)) {
    refuse({ ...fixedFieldProblems(record), ...ignoredFieldsProblem(record), ...checkRecord(record) });
  }
  inTransaction(e, (tx) => {
    keepLiveState(tx, record);
    e.next();
  });
}

/**
 * A stream whose run is in progress stays until the run has ended: its record is the run's lock. So does the parent of
 * another stream.
 */
export function onSettingsDelete(e: core.RecordRequestEvent): void {
  const record = recordOf(e);
  const name = record.getString("name");
  const child = otherStreams(new PocketBaseDb($app), record.id).find((other) => other.parent === name);
  if (child) {
    throw new BadRequestError(
      `stream "${name}" is the parent of stream "${child.name}"; take it out of options.parent there, and delete it then`,
    );
  }
  if (isAtWork(record.id)) {
    throw new BadRequestError(
      `stream "${name}" is at work; pause it, wait until its run has stopped, and delete it then`,
    );
  }
  e.next();
}

function keepLiveState(tx: PocketBaseDb, record: core.Record): void {
  const live = tx.returning(
    "UPDATE sync_settings SET name = name WHERE id = {:id} RETURNING lock_owner, lock_expires_at, paused",
    { id: record.id },
    { lock_owner: "", lock_expires_at: "", paused: 0 },
  );
  if (!live[0]) return;
  if (record.getBool("paused") === record.original().getBool("paused")) record.set("paused", live[0].paused === 1);
  record.set("lock_owner", live[0].lock_owner);
  record.set("lock_expires_at", live[0].lock_expires_at);
}

function checkRecord(record: core.Record): SettingsProblems {
  return checkSettings(plain(record), settingsPorts(record.id));
}

/** What settings are checked against; `id` tells the record that is checked from the other streams, "" is none. */
export function settingsPorts(id: string): SettingsPorts {
  const db = new PocketBaseDb($app);
  return {
    getenv: (name) => $os.getenv(name),
    cronError,
    timezoneError,
    targetFields: (collection) => targetShape(collection)?.fields ?? null,
    collectionType: (name) => collection(name)?.type ?? "",
    collectionId: (name) => collection(name)?.id ?? "",
    checkMapping,
    otherStreams: () => otherStreams(db, id),
  };
}

function otherStreams(db: PocketBaseDb, id: string): OtherStream[] {
  return db.all(
    `SELECT name AS name, target_collection AS targetCollection, COALESCE(key_fields, 'null') AS keyFields,
            COALESCE(options ->> '$.parent.stream', '') AS parent
       FROM sync_settings WHERE id <> {:id} ORDER BY name`,
    { id },
    { name: "", targetCollection: "", keyFields: "", parent: "" },
  );
}

function collection(name: string): core.Collection | undefined {
  try {
    const found = $app.findCollectionByNameOrId(name);
    return found.name === name ? found : undefined;
  } catch {
    return undefined;
  }
}

function plain(record: core.Record): StreamRecord {
  const values: Record<string, unknown> = {};
  for (const field of SETTINGS_FIELDS) {
    const value = record.get(field);
    values[field] = isText(value) || typeof value === "boolean" ? value : toString(value);
  }
  return values;
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

/** A stream can always be paused, also when its settings have become wrong since they were saved. */
function isOnlyPaused(record: core.Record): boolean {
  return record.getBool("paused") && SETTINGS_FIELDS.every((field) => field === "paused" || !isChanged(record, field));
}

function isChanged(record: core.Record, field: string): boolean {
  return comparable(record.original().get(field)) !== comparable(record.get(field));
}

/** A form may send JSON laid out anew, and a blank list as "", null or []. */
function comparable(value: unknown): string {
  const text = isText(value) || typeof value === "boolean" ? String(value) : toString(value);
  try {
    const json = JSON.stringify(JSON.parse(text));
    return json === "[]" || json === "null" ? "" : json;
  } catch {
    return text.trim();
  }
}

/** Raw rows carry these settings in their keys and ids, so they cannot change under them. */
function fixedFieldProblems(record: core.Record): SettingsProblems {
  const problems: SettingsProblems = {};
  const before = record.original();
  const changed = FIXED_FIELDS.filter((field) => isChanged(record, field));
  if (changed.length === 0) return problems;
  if (!hasRows(before.getString("name"))) return isAtWork(record.id) ? atWorkProblems(changed) : problems;
  for (const field of changed) {
    const was = before.get(field);
    problems[field] = {
      code: "in_use",
      message: `it cannot change while erp_raw_data holds rows of this stream: put back ${isText(was) ? JSON.stringify(was) : toString(was)}, make a new stream, or delete those rows first`,
    };
  }
  return problems;
}

/** With another list every row counts as another text, and that would end what a person mended in a raw row. */
function ignoredFieldsProblem(record: core.Record): SettingsProblems {
  const listOf = (of: core.Record): string => {
    const read = readOptions(jsonText(of, "options"));
    return JSON.stringify(read.ok ? read.options.diff.ignore_fields.slice().sort() : []);
  };
  const before = record.original();
  if (listOf(record) === listOf(before)) return {};
  const sql = `SELECT count(*) AS n FROM erp_raw_data WHERE stream = {:stream} AND missing_since = '' AND edited_at <> ''`;
  const { n } = new PocketBaseDb($app).one(sql, { stream: before.getString("name") }, { n: 0 }) ?? { n: 0 };
  if (n === 0) return {};
  const message = `options.diff.ignore_fields: it cannot change while ${n === 1 ? "a row has" : `${n} rows have`} a payload_json that somebody mended (edited_at in erp_raw_data), since the mended text would be lost: have the ERP send those rows anew, then change it`;
  return { options: { code: "in_use", message } };
}

/** The run in progress stores its rows with what it has read. */
function atWorkProblems(fields: readonly string[]): SettingsProblems {
  const message =
    "it cannot change while a run of this stream is in progress: pause the stream, wait until it has stopped";
  return Object.fromEntries(fields.map((field) => [field, { code: "in_use", message }]));
}

function isAtWork(id: string): boolean {
  const engine = liveEngine();
  const live = engine.store.one(
    "SELECT lock_owner AS owner, lock_expires_at AS expires FROM sync_settings WHERE id = {:id}",
    { id },
    { owner: "", expires: "" },
  );
  return live !== undefined && live.owner !== "" && !isAbandoned(engine, live.owner, live.expires);
}

function hasRows(stream: string): boolean {
  const row = new PocketBaseDb($app).one(
    "SELECT count(*) AS n FROM (SELECT 1 FROM erp_raw_data WHERE stream = {:stream} LIMIT 1)",
    { stream },
    { n: 0 },
  );
  return (row?.n ?? 0) > 0;
}

function refuse(problems: SettingsProblems): void {
  const fields = Object.keys(problems);
  if (fields.length === 0) return;
  const data: Record<string, ValidationError> = {};
  for (const field of fields) {
    const problem = problems[field];
    if (problem) data[field] = new ValidationError(problem.code, withoutName(field, problem.message));
  }
  throw new BadRequestError("The stream's settings were not saved; see the fields.", data);
}

/** The form shows the message under its field. */
export function withoutName(field: string, message: string): string {
  return message.startsWith(`${field}: `) ? message.slice(field.length + 2) : message;
}
