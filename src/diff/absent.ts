import { shrinksTooMuch } from "./guard";

/** What happens to a known row that the snapshot no longer has. */
export interface Absent {
  rawId: string;
  /** keep: only marked in raw. mark: also in the target. delete: goes from the target. hold: waits for a person. */
  action: "keep" | "mark" | "delete" | "hold";
}

export interface AbsentPolicy {
  onMissing: "keep" | "mark" | "delete";
  /** Where it is given, a row goes only when the snapshot before this one missed it too. */
  missedBefore?(rawId: string): boolean;
  /** The snapshot asked for the same thing as the one before it: what it lacks has left the ERP. */
  sameScope: boolean;
  /** Rows known before the snapshot. */
  known: number;
  maxShrinkPercent: number;
  /** A person said that this snapshot may delete as much as it brings. */
  approved: boolean;
}

export interface DecidedAbsent {
  absent: Absent[];
  /** Raw rows that would go if the snapshot before this one had missed them too. */
  missed: string[];
  superseded: number;
  left: number;
  held: number;
}

/** Ids of raw rows that a snapshot lacks. */
export interface AbsentRows {
  superseded: string[];
  left: string[];
  /** Nobody can tell whether these have left the ERP: they are kept, and stand for no part of the known rows. */
  aged: string[];
}

/** Superseded rows go; left rows by on_missing; too many deletes at once wait for a person (design, "Guard"). */
export function decideAbsent({ superseded, left: leftIds, aged }: AbsentRows, policy: AbsentPolicy): DecidedAbsent {
  const { onMissing } = policy;
  const left = onMissing === "keep" || policy.sameScope ? leftIds : [];
  const isSure = (rawId: string): boolean => policy.missedBefore?.(rawId) ?? true;
  const surely = superseded.filter(isSure);
  const leaving = onMissing === "keep" ? left : left.filter(isSure);
  const going = surely.length + (onMissing === "delete" ? leaving.length : 0);
  const hold = !policy.approved && shrinksTooMuch(going, policy.known - aged.length, policy.maxShrinkPercent);
  const remove = hold ? "hold" : "delete";
  const absent: Absent[] = surely.map((rawId) => ({ rawId, action: remove }));
  for (const rawId of leaving) absent.push({ rawId, action: onMissing === "delete" ? remove : onMissing });
  for (const rawId of aged) absent.push({ rawId, action: "keep" });
  const acted = new Set(absent.map((row) => row.rawId));
  const missed = superseded.concat(left).filter((rawId) => !acted.has(rawId));
  return { absent, missed, superseded: surely.length, left: left.length, held: hold ? going : 0 };
}
