/** A row's version as a text that compareVersions can order; "" when it has none. `dateOf`: "" for what is no date. */
export function versionText(value: unknown, dateOf: (text: string) => string): string {
  if (typeof value === "number" && Number.isFinite(value)) return String(value);
  if (typeof value !== "string") return "";
  const text = value.trim();
  return dateOf(text) || text;
}

/** Below 0 when `a` is older than `b`, above 0 when it is newer; 0 when they are equal or one of them is unknown. */
export function compareVersions(a: string, b: string): number {
  if (a === "" || b === "" || a === b) return 0;
  if (isNumber(a) && isNumber(b) && Number(a) !== Number(b)) return Number(a) < Number(b) ? -1 : 1;
  // Counters beyond 2^53, hexadecimal row versions and dates: of the same kind, the longer one is the higher one.
  return a.length - b.length || (a < b ? -1 : 1);
}

function isNumber(text: string): boolean {
  return /^-?\d+(\.\d+)?$/.test(text);
}
