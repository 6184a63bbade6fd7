import { isMark } from "../sync/raw";
import type { Compared, MirrorRow } from "./rows";

/**
 * Why the target is not what the row says. remapped: the row waits for a replay by the mapping of today. restored: the
 * record was deleted as it should, and somebody made it again. Of the last two the sync knows nothing yet, and pushing
 * the row again mends them.
 */
export type Cause = "waits" | "quarantine" | "held" | "remapped" | "restored" | "deleted" | "changed";

export type Verdict =
  /** The target has what it should. */
  | { kind: "equal" }
  /** Not what the ERP sends now, and meant to be so: a left row that stays, or a row a person chose to ignore. */
  | { kind: "kept" }
  /** Only the row's values can tell: somebody else wrote the record, or the mapping was changed. */
  | { kind: "look" }
  | { kind: "missing" | "extra" | "different"; cause: Cause };

const MENDABLE: Cause[] = ["deleted", "changed"];

/** The settings of today, as far as hashes carry them. */
type Present = Pick<Compared, "mark" | "mappingVersion">;

/** Compares a row with its target record, as far as hashes can tell. */
export function verdictOf(row: MirrorRow, present: Present): Verdict {
  if (row.missingSince !== "") return verdictOfLeft(row, present.mark);
  if (row.record === null) return verdictOfAbsent(row);
  if (row.mappedHash !== row.pushedHash) {
    return row.record === row.mappedHash ? { kind: "equal" } : { kind: "different", cause: "waits" };
  }
  if (row.quarantine === "ignored") return { kind: "kept" };
  if (row.quarantine === "open") return { kind: "different", cause: "quarantine" };
  const asTold = row.record === row.pushedHash && row.mappingVersion === present.mappingVersion;
  return { kind: asTold ? "equal" : "look" };
}

/** A row the ERP no longer sends. */
function verdictOfLeft(row: MirrorRow, mark: string): Verdict {
  if (row.record === null) return { kind: "equal" };
  if (row.mappedHash === "") return { kind: "extra", cause: row.pushedHash === "" ? "restored" : "waits" };
  if (row.heldBy !== "") return { kind: "extra", cause: "held" };
  if (row.mappedHash !== row.pushedHash) return { kind: "different", cause: "waits" };
  if (isMark(row.mappedHash)) return { kind: row.mappedHash === mark ? "look" : "kept" };
  return { kind: row.record === row.pushedHash ? "kept" : "look" };
}

/** The ERP sends the row and the target has no record of it. */
function verdictOfAbsent(row: MirrorRow): Verdict {
  if (row.mappedHash !== row.pushedHash) return { kind: "missing", cause: "waits" };
  if (row.quarantine === "ignored") return { kind: "kept" };
  const unmappable = row.quarantine === "open" || row.mappedHash === "";
  return { kind: "missing", cause: unmappable ? "quarantine" : "deleted" };
}

/** True when pushing the row again brings the target back to what it should be. */
export function isMendable(verdict: Verdict): boolean {
  return "cause" in verdict && MENDABLE.includes(verdict.cause);
}
