import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ensurePocketBase } from "../../scripts/setup/steps.mjs";
import { readVersion } from "../../scripts/setup/verify.mjs";
import { isAccepted } from "../../scripts/setup/version.mjs";

test("builds an accepted PocketBase with Go that reports its version", async () => {
  const folder = mkdtempSync(join(tmpdir(), "pocketbase-dir-"));
  try {
    const { path, version } = await ensurePocketBase({ env: { ...process.env, POCKETBASE_DIR: folder }, only: "go" });
    expect(path).toContain(join(folder, version));
    expect(isAccepted(version)).toBe(true);
    expect(readVersion(path)).toBe(version);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
