import { describe, expect, it } from "vitest";
import { changesText } from "../../../src/operate/changes-text";

describe("changes as a line for a person", () => {
  it("shows each field from and to, as JSON", () => {
    const changes = [
      { field: "QTY", from: 10, to: 12.5 },
      { field: "ETA", from: "", to: "2026-01-05 00:00:00.000Z" },
      { field: "INFO", from: null, to: { a: [1] } },
    ];
    expect(changesText(changes)).toBe('QTY 10 -> 12.5, ETA "" -> "2026-01-05 00:00:00.000Z", INFO null -> {"a":[1]}');
  });

  it("cuts long values", () => {
    expect(changesText([{ field: "NOTE", from: "", to: "x".repeat(100) }])).toBe(`NOTE "" -> "${"x".repeat(59)}…`);
  });

  it("says when there is nothing to change", () => {
    expect(changesText([])).toBe("the target has this already");
  });
});
