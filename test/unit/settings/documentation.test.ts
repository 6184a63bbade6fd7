import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { defaultsApplied, type Options } from "../../../src/settings/options";
import schema from "../../../src/settings/options.schema.json";

interface Rule {
  type: string;
  description?: string;
  default?: unknown;
  examples?: unknown[];
  enum?: string[];
  minimum?: number;
  maximum?: number;
  properties?: Record<string, Rule>;
  additionalProperties?: unknown;
}

const page = readFileSync(new URL("../../../docs/settings.md", import.meta.url), "utf8");

/** Every option that is not only a group of others, by its dotted name. */
function optionsOf(rule: Rule, path: string[] = []): Array<[string, Rule]> {
  if (rule.properties === undefined) return [[path.join("."), rule]];
  return Object.entries(rule.properties).flatMap(([name, inner]) => optionsOf(inner, [...path, name]));
}

/** The cells of the option's line in a table of the page. */
function rowOf(option: string): string[] {
  const lines = page.split("\n").filter((line) => line.startsWith(`| \`${option}\` |`));
  expect(lines, `${option} has one line in docs/settings.md`).toHaveLength(1);
  return (lines[0] ?? "").split("|").map((cell) => cell.trim());
}

/** What stands between backticks, as JSON. */
const valueIn = (cell: string | undefined): unknown => JSON.parse(/^`(.*)`$/.exec(cell ?? "")?.[1] ?? "null");

const options = optionsOf(schema as unknown as Rule);

describe("docs/settings.md", () => {
  it.each(options)("tells %s with the default, the range and the choices of the schema", (option, rule) => {
    const [, , type, standard, what, example] = rowOf(option);
    expect(valueIn(standard)).toEqual(rule.default);
    expect(valueIn(example)).toEqual(rule.examples?.[0]);
    expect(what).not.toBe("");
    if (rule.minimum !== undefined) expect(type).toContain(`${rule.minimum} to ${rule.maximum}`);
    for (const choice of rule.enum ?? []) expect(type).toContain(`\`${choice}\``);
  });

  it("tells no option that the schema does not have", () => {
    const told = [...page.matchAll(/^\| `([a-z]+\.[a-z_.]+)` \|/gm)].map((match) => match[1]);
    expect(told.sort()).toEqual(options.map(([option]) => option).sort());
  });

  it.each([
    "name",
    "paused",
    "schedule",
    "source_url",
    "from_date",
    "group_fields",
    "key_fields",
    "target_collection",
    "mapping",
    "timezone",
    "on_missing",
    "options",
  ])("tells the field %s", (field) => {
    expect(rowOf(field).length).toBeGreaterThan(5);
  });

  it("links only to headings it has", () => {
    const anchors = [...page.matchAll(/^#+ (.*)$/gm)].map((match) =>
      (match[1] ?? "")
        .toLowerCase()
        .replace(/[^a-z0-9_ -]/g, "")
        .replace(/ /g, "-"),
    );
    for (const link of page.matchAll(/\]\(#([^)]*)\)/g)) expect(anchors).toContain(link[1]);
  });
});

describe("the schema", () => {
  const everyRule = (rule: Rule): Rule[] => [rule, ...Object.values(rule.properties ?? {}).flatMap(everyRule)];

  it("describes every option and group", () => {
    for (const rule of everyRule(schema as unknown as Rule))
      expect(rule.description, JSON.stringify(rule)).toMatch(/\.$/);
  });

  it("lets no unknown option through anywhere", () => {
    const groups = everyRule(schema as unknown as Rule).filter((rule) => rule.properties !== undefined);
    for (const group of groups) expect(group.additionalProperties).toBe(false);
  });

  it("has examples that fit it and defaults that the types know", () => {
    const examples: unknown[] = options.map(([option, rule]) =>
      option.split(".").reduceRight<unknown>((inner, name) => ({ [name]: inner }), rule.examples?.[0]),
    );
    for (const example of examples) defaultsApplied(example);
    const defaults: Options = defaultsApplied({});
    expect(options.map(([option]) => option)).toHaveLength(leavesOf(defaults));
  });
});

/** How many values the defaults hold; a map or list is one. */
function leavesOf(value: unknown): number {
  const isGroup = typeof value === "object" && value !== null && !Array.isArray(value) && Object.keys(value).length > 0;
  return isGroup ? Object.values(value).reduce<number>((sum, inner) => sum + leavesOf(inner), 0) : 1;
}
