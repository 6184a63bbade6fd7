import { bucketOf } from "../diff/time-bucket";
import { dateReader } from "../mapping/dates";
import type { MappedValue } from "../mapping/model";
import { Refused } from "../mapping/problems";
import { keyFieldName } from "../settings/key-fields";
import { parentKeyNames } from "../settings/parent";
import type { Stream } from "../settings/stream";
import type { Engine } from "./engine";

/** A target column that holds a part of the key. */
interface KeyColumn {
  name: string;
  /** The length of its time windows; 0: rows are told apart by the value itself. */
  minutes: number;
}

/**
 * Reads from mapped values what tells the rows of a stream apart, as far as the target has it: equal texts are one key;
 * null for a row whose key columns cannot be mapped. Times are compared by their windows, as the diff does (003). No
 * reader when no part of the key is in the target.
 */
export function keyReader(
  engine: Pick<Engine, "zonedToUtc">,
  stream: Stream,
  fieldNames: string[],
): ((values: Record<string, MappedValue>) => string | null) | null {
  const columns = fieldNames.flatMap((name) => keyColumn(stream, name) ?? []);
  if (columns.length === 0) return null;
  const readDate = dateReader({ timezone: stream.timezone, zonedToUtc: engine.zonedToUtc });
  const partOf = (value: MappedValue | undefined, minutes: number): unknown => {
    const window = minutes === 0 ? "" : bucketOf(value, minutes, readDate);
    return window === "" || window instanceof Refused ? value : window;
  };
  return (values) => {
    if (columns.some(({ name }) => values[name] === undefined)) return null;
    return JSON.stringify(columns.map(({ name, minutes }) => partOf(values[name], minutes)));
  };
}

/** A field that takes a key field of the ERP, or the parent that some of them name. */
function keyColumn(stream: Stream, name: string): KeyColumn | undefined {
  const { parent } = stream.options;
  if (parent.field === name) {
    const isPart = parentKeyNames(parent).some((from) => stream.keyFields.some((part) => keyFieldName(part) === from));
    return isPart ? { name, minutes: 0 } : undefined;
  }
  const override = stream.mapping[name] as { from?: string } | undefined;
  const part = stream.keyFields.find((each) => keyFieldName(each) === (override?.from ?? name));
  if (part === undefined) return undefined;
  return { name, minutes: typeof part === "string" ? 0 : part.bucket_minutes };
}
