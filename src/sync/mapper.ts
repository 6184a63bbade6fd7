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
  const fields = engine.targetShape(stream.targetCollection)?.fields;
  if (!fields) {
    throw new RunFailure(
      `target_collection "${stream.targetCollection}" does not exist; create it or correct the stream's settings`,
      "settings",
    );
  }
  const map = compileMapping({
    fields,
    overrides: stream.mapping as Record<string, FieldMapping>,
    timezone: stream.timezone,
    zonedToUtc: engine.zonedToUtc,
    lookup: engine.lookup,
  });
  const version = engine.hash.md5(JSON.stringify([fields, stream.mapping, stream.timezone])).slice(0, 12);
  return { map, fields, fieldNames: fields.map((field) => field.name), version };
}
