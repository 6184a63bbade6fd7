import { quote, readJson } from "./json-field";

/** The names in a json list of ERP fields; a blank one has none. Throws for anything but a list of distinct names. */
export function readFieldList(field: string, value: unknown): string[] {
  return readEntries<never>(field, value, () => undefined);
}

/**
 * The entries of a json list of ERP fields. `readOther` takes an entry that is no name, with its place for a sentence;
 * undefined: it is wrong.
 */
export function readEntries<T extends { field: string }>(
  field: string,
  value: unknown,
  readOther: (entry: unknown, shown: string) => T | undefined,
): Array<string | T> {
  const example = `expected a list of ERP field names such as ["BOM_PART_ID", "BOM_PIECE_NO"]`;
  const list = readNamed(field, value, example) ?? [];
  if (!Array.isArray(list)) throw new Error(`${field}: ${quote(list)} is not a list (${example})`);
  const seen = new Set<string>();
  return list.map((entry: unknown, index) => {
    const shown = `entry ${index + 1}, ${quote(entry)}`;
    const other = readOther(entry, shown);
    const name = other === undefined ? entry : other.field;
    if (typeof name !== "string" || name === "" || name !== name.trim()) {
      throw new Error(`${field}: ${shown}, is not a field name (${example})`);
    }
    if (seen.has(name)) throw new Error(`${field}: "${name}" stands there twice, remove one`);
    seen.add(name);
    return other ?? name;
  });
}

/** The value of a json field. Throws with the field and what was expected when the text is not JSON. */
export function readNamed(field: string, value: unknown, example: string): unknown {
  try {
    return readJson(value);
  } catch (error) {
    throw new Error(`${field}: ${error instanceof Error ? error.message : String(error)} (${example})`);
  }
}
