import fc from "fast-check";
import { expect, it } from "vitest";
import { linkTo, parseHash } from "../../../src/dashboard/model/route";

it("reads a link back as it was made, whatever an erp_id holds", () => {
  const part = fc.string({ minLength: 1 });
  const query = fc.dictionary(fc.string({ minLength: 1 }), part);
  fc.assert(
    fc.property(fc.array(part), query, (path, asked) => {
      const route = parseHash(linkTo(path, asked));
      expect(route.path).toEqual(path);
      expect(Object.entries(route.query).sort()).toEqual(Object.entries(asked).sort());
    }),
  );
});

it("leaves blank filters out of a link", () => {
  expect(linkTo(["jobs"], { stream: "aswan_bom", status: "", page: undefined })).toBe("#/jobs?stream=aswan_bom");
  expect(linkTo([])).toBe("#/");
});

it("opens a page for a link that was cut in the middle of an escape", () => {
  expect(parseHash("#/row/aswan_bom/BOM%7").path).toEqual(["row", "aswan_bom", "BOM%7"]);
  expect(parseHash("")).toEqual({ path: [], query: {} });
});
