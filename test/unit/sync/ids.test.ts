import { describe, expect, it } from "vitest";
import { batchId, idTime, sqlBatchId } from "../../../src/sync/ids";
import { SeededRandom } from "../../erp/random";

describe("ids of a batch", () => {
  it("are ids as PocketBase takes them", () => {
    for (const at of [0, 1, 65_535]) expect(batchId(idTime(1_780_000_000_000), at, 0.5)).toMatch(/^[a-z0-9]{15}$/);
    expect(batchId(idTime(1_780_000_000_000), 0, 0)).toMatch(/00000000$/);
    expect(batchId(idTime(1_780_000_000_000), 0, 0.9999999999)).toMatch(/ffffffff$/);
    expect(batchId(idTime(1_780_000_000_000), 2, 0.9999999999)).toMatch(/00000001$/);
  });

  it("differ between many small batches of one moment", () => {
    const random = new SeededRandom(7);
    const batches = Array.from({ length: 2000 }, () => random.next());
    const ids = batches.flatMap((start) => [0, 1, 2].map((at) => batchId(idTime(1_780_000_000_000), at, start)));
    expect(new Set(ids).size).toBe(6000);
  });

  it("sort in the order they were made, within a batch and from batch to batch", () => {
    const ids: string[] = [];
    for (const now of [0, 36, 72, 1_780_000_000_000, 1_780_000_000_036, 2_800_000_000_000]) {
      for (const at of [0, 9, 10, 15, 16, 4095, 4096, 65_535]) ids.push(batchId(idTime(now), at, 0.25));
    }
    expect(ids.map((id) => id.length)).toEqual(ids.map(() => 15));
    expect(ids.slice().sort()).toEqual(ids);
  });

  it("are made in SQL of the same parts", () => {
    expect(sqlBatchId("key")).toBe("{:id_time} || printf('%08x', ((SELECT random() & 4294967295) + key) & 4294967295)");
  });
});
