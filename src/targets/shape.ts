import type { TargetField } from "../mapping/model";

/** What bulk needs to know of a target collection beyond its fields. */
export interface TargetShape {
  fields: TargetField[];
  /** Fields PocketBase fills in itself. */
  autodates: { name: string; onCreate: boolean; onUpdate: boolean }[];
  /** Why rows cannot be written set by set; "" when they can. */
  onlyRecords: string;
  /** Longest text of each text field, in characters. */
  maxLengths: Record<string, number>;
}

/** A field as the collection's JSON has it. */
export interface FieldJson {
  name: string;
  type: string;
  required?: boolean;
  primaryKey?: boolean;
  values?: string[];
  maxSelect?: number;
  collectionId?: string;
  onCreate?: boolean;
  onUpdate?: boolean;
  min?: number | string | null;
  max?: number | string | null;
  pattern?: string;
  autogeneratePattern?: string;
  onlyInt?: boolean;
}

const FILLED_BY_POCKETBASE = ["autodate", "file", "password"];
const KNOWN_TYPES = [
  "text",
  "number",
  "bool",
  "date",
  "json",
  "select",
  "relation",
  "email",
  "url",
  "editor",
  "geoPoint",
];
/** PocketBase's own limit of a text field that names none. */
const DEFAULT_MAX_LENGTH = 5000;

/**
 * Reads a collection's fields: what the sync writes, and whether it may be written in bulk. Bulk checks the plain field
 * types itself; a field with rules of its own, or another type, needs PocketBase to look at each record.
 */
export function readShape(fields: FieldJson[], relatedFrom: string[]): TargetShape {
  const ours = fields.filter((field) => !field.primaryKey && !FILLED_BY_POCKETBASE.includes(field.type));
  const maxLengths: Record<string, number> = {};
  for (const field of ours) if (field.type === "text") maxLengths[field.name] = Number(field.max) || DEFAULT_MAX_LENGTH;
  return {
    fields: ours.map(describe),
    autodates: fields
      .filter((field) => field.type === "autodate")
      .map(({ name, onCreate, onUpdate }) => ({ name, onCreate: onCreate === true, onUpdate: onUpdate === true })),
    onlyRecords: whyRecords(fields, ours, relatedFrom),
    maxLengths,
  };
}

function whyRecords(all: FieldJson[], ours: FieldJson[], relatedFrom: string[]): string {
  if (relatedFrom.length > 0) return `collection ${relatedFrom[0]} relates to it`;
  const file = all.find((field) => field.type === "file");
  if (file) return `field ${file.name} holds files`;
  const special = ours.find((field) => !isPlain(field));
  return special ? `field ${special.name} (${special.type}) has rules that PocketBase must check` : "";
}

/** Text, number, bool and date without further rules. */
function isPlain(field: FieldJson): boolean {
  if (field.type === "bool") return true;
  if (field.type === "text") return !field.min && !field.pattern && !field.autogeneratePattern;
  const unbounded = isUnset(field.min) && isUnset(field.max);
  return (field.type === "date" || (field.type === "number" && !field.onlyInt)) && unbounded;
}

function isUnset(bound: unknown): boolean {
  return bound === undefined || bound === null || bound === "";
}

function describe(field: FieldJson): TargetField {
  const described: TargetField = {
    name: field.name,
    type: (KNOWN_TYPES.includes(field.type) ? field.type : "other") as TargetField["type"],
    required: field.required === true,
  };
  if (field.values) described.values = field.values;
  if (field.type === "select" || field.type === "relation") described.multiple = (field.maxSelect ?? 1) > 1;
  if (field.collectionId) described.collectionId = field.collectionId;
  return described;
}

/** What PocketBase would refuse in a row of plain fields, in its words; null when it would take it. */
export function refusedByShape(
  shape: TargetShape,
  values: Record<string, unknown>,
): { field: string; message: string } | null {
  const why = ({ name, required }: TargetField) => whyRefused(values[name], required, shape.maxLengths[name]);
  const refused = shape.fields.filter((field) => why(field) !== "");
  if (refused.length === 0) return null;
  // PocketBase names all fields that it refuses, by their names' order.
  refused.sort((a, b) => (a.name < b.name ? -1 : 1));
  const message = `${refused.map((field) => `${field.name}: ${why(field)}`).join("; ")}.`;
  return { field: refused[0]?.name ?? "", message };
}

function whyRefused(value: unknown, required: boolean, longest = Number.POSITIVE_INFINITY): string {
  if (required && (value === "" || value === 0 || value === false)) return "cannot be blank";
  const isLong = typeof value === "string" && value.length > longest && Array.from(value).length > longest;
  return isLong ? `Must be no more than ${longest} character(s)` : "";
}
