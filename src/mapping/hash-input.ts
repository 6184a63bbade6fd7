import type { MappedValue } from "./model";

/**
 * The mapped row as one stable JSON text: the field names and the values in that order, missing ones as null, the keys
 * of nested objects sorted. Equal rows give equal texts, and a renamed field gives another one, so the hash of it
 * (mapped_hash) tells whether to push. Values as a list, since JSON of an object takes goja twice as long.
 */
export function canonicalValues(values: Record<string, MappedValue>, fieldNames: string[]): string {
  const list = fieldNames.map((name) => {
    const value = values[name];
    return typeof value === "object" ? sorted(value) : value;
  });
  return `{${JSON.stringify(fieldNames.join(","))}:${JSON.stringify(list)}}`;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  // Without a prototype a key "__proto__" is a key like any other.
  const out: Record<string, unknown> = Object.create(null);
  for (const [key, entry] of Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) out[key] = sorted(entry);
  return out;
}
