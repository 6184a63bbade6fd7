import { describe, expect, it } from "vitest";
import { startsOf } from "../../../src/operate/row-suggestions";

describe("the beginnings of an erp_id", () => {
  it("are its whole key parts, the longest first", () => {
    expect(startsOf("BOM|W|AW-1")).toEqual(["BOM|W|", "BOM|"]);
  });

  it("are none when it has one part", () => {
    expect(startsOf("AW-1")).toEqual([]);
    expect(startsOf("")).toEqual([]);
  });
});
