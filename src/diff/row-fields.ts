/** JSON types as bits, so that a set of them is a number. null is no type: an ERP may send null in any field. */
const BITS = { text: 1, number: 2, bool: 4, object: 8, list: 16 } as const;

export type JsonType = keyof typeof BITS;

const NAMES = Object.keys(BITS) as JsonType[];

/** So many rows are looked at one by one, then every tenth: to look at 60 fields costs half as much as to parse them. */
const EVERY_ROW_UNTIL = 500;
const THEN_EVERY = 10;

/** The fields of rows with the JSON types of their values. */
export class RowFields {
  private readonly masks = new Map<string, number>();
  /** The name that was seen last at each place of a row, and its mask then: never more than `masks` has. */
  private readonly places: string[] = [];
  private readonly masksByPlace: number[] = [];
  /** How many rows came. */
  rows = 0;

  /** @param wanted fields that must not be missed, however rare they are */
  constructor(private wanted: string[] = []) {}

  /** Adds a row. It is called for every row that is parsed. */
  see(row: Record<string, unknown>): void {
    this.rows++;
    if (this.rows <= EVERY_ROW_UNTIL || this.rows % THEN_EVERY === 0 || this.bringsWanted(row)) this.look(row);
  }

  private bringsWanted(row: Record<string, unknown>): boolean {
    for (const name of this.wanted) if (row[name] !== undefined) return true;
    return false;
  }

  /** Rows have their fields in the same order mostly, so what is known of a field is found by its place. */
  private look(row: Record<string, unknown>): void {
    const names = Object.keys(row);
    const { places, masksByPlace } = this;
    for (let at = 0; at < names.length; at++) {
      const name = names[at] as string;
      const value = row[name];
      const bit = typeof value === "string" ? BITS.text : value === null ? 0 : bitOf(value);
      if (places[at] === name && ((masksByPlace[at] as number) | bit) === masksByPlace[at]) continue;
      const mask = (this.masks.get(name) ?? 0) | bit;
      this.masks.set(name, mask);
      places[at] = name;
      masksByPlace[at] = mask;
    }
    if (this.wanted.length > 0) this.wanted = this.wanted.filter((name) => !this.masks.has(name));
  }

  has(name: string): boolean {
    return this.masks.has(name);
  }

  /** Name and types of every field. */
  list(): { name: string; types: JsonType[] }[] {
    return Array.from(this.masks, ([name, mask]) => ({
      name,
      types: NAMES.filter((type) => (mask & BITS[type]) !== 0),
    }));
  }
}

function bitOf(value: unknown): number {
  if (typeof value === "number") return BITS.number;
  if (typeof value === "boolean") return BITS.bool;
  return Array.isArray(value) ? BITS.list : BITS.object;
}

/** A field as it is remembered. */
export interface KnownField {
  name: string;
  types: JsonType[];
  gone: boolean;
}

/** What rows tell that was not known before. */
export interface FieldChange {
  name: string;
  /** "" for a field of the very first rows: that is no news. */
  change: "" | "new" | "type" | "returned";
  /** Every type that is known now. */
  types: JsonType[];
  was: JsonType[];
}

/** Compares what was seen with what is known; nothing is known before the first run. */
export function fieldChanges(known: KnownField[], seen: RowFields): FieldChange[] {
  const changes: FieldChange[] = [];
  const isFirst = known.length === 0;
  const byName = new Map(known.map((field) => [field.name, field]));
  for (const { name, types } of seen.list()) {
    const before = byName.get(name);
    if (!before) {
      changes.push({ name, change: isFirst ? "" : "new", types, was: [] });
      continue;
    }
    const added = types.filter((type) => !before.types.includes(type));
    const all = NAMES.filter((type) => before.types.includes(type) || added.includes(type));
    if (before.gone) changes.push({ name, change: "returned", types: all, was: before.types });
    else if (added.length > 0) {
      // A field that was only ever null has shown its type now, which is no change of it.
      changes.push({ name, change: before.types.length === 0 ? "" : "type", types: all, was: before.types });
    }
  }
  return changes;
}

/** So few rows prove nothing. */
const ENOUGH_ROWS = 10;

/**
 * Known fields that may be gone: no row that came new or changed has them, and those are most of the snapshot. An ERP
 * that drops a field changes the text of every row that had it; one that leaves out what is null changes few rows.
 */
export function maybeGone(known: KnownField[], seen: RowFields, fetched: number, complete: boolean): string[] {
  if (!complete || seen.rows < ENOUGH_ROWS || seen.rows * 2 < fetched) return [];
  return known.filter(({ name, gone }) => !gone && !seen.has(name)).map(({ name }) => name);
}
