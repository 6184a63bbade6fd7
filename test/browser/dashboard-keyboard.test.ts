import { beforeAll, describe, expect, it } from "vitest";
import type { Erp } from "../erp/server";
import { Factory, type PocketBaseServer, startErp, waitFor } from "../integration/harness";
import { SUPERUSER } from "../integration/harness/template";
import { startQuietly } from "../integration/in-flight";
import { Dashboard } from "./dashboard";
import { focused, tabTo } from "./keyboard";

let erp: Erp;
let server: PocketBaseServer;

beforeAll(async () => {
  erp = await startErp({ factory: new Factory({ rows: 30 }) });
  server = await startQuietly(erp);
});

describe("with the keyboard alone", () => {
  it("one logs in, runs a stream, pauses it and resumes it", async () => {
    const { page, notice, settled } = await Dashboard.open(server, { isLoggedOut: true });
    await page.keyboard.type(SUPERUSER.email);
    await page.keyboard.press("Tab");
    await page.keyboard.type(SUPERUSER.password);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Streams" }).waitFor();
    await settled();

    await tabTo(page, "Sync now: aswan_bom");
    await page.keyboard.press("Enter");
    await notice(/^aswan_bom: \d+ rows/).waitFor();
    await server.expectTarget(erp.factory.rows());

    await tabTo(page, "Pause: aswan_bom");
    await page.keyboard.press("Space");
    await waitFor(async () => (await server.settings()).paused, "the pause");
    await tabTo(page, "Resume: aswan_bom");
    await page.keyboard.press("Enter");
    await waitFor(async () => !(await server.settings()).paused, "the end of the pause");
  });

  it("one skips to the content and goes from page to page", async () => {
    const { page, settled } = await Dashboard.open(server);
    await page.keyboard.press("Tab");
    expect(await focused(page)).toBe("Skip to the content");
    await page.keyboard.press("Enter");
    expect(await focused(page)).toBe("Streams");
    await page.reload();
    await settled();
    await tabTo(page, "Quarantine");
    await page.keyboard.press("Enter");
    await page.waitForURL(/#\/quarantine$/);
    // The new page's heading has the focus, so that a screen reader begins there.
    await waitFor(async () => (await page.locator("h1").innerText()) === (await focused(page)), "the focus");
  });

  it("a question takes the focus, keeps it, and gives it back when it is declined", async () => {
    await server.action("pause");
    const { page } = await Dashboard.open(server);
    await tabTo(page, "Sync now: aswan_bom");
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").waitFor();
    expect(await focused(page)).toBe("Cancel");
    await page.keyboard.press("Shift+Tab");
    await tabTo(page, "Run once");
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await waitFor(async () => (await focused(page)) === "Sync now: aswan_bom", "the focus to come back");
    await server.action("resume");
  });
});
