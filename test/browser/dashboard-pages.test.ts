import { beforeAll, describe, expect, it } from "vitest";
import { STREAM } from "../integration/harness";
import { seriousFindings, sidewaysPixels } from "./accessibility";
import { openPage } from "./browser";
import { Dashboard, type DashboardOptions } from "./dashboard";
import { SMUGGLED, startTroubled, type Troubled } from "./troubled";

let all: Troubled;

interface Place {
  path(all: Troubled): string;
  /** The button that is pressed for an answer. */
  press?: string;
  /** The page shows HTML of the ERP, and so has to show it as text. */
  hasHtml?: boolean;
}

/** Every page, with everything on it that can go wrong. */
const PLACES: Record<string, Place> = {
  "the streams": { path: () => "/" },
  "a stream": { path: () => `/stream/${STREAM}`, hasHtml: true },
  "the runs": { path: () => "/runs", hasHtml: true },
  "a failed run": { path: ({ ids }) => `/run/${ids.failedRun}`, hasHtml: true },
  "a partial run": { path: ({ ids }) => `/run/${ids.partialRun}`, hasHtml: true },
  "the queue": { path: () => "/jobs", hasHtml: true },
  "the dead letters": { path: () => "/jobs?status=dead", hasHtml: true },
  "a job": { path: ({ ids }) => `/job/${ids.job}`, hasHtml: true },
  "the quarantine": { path: () => "/quarantine?stage=normalize", hasHtml: true },
  "a row in quarantine": { path: ({ ids }) => `/quarantine/${ids.quarantined}`, hasHtml: true },
  "the rows": { path: () => `/rows?stream=${STREAM}&text=smuggled`, hasHtml: true },
  "a row": { path: ({ keys }) => `/row/${STREAM}/${encodeURIComponent(keys.well)}`, hasHtml: true },
  "a row that is not known": { path: () => `/row/${STREAM}/${encodeURIComponent(SMUGGLED)}`, hasHtml: true },
  "the held deletes": { path: () => `/held/${STREAM}` },
  "a dry run": { path: () => `/dry-run/${STREAM}`, press: "Start the dry run", hasHtml: true },
  "a comparison": { path: () => `/verify/${STREAM}`, press: "Start verifying", hasHtml: true },
  "a tested connection": { path: () => `/test/${STREAM}`, press: "Test", hasHtml: true },
  "a connection to be typed": { path: () => "/test" },
  "the alerts": { path: () => "/alerts", hasHtml: true },
  "a page that does not exist": { path: () => `/${encodeURIComponent(SMUGGLED)}` },
};

const LOOKS: [name: string, options: DashboardOptions][] = [
  ["in light", { colors: "light" }],
  ["in dark", { colors: "dark" }],
  ["on a phone", { isPhone: true }],
];

beforeAll(async () => {
  all = await startTroubled();
});

describe.each(LOOKS)("%s", (_, options) => {
  let dashboard: Dashboard;
  beforeAll(async () => {
    dashboard = await Dashboard.open(all.server, options);
  });

  it.each(Object.entries(PLACES))("%s is accessible, fits, and shows HTML as text", async (_, place) => {
    const { page, button, complaints } = dashboard;
    await dashboard.show(place.path(all));
    if (place.press) {
      await button(place.press).click();
      await page.getByRole("region", { name: "Answer" }).waitFor();
    }
    const main = page.locator("main");
    expect(await main.locator("img, script, iframe, object, [onerror]").count()).toBe(0);
    expect((await main.innerText()).includes("<img src=x onerror=")).toBe(place.hasHtml ?? false);
    expect(await seriousFindings(page)).toEqual([]);
    expect(await sidewaysPixels(page)).toBe(0);
    expect(complaints.splice(0)).toEqual([]);
  });
});

it("shows the login accessibly too", async () => {
  for (const [, options] of LOOKS) {
    const { page, complaints } = await Dashboard.open(all.server, { ...options, isLoggedOut: true });
    expect(await seriousFindings(page)).toEqual([]);
    expect(await sidewaysPixels(page)).toBe(0);
    expect(complaints).toEqual([]);
  }
});

it("comes in less than 200 KB", async () => {
  const page = await openPage();
  const sizes: Promise<number>[] = [];
  page.on("requestfinished", (request) => {
    sizes.push(request.sizes().then((size) => size.responseBodySize + size.responseHeadersSize));
  });
  await page.goto(`${all.server.url}/erp/`);
  await page.getByRole("button", { name: "Log in" }).waitFor();
  const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  // A small sum would be files that were never asked for.
  expect(bytes).toBeGreaterThan(20_000);
  expect(bytes).toBeLessThan(200_000);
});
