import { describe, expect, it } from "vitest";
import { encodeKey } from "../../../src/diff/keys";
import type { Stream } from "../../../src/settings/stream";
import { withParentKey } from "../../../src/sync/parent-key";
import { parentsFirst } from "../../../src/sync/parents";

const field = { name: "order", type: "relation", required: false } as const;
const nothing = () => ({ values: {}, problems: [] });
const mapOf = (names: string[], required = false) => withParentKey(nothing, { ...field, required }, names);

describe("withParentKey", () => {
  it.each<[string, Record<string, unknown>, string]>([
    ["the parent's key", { NO: "SO-1", LINE: 3 }, "SO-1|3"],
    ["numbers as the parent's stream writes them", { NO: 7, LINE: 3.0 }, "7|3"],
    ["parts that are blank beside others", { NO: "SO-1", LINE: null }, "SO-1|"],
    ["special characters escaped", { NO: "A|B", LINE: "#" }, "A\\|B|\\#"],
    ["nothing for blank parts", { NO: " ", LINE: "" }, ""],
    ["nothing for parts that are not sent", {}, ""],
    ["nothing for a blank text and the number 0", { NO: "", LINE: 0 }, ""],
    ["nothing for a blank text and the text 0", { NO: null, LINE: "0" }, ""],
  ])("gives %s", (_, row, key) => {
    const { values, problems } = mapOf(["NO", "LINE"])(row);
    expect([values, problems]).toEqual([{ order: key }, []]);
    if (key !== "") expect(key).toBe(encodeKey([row.NO, row.LINE]));
  });

  it("takes 0 for a key where it is the whole key", () => {
    expect(mapOf(["NO"])({ NO: 0 }).values).toEqual({ order: "0" });
    expect(mapOf(["NO"])({ NO: null }).values).toEqual({ order: "" });
  });

  it("refuses a row without a parent where the field is required", () => {
    const { values, problems } = mapOf(["NO", "LINE"], true)({ NO: "" });
    expect(values).toEqual({});
    expect(problems).toMatchObject([{ stage: "validate", type: "required", field: "order" }]);
    expect(problems[0]?.message).toBe(
      "order (from NO, LINE): a missing value is empty; expected a value, since the field is required",
    );
  });

  it("refuses a key that cannot be read", () => {
    const { values, problems } = mapOf(["NO"])({ NO: { a: 1 } });
    expect(values).toEqual({});
    expect(problems).toMatchObject([{ stage: "normalize", type: "unreadable_parent_key", value: '{"a":1}' }]);
    expect(problems[0]?.message).toBe(
      'order: the parent\'s key field NO: {"a":1} cannot be part of a key; expected a text, a number, true, false or null',
    );
  });
});

describe("parentsFirst", () => {
  const stream = (name: string, parent = "") =>
    ({ name, options: { parent: { stream: parent } } }) as unknown as Stream;
  const order = (...streams: Stream[]) => parentsFirst(streams).map(({ name }) => name);

  it("puts each parent before its children, and keeps the order otherwise", () => {
    expect(order(stream("a", "b"), stream("b", "d"), stream("c"), stream("d"))).toEqual(["c", "d", "b", "a"]);
  });

  it("comes to an end with a circle, and with a parent that is not there", () => {
    expect(order(stream("a", "b"), stream("b", "a"), stream("c", "gone")).sort()).toEqual(["a", "b", "c"]);
  });
});
