import type { KeyField } from "../diff/keys";
import type { TimeBucket } from "../diff/time-bucket";
import { readEntries } from "./field-list";
import { isObject, quote } from "./json-field";

const EXAMPLE = 'such as {"field": "CREATED_AT", "bucket_minutes": 5}';
const MINUTES_A_DAY = 1440;

/** The name of the ERP field that a key part is taken from. */
export function keyFieldName(part: KeyField): string {
  return typeof part === "string" ? part : part.field;
}

/** The key parts of a stream: ERP fields, or time windows of one (003). Throws for anything else. */
export function readKeyFields(value: unknown): KeyField[] {
  return readEntries("key_fields", value, (entry, shown) => (isObject(entry) ? readBucket(entry, shown) : undefined));
}

/** The key parts that these names choose, in their order; all of them when there are none. */
export function groupOf(names: string[], parts: KeyField[]): KeyField[] {
  if (names.length === 0) return parts;
  return names.map((name) => parts.find((part) => keyFieldName(part) === name) ?? name);
}

function readBucket(entry: Record<string, unknown>, shown: string): TimeBucket {
  const { field, bucket_minutes: minutes, ...others } = entry;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined)
    throw new Error(`key_fields: ${shown}, has an unknown "${unknown}" (expected one ${EXAMPLE})`);
  if (typeof field !== "string" || field === "" || field !== field.trim()) {
    throw new Error(`key_fields: ${shown}, has no field name in "field" (expected one ${EXAMPLE})`);
  }
  const divides = typeof minutes === "number" && minutes >= 1 && MINUTES_A_DAY % minutes === 0;
  if (!divides || !Number.isInteger(minutes)) {
    throw new Error(
      `key_fields: ${shown}, has bucket_minutes ${quote(minutes)} (expected whole minutes that divide a day, such as 1, 5, 15, 60 or 1440)`,
    );
  }
  return { field, bucket_minutes: minutes };
}
