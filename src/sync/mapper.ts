import { byName, compileList, compileText, objectOf } from "../mapping/compile";
import type { TextMapper } from "../mapping/compile-text";
import { canonicalList } from "../mapping/hash-input";
import type { FieldMapping, FieldProblem, ListMapper, Mapped, MappedList, TargetField } from "../mapping/model";
import { holdsObjects, isBlank } from "../mapping/types";
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

/** A row as the target should have it, as text. */
export interface MappedText {
  /** Its values in the order of the fields, as a JSON list; of a row with problems an object, as far as it can be mapped. */
  text: string;
  /** mapped_hash; "" when it cannot be mapped. */
  hash: string;
  /** True when the target is sure to take it: nothing it requires is blank and no text too long. */
  plain: boolean;
  problems: FieldProblem[];
}

type ErpRow = Record<string, unknown>;

export interface StreamMapper {
  map: Mapper;
  /** With its mapped_hash, "" when it cannot be mapped. `clean`: see RowTexts, `plain`: see MappedText. */
  mapHashed(row: ErpRow, clean: boolean): Mapped & { hash: string; plain: boolean };
  /** The same as text, for very many rows. */
  mapText(row: ErpRow, clean: boolean): MappedText;
  fields: TargetField[];
  fieldNames: string[];
  /** Which mapping this is, for erp_raw_data.mapping_version. */
  version: string;
}

/** What was compiled for a stream as it was read, and for which target. */
const compiled = new WeakMap<Stream, { target: string; mapper: StreamMapper }>();

/**
 * A stream's mapping and the fields it writes. Compiled once for a stream that was read, which takes as long as 200
 * rows, and once more when the target has changed meanwhile.
 */
export function streamMapper(engine: Engine, stream: Stream): StreamMapper {
  const shape = shapeToWrite(engine, stream);
  const target = JSON.stringify(shape);
  const known = compiled.get(stream);
  if (known?.target === target) return known.mapper;
  const mapper = compileStream(engine, stream, shape);
  compiled.set(stream, { target, mapper });
  return mapper;
}

/** The fields that the stream writes. Throws RunFailure when there is no such collection. */
export function shapeToWrite(engine: Engine, stream: Stream): TargetShape {
  const shape = writtenShape(engine, stream);
  if (!shape) {
    throw new RunFailure(
      `target_collection "${stream.targetCollection}" does not exist; create it or correct the stream's settings`,
      "settings",
    );
  }
  return shape;
}

function compileStream(engine: Engine, stream: Stream, shape: TargetShape): StreamMapper {
  const { fields } = shape;
  const overrides = stream.mapping as Record<string, FieldMapping>;
  const { parent } = stream.options;
  const parentField = parent.stream === "" ? undefined : fieldOf(fields, parent.field);
  const own = fields.filter((field) => field !== parentField);
  const mapping = {
    fields: own,
    overrides: Object.fromEntries(Object.entries(overrides).filter(([, override]) => override.skip !== true)),
    timezone: stream.timezone,
    zonedToUtc: engine.zonedToUtc,
    lookup: engine.lookup,
  };
  const toList = compileList(mapping);
  const ownNames = own.map((field) => field.name);
  const mapOwn = byName(toList, ownNames);
  const map = parentField ? withParentKey(mapOwn, parentField, parentKeyNames(parent)) : mapOwn;
  const parts = [fields, stream.mapping, stream.timezone, ...(parentField ? [parent] : [])];
  const version = engine.hash.md5(JSON.stringify(parts)).slice(0, 12);
  const fieldNames = fields.map((field) => field.name);
  const mapList = parentField ? (row: ErpRow) => listOf(map(row), fieldNames) : toList;
  const toText = parentField ? () => "" : onceNeeded(() => compileText(mapping));
  const hashOf = textHasher(engine, fieldNames);
  const hasObjects = fields.some(holdsObjects);
  const plain = plainCheck(shape);
  const mapHashed = (row: ErpRow, clean: boolean) => {
    const { list, problems } = mapList(row, clean);
    const values = objectOf(list, fieldNames);
    if (problems.length > 0) return { values, problems, hash: "", plain: false };
    const text = canonicalList(list, hasObjects);
    return { values, problems, hash: hashOf(text), plain: plain.holds(text, list) };
  };
  const mapText = textMapper(hashOf, mapList, toText, { names: fieldNames, hasObjects, plain });
  return { map, mapHashed, mapText, fields, fieldNames, version };
}

/** Most runs have no row to be mapped to text. */
function onceNeeded(compile: () => TextMapper): TextMapper {
  let toText: TextMapper | undefined;
  return (row) => {
    toText ??= compile();
    return toText(row);
  };
}

function listOf({ values, problems }: Mapped, names: string[]): MappedList {
  return { list: names.map((name) => values[name]), problems };
}

/** mapped_hash of a mapped row's text: the names of the fields belong to it, see canonicalValues. */
function textHasher({ hash }: Engine, names: string[]): (text: string) => string {
  const head = `${names.join(",")}\n`;
  return (text) => hash.md5(head + text);
}

interface PlainCheck {
  /** The shortest limit of the target's texts; Infinity when there is none. No text is longer than the list of all of them. */
  shortest: number;
  /** Tells whether the target is sure to take a mapped row, of its list and the text of that; see MappedText. */
  holds(text: string, list: unknown[]): boolean;
}

function plainCheck({ fields, maxLengths }: TargetShape): PlainCheck {
  const shortest = Math.min(...Object.values(maxLengths));
  const required = fields.flatMap((field, at) => (field.required ? [at] : []));
  return {
    shortest,
    holds: (text, list) => text.length <= shortest && !required.some((at) => isBlank(list[at] ?? null)),
  };
}

const NO_PROBLEMS: FieldProblem[] = [];

function textMapper(
  hashOf: (text: string) => string,
  mapList: ListMapper,
  toText: TextMapper,
  target: { names: string[]; hasObjects: boolean; plain: PlainCheck },
): StreamMapper["mapText"] {
  const { names, hasObjects, plain } = target;
  return (row, clean) => {
    const ordinary = clean ? toText(row) : "";
    if (ordinary !== "" && ordinary.length <= plain.shortest) {
      return { text: ordinary, hash: hashOf(ordinary), plain: true, problems: NO_PROBLEMS };
    }
    const { list, problems } = mapList(row, clean);
    if (problems.length > 0) return { text: JSON.stringify(objectOf(list, names)), hash: "", plain: false, problems };
    const text = canonicalList(list, hasObjects);
    return { text, hash: hashOf(text), plain: plain.holds(text, list), problems };
  };
}

function fieldOf(fields: TargetField[], name: string): TargetField {
  const field = fields.find((candidate) => candidate.name === name);
  if (field) return field;
  throw new RunFailure(
    `options.parent.field "${name}" is no field of the target collection; correct the stream's settings`,
    "settings",
  );
}
