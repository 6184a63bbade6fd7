/** What the mapping works on: target fields, their overrides, and what comes out (requirements 000, 002, 004). */

export type FieldType =
  | "text"
  | "number"
  | "bool"
  | "date"
  | "json"
  | "select"
  | "relation"
  | "email"
  | "url"
  | "editor"
  | "geoPoint"
  | "other";

/** A field of the target collection that the sync writes. Leave out `id` and autodate fields. */
export interface TargetField {
  name: string;
  type: FieldType;
  /** PocketBase's own flag: it counts number 0, bool false and json null, [] and {} as empty. */
  required: boolean;
  /** The allowed values of a select field. */
  values?: string[];
  /** A select or relation that holds a list. */
  multiple?: boolean;
  /** The collection a relation points to. */
  collectionId?: string;
}

export type MappedValue = string | number | boolean | null | object;

/** Overrides of one target field: one entry of `sync_settings.mapping`. Every option may be left out. */
export interface FieldMapping {
  /** True: the field is not the sync's, somebody else fills it in; it is never written. */
  skip?: boolean;
  /** Name of the ERP field; the target field's own name when left out. */
  from?: string;
  /** Cut outer white space of texts; true when left out. Numbers, dates and bools are always trimmed. */
  trim?: boolean;
  /** Applied in order, text steps before number steps: see fields.ts. */
  transforms?: string[];
  /** Taken when the ERP sends null, "" or no such field. A JSON value of the field's type; dates as ISO text. */
  default?: MappedValue;
  /** Replaces the target field's own flag: true = the ERP must send a value (0 and false are values), false = never checked. */
  required?: boolean;
  /** How numbers are written in text, such as "de" for 1.234,50; 1,234.50 when left out. */
  locale?: string;
  /** The only date forms to accept, first fitting shape decides: see dates.ts. */
  formats?: string[];
  /** Lowest number, earliest date (ISO), least characters of a text, least entries of a list. Nothing sent is not checked. */
  min?: number | string;
  max?: number | string;
  /** A regular expression found somewhere in the text; anchor it with ^ and $ for the whole text. */
  pattern?: string;
  one_of?: Array<string | number>;
  /** Store the id of the record of `collection` whose `field` holds the value. */
  lookup?: { collection: string; field: string };
}

/** One reason why a row cannot be pushed as it is. */
export interface FieldProblem {
  /** normalize: the value cannot become the field's type; validate: it can, but breaks a rule. */
  stage: "normalize" | "validate";
  /** Name of the target field. */
  field: string;
  /** The value as the ERP sent it, as text of at most 500 characters. */
  value: string;
  expected: string;
  /** A sentence that quotes the value and says what was expected. */
  message: string;
  /** A short code, such as `not_a_number`. */
  type: string;
  /** What a lookup did not find. */
  waitsFor?: string;
}

/** The row as the target should have it. A field with a problem has no entry in `values`. */
export interface Mapped {
  values: Record<string, MappedValue>;
  problems: FieldProblem[];
}

export type RowMapper = (row: Record<string, unknown>) => Mapped;

/** The row's values in the order of the target's fields; undefined where a field has a problem. */
export interface MappedList {
  list: (MappedValue | undefined)[];
  problems: FieldProblem[];
}

/** `clean` promises that every text of the row is printable ASCII without outer spaces. */
export type ListMapper = (row: Record<string, unknown>, clean: boolean) => MappedList;

/**
 * Wall clock of an IANA zone to milliseconds since 1970 UTC; month and day count from 1. A time that comes twice is
 * its first one, a time that a clock change skips moves on by as much as was skipped (see zones.ts).
 */
export type ZonedToUtc = (
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
  millisecond: number,
  zone: string,
) => number;

/** Finds the id of a record by the value of one field; "" when there is none. */
export interface Lookup {
  find(collection: string, field: string, value: string): string;
}
