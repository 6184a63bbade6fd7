import type { TargetChange } from "../sync/ports";

/** Longest value shown to a person, in characters. */
const LONGEST = 60;

/** `BOM_QTY 10 -> 12, PO_ETA "" -> "2026-01-05 00:00:00.000Z"` */
export function changesText(changes: TargetChange[]): string {
  if (changes.length === 0) return "the target has this already";
  return changes.map(({ field, from, to }) => `${field} ${valueText(from)} -> ${valueText(to)}`).join(", ");
}

function valueText(value: unknown): string {
  const text = JSON.stringify(value) ?? "null";
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
