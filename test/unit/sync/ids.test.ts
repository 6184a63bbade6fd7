import { describe, expect, it } from "vitest";
import { batchId, idTime, sqlBatchId } from "../../../src/sync/ids";

describe("ids of a batch", () => {
  it("are ids as PocketBase takes them", () => {
    for (const at of [0, 1, 65_535]) expect(batchId(idTime(1_780_000_000_000), at, 0.5)).toMatch(/^[a-z0-9]{15}$/);
    expect(batchId(idTime(1_780_000_000_000), 0, 0)).toMatch(/0000$/);
    expect(batchId(idTime(1_780_000_000_000), 0, 0.999999999)).toMatch(/ffff$/);
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
    expect(sqlBatchId("key")).toBe("{:id_time} || printf('%04x', key) || lower(hex(randomblob(2)))");
  });
});
