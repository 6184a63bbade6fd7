import { canonicalValues } from "../mapping/hash-input";
import type { MappedValue } from "../mapping/model";
import { parseObject } from "../settings/json-field";
import { resolveParents } from "../sync/parents";
import type { TargetChange } from "../sync/ports";
import { type Compared, changesIfPushed, type MirrorRow, valuesHash } from "./rows";
import { type Verdict, verdictOf } from "./verdict";

/** A row with what its target record should hold, as far as that can be told. */
export interface Looked {
  row: MirrorRow;
  verdict: Verdict;
  /** What pushing the row would change in its record; empty when that is not known or nothing. */
  changes: TargetChange[];
}

/** Looks at rows value by value, where hashes are not enough or a person wants to see the fields. */
export function lookClosely(compared: Compared, rows: MirrorRow[]): Looked[] {
  if (rows.length === 0) return [];
  const payloads = readPayloads(compared, rows);
  const wanted = wantedOf(compared, rows, payloads);
  return rows.map((row, at) => {
    const first = verdictOf(row, compared);
    const push = wanted[at];
    if (push && row.record !== null) return judge(compared, row, first, push);
    return { row, verdict: first.kind === "look" ? unmapped(row, compared) : first, changes: [] };
  });
}

/** What a push would write. */
interface Wanted {
  values: Record<string, MappedValue>;
  /** Comparable with mapped_hash. */
  hash: string;
}

function wantedOf(compared: Compared, rows: MirrorRow[], payloads: Map<string, string>): (Wanted | null)[] {
  const wanted = rows.map((row) => {
    const values = wantedValues(compared, row, payloads.get(row.rawId) ?? "");
    return values && { values, hash: valuesHash(compared, values) };
  });
  resolveParents(
    compared.engine.store,
    compared.parent,
    wanted.flatMap((push) => (push ? [push.values] : [])),
  );
  return wanted;
}

function readPayloads({ engine }: Compared, rows: MirrorRow[]): Map<string, string> {
  const found = engine.store.all(
    "SELECT id AS id, COALESCE(payload_json, '') AS payload FROM erp_raw_data WHERE id IN (SELECT value FROM json_each({:ids}))",
    { ids: JSON.stringify(rows.map((row) => row.rawId)) },
    { id: "", payload: "" },
  );
  return new Map(found.map((row) => [row.id, row.payload]));
}

/** What a push would write; null when that is nothing or the row cannot be mapped. */
function wantedValues(
  { map, mark, markValues }: Compared,
  row: MirrorRow,
  payload: string,
): Record<string, MappedValue> | null {
  if (row.missingSince !== "" && row.mappedHash === "") return null;
  if (row.mappedHash === mark) return markValues(row.missingSince);
  const parsed = parseObject(payload);
  if (!parsed) return null;
  const { values, problems } = map(parsed);
  return problems.length > 0 ? null : values;
}

/**
 * The record keeps the last good version, and nobody can say any more which fields that had. A row that nobody was told
 * of could be mapped when it was pushed: what a lookup found is gone, and pushing it again tells.
 */
function unmapped(row: MirrorRow, { mappingVersion }: Compared): Verdict {
  if (row.missingSince !== "") return { kind: "kept" };
  const isUntold = row.quarantine === "" && row.mappingVersion === mappingVersion;
  return { kind: "different", cause: isUntold ? "changed" : "quarantine" };
}

function judge(compared: Compared, row: MirrorRow, first: Verdict, { values, hash }: Wanted): Looked {
  const settled: Verdict = first.kind === "look" ? { kind: row.missingSince === "" ? "equal" : "kept" } : first;
  if (holds(row, values)) return { row, verdict: settled, changes: [] };
  const changes = changesIfPushed(compared, row.targetId, values);
  if (changes === null) return { row, verdict: verdictOf({ ...row, record: null }, compared), changes: [] };
  if (first.kind !== "look" || changes.length === 0) return { row, verdict: settled, changes };
  // By the same mapping another hash comes of another record that a lookup finds: pushing the row again mends that.
  const isRemapped = row.mappingVersion !== compared.mappingVersion && hash !== row.mappedHash;
  const isStale = isRemapped && row.mappedHash !== compared.mark;
  return { row, verdict: { kind: "different", cause: isStale ? "remapped" : "changed" }, changes };
}

/** True when the record has these very values; otherwise PocketBase must say whether it would store them otherwise. */
function holds(row: MirrorRow, values: Record<string, MappedValue>): boolean {
  const names = Object.keys(values);
  return canonicalValues(row.stored, names) === canonicalValues(values, names);
}
