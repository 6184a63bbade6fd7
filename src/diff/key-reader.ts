import type { DateReader } from "../mapping/dates";
import { type KeyField, type KeyResult, keyOf } from "./keys";

export interface RowKeys {
  group: KeyResult;
  key: KeyResult;
}

/**
 * Reads group_key and key of one row after the other. Both are what `keyOf` makes of the same row. `bare` promises that
 * no text of the row has outer white space, `\`, `|` or `#`.
 */
export type KeyReader = (row: Record<string, unknown>, bare?: boolean) => RowKeys;

/**
 * Prepares the keys of a stream. Ordinary rows (texts and small whole numbers without `\`, `|` and `#`) are read in one
 * pass, the group from the key's own parts, in a tenth of the time; `keyOf` reads all others.
 */
export function keyReader(groupFields: KeyField[], keyFields: KeyField[], readDate?: DateReader): KeyReader {
  const fields = keyFields.filter((part) => typeof part === "string");
  const places = groupFields.map((part) => fields.indexOf(part as string));
  const exact: KeyReader = (row) => ({
    group: keyOf(row, groupFields, readDate),
    key: keyOf(row, keyFields, readDate),
  });
  const isPlain = fields.length === keyFields.length && !places.includes(-1);
  return isPlain ? plainReader(fields, places, exact) : exact;
}

function plainReader(fields: string[], places: number[], exact: KeyReader): KeyReader {
  const isPrefix = places.every((place, at) => place === at);
  const inGroup = places.length;
  const isAllOfIt = isPrefix && inGroup === fields.length;
  const separators = fields.length - 1;
  const emptyKey = "|".repeat(separators);
  const emptyGroup = "|".repeat(Math.max(0, inGroup - 1));
  const partsOf = compileParts(fields);
  const bareGroup = compileBare(places.map((place) => fields[place] as string));
  const bareRest = compileBare(isPrefix ? fields.slice(inGroup) : fields);
  const readBare = (row: Record<string, unknown>): RowKeys | null => {
    const group = bareGroup(row);
    const rest = isAllOfIt ? "" : bareRest(row);
    if (group === null || rest === null || group === emptyGroup) return null;
    const key = isAllOfIt ? group : isPrefix ? `${group}|${rest}` : rest;
    return key === emptyKey ? null : { group: { ok: true, key: group }, key: { ok: true, key } };
  };
  return (row, bare) => {
    const quick = bare ? readBare(row) : null;
    if (quick) return quick;
    const parts = partsOf(row);
    const key = parts.join("|");
    if (parts.length !== fields.length || key === emptyKey || !isPlainKey(key, separators)) return exact(row);
    if (isAllOfIt) return { group: { ok: true, key }, key: { ok: true, key } };
    const group = (isPrefix ? parts.slice(0, inGroup) : places.map((place) => parts[place])).join("|");
    if (group === emptyGroup) return exact(row);
    return { group: { ok: true, key: group }, key: { ok: true, key } };
  };
}

/**
 * The parts of a key, or an empty list when one of them is neither a text, a small whole number nor nothing (also what
 * a row inherits: "constructor"). Compiled, since a loop takes goja three times as long: see src/mapping/compile.ts.
 */
function compileParts(fields: string[]): (row: Record<string, unknown>) => string[] {
  const reads = fields.map((field) => {
    const value = `v = row[${JSON.stringify(field)}]`;
    const other = '(v | 0) === v ? "" + v : (odd = true, "")';
    return `(${value}) === "" || v === null || v === undefined ? "" : typeof v === "string" ? v.trim() : ${other}`;
  });
  const code = `let v, odd = false; const parts = [${reads.join(",\n")}]; return odd ? [] : parts;`;
  return new Function("row", code) as (row: Record<string, unknown>) => string[];
}

/** The same as text, where no part needs to be trimmed or escaped; null where `compileParts` has an empty list. */
function compileBare(fields: string[]): (row: Record<string, unknown>) => string | null {
  const parts = fields.map((field) => {
    const value = `v = row[${JSON.stringify(field)}]`;
    const other = 'v === null || v === undefined ? "" : (v | 0) === v ? v + 0 : (odd = true)';
    return `\${typeof (${value}) === "string" ? v : ${other}}`;
  });
  const code = `let v, odd = false; const key = \`${parts.join("|")}\`; return odd ? null : key;`;
  return new Function("row", code) as (row: Record<string, unknown>) => string | null;
}

/** True when no part holds a character that is escaped in keys. */
function isPlainKey(key: string, separators: number): boolean {
  return key.indexOf("#") < 0 && key.indexOf("\\") < 0 && key.split("|").length === separators + 1;
}
