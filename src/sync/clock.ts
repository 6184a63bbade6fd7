/** Milliseconds since 1970. Tests pass their own. */
export type Clock = () => number;

/** A time as PocketBase stores it: `2025-12-08 09:39:14.893Z`. */
export function toDbTime(ms: number): string {
  return new Date(ms).toISOString().replace("T", " ");
}

/** Milliseconds of a stored time; 0 for "". */
export function fromDbTime(text: string): number {
  return text === "" ? 0 : Date.parse(text.replace(" ", "T"));
}
