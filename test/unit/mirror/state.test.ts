import { describe, expect, it } from "vitest";
import type { RowDetails, WaitingJob } from "../../../src/mirror/details";
import type { Looked } from "../../../src/mirror/look";
import type { MirrorRow } from "../../../src/mirror/rows";
import { rowState } from "../../../src/mirror/state";
import type { Verdict } from "../../../src/mirror/verdict";
import { defaultsApplied } from "../../../src/settings/options";
import { mirrorRow } from "./mirror-row";

const STREAM = { name: "bom", paused: false, onMissing: "keep", options: defaultsApplied({}) } as const;
const LEFT = { missingSince: "2025-12-09 10:00:00.000Z" };
const CHANGES = [{ field: "QTY", from: 99, to: 10 }];

function state(
  verdict: Verdict,
  row: Partial<MirrorRow> = {},
  details: Partial<RowDetails> = {},
  { changes = [] as Looked["changes"], paused = false } = {},
) {
  const looked: Looked = { row: mirrorRow(row), verdict, changes };
  return rowState(looked, { job: null, quarantine: null, ...details }, { ...STREAM, paused });
}

function job(patch: Partial<WaitingJob>): WaitingJob {
  const times = { nextAttemptAt: "2025-12-08 10:05:00.000Z", createdAt: "2025-12-08 10:00:00.000Z" };
  return { id: "job1", status: "queued", retryCount: 0, lastError: "", waitsFor: "", ...times, ...patch };
}

const WAITS: Verdict = { kind: "different", cause: "waits" };

describe("a row that is as it should be", () => {
  it("tells when the ERP sent what the target shows", () => {
    expect(state({ kind: "equal" })).toEqual({
      code: "as_sent",
      sentence: "the target shows what the ERP sent at 2025-12-08 10:00:00 UTC",
    });
  });

  it("tells that a person mended it", () => {
    const { sentence } = state({ kind: "equal" }, { editedAt: "2025-12-08 11:00:00.000Z" });
    expect(sentence).toContain("as a person mended it at 2025-12-08 11:00:00 UTC");
    expect(sentence).toContain("the ERP sent it otherwise at 2025-12-08 10:00:00 UTC");
  });

  it("tells since when the ERP lacks it, and what became of its record", () => {
    const since = "not in the ERP since 2025-12-09 10:00:00 UTC; ";
    expect(state({ kind: "equal" }, { ...LEFT, record: null }).sentence).toBe(`${since}the target has no record of it`);
    expect(state({ kind: "kept" }, LEFT).sentence).toBe(`${since}the target keeps the last version (on_missing: keep)`);
    expect(state({ kind: "kept" }, { ...LEFT, mappedHash: "mark:x" }).sentence).toBe(
      `${since}its target record is marked`,
    );
  });

  it("tells that a person chose to ignore its quarantine", () => {
    const quarantine = { message: 'QTY: "ten" is not a number', count: 2, lastSeenAt: "2025-12-08 10:00:00.000Z" };
    expect(state({ kind: "kept" }, { quarantine: "ignored" }, { quarantine }).sentence).toBe(
      'a person chose to ignore its quarantine (QTY: "ten" is not a number); the target keeps the last good version',
    );
  });
});

describe("a row that waits", () => {
  it.each<[string, Partial<WaitingJob> | null, string]>([
    ["in the queue", {}, "waits to be pushed; the worker does that within a minute"],
    ["without a job yet", null, "waits to be pushed; the worker does that within a minute"],
    ["while it is pushed", { status: "processing" }, "is being pushed now"],
    [
      "for its next retry",
      { status: "failed", retryCount: 2, lastError: "database hook: no" },
      "waits: push failed because database hook: no; retry 2 of 5 is due at 2025-12-08 10:05:00 UTC",
    ],
    [
      "for its parent",
      { status: "failed", retryCount: 3, lastError: "waits for its parent: no SO-1", waitsFor: "SO-1" },
      "waits for its parent: no SO-1; it is pushed as soon as that is there, and in quarantine after 5 retries (2 so far)",
    ],
    [
      "for a parent that a person has to look for",
      { status: "dead", retryCount: 6, lastError: "waits for its parent: no SO-1", waitsFor: "SO-1" },
      "waits for its parent: no SO-1; it is pushed as soon as that is there",
    ],
  ])("%s", (_, found, sentence) => {
    expect(state(WAITS, {}, { job: found && job(found) })).toEqual({ code: "waits", sentence });
  });

  it("for a person, once its job was given up", () => {
    const found = job({ status: "dead", lastError: "QTY: must be a number" });
    const sentence = "waits: job dead because QTY: must be a number; mend the cause, then: erp retry bom --job job1";
    expect(state(WAITS, {}, { job: found })).toEqual({ code: "dead", sentence });
  });

  it("names the pause before the queue, but a dead job before the pause", () => {
    expect(state(WAITS, {}, { job: job({}) }, { paused: true }).sentence).toBe("waits: the stream is paused");
    const dead = job({ status: "dead", lastError: "no" });
    expect(state(WAITS, {}, { job: dead }, { paused: true }).sentence).toContain("job dead because no");
  });

  it("tells a delete from a mark", () => {
    expect(state({ kind: "extra", cause: "waits" }, { ...LEFT, mappedHash: "" }).sentence).toContain(
      "; its delete waits",
    );
    expect(state(WAITS, { ...LEFT, mappedHash: "mark:x" }).sentence).toContain("; its mark waits");
    expect(state(WAITS, LEFT).sentence).toContain("; its last version waits");
  });

  it("tells how to release a held delete", () => {
    const { code, sentence } = state({ kind: "extra", cause: "held" }, { ...LEFT, heldBy: "run1" });
    expect(code).toBe("held");
    expect(sentence).toContain("erp approve-deletes bom run1");
  });

  it("tells why it is in quarantine and what the target has instead", () => {
    const quarantine = { message: 'QTY: "ten" is not a number', count: 2, lastSeenAt: "2025-12-08 10:00:00.000Z" };
    const verdict: Verdict = { kind: "different", cause: "quarantine" };
    const why = 'in quarantine (QTY: "ten" is not a number), last seen at 2025-12-08 10:00:00 UTC; ';
    expect(state(verdict, {}, { quarantine }).sentence).toBe(`${why}the target keeps the last good version`);
    expect(state(verdict, { record: null }, { quarantine }).sentence).toBe(`${why}the target has no record of it`);
  });
});

describe("a row whose record somebody else touched", () => {
  it("names the fields, at most three of them", () => {
    const one = state({ kind: "different", cause: "changed" }, {}, {}, { changes: CHANGES });
    expect(one.sentence).toContain("somebody changed the target record (QTY is 99, should be 10)");
    expect(one.sentence).toContain("erp verify bom --repair");
    const five = ["A", "B", "C", "D", "E"].map((field) => ({ field, from: "", to: "x" }));
    const { sentence } = state({ kind: "different", cause: "changed" }, {}, {}, { changes: five });
    expect(sentence).toContain('C is "", should be "x"; and 2 more');
    expect(sentence).not.toContain("D is");
  });

  it("tells a deleted record, one made again, and one that a replay would change", () => {
    expect(state({ kind: "missing", cause: "deleted" }, { record: null }).sentence).toContain(
      "deleted the target record",
    );
    expect(state({ kind: "extra", cause: "restored" }, LEFT).sentence).toContain("somebody made it again");
    const remapped = state({ kind: "different", cause: "remapped" }, {}, {}, { changes: CHANGES });
    expect(remapped.sentence).toBe(
      "the mapping was changed since (QTY is 99, should be 10); erp replay bom pushes that",
    );
  });
});
