import type { FieldMapping, MappedValue } from "../mapping/model";
import { own } from "../mapping/own";
import type { Stream } from "../settings/stream";
import type { Engine } from "./engine";
import { knownFields } from "./fields";
import { streamMapper } from "./mapper";

/**
 * Target fields that an update leaves as they are, with the empty value that the mapping gives them: the ERP has never
 * sent a field of that name and no mapping names one, so the column is somebody else's; or the ERP no longer sends it,
 * so the last value is better than none. None as long as nothing is remembered.
 */
export function keptFields(engine: Engine, stream: Stream): Record<string, MappedValue> {
  const sent = new Map(knownFields(engine.store, stream.name).map((field) => [field.name, field]));
  if (sent.size === 0) return {};
  const { map, fieldNames } = streamMapper(engine, stream);
  const { mark, parent } = stream.options;
  const empty = map({}).values;
  const kept: Record<string, MappedValue> = {};
  for (const name of fieldNames) {
    const value = empty[name];
    if (value === undefined || name in mark.fields || name === parent.field) continue;
    const override = (stream.mapping as Record<string, FieldMapping>)[name];
    if (override?.default !== undefined) continue;
    const field = sent.get(override?.from ?? name);
    if (field ? field.gone : override === undefined) kept[name] = value;
  }
  return kept;
}

/** The ERP fields that the target asks for and that no row has had yet. */
export function unknownSources(engine: Engine, stream: Stream): string[] {
  const known = new Set(knownFields(engine.store, stream.name).map(({ name }) => name));
  const mapping = stream.mapping as Record<string, FieldMapping>;
  return streamMapper(engine, stream)
    .fieldNames.map((name) => mapping[name]?.from ?? name)
    .filter((name) => !known.has(name));
}

/** The kept fields that this row does not bring itself. */
export function keptFor(names: string[], row: Record<string, unknown>, stream: Stream): string[] {
  const mapping = stream.mapping as Record<string, FieldMapping>;
  return names.filter((name) => own(row, mapping[name]?.from ?? name) === undefined);
}
