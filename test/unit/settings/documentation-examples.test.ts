import { describe, expect, it } from "vitest";
import type { TargetField } from "../../../src/mapping/model";
import { checkMapping } from "../../../src/mapping/settings";
import schema from "../../../src/settings/options.schema.json";
import type { StreamRecord } from "../../../src/settings/stream";
import { readPage, tableRows } from "../docs/pages";
import { check, record } from "./inventory-record";

const page = readPage("docs/settings.md");

/** Target fields of the examples, by name. */
const FIELDS: TargetField[] = [
  ...["sku", "code", "status", "remarks"].map((name): TargetField => ({ name, type: "text", required: false })),
  ...["qty", "price", "in_stock"].map((name): TargetField => ({ name, type: "number", required: false })),
  ...["due", "discontinued_at", "last_synced_at"].map((name): TargetField => ({ name, type: "date", required: false })),
  { name: "is_discontinued", type: "bool", required: false },
  { name: "product", type: "relation", required: false, collectionId: "id_of_orders" },
  { name: "order", type: "relation", required: false, collectionId: "id_of_orders" },
];

/** Says what is wrong with a record of sync_settings, with the mapping checked for good. */
const problemsOf = (changes: StreamRecord) =>
  check(changes, {
    getenv: (name) => (name === "ERP_ALLOWED_HOSTS" ? "" : "https://erp.test"),
    checkMapping,
    targetFields: () => FIELDS,
    collectionType: () => "base",
    otherStreams: () => [{ name: "orders", targetCollection: "orders", keyFields: ["ORDER_ID"], parent: "" }],
  });

/** What stands between fences of JSON: fields of a record, or options alone. */
const blocks = [...page.text.matchAll(/```json\n([\s\S]*?)```/g)].map((match): [string, StreamRecord] => {
  const shown = JSON.parse(match[1] ?? "") as Record<string, unknown>;
  const isRecord = Object.keys(shown).some((name) => name in record());
  return [(match[1] ?? "").trim(), isRecord ? shown : { options: shown }];
});

const optionsShown = blocks.map(([, { options }]) => (options ?? {}) as Record<string, Record<string, unknown>>);

const rows = tableRows(page);
/** Cells of a column that hold one example between backticks. */
const examplesOf = (column: string, first: RegExp): [string, string][] =>
  rows.flatMap((row) => {
    const name = /^`([^`]+)`/.exec(row[column] ?? "")?.[1] ?? "";
    const example = /^`(.*)`$/.exec(row.example ?? "")?.[1] ?? "";
    return first.test(name) && example !== "" ? [[name, example]] : [];
  });

describe("the examples of docs/settings.md", () => {
  it.each(blocks)("would be accepted as they stand: %s", (_, changes) => {
    expect(problemsOf(changes)).toEqual({});
  });

  it.each(examplesOf("field", /./))("of the field %s would be accepted: %s", (name, example) => {
    const value = /^[[{]/.test(example) ? JSON.parse(example) : example;
    const dated = name === "from_date" ? { options: { source: { from_date_param: "since" } } } : {};
    const grouped = name === "group_fields" ? { key_fields: value } : {};
    const marked = name === "on_missing" ? { options: { mark: { fields: { in_stock: 0 } } } } : {};
    const mapped = name === "mapping" ? { target_collection: "inventory" } : {};
    expect(problemsOf({ ...dated, ...grouped, ...marked, ...mapped, [name]: value })).toEqual({});
  });

  it.each(
    rows
      .filter((row) => row.option !== undefined && row.example?.startsWith("`{") && !/\./.test(row.option))
      .map((row) => [row.option, row.example]),
  )("of the mapping option %s would be accepted: %s", (_, example) => {
    const mapping = JSON.parse(String(example).replace(/^`|`$/g, ""));
    expect(checkMapping(mapping, FIELDS)).toEqual([]);
  });
});

describe("docs/settings.md has a worked example", () => {
  it.each(Object.keys(schema.properties))("that sets options.%s", (group) => {
    expect(optionsShown.some((options) => group in options)).toBe(true);
  });

  it.each([
    ["source", "paging"],
    ["source", "daily_rows"],
    ["source", "incremental"],
    ["source", "auth"],
    ["diff", "on_duplicate"],
    ["diff", "version_field"],
    ["diff", "window_field"],
    ["diff", "ignore_fields"],
    ["diff", "max_shrink_percent"],
    ["push", "mode"],
    ["retry", "strategy"],
  ])("of the policy %s.%s", (group, option) => {
    expect(optionsShown.some((options) => option in (options[group] ?? {}))).toBe(true);
  });

  it.each(["keep", "mark", "delete"])("of on_missing %s", (choice) => {
    expect(rows.some((row) => row.choice === `\`${choice}\`` && row["when to choose it"] !== undefined)).toBe(true);
    if (choice !== "keep") expect(blocks.some(([, shown]) => shown.on_missing === choice)).toBe(true);
  });

  it.each(["keep", "last", "reject"])("of on_duplicate %s", (choice) => {
    expect(rows.some((row) => row.choice === `\`${choice}\`` && row["what the target gets"] !== undefined)).toBe(true);
  });

  it("of a key with a time window", () => {
    expect(blocks.some(([text]) => text.includes('"bucket_minutes"'))).toBe(true);
  });
});
