import { describe, expect, it } from "vitest";
import { alertProblems, finishUrl } from "../../../src/settings/alerts-check";
import { defaultsApplied, readOptions } from "../../../src/settings/options";

const environment: Record<string, string> = {
  ERP_HOOK: "https://hooks.example.com/T0/secret",
  ERP_WEBHOOK_SECRET: "s",
};
const getenv = (name: string) => environment[name] ?? "";
const without = (name: string) => (asked: string) => (asked === name ? "" : getenv(asked));
const alerts = (part: object) => defaultsApplied({ alerts: part }).alerts;

describe("options.alerts", () => {
  it("takes a webhook by reference only: its address is a secret", () => {
    expect(readOptions({ alerts: { webhook: "${ERP_HOOK}" } }).ok).toBe(true);
    const refused = readOptions({ alerts: { webhook: "https://hooks.example.com/T0/secret" } });
    expect(refused.ok).toBe(false);
    expect(JSON.stringify(refused)).not.toContain("T0/secret");
  });

  it.each([
    ["nothing is set", {}, ""],
    ["the variable is there", { webhook: "${ERP_HOOK}" }, ""],
    [
      "the variable is not there",
      { webhook: "${ERP_GONE}" },
      "options.alerts.webhook: environment variable ERP_GONE is not set",
    ],
    ["a plain address", { on_finish: "https://n8n.example.com/hook" }, ""],
    ["a reference", { on_finish: "${ERP_HOOK}" }, ""],
    [
      "no address",
      { on_finish: "n8n.example.com" },
      "options.alerts.on_finish: is not a URL (expected https://host/path)",
    ],
    ["another scheme", { on_finish: "ftp://n8n.example.com/" }, "options.alerts.on_finish: begins with ftp://"],
    [
      "a secret in the open",
      { on_finish: "https://a.example/?token=abc" },
      'options.alerts.on_finish: the query parameter "token" must hold',
    ],
  ])("%s", (_, part, problem) => {
    const [first = ""] = alertProblems(alerts(part), getenv, false);
    expect(first.startsWith(problem)).toBe(true);
    if (problem === "") expect(first).toBe("");
  });

  it("wants the secret that on_finish is signed with, unless the stream is paused", () => {
    const options = alerts({ on_finish: "https://n8n.example.com/hook" });
    const lacking = without("ERP_WEBHOOK_SECRET");
    expect(alertProblems(options, lacking, false)).toEqual([expect.stringContaining("ERP_WEBHOOK_SECRET is not set")]);
    expect(alertProblems(options, lacking, true)).toEqual([]);
    expect(() => finishUrl(options.on_finish, lacking)).toThrow("ERP_WEBHOOK_SECRET is not set");
  });

  it.each([
    [{ email: ["it@example.com"] }, true],
    [{ email: ["Plant <it@example.com>"] }, false],
    [{ email: ["it@example.com, boss@example.com"] }, false],
    [{ off: ["overlap"] }, true],
    [{ off: ["everything"] }, false],
    [{ daily_summary_at: "05:30" }, true],
    [{ daily_summary_at: "24:00" }, false],
    [{ daily_summary_at: "5:30" }, false],
  ])("%j fits the schema: %s", (part, fits) => {
    expect(readOptions({ alerts: part }).ok).toBe(fits);
  });
});
