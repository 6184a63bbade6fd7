import { describe, expect, it } from "vitest";
import type { MirrorRow } from "../../../src/mirror/rows";
import { isMendable, verdictOf } from "../../../src/mirror/verdict";
import { mirrorRow, PRESENT } from "./mirror-row";

const LEFT = { missingSince: "2025-12-09 10:00:00.000Z" };

const SENT: [string, Partial<MirrorRow>, string][] = [
  ["is equal when the record is what was pushed", {}, "equal"],
  ["waits when the record shows the version before", { pushedHash: "old", record: "old" }, "different waits"],
  ["waits when it never was pushed", { pushedHash: "", record: null }, "missing waits"],
  ["is equal when somebody brought the record there before the push", { pushedHash: "old" }, "equal"],
  ["waits when it changed and somebody deleted the record", { pushedHash: "old", record: null }, "missing waits"],
  ["is missing when somebody deleted the record", { record: null }, "missing deleted"],
  ["needs a look when the record is not what was pushed", { record: "other" }, "look"],
  ["needs a look when it was mapped by other settings", { mappingVersion: "v0" }, "look"],
  ["is in quarantine, its last good version in the target", { quarantine: "open" }, "different quarantine"],
  ["is in quarantine, whatever the record holds", { quarantine: "open", record: "other" }, "different quarantine"],
  [
    "is in quarantine and never reached the target",
    { quarantine: "open", mappedHash: "", pushedHash: "", record: null },
    "missing quarantine",
  ],
  [
    "cannot be mapped although its quarantine is gone",
    { mappedHash: "", pushedHash: "", record: null },
    "missing quarantine",
  ],
  ["was ignored with a record", { quarantine: "ignored" }, "kept"],
  ["was ignored without a record", { quarantine: "ignored", mappedHash: "", pushedHash: "", record: null }, "kept"],
  [
    "waits although an old quarantine is open",
    { quarantine: "open", pushedHash: "old", record: "old" },
    "different waits",
  ],
];

const GONE: [string, Partial<MirrorRow>, string][] = [
  ["stays as it was pushed", {}, "kept"],
  ["needs a look when its record is not what was pushed", { record: "other" }, "look"],
  ["was deleted", { mappedHash: "", pushedHash: "", record: null }, "equal"],
  ["was deleted by hand before its turn", { mappedHash: "", record: null }, "equal"],
  ["was kept and deleted by hand", { record: null }, "equal"],
  ["waits for its delete", { mappedHash: "" }, "extra waits"],
  ["was deleted, and somebody made the record again", { mappedHash: "", pushedHash: "" }, "extra restored"],
  ["is held", { heldBy: "run1" }, "extra held"],
  ["waits for its mark", { mappedHash: "mark:today" }, "different waits"],
  ["is marked, which only the values can tell", { mappedHash: "mark:today", pushedHash: "mark:today" }, "look"],
  ["was marked by other settings", { mappedHash: "mark:before", pushedHash: "mark:before" }, "kept"],
];

function told(row: MirrorRow): string {
  const verdict = verdictOf(row, PRESENT);
  return "cause" in verdict ? `${verdict.kind} ${verdict.cause}` : verdict.kind;
}

describe("a row the ERP sends", () => {
  it.each(SENT)("%s", (_, patch, verdict) => {
    expect(told(mirrorRow(patch))).toBe(verdict);
  });
});

describe("a row that left the ERP", () => {
  it.each(GONE)("%s", (_, patch, verdict) => {
    expect(told(mirrorRow({ ...LEFT, ...patch }))).toBe(verdict);
  });
});

describe("what a repair pushes again", () => {
  const of = (cause: "deleted" | "changed" | "waits" | "quarantine" | "held" | "restored" | "remapped") =>
    isMendable({ kind: "different", cause });

  it("is what somebody else deleted or changed", () => {
    expect([of("deleted"), of("changed")]).toEqual([true, true]);
  });

  it("is nothing that waits, is held, needs a person, or was made by somebody", () => {
    expect([of("waits"), of("quarantine"), of("held"), of("restored"), of("remapped")]).not.toContain(true);
    expect(isMendable({ kind: "equal" })).toBe(false);
  });
});
