import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findChromium, withoutChromium } from "../../../scripts/test/chromium.mjs";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "chromium-test-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A program that knows its version, or only says why it does not run. */
function program(name: string, runs = true): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(
    path,
    runs ? "#!/bin/sh\necho Chromium 1\n" : "#!/bin/sh\necho 'needs the chromium snap' >&2; exit 1\n",
  );
  chmodSync(path, 0o755);
  return path;
}

const path = (...folders: string[]) => folders.map((name) => join(folder, name)).join(delimiter);

describe("findChromium", () => {
  it.each(["CHROME_PATH", "CHROMIUM_BIN"])("takes the one that %s names before any other", async (variable) => {
    program("bin/chromium");
    const mine = program("mine");
    expect(await findChromium({ PATH: path("bin"), [variable]: mine })).toBe(mine);
  });

  it("says that the one that is named does not run", async () => {
    const broken = program("broken", false);
    await expect(findChromium({ CHROME_PATH: broken })).rejects.toThrow(
      `CHROME_PATH is "${broken}", expected a Chromium that runs: needs the chromium snap`,
    );
  });

  it("takes chromium before google-chrome, whichever folder comes first", async () => {
    program("first/google-chrome");
    const chromium = program("second/chromium");
    expect(await findChromium({ PATH: path("first", "second") })).toBe(chromium);
  });

  it("passes over one that is only a stub", async () => {
    program("bin/chromium-browser", false);
    const chrome = program("bin/google-chrome");
    expect(await findChromium({ PATH: path("bin") })).toBe(chrome);
  });
});

describe("withoutChromium", () => {
  it("leaves the tests out and says how to get a browser", () => {
    const { line, totals } = withoutChromium({});
    expect(line).toMatch(
      /^SKIPPED: there is no Chromium here\. Install one with ".+", or name yours in CHROME_PATH\.$/,
    );
    expect(totals).toEqual({ passed: 0, failed: 0 });
  });

  it("is a failure where a browser is required", () => {
    const { line, totals } = withoutChromium({ REQUIRE_BROWSER: "1" });
    expect(line).toMatch(/^FAILED: REQUIRE_BROWSER is set, and there is no Chromium here\./);
    expect(totals).toEqual({ passed: 0, failed: 1 });
  });
});
