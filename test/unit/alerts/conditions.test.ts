import { describe, expect, it } from "vitest";
import { type Condition, conditionsOf } from "../../../src/alerts/conditions";
import type { AlertFacts } from "../../../src/alerts/facts";
import { ALERT_KINDS, type AlertKind } from "../../../src/alerts/kinds";
import type { Alerts } from "../../../src/settings/options";
import { alertFacts, endedRun, HOUR, limits, MINUTE, NOW } from "./alert-facts";

function judge(kind: AlertKind, facts: Partial<AlertFacts>, set: Partial<Alerts> = {}): Condition {
  return conditionsOf(alertFacts(facts), limits(set)).get(kind) as Condition;
}

/** The figure of a condition that is met; what it is otherwise. */
function seen(condition: Condition): number | string {
  return condition.state === "on" ? condition.value : condition.state;
}

const changed = (rows: number) => ({ ingested: endedRun({ changes: { new: rows - 1, changed: 1 } }) });
const at = (minutes: number) => ({ running: { id: "r2", startedAt: NOW - minutes * MINUTE } });
const waits = (minutes: number) => ({ backlog: { jobs: 7, oldestAt: NOW - minutes * MINUTE } });
const rate = (failed: number, succeeded: number) => ({ pastHour: { failed, succeeded } });
const good = (hours: number, running = false) => ({
  success: { last: { finishedAt: NOW - hours * HOUR, durationMs: 0 }, firstRunAt: NOW - 99 * HOUR, running },
});
const never = (hours: number, running = false) => ({
  success: { last: null, firstRunAt: hours === 0 ? 0 : NOW - hours * HOUR, running },
});
const failed = (status: string) => ({
  newest: endedRun({ status, error: "the ERP answered 503" }),
  failing: { runs: 2, since: NOW - 2 * HOUR },
});
const field = (name: string, change: string, types = "text", was = "") => ({
  name,
  change,
  types,
  was,
  at: NOW - HOUR,
});
const drift = {
  fields: [field("A", "gone"), field("B", "new", "number"), field("C", "type", "text,number", "number")],
};
const unarchived = { archived: { run: "r1", at: NOW - HOUR, error: "the disk is full" } };
const skipped = { skipped: { triggers: 3, trigger: "schedule", at: NOW - MINUTE } };

describe("conditionsOf", () => {
  it("finds nothing wrong with a stream about which all is well, nor with one that has never run", () => {
    for (const [kind, condition] of conditionsOf(alertFacts(), limits()))
      expect([kind, condition.state]).toEqual([kind, "off"]);
    const fresh = alertFacts({ newest: null, ingested: null, pastHour: { succeeded: 0, failed: 0 }, ...never(0) });
    for (const [kind, condition] of conditionsOf(fresh, limits()))
      expect([kind, condition.state]).not.toEqual([kind, "on"]);
  });

  it.each<[AlertKind, string, number | string, Partial<AlertFacts>, Partial<Alerts>?]>([
    ["run_failed", "the newest run failed", 2, failed("failed")],
    ["run_failed", "the newest run was interrupted", 2, failed("interrupted")],
    ["run_failed", "it is good again", "off", { newest: endedRun({ status: "partial" }) }],
    ["run_failed", "no run has ended yet", "same", { newest: null }],
    ["run_long", "at the limit", "off", at(15)],
    ["run_long", "beyond the limit", 16, at(16)],
    ["run_long", "below another limit", "off", at(16), { long_minutes: 60 }],
    ["run_long", "no run is at work", "off", { running: null }],
    ["many_changes", "at the limit", "off", changed(10_000)],
    ["many_changes", "beyond the limit", 10_001, changed(10_001)],
    ["many_changes", "beyond another limit", 6, changed(6), { many_changes: 5 }],
    ["many_changes", "nothing was ingested yet", "same", { ingested: null }],
    ["deletes_held", "some are", 12, { held: 12 }],
    ["deletes_held", "none is any more", "off", { held: 0 }],
    ["dead_jobs", "some are", 1, { dead: { jobs: 1, error: "BOM_QTY: cannot be blank." } }],
    ["dead_jobs", "none is any more", "off", { dead: { jobs: 0, error: "" } }],
    ["quarantine_grew", "rows came in", 2, { quarantine: { grew: 2, open: 9, error: "not a number" } }],
    ["quarantine_grew", "the newest run added none", "off", { quarantine: { grew: 0, open: 9, error: "" } }],
    [
      "quarantine_grew",
      "a run at work may still add some",
      "same",
      { ...at(1), quarantine: { grew: 0, open: 9, error: "" } },
    ],
    ["quarantine_grew", "a run at work has added some", 2, { ...at(1), quarantine: { grew: 2, open: 9, error: "x" } }],
    ["backlog", "at the limit", "off", waits(180)],
    ["backlog", "beyond the limit", 181, waits(181)],
    ["backlog", "beyond another limit", 31, waits(31), { backlog_minutes: 30 }],
    ["backlog", "no job waits", "off", { backlog: { jobs: 0, oldestAt: 0 } }],
    ["backlog", "a paused stream works nothing off", "same", { ...waits(999), paused: true }],
    ["failure_rate", "at the limit", "off", rate(20, 80)],
    ["failure_rate", "beyond the limit", 21, rate(21, 79)],
    ["failure_rate", "beyond another limit", 10, rate(1, 9), { failure_percent: 5 }],
    ["failure_rate", "nine jobs say nothing", "same", rate(9, 0)],
    ["failure_rate", "ten do", 100, rate(10, 0)],
    ["failure_rate", "a few that all succeeded", "off", rate(0, 3)],
    ["failure_rate", "none at all", "same", rate(0, 0)],
    ["failure_rate", "a paused stream", "same", { ...rate(50, 50), paused: true }],
    ["no_success", "the schedule came due once", "off", good(0.9)],
    ["no_success", "the schedule came due twice", 2, good(2.5)],
    ["no_success", "hours: at the limit", "off", good(26), { no_success_hours: 26 }],
    ["no_success", "hours: beyond the limit", 26, good(26.1), { no_success_hours: 26 }],
    ["no_success", "hours: without a schedule", 26, { ...good(26.1), schedule: "" }, { no_success_hours: 26 }],
    ["no_success", "without a schedule nothing comes due", "off", { ...good(99), schedule: "" }],
    ["no_success", "hours: a run at work does not hide it", 30, good(30, true), { no_success_hours: 26 }],
    ["no_success", "hours: the very first run is at work", "same", never(30, true), { no_success_hours: 26 }],
    ["no_success", "hours: none has ever succeeded", 30, never(30), { no_success_hours: 26 }],
    ["no_success", "it has never run", "same", never(0)],
    ["no_success", "a paused stream", "same", { ...good(99), paused: true }],
    ["overlap", "a trigger was skipped", 3, { ...at(70), ...skipped }],
    ["overlap", "and the run has ended", 3, skipped],
    ["overlap", "the next run is at work", "same", at(1)],
    ["overlap", "a run ended without one", "off", {}],
    ["schema_drift", "fields have changed", 3, drift],
    ["schema_drift", "and a run is at work", 3, { ...at(1), ...drift }],
    ["schema_drift", "the run at work may still find some", "same", at(1)],
    ["schema_drift", "the newest run found none", "off", {}],
    ["archive_failed", "the newest answer was not archived", 1, unarchived],
    ["archive_failed", "it was", "off", {}],
    ["archive_failed", "nothing was archived yet", "same", { archived: null }],
    ["archive_failed", "archiving was switched off", "off", { ...unarchived, archives: false }],
  ])("%s: %s (%s)", (kind, _, expected, facts, set) => {
    expect(seen(judge(kind, facts, set))).toBe(expected);
  });

  it.each(ALERT_KINDS)("%s can be switched off", (kind) => {
    const everything = alertFacts({
      ...failed("failed"),
      ...changed(99_999),
      ...at(99),
      ...waits(999),
      ...rate(99, 1),
      ...good(99),
      ...skipped,
      ...drift,
      ...unarchived,
      held: 1,
      dead: { jobs: 1, error: "x" },
      quarantine: { grew: 1, open: 1, error: "x" },
    });
    expect(conditionsOf(everything, limits()).get(kind)?.state).toBe("on");
    expect(conditionsOf(everything, limits({ off: [kind] })).get(kind)?.state).toBe("off");
  });
});

describe("what is said", () => {
  const text = (kind: AlertKind, facts: Partial<AlertFacts>) => {
    const condition = judge(kind, facts);
    return condition.state === "same" ? "" : condition.text;
  };

  it("has what happened, since when, and figures", () => {
    expect(text("run_failed", failed("failed"))).toBe(
      "the run of 2025-12-08 11:00 UTC failed: the ERP answered 503; it is the 2nd in a row; the last good run ended at 2025-12-08 11:05 UTC",
    );
    expect(text("many_changes", changed(12_345))).toBe(
      "the run of 2025-12-08 11:00 UTC changed 12,345 rows (12,344 new, 1 changed), more than 10,000 (options.alerts.many_changes)",
    );
    expect(text("no_success", good(2.5))).toBe(
      "no run has succeeded since 2025-12-08 09:30 UTC, for more than two intervals of its schedule; the target is that old",
    );
    expect(text("overlap", { ...at(70), ...skipped })).toBe(
      "3 triggers (schedule) came at 2025-12-08 11:59 UTC while a run was at work since 2025-12-08 10:50 UTC; one more run follows when it ends",
    );
  });

  it("names the fields that changed, and what becomes of those that are gone", () => {
    expect(text("schema_drift", drift)).toBe(
      "the ERP's rows have changed: A is gone; B is new (number); C was number, now also text; the target keeps the last values of what is gone",
    );
    const many = Array.from({ length: 14 }, (_, n) => field(`F${n}`, "new"));
    expect(text("schema_drift", { fields: many })).toMatch(/; F11 is new \(text\); and 2 more$/);
  });

  it("says of the end how it ended", () => {
    expect(text("run_long", {})).toBe(
      "the run of 2025-12-08 11:00 UTC ended as succeeded after 5 min, 107 rows fetched",
    );
    expect(text("quarantine_grew", { quarantine: { grew: 0, open: 9, error: "" } })).toBe(
      "the newest run added none; 9 rows still in quarantine",
    );
  });

  it("always has a command or a place to go to", () => {
    const facts = {
      ...failed("failed"),
      ...changed(99_999),
      ...at(99),
      ...waits(999),
      ...rate(99, 1),
      ...good(99),
      ...skipped,
      ...drift,
      ...unarchived,
    };
    const conditions = conditionsOf(
      alertFacts({ ...facts, held: 1, dead: { jobs: 1, error: "x" }, quarantine: { grew: 1, open: 1, error: "x" } }),
      limits(),
    );
    for (const [kind, condition] of conditions) {
      expect([kind, condition.state === "on" && /\berp [a-z-]+ /.test(condition.advice)]).toEqual([kind, true]);
    }
  });
});
