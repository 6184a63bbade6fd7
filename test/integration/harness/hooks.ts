import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { atEndOfFile } from "./cleanup";
import { REPOSITORY } from "./repository";

/** PocketBase's jobs run when a test asks for them, and not in its middle when a minute begins. */
const NO_MINUTES = "onBootstrap((e) => { e.next(); $app.cron().setInterval(100 * 365 * 24 * 3600 * 1e9); });";

/** A copy of our hooks, without the minutes of the clock, and with `more` of them; removed when the test file ends. */
export function hooksWith(more = ""): string {
  const folder = mkdtempSync(join(tmpdir(), "pb-hooks-"));
  atEndOfFile(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(`${REPOSITORY}pb_hooks`, folder, { recursive: true });
  writeFileSync(join(folder, "no_minutes.pb.js"), NO_MINUTES);
  writeFileSync(join(folder, "test.pb.js"), more);
  return folder;
}
