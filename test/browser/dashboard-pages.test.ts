import { beforeAll, describe, expect, it } from "vitest";
import { seriousFindings, sidewaysPixels } from "./accessibility";
import { openPage } from "./browser";
import { Dashboard, type DashboardOptions } from "./dashboard";
import { startTroubled, type Troubled } from "./troubled";

let all: Troubled;

/** Every page that is of one piece, with everything on it that can go wrong. */
const PAGES: [name: string, path: () => string][] = [["the streams", () => "/"]];

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

  it.each(PAGES)("%s is accessible, fits, and takes no HTML from the ERP", async (_, path) => {
    const { page, complaints } = dashboard;
    await dashboard.show(path());
    expect(await page.locator("main").locator("img, script, iframe, object, [onerror]").count()).toBe(0);
    expect(await seriousFindings(page)).toEqual([]);
    expect(await sidewaysPixels(page)).toBe(0);
    expect(complaints).toEqual([]);
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
