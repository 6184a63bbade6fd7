import type { AgedOut } from "./window";

/** A raw row as it is stored, tombstones included. */
export interface StoredRow {
  id: string;
  erpId: string;
  /** Hash of the row's text as received. */
  fingerprint: string;
  /** Hash of what the target should have; "" when that is nothing. */
  mappedHash: string;
  /** What the target was last told; "" when it has no record for the row. */
  pushedHash: string;
  /** A tombstone: the ERP no longer sends it. */
  missing: boolean;
  /** Its delete waits for a person. */
  held: boolean;
  /** Set when the answer says nothing of this row by lacking it. */
  agedOut?: AgedOut | undefined;
}

/** A stored row, compared with the texts of the snapshot. */
export interface KnownRow extends StoredRow {
  /** The snapshot has this very text: unchanged. */
  matched: boolean;
  /** Where the snapshot has it last, when that matters (on_duplicate other than keep). */
  position?: number;
}

/** A row of the snapshot that is not equal to a known one. */
export interface SnapshotRow {
  /** Its place in the snapshot. */
  position: number;
  /** The key without an ordinal. */
  key: string;
  fingerprint: string;
  /** Hash of what the target should have; "" when the row cannot be mapped. */
  mappedHash: string;
  /** Orders the texts of one key, see version.ts; "" or missing: unknown. */
  version?: string;
  /** False when the row cannot be mapped: it goes to quarantine and the target keeps its last good version. */
  valid: boolean;
}

/** A row of the snapshot that is stored, and where. */
export interface Upsert<R extends SnapshotRow = SnapshotRow> {
  kind: "changed" | "touched" | "rekeyed" | "returned" | "new";
  row: R;
  /** The raw row that takes the new text; "" for "new". */
  rawId: string;
  erpId: string;
}

/** True when the target has a record of this row. */
export function hasRecord(raw: StoredRow): boolean {
  return raw.pushedHash !== "";
}

/** Byte order: the same on every machine. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
