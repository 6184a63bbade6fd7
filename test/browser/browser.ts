import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterEach, beforeEach } from "vitest";
import { startChromium } from "../../scripts/test/chromium.mjs";
import { atEndOfFile, REPOSITORY } from "../integration/harness";

/** What a loaded machine may need until a page shows something. */
const PATIENCE_MS = 60_000;
const PICTURES = join(REPOSITORY, "test-results");

const open = new Set<Page>();
/** Pages that were there before the test that runs now. */
let kept = new Set<Page>();
let started: Promise<Browser> | undefined;

/** A page with a profile of its own, in the one browser of this test file. A test's page is closed when the test ends. */
export async function openPage(options: BrowserContextOptions = {}): Promise<Page> {
  started ??= startBrowser();
  const context = await (await started).newContext({ viewport: { width: 1280, height: 900 }, ...options });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  open.add(page);
  page.once("close", () => open.delete(page));
  return page;
}

async function startBrowser(): Promise<Browser> {
  const browser = await startChromium();
  atEndOfFile(() => browser.close());
  return browser;
}

beforeEach(() => {
  kept = new Set(open);
});

afterEach(async ({ task }) => {
  if (task.result?.state === "fail") await takePictures(task.name);
  for (const page of [...open].filter((one) => !kept.has(one))) await page.context().close();
});

/** What a person would look at first when a test has failed. */
async function takePictures(test: string): Promise<void> {
  mkdirSync(PICTURES, { recursive: true });
  for (const [at, page] of [...open].entries()) {
    await page.screenshot({ path: join(PICTURES, `${test.replace(/\W+/g, "-")}-${at}.png`) }).catch(() => {});
  }
}
