import { compileMapping } from "../mapping/compile";
import type { FieldMapping, TargetField } from "../mapping/model";
import { parentKeyNames } from "../settings/parent";
import type { Stream } from "../settings/stream";
import type { TargetShape } from "../targets/shape";
import type { Engine } from "./engine";
import { RunFailure } from "./errors";
import { withParentKey } from "./parent-key";
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
  const { parent } = stream.options;
  const parentField = parent.stream === "" ? undefined : fieldOf(fields, parent.field);
  const mapOwn = compileMapping({
    fields: fields.filter((field) => field !== parentField),
    overrides: Object.fromEntries(Object.entries(overrides).filter(([, override]) => override.skip !== true)),
    timezone: stream.timezone,
    zonedToUtc: engine.zonedToUtc,
    lookup: engine.lookup,
  });
  const map = parentField ? withParentKey(mapOwn, parentField, parentKeyNames(parent)) : mapOwn;
  const parts = [fields, stream.mapping, stream.timezone, ...(parentField ? [parent] : [])];
  const version = engine.hash.md5(JSON.stringify(parts)).slice(0, 12);
  return { map, fields, fieldNames: fields.map((field) => field.name), version };
}

function fieldOf(fields: TargetField[], name: string): TargetField {
  const field = fields.find((candidate) => candidate.name === name);
  if (field) return field;
  throw new RunFailure(
    `options.parent.field "${name}" is no field of the target collection; correct the stream's settings`,
    "settings",
  );
}
