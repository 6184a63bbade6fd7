import { compileMapping } from "../mapping/compile";
import type { FieldMapping, TargetField } from "../mapping/model";
import type { Stream } from "../settings/stream";
import type { Engine } from "./engine";
import { RunFailure } from "./errors";
import type { Mapper } from "./snapshot";

/** A stream's mapping, compiled once, and the fields it writes. */
export function streamMapper(
  engine: Engine,
  stream: Stream,
): { map: Mapper; fields: TargetField[]; fieldNames: string[]; version: string } {
  const all = engine.targetShape(stream.targetCollection)?.fields;
  if (!all) {
    throw new RunFailure(
      `target_collection "${stream.targetCollection}" does not exist; create it or correct the stream's settings`,
      "settings",
    );
  }
  const fields = withoutSkipped(stream, all);
  const overrides = stream.mapping as Record<string, FieldMapping>;
  const map = compileMapping({
    fields,
    overrides: Object.fromEntries(Object.entries(overrides).filter(([, override]) => override.skip !== true)),
    timezone: stream.timezone,
    zonedToUtc: engine.zonedToUtc,
    lookup: engine.lookup,
  });
  const version = engine.hash.md5(JSON.stringify([fields, stream.mapping, stream.timezone])).slice(0, 12);
  return { map, fields, fieldNames: fields.map((field) => field.name), version };
}

/** The fields that are the sync's: somebody else fills in those that the mapping skips. */
export function withoutSkipped<T extends { name: string }>(stream: Stream, fields: T[]): T[] {
  const overrides = stream.mapping as Record<string, FieldMapping>;
  return fields.filter(({ name }) => overrides[name]?.skip !== true);
}
