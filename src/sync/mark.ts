import { dateReader } from "../mapping/dates";
import type { MappedValue, TargetField } from "../mapping/model";
import { emptyValue } from "../mapping/types";
import type { Stream } from "../settings/stream";
import { NOW } from "../settings/target";
import type { Engine } from "./engine";

/** @param missingSince when the row was found missing, as stored: see toDbTime */
export type MarkValues = (missingSince: string) => Record<string, MappedValue>;

/**
 * What left rows' target records get: options.mark.fields as their fields store them, with `@now` as the time at which
 * the row was found missing. That time is the row's own, so a push that is tried again, or a verify a year later, writes
 * no other (004).
 * @param fields those that the mapping writes
 */
export function markValuesOf(
  { zonedToUtc }: Pick<Engine, "zonedToUtc">,
  { options, timezone }: Stream,
  fields: TargetField[],
): MarkValues {
  const readDate = dateReader({ timezone, zonedToUtc });
  const stored = (name: string, value: string | number | boolean | null): MappedValue => {
    const field = fields.find((candidate) => candidate.name === name);
    if (!field || value === NOW) return value;
    if (value === null || value === "") return emptyValue(field);
    if (field.type !== "date") return value;
    const date = readDate(String(value));
    return typeof date === "string" ? date : value;
  };
  const entries = Object.entries(options.mark.fields).map(([name, value]) => [name, stored(name, value)] as const);
  return (missingSince) =>
    Object.fromEntries(entries.map(([name, value]) => [name, value === NOW ? missingSince : value]));
}
