import type { PlannedKind } from "../../mirror/planned";
import type { Tone } from "./stream-state";

interface KindWords {
  label: string;
  tone: Tone;
  /** What it means for the target. */
  meaning: string;
}

/** What a run would do with a row, in words. */
export const KIND_WORDS: Record<PlannedKind, KindWords> = {
  insert: { label: "Insert", tone: "ok", meaning: "new rows: records are created" },
  update: { label: "Update", tone: "info", meaning: "changed rows: fields of their records change" },
  rekey: { label: "Rekey", tone: "info", meaning: "rows whose key changed: the record stays, its fields change" },
  return: { label: "Return", tone: "ok", meaning: "rows that had left the ERP and are back" },
  delete: { label: "Delete", tone: "bad", meaning: "records are deleted" },
  mark: { label: "Mark", tone: "warn", meaning: "rows that left the ERP: their records are marked" },
  keep: { label: "Keep", tone: "neutral", meaning: "rows that left the ERP: their records stay as they are" },
  hold: { label: "Hold", tone: "warn", meaning: "deletes that are too many: they would wait for approval" },
  quarantine: { label: "Quarantine", tone: "warn", meaning: "rows that cannot be mapped: they would go to quarantine" },
};

/** The lists of verify, in words. */
export const DIFFERENCE_WORDS = {
  missing: { label: "Missing", tone: "bad", meaning: "rows without a record in the target" },
  extra: { label: "Extra", tone: "warn", meaning: "records of rows that should have none" },
  different: { label: "Different", tone: "bad", meaning: "records that do not hold what their rows say" },
} as const;
