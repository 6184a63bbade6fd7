import { expect, it } from "vitest";
import { ALERT_KINDS } from "../../../src/alerts/kinds";
import { alertLink } from "../../../src/dashboard/model/alert-link";
import { parseHash } from "../../../src/dashboard/model/route";

const PAGES = ["test", "stream", "runs", "held", "jobs", "quarantine"];

it.each(ALERT_KINDS)("leads from %s to a page about its stream", (kind) => {
  const link = alertLink(kind, "aswan_bom");
  const { path, query } = parseHash(link?.href ?? "");
  expect(PAGES).toContain(path[0]);
  expect(path[1] ?? query.stream).toBe("aswan_bom");
  expect(link?.act).toMatch(/^[A-Z]/);
});

it("leads from dead jobs to the dead letters, and from what is no alert nowhere", () => {
  expect(alertLink("dead_jobs", "aswan_bom")?.href).toBe("#/jobs?stream=aswan_bom&status=dead");
  expect(alertLink("daily_summary", "aswan_bom")).toBeNull();
});
