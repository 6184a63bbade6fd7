import { dateReader } from "../mapping/dates";
import type { TargetField } from "../mapping/model";
import { suggestion } from "./suggest";

/** The collections this project itself needs; none may be a target. */
export const ownCollections: readonly string[] = [
  "sync_settings",
  "sync_runs",
  "erp_raw_data",
  "job_queue",
  "push_log",
  "failed_records",
  "sync_fields",
  "sync_alerts",
  "webhook_calls",
  "sync_overview",
];

/** Another stream than the one that is checked. */
export interface OtherStream {
  name: string;
  targetCollection: string;
  /** As stored: parsed, as text or as bytes. */
  keyFields: unknown;
  /** The stream that is its parent, or "". */
  parent: string;
}

/** What target_collection is checked against. */
export interface TargetPorts {
  /** base, auth or view; "" when there is no collection of exactly this name. */
  collectionType(name: string): string;
  /** The other streams: every record of sync_settings but the one that is being checked. */
  otherStreams(): OtherStream[];
}

/** What is wrong with target_collection, "" when nothing is. */
export function targetProblem(target: string, ports: TargetPorts): string {
  if (target === "") return "target_collection: it is blank (expected the name of the collection that the rows go to)";
  const shown = `target_collection: "${target}"`;
  if (ownCollections.includes(target.toLowerCase()) || target.startsWith("_")) {
    return `${shown} belongs to the sync or to PocketBase itself (expected a collection of your own)`;
  }
  const type = ports.collectionType(target);
  if (type === "") return `${shown} does not exist (expected the exact name of a base collection: create it first)`;
  if (type !== "base") return `${shown} is a collection of type ${type} (expected a base collection)`;
  const other = ports
    .otherStreams()
    .find((stream) => stream.targetCollection.trim().toLowerCase() === target.toLowerCase());
  if (other === undefined) return "";
  return `${shown} is the target of stream "${other.name}" already, and two streams into one target collection are refused`;
}

const SKIPPED_MARK =
  'its mapping says "skip", so the mark of a row that comes back would never be taken away; take "skip" out there, or the field out here';

/**
 * What is wrong with options.mark.fields for a stream whose on_missing is mark, "" when nothing is.
 * @param skipped fields that the mapping leaves to others
 */
export function markProblem(
  values: Record<string, string | number | boolean | null>,
  fields: TargetField[] | null,
  skipped: string[],
): string {
  const entries = Object.entries(values);
  if (entries.length === 0) {
    return (
      'options.mark.fields: on_missing is "mark", so name the target fields to set, ' +
      'for example {"mark": {"fields": {"is_discontinued": true}}}'
    );
  }
  if (fields === null) return "";
  for (const [name, value] of entries) {
    const problem = skipped.includes(name) ? SKIPPED_MARK : markValueProblem(name, value, fields);
    if (problem !== "") return `options.mark.fields.${name}: ${problem}`;
  }
  return "";
}

/** Stands in options.mark.fields for the time at which a row was found missing. */
export const NOW = "@now";

/** Whether it is one does not depend on the zone. */
const readDate = dateReader({ timezone: "UTC", zonedToUtc: () => 0 });

function isDate(text: string): boolean {
  return text === NOW || text === "" || typeof readDate(text) === "string";
}

/** What is wrong with options.push.touch_field, "" when nothing is. */
export function touchProblem(
  name: string,
  fields: TargetField[] | null,
  others: { mapped: string[]; marked: string[] },
): string {
  if (name === "" || fields === null) return "";
  const field = fields.find((candidate) => candidate.name === name);
  const path = "options.push.touch_field";
  if (field === undefined) {
    const names = fields.map((candidate) => candidate.name);
    return `${path}: the target collection has no field "${name}"${suggestion(name, names)}`;
  }
  if (field.type !== "date") return `${path}: "${name}" is a ${field.type} field (expected a date field)`;
  if (!others.mapped.includes(name) && !others.marked.includes(name)) return "";
  const where = others.mapped.includes(name) ? "mapping" : "options.mark.fields";
  return `${path}: "${name}" is set by ${where} too, take it out there`;
}

function markValueProblem(name: string, value: string | number | boolean | null, fields: TargetField[]): string {
  const field = fields.find((candidate) => candidate.name === name);
  if (field === undefined) {
    const names = fields.map((candidate) => candidate.name);
    return `the target collection has no such field${suggestion(name, names)}`;
  }
  const shown = JSON.stringify(value);
  if (value === null) return field.required ? `null is no value for a required field` : "";
  if (field.type === "bool" && typeof value !== "boolean") return `${shown} is not true or false, as its field needs`;
  if (field.type === "number" && typeof value !== "number") return `${shown} is not a number, as its field needs`;
  if (field.type === "select" && !(field.values ?? []).includes(String(value))) {
    return `${shown} is not a choice of its field (expected one of ${(field.values ?? []).join(", ")})`;
  }
  if (value === NOW && field.type !== "date") return `${shown} is the time, and its field is no date field`;
  if (field.type === "date" && typeof value === "string" && !isDate(value)) {
    return `${shown} is not a date, as its field needs (expected one such as 2025-12-31 or 2025-12-31T23:59:59, or @now)`;
  }
  const isText = !["bool", "number", "select", "json", "geoPoint", "other"].includes(field.type);
  return isText && typeof value !== "string" ? `${shown} is not text, as its field needs` : "";
}
