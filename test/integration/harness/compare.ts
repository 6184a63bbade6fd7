import { BLANK_ROW, DATE_FIELDS, type ErpField, KEY_FIELDS, MAPPED_FIELDS } from "../../erp/row";

/** Canonical text of a row's 54 mapped fields, and how often it is there. */
export type Multiset = Map<string, number>;

type Loose = Readonly<Record<string, unknown>>;

/** The rows as the target should have them: dates as PocketBase stores them, null and missing as "" or 0. */
export function erpRowsAsMultiset(rows: readonly object[]): Multiset {
  return count(rows.map((row) => canonicalText(row as Loose)));
}

/** The target's records; other fields (id, created, updated) do not count. */
export function targetRowsAsMultiset(records: readonly object[]): Multiset {
  return count(records.map((record) => canonicalText(record as Loose)));
}

/** Fails with the difference when the target's records are not the ERP's rows, each as often as there. */
export function expectSameRows(rows: readonly object[], records: readonly object[]): void {
  const difference = differenceOf(erpRowsAsMultiset(rows), targetRowsAsMultiset(records));
  if (difference !== "") throw new Error(`the target is not what the ERP has:\n${difference}`);
}

/** What is missing, extra or different, the first five of each; "" when the multisets are equal. */
export function differenceOf(expected: Multiset, actual: Multiset): string {
  const extra = byKey(surplus(actual, expected));
  const missing: string[] = [];
  const different: string[] = [];
  for (const text of surplus(expected, actual)) {
    const key = keyOf(text);
    const other = extra.get(key)?.pop();
    if (other === undefined) missing.push(key);
    else different.push(`${key}: ${fieldsThatDiffer(text, other)}`);
  }
  return [
    ...section("missing", missing),
    ...section("extra", [...extra.values()].flat().map(keyOf)),
    ...section("different (expected -> actual)", different),
  ].join("\n");
}

function canonicalText(row: Loose): string {
  return JSON.stringify(MAPPED_FIELDS.map((field) => canonicalValue(field, row[field])));
}

function canonicalValue(field: ErpField, value: unknown): unknown {
  if (value === null || value === undefined || value === "") return typeof BLANK_ROW[field] === "number" ? 0 : "";
  if (DATE_FIELDS.includes(field)) return canonicalDate(String(value));
  return typeof value === "string" ? value.trim() : value;
}

/** `2025-12-08T09:39:14.89` and `2025-12-08 09:39:14.890Z` are one moment: a zone-less date is the wall clock in UTC. */
function canonicalDate(text: string): string {
  const parts = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d:\d\d)(?:\.(\d{1,3}))?Z?)?$/.exec(text);
  if (parts === null) return text;
  return `${parts[1]} ${parts[2] ?? "00:00:00"}.${(parts[3] ?? "").padEnd(3, "0")}Z`;
}

function count(texts: readonly string[]): Multiset {
  const counts: Multiset = new Map();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}

function surplus(from: Multiset, other: Multiset): string[] {
  const more: string[] = [];
  for (const [text, times] of from) {
    for (let n = other.get(text) ?? 0; n < times; n++) more.push(text);
  }
  return more;
}

function valuesOf(text: string): Map<ErpField, unknown> {
  const values = JSON.parse(text) as unknown[];
  return new Map(MAPPED_FIELDS.map((field, at) => [field, values[at]]));
}

function keyOf(text: string): string {
  const values = valuesOf(text);
  return KEY_FIELDS.map((field) => String(values.get(field))).join("|");
}

function byKey(texts: readonly string[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const text of texts) found.set(keyOf(text), [...(found.get(keyOf(text)) ?? []), text]);
  return found;
}

function fieldsThatDiffer(expected: string, actual: string): string {
  const other = valuesOf(actual);
  const changes = [...valuesOf(expected)].filter(([field, value]) => value !== other.get(field));
  return changes.map(([f, value]) => `${f} ${JSON.stringify(value)} -> ${JSON.stringify(other.get(f))}`).join(", ");
}

function section(title: string, lines: readonly string[]): string[] {
  if (lines.length === 0) return [];
  const more = lines.length > 5 ? [`  … and ${lines.length - 5} more`] : [];
  return [`${lines.length} ${title}:`, ...lines.slice(0, 5).map((line) => `  ${line}`), ...more];
}
