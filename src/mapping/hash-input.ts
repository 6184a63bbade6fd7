import type { MappedValue } from "./model";

/**
 * The mapped row as one stable text: a line with the field names, and the values in that order as a JSON list, missing
 * ones as null, the keys of nested objects sorted. Equal rows give equal texts, and a renamed field gives another one,
 * so the hash of it (mapped_hash) tells whether to push. A JSON object would take goja twice as long.
 */
export function canonicalValues(values: Record<string, MappedValue>, fieldNames: string[]): string {
  const list = fieldNames.map((name) => {
    const value = values[name];
    return typeof value === "object" ? sorted(value) : value;
  });
  return `${fieldNames.join(",")}\n${JSON.stringify(list)}`;
}

/** The list of `canonicalValues`: of values in the order of the names. `holdsObjects`: some of them may be lists or objects. */
export function canonicalList(list: (MappedValue | undefined)[], holdsObjects: boolean): string {
  return JSON.stringify(holdsObjects ? list.map((value) => (typeof value === "object" ? sorted(value) : value)) : list);
}

/** The same JSON value with the keys of every object sorted. */
export function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  // Without a prototype a key "__proto__" is a key like any other.
  const out: Record<string, unknown> = Object.create(null);
  for (const [key, entry] of Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) out[key] = sorted(entry);
  return out;
}
