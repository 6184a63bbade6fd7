import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Listing } from "../../../src/mirror/listing";

function listed(total: number, from: number, to: number): Listing<number> {
  const listing = new Listing<number>({ from, to });
  for (let n = 0; n < total; n++) if (listing.counts()) listing.items.push(n);
  return listing;
}

describe("a listing", () => {
  it("counts everything and keeps one page", () => {
    fc.assert(
      fc.property(fc.nat(200), fc.integer({ min: 1, max: 50 }), fc.nat(5), (total, limit, page) => {
        const { count, items } = listed(total, page * limit, (page + 1) * limit);
        const all = Array.from({ length: total }, (_, n) => n);
        expect(count).toBe(total);
        expect(items).toEqual(all.slice(page * limit, (page + 1) * limit));
      }),
    );
  });

  it("is a count and items as JSON", () => {
    expect(JSON.stringify(listed(3, 0, 2))).toBe('{"count":3,"items":[0,1]}');
  });
});
