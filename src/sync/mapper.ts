import { compileMapping } from "../mapping/compile";
import type { FieldMapping, TargetField } from "../mapping/model";
import type { Stream } from "../settings/stream";
import type { TargetShape } from "../targets/shape";
import type { Engine } from "./engine";
import { RunFailure } from "./errors";
import type { Mapper } from "./snapshot";

/**
 * What the mapping writes in the target: its collection without options.push.touch_field and without the fields that
 * the mapping skips, because somebody else fills them in. Null when there is no such collection.
 */
export function writtenShape(engine: Engine, stream: Stream): TargetShape | null {
  const shape = engine.targetShape(stream.targetCollection);
  if (!shape) return null;
  const touched = stream.options.push.touch_field;
  const overrides = stream.mapping as Record<string, FieldMapping>;
  const fields = shape.fields.filter(({ name }) => name !== touched && overrides[name]?.skip !== true);
  return { ...shape, fields };
}

/** A stream's mapping, compiled once, and the fields it writes. */
export function streamMapper(
  engine: Engine,
  stream: Stream,
): { map: Mapper; fields: TargetField[]; fieldNames: string[]; version: string } {
  const fields = writtenShape(engine, stream)?.fields;
  if (!fields) {
    throw new RunFailure(
      `target_collection "${stream.targetCollection}" does not exist; create it or correct the stream's settings`,
      "settings",
    );
  }
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
