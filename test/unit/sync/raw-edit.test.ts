import { describe, expect, it } from "vitest";
import { whyNotMendHere } from "../../../src/sync/failed-edit";
import type { MendedRow } from "../../../src/sync/mend";
import { decideEdit } from "../../../src/sync/raw-edit";

const NOW = "2026-01-02 03:04:05.000Z";
const live = { erp_id: "A|1", group_key: "A", mapped_hash: "old", missing_since: "" };

function mended(key: string, group = "A"): MendedRow {
  const row = { seq: -1, position: 0, group, key, fingerprint: "f", valid: true, mappedHash: "new" };
  return { row, version: "v2" };
}

const nobody = () => false;
const everybody = () => true;

describe("decideEdit", () => {
  it("keeps the erp_id, with its ordinal, when the key stays the same", () => {
    const twin = { ...live, erp_id: "A|1#2" };
    expect(decideEdit(twin, mended("A|1"), "A|1", NOW, everybody)).toEqual({
      erp_id: "A|1#2",
      mapped_hash: "new",
      mapping_version: "v2",
      edited_at: NOW,
    });
  });

  it("takes the new key inside the group when it is free", () => {
    expect(decideEdit(live, mended("A|2"), "A|1", NOW, nobody).erp_id).toBe("A|2");
    expect(() => decideEdit(live, mended("A|2"), "A|1", NOW, everybody)).toThrow(
      'the key fields make the erp_id "A|2", which another row of this stream has; correct them',
    );
  });

  it("refuses another group, in which the ERP's next text would not find the row", () => {
    expect(() => decideEdit(live, mended("B|1", "B"), "A|1", NOW, nobody)).toThrow(
      'the group fields make "B" instead of "A"',
    );
  });

  it.each([
    ["kept", "old", true],
    ["deleted", "", false],
    ["marked", "mark:1234", false],
  ])("of a row that left the ERP and is %s in the target", (_, mapped_hash, allowed) => {
    const edit = () => decideEdit({ ...live, mapped_hash, missing_since: NOW }, mended("A|1"), "A|1", NOW, nobody);
    if (allowed) expect(edit()).toMatchObject({ mapped_hash: "new" });
    else expect(edit).toThrow(`the ERP no longer sends this row (since ${NOW})`);
  });
});

describe("whyNotMendHere", () => {
  it.each([
    ["a row without a raw row", { raw_row: "", resolved_at: "" }, /^$/],
    ["a row that has one", { raw_row: "abc", resolved_at: "" }, /mend payload_json of the record abc in erp_raw_data/],
    ["a closed record", { raw_row: "", resolved_at: NOW }, /is closed since 2026-01-02/],
  ])("for %s", (_, record, sentence) => {
    expect(whyNotMendHere(record)).toMatch(sentence);
  });
});
