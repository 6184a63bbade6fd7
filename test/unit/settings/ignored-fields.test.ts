import { describe, expect, it } from "vitest";
import { ignoredProblem } from "../../../src/settings/ignored-fields";
import { defaultsApplied } from "../../../src/settings/options";

const uses = (ignored: string[], options: object = {}) => ({
  keyFields: ["ORDER", { field: "AT", bucket_minutes: 10 }],
  mapping: { qty: { from: "QTY" }, remark: { skip: true } },
  targetFields: ["qty", "remark", "NAME"],
  options: defaultsApplied({ diff: { ignore_fields: ignored, ...options } }),
});

describe("options.diff.ignore_fields", () => {
  it.each([
    ["ORDER", {}, "a key field"],
    ["AT", {}, "a key field"],
    ["QTY", {}, "mapped to qty"],
    ["NAME", {}, "mapped to NAME"],
    ["ROWVERSION", { version_field: "ROWVERSION" }, "options.diff.version_field"],
    ["DAY", { window_field: "DAY" }, "options.diff.window_field"],
  ])("refuses %s, which matters", (name, options, why) => {
    expect(ignoredProblem(uses(["STOCK", name], options))).toBe(
      `options.diff.ignore_fields: "${name}" is ${why}, so a change of it matters; take it out of the list`,
    );
  });

  it("takes fields that nothing hangs on, also one that a skipped target field is named after", () => {
    expect(ignoredProblem(uses(["STOCK", "qty", "remark"]))).toBe("");
  });
});
