import type { TargetField } from "../mapping/model";
import { readKeyFields } from "./key-fields";
import type { Parentage } from "./options";
import { suggestion } from "./suggest";
import type { OtherStream, TargetPorts } from "./target";

/** What options.parent is checked against. */
export interface ParentPorts extends Pick<TargetPorts, "otherStreams"> {
  /** The id of the collection of exactly this name, or "". */
  collectionId(name: string): string;
}

/** Who else writes the target's fields. */
interface Writers {
  mapped: string[];
  marked: string[];
  touched: string;
}

/** The ERP fields that make the parent's erp_id. */
export function parentKeyNames({ key }: Parentage): string[] {
  return typeof key === "string" ? [key].filter((name) => name !== "") : key;
}

/** What is wrong with options.parent of the stream of that name, "" when nothing is. */
export function parentProblem(
  stream: string,
  parent: Parentage,
  fields: TargetField[] | null,
  writers: Writers,
  ports: ParentPorts,
): string {
  const names = parentKeyNames(parent);
  if (parent.stream === "" && parent.field === "" && names.length === 0) return "";
  const blank = parent.stream === "" ? "stream" : names.length === 0 ? "key" : parent.field === "" ? "field" : "";
  if (blank !== "") {
    return `options.parent.${blank} is blank: set stream, key and field, or leave parent out when the rows have no parent`;
  }
  const others = ports.otherStreams();
  return (
    streamProblem(stream, parent, others) ||
    keyProblem(parent.stream, names, others) ||
    fieldProblem(parent, fields, writers) ||
    relationProblem(parent, fields, others, ports)
  );
}

function streamProblem(stream: string, parent: Parentage, others: OtherStream[]): string {
  const path = "options.parent.stream";
  if (parent.stream === stream) return `${path}: "${stream}" is this stream itself; expected another one`;
  const names = others.map((other) => other.name);
  if (!names.includes(parent.stream)) {
    return `${path}: there is no stream "${parent.stream}"${suggestion(parent.stream, names)}`;
  }
  const chain = [stream, parent.stream];
  for (;;) {
    const next = others.find((other) => other.name === chain[chain.length - 1])?.parent ?? "";
    if (next === stream) {
      return `${path}: ${[...chain, stream].join(" → ")} is a circle: each would wait for the other; take parent out of one of them`;
    }
    // A circle of others, written past this check, is theirs to mend.
    if (next === "" || chain.includes(next)) return "";
    chain.push(next);
  }
}

function keyProblem(parentName: string, names: string[], others: OtherStream[]): string {
  const path = "options.parent.key";
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) return `${path}: "${twice}" stands there twice, remove one`;
  const parts = readKeyFields(others.find((other) => other.name === parentName)?.keyFields);
  const window = parts.find((part) => typeof part !== "string");
  if (window !== undefined) {
    return `${path}: the key of stream "${parentName}" has a time window, which no row of another stream can name; choose another parent`;
  }
  if (parts.length === names.length) return "";
  return `${path}: ${JSON.stringify(names)} has ${names.length} of the ${parts.length} parts of the key of stream "${parentName}"; expected this stream's fields for ${JSON.stringify(parts)}, in that order`;
}

function fieldProblem({ field: name }: Parentage, fields: TargetField[] | null, writers: Writers): string {
  if (fields === null) return "";
  const path = "options.parent.field";
  const field = fields.find((candidate) => candidate.name === name);
  if (field === undefined) {
    const names = fields.map((candidate) => candidate.name);
    return `${path}: the target collection has no field "${name}"${suggestion(name, names)}`;
  }
  if (field.multiple === true || (field.type !== "relation" && field.type !== "text")) {
    const type = field.multiple === true ? `${field.type} field for several values` : `${field.type} field`;
    return `${path}: "${name}" is a ${type} (expected a relation to one record, or a text field)`;
  }
  const other = writers.mapped.includes(name)
    ? "mapping"
    : writers.marked.includes(name)
      ? "options.mark.fields"
      : writers.touched === name
        ? "options.push.touch_field"
        : "";
  return other === "" ? "" : `${path}: "${name}" is set by ${other} too, take it out there`;
}

function relationProblem(
  parent: Parentage,
  fields: TargetField[] | null,
  others: OtherStream[],
  ports: ParentPorts,
): string {
  const leadsTo = fields?.find((field) => field.name === parent.field)?.collectionId ?? "";
  const target = others.find((other) => other.name === parent.stream)?.targetCollection ?? "";
  if (leadsTo === "" || leadsTo === ports.collectionId(target)) return "";
  return `options.parent.field: "${parent.field}" is a relation to another collection than "${target}", where the rows of stream "${parent.stream}" go`;
}
