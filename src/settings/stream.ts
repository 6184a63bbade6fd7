import type { KeyField } from "../diff/keys";
import { readFieldList, readNamed } from "./field-list";
import { isObject, quote } from "./json-field";
import { groupOf, readKeyFields } from "./key-fields";
import { defaultsApplied, type Options } from "./options";
import { scheduleLines } from "./schedule";

export type OnMissing = "keep" | "mark" | "delete";
export const onMissingChoices: readonly OnMissing[] = ["keep", "mark", "delete"];

/** A record of sync_settings as PocketBase hands it over; json fields parsed, as text or as bytes. */
export interface StreamRecord {
  name?: unknown;
  paused?: unknown;
  schedule?: unknown;
  source_url?: unknown;
  from_date?: unknown;
  group_fields?: unknown;
  key_fields?: unknown;
  target_collection?: unknown;
  mapping?: unknown;
  timezone?: unknown;
  on_missing?: unknown;
  options?: unknown;
}

/** One ERP feed into one target collection, ready to use. */
export interface Stream {
  name: string;
  paused: boolean;
  /** Cron expressions in UTC; none: the stream runs by hand only. */
  schedule: string[];
  /** As written, with references to the environment. */
  sourceUrl: string;
  /** As written: "", YYYY-MM-DD, or so many days before today such as "-30d" (see resolveFromDate). */
  fromDate: string;
  /** Fields that say what a row is about. Blank in the record: the key fields, each key is a group of its own. */
  groupFields: KeyField[];
  /** Fields whose values, or time windows, tell the rows of a stream apart. */
  keyFields: KeyField[];
  targetCollection: string;
  /** Overrides per target field, as src/mapping reads them. */
  mapping: Record<string, unknown>;
  timezone: string;
  onMissing: OnMissing;
  options: Options;
}

/** Reads a checked record (see checkSettings). Throws, naming the field, when the record was written past that check. */
export function readStream(record: StreamRecord): Stream {
  const keyFields = readKeyFields(record.key_fields);
  return {
    name: readText("name", record.name),
    paused: record.paused === true,
    schedule: scheduleLines(readText("schedule", record.schedule)).map((line) => line.expression),
    sourceUrl: readText("source_url", record.source_url),
    fromDate: readText("from_date", record.from_date),
    groupFields: groupOf(readFieldList("group_fields", record.group_fields), keyFields),
    keyFields,
    targetCollection: readText("target_collection", record.target_collection),
    mapping: readMapping(record.mapping),
    timezone: readText("timezone", record.timezone) || "UTC",
    onMissing: readOnMissing(record.on_missing),
    options: defaultsApplied(record.options),
  };
}

/** The trimmed text of a field; a missing one is "". Throws when it is not text. */
export function readText(field: string, value: unknown): string {
  if (value === undefined || value === null) return "";
  if (typeof value !== "string") throw new Error(`${field}: ${quote(value)} is not text`);
  return value.trim();
}

/** The overrides of the field mapping; none when it is blank. Throws when it is not an object. */
export function readMapping(value: unknown): Record<string, unknown> {
  const example = `expected an object such as {"BOM_QTY": {"from": "QTY"}}`;
  const mapping = readNamed("mapping", value, example) ?? {};
  if (!isObject(mapping)) throw new Error(`mapping: ${quote(mapping)} is not an object (${example})`);
  return mapping;
}

/** keep when it is blank. Throws when it is none of the choices. */
export function readOnMissing(value: unknown): OnMissing {
  const text = readText("on_missing", value);
  const choice = onMissingChoices.find((candidate) => candidate === (text || "keep"));
  if (choice === undefined) {
    throw new Error(`on_missing: ${quote(text)} is not a choice (expected ${onMissingChoices.join(", ")})`);
  }
  return choice;
}
