import { expect, it } from "vitest";
import { oddFields, pushWord, type RowStory, storyEvents, whyText } from "../../../src/dashboard/model/story";

const push = (
  sent_at: string,
  response_code: number,
  changes: RowStory["history"]["items"][number]["changes"] = [],
) => ({
  id: sent_at,
  sent_at,
  run: "run1",
  job_id: "",
  erp_id: "A|1",
  response_code,
  response_body: response_code === 422 ? "BOM_QTY: cannot be blank" : "updated",
  changes,
});

function story(changes: Partial<RowStory> = {}): RowStory {
  return {
    stream: "aswan_bom",
    erp_id: "A|1",
    state: { code: "as_sent", sentence: "" },
    raw: {
      id: "raw1",
      group_key: "A",
      payload_json: "{}",
      fetched_at: "2026-11-22 10:00:00.000Z",
      edited_at: "",
      missing_since: "",
      held_by: "",
      mapped_hash: "",
      pushed_hash: "",
      mapping_version: "",
    },
    target: { collection: "t", id: "t1", record: {} },
    differences: [],
    history: { total: 0, page: 1, limit: 20, items: [] },
    jobs: [],
    quarantine: [],
    ...changes,
  };
}

const job = {
  id: "j1",
  run: "run2",
  operation: "upsert",
  processed_at: "",
  next_attempt_at: "",
  created_at: "2026-11-22 09:00:00.000Z",
};
const quarantined = {
  id: "q1",
  run: "run3",
  stage: "validate",
  error_type: "too_big",
  error_message: "BOM_QTY is too big",
  field: "BOM_QTY",
  value: "21",
  expected: "at most 20",
};

it("tells what happened to a row, the newest first, with the fields and the run", () => {
  const changes = [{ field: "BOM_QTY", from: 10, to: 12 }];
  const events = storyEvents(
    story({
      history: {
        total: 2,
        page: 1,
        limit: 20,
        items: [push("2026-11-22 10:00:05.000Z", 200, changes), push("2026-11-21 10:00:05.000Z", 201)],
      },
    }),
  );
  expect(events.map(({ title }) => title)).toEqual([
    "Updated in the target: 1 field",
    "The ERP sent the row as it is now",
    "Inserted into the target",
  ]);
  expect(events[0]).toMatchObject({ changes, run: "run1", tone: "ok" });
});

it("tells a job that was given up and why, and leaves out those that are done", () => {
  const dead = {
    ...job,
    status: "dead",
    retry_count: 6,
    last_error: "the target refused it",
    last_attempt_at: "2026-11-22 11:00:00.000Z",
  };
  const done = {
    ...job,
    id: "j2",
    status: "done",
    retry_count: 0,
    last_error: "",
    last_attempt_at: "2026-11-22 12:00:00.000Z",
  };
  const [first] = storyEvents(story({ jobs: [done, dead] }));
  expect(first).toMatchObject({
    key: "j1",
    tone: "bad",
    text: "Given up after 6 failed attempts: the target refused it",
    link: { href: "#/job/j1" },
  });
});

it("tells a quarantine with its value, and that it is over", () => {
  const open = { ...quarantined, count: 3, last_seen_at: "2026-11-22 08:00:00.000Z", resolved_at: "", ignored_at: "" };
  const closed = { ...open, id: "q2", resolved_at: "2026-11-22 12:00:00.000Z" };
  const titles = (quarantine: RowStory["quarantine"]) => storyEvents(story({ quarantine })).map((event) => event.title);
  expect(titles([open])).toContain("Put in quarantine, 3 times");
  expect(titles([closed])[0]).toBe("Out of quarantine");
  expect(storyEvents(story({ quarantine: [open] }))[1]?.text).toContain("BOM_QTY: “21”, expected at most 20");
});

it("tells that a person mended the row, that it left the ERP and that its delete is held", () => {
  const { raw } = story();
  const left = {
    ...raw,
    edited_at: "2026-11-22 11:00:00.000Z",
    missing_since: "2026-11-22 12:00:00.000Z",
    held_by: "run9",
  };
  const events = storyEvents(story({ raw: left }));
  expect(events.map(({ title }) => title)).toEqual([
    "The ERP no longer sends it",
    "Its delete is held",
    "A person mended the row",
    "The ERP sent the row as it is now",
  ]);
  expect(events[1]?.run).toBe("run9");
});

it("shows on a later page the pushes alone", () => {
  const history = { total: 21, page: 2, limit: 20, items: [push("2026-11-20 10:00:05.000Z", 422)] };
  const events = storyEvents(story({ history }));
  expect(events).toMatchObject([{ title: "The target refused it", text: "BOM_QTY: cannot be blank", tone: "bad" }]);
});

it.each([
  [201, "inserted", "Inserted"],
  [200, "updated", "Updated"],
  [204, "deleted", "Deleted"],
  [204, "unchanged", "Right already"],
  [422, "x", "Refused"],
  [500, "x", "Failed"],
])("calls the answer %i %s %s", (response_code, response_body, label) => {
  expect(pushWord({ response_code, response_body }).label).toBe(label);
});

it("writes times in the reader's zone and names no console command where there is a button", () => {
  const now = Date.UTC(2026, 10, 22, 12);
  const why = (sentence: string) => whyText(sentence, now, "Asia/Dubai");
  expect(why("the target shows what the ERP sent at 2026-11-22 08:32:02 UTC")).toBe(
    "The target shows what the ERP sent at 12:32.",
  );
  expect(why("waits: job dead because it was refused; mend the cause, then: erp retry aswan_bom --job abc")).toBe(
    "Waits: job dead because it was refused; mend the cause, then retry it.",
  );
  expect(why("waits: job dead because BOM_QTY: cannot be blank.; mend the cause, then: erp retry bom --job abc")).toBe(
    "Waits: job dead because BOM_QTY: cannot be blank; mend the cause, then retry it.",
  );
  expect(why("its delete is held, it was one of too many; if it is right: erp approve-deletes aswan_bom r1")).toBe(
    "Its delete is held, it was one of too many; approve it if it is right.",
  );
  expect(why("somebody deleted it; the daily verify, or erp verify aswan_bom --repair, mends it")).toBe(
    "Somebody deleted it; the daily verify mends it, or a repair now.",
  );
});

it("points at the fields in which the target is not as the row says, and at those in quarantine", () => {
  const differences = [{ field: "WO_ASW_STATUS", from: "x", to: "NDE" }];
  const open = { ...quarantined, count: 1, last_seen_at: "", resolved_at: "", ignored_at: "" };
  const ended = { ...open, field: "PO_QTY", resolved_at: "2026-11-22 10:00:00.000Z" };
  expect(oddFields({ differences, quarantine: [open, ended] })).toEqual(new Set(["WO_ASW_STATUS", "BOM_QTY"]));
  expect(oddFields({ differences: [], quarantine: [] }).size).toBe(0);
});
