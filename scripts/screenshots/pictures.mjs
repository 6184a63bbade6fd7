import { join } from "node:path";
import { DEMO_USER } from "../start/api.mjs";
import { startChromium } from "../test/chromium.mjs";
import { send, tellErp } from "./demo.mjs";

const STREAM = "aswan_bom";
const HOURS = 24;
const HOUR_MS = 3_600_000;
const DESK = { width: 1280, height: 860 };
const PHONE = { width: 390, height: 844 };

/** What each picture shows; the path may depend on what the demo has by then. */
const PICTURES = [
  { name: "streams-light", path: () => "/" },
  { name: "streams-dark", path: () => "/", isDark: true },
  { name: "stream-light", path: () => `/stream/${STREAM}` },
  { name: "stream-dark", path: () => `/stream/${STREAM}`, isDark: true },
  { name: "row-light", path: rowStory },
  { name: "row-dark", path: rowStory, isDark: true },
  { name: "streams-phone", path: () => "/", isPhone: true },
];

/**
 * Fills the demo with a history that has something of everything, and writes a PNG of each page.
 * @param {import("./demo.mjs").Demo} demo
 * @param {string} folder
 */
export async function takePictures(demo, folder) {
  await makeHistory(demo);
  const browser = await startChromium();
  try {
    for (const picture of PICTURES) {
      await takePicture(browser, demo, join(folder, `${picture.name}.png`), picture);
      console.log(`${picture.name}.png`);
    }
  } finally {
    await browser.close();
  }
}

/**
 * A day of the factory: an hour in which the ERP is down, and towards the end a row that is wrong.
 * @param {import("./demo.mjs").Demo} demo
 */
async function makeHistory(demo) {
  const settings = "/api/collections/sync_settings/records";
  const { items } = await send(demo, "GET", `${settings}?filter=${encodeURIComponent(`name='${STREAM}'`)}`);
  await send(demo, "PATCH", `${settings}/${items[0].id}`, { schedule: "0 * * * *" });
  for (let hour = 1; hour <= HOURS; hour++) {
    if (hour === 9) await tellErp(demo, { fault: { kind: "status", status: 404 } });
    if (hour === HOURS) await tellErp(demo, { breakRow: 40 });
    await tellErp(demo, { tick: 1 });
    await send(demo, "POST", `/api/erp/streams/${STREAM}/sync?wait=true`, {});
  }
  await spreadOverHours(demo);
}

/**
 * The runs took seconds, one after the other; in the pictures each stands in an hour of its own, as in life.
 * @param {import("./demo.mjs").Demo} demo
 */
async function spreadOverHours(demo) {
  const runs = "/api/collections/sync_runs/records";
  const { items } = await send(demo, "GET", `${runs}?sort=-started_at&perPage=100`);
  for (const [hours, run] of items.entries()) {
    const earlier = (/** @type {string} */ text) => text && new Date(Date.parse(text) - hours * HOUR_MS).toISOString();
    const { started_at, ingested_at, finished_at } = run;
    await send(demo, "PATCH", `${runs}/${run.id}`, {
      trigger: "schedule",
      triggered_by: "",
      started_at: earlier(started_at),
      ingested_at: earlier(ingested_at),
      finished_at: earlier(finished_at),
    });
  }
}

/**
 * A row with a long story: of those that the ERP still has under their key, the one that was changed most often.
 * @param {import("./demo.mjs").Demo} demo
 */
async function rowStory(demo) {
  const pushed = `filter=${encodeURIComponent("response_code = 200")}&sort=-sent_at&perPage=1000`;
  const { items } = await send(demo, "GET", `/api/collections/push_log/records?${pushed}`);
  /** @type {Map<string, number>} */
  const times = new Map();
  for (const { erp_id } of items) times.set(erp_id, (times.get(erp_id) ?? 0) + 1);
  for (const [key] of [...times].sort(([, a], [, b]) => b - a)) {
    const there = `filter=${encodeURIComponent(`erp_id = '${key}' && missing_since = ''`)}`;
    const { totalItems } = await send(demo, "GET", `/api/collections/erp_raw_data/records?${there}`);
    if (totalItems > 0) return `/row/${STREAM}/${encodeURIComponent(key)}`;
  }
  throw new Error("no row of the demo was changed: there is no story to show");
}

/**
 * @param {import("playwright-core").Browser} browser
 * @param {import("./demo.mjs").Demo} demo
 * @param {string} file
 * @param {{ path: (demo: import("./demo.mjs").Demo) => string | Promise<string>, isDark?: boolean, isPhone?: boolean }} picture
 */
async function takePicture(browser, demo, file, { path, isDark = false, isPhone = false }) {
  const record = { email: DEMO_USER.email, collectionName: "_superusers" };
  const login = { name: "__pb_superusers__/_", value: JSON.stringify({ token: demo.token, record }) };
  const context = await browser.newContext({
    colorScheme: isDark ? "dark" : "light",
    viewport: isPhone ? PHONE : DESK,
    reducedMotion: "reduce",
    storageState: { cookies: [], origins: [{ origin: demo.url, localStorage: [login] }] },
  });
  const page = await context.newPage();
  await page.goto(`${demo.url}/erp/#${await path(demo)}`);
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.getByText("Live", { exact: true }).waitFor();
  await page.locator(".loading").first().waitFor({ state: "detached" });
  await page.screenshot({ path: file });
  await context.close();
}
