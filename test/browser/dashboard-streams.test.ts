import { beforeAll, describe, expect, it } from "vitest";
import type { Erp } from "../erp/server";
import { Factory, type PocketBaseServer, startErp, waitFor } from "../integration/harness";
import { SUPERUSER } from "../integration/harness/template";
import { slowAnswer, startQuietly, startSlowRun, untilQuiet } from "../integration/in-flight";
import { Dashboard } from "./dashboard";

let erp: Erp;
let server: PocketBaseServer;

beforeAll(async () => {
  erp = await startErp({ factory: new Factory({ rows: 60 }) });
  server = await startQuietly(erp);
});

const settings = async () => server.settings();
const newestRun = async () => (await server.runs())[0];

describe("the login", () => {
  it("refuses a wrong password in a sentence, takes the right one, and opens the page that was asked for", async () => {
    const { page, button, complaints } = await Dashboard.open(server, { isLoggedOut: true, path: "/runs" });
    await page.getByLabel("Email").fill(SUPERUSER.email);
    await page.getByLabel("Password").fill("not it");
    await button("Log in").click();
    const refusal = await page.getByRole("alert").innerText();
    expect(refusal).toBe("Email or password is wrong. It has to be a superuser, as for the admin UI.");
    await page.getByLabel("Password").fill(SUPERUSER.password);
    await button("Log in").click();
    await page.locator("nav a[aria-current=page]", { hasText: "Runs" }).waitFor();

    await button("Log out").click();
    await button("Log in").waitFor();
    await page.reload();
    await button("Log in").waitFor();
    expect(complaints).toEqual([]);
  });

  it("does not come back when a new token arrives after the log-out", async () => {
    const { page, button, complaints } = await Dashboard.open(server, { isLoggedOut: true });
    let release = () => {};
    const loggedOut = new Promise<void>((done) => {
      release = done;
    });
    await page.route("**/auth-refresh", async (route) => {
      const response = await route.fetch();
      await loggedOut;
      await route.fulfill({ response });
    });
    const refreshed = page.waitForResponse("**/auth-refresh");
    await page.getByLabel("Email").fill(SUPERUSER.email);
    await page.getByLabel("Password").fill(SUPERUSER.password);
    await button("Log in").click();
    await button("Log out").click();
    await button("Log in").waitFor();
    release();
    await refreshed;
    await page.reload();
    await button("Log in").waitFor();
    expect(complaints).toEqual([]);
  });

  it("is the admin UI's, and comes again when the token is no longer good", async () => {
    const { page, complaints } = await Dashboard.open(server);
    await page.getByRole("heading", { name: "Streams" }).waitFor();
    await page.route("**/api/erp/status*", (route) => route.fulfill({ status: 401, json: { message: "no" } }));
    await page.reload();
    await page.getByText("Your login has ended. Log in again to go on where you were.").waitFor();
    expect(complaints).toEqual([]);
  });
});

describe("the page of streams", () => {
  it("runs a stream, shows how it gets on, and tells how it ended", async () => {
    const { page, button, notice, complaints } = await Dashboard.open(server);
    slowAnswer(erp, 3000);
    await button("Sync now: aswan_bom").click();
    const progress = page.getByRole("region", { name: "Progress of the run" });
    await progress.getByRole("progressbar", { name: "Fetch" }).waitFor();
    await progress.getByText(/KB received/).waitFor();
    await notice("aswan_bom: 60 rows, 60 new or changed.").waitFor();
    await page.getByRole("article", { name: "Stream aswan_bom" }).getByText("Waiting", { exact: true }).waitFor();
    await progress.waitFor({ state: "detached" });
    await server.expectTarget(erp.factory.rows());
    expect(await newestRun()).toMatchObject({ trigger: "manual", triggered_by: SUPERUSER.email, status: "succeeded" });
    expect(complaints).toEqual([]);
  });

  it("tells how a run ended that was over before anybody saw it in progress", async () => {
    const { page, button, notice } = await Dashboard.open(server);
    await page.route("**/api/erp/status*", async (route) => {
      await untilQuiet(server);
      await route.continue();
    });
    await button("Sync now: aswan_bom").click();
    await notice("aswan_bom: 60 rows, nothing had changed.").waitFor();
    await page.unrouteAll({ behavior: "wait" });
  });

  it("shows a run that somebody else has started, without a reload", async () => {
    const { page } = await Dashboard.open(server);
    await page.getByText("Live", { exact: true }).waitFor();
    await startSlowRun(server, erp, 4000);
    await page.getByRole("progressbar").waitFor();
    await page.getByRole("progressbar").waitFor({ state: "detached" });
    await untilQuiet(server);
  });

  it("pauses, runs once although it is paused only after asking, and resumes", async () => {
    const { page, button, dialog, notice, complaints } = await Dashboard.open(server);
    await button("Pause: aswan_bom").click();
    await notice(/^aswan_bom is paused/).waitFor();
    // The notice is there at once, the stream's new state when the server has told it.
    await button("Resume: aswan_bom").waitFor();
    expect(await settings()).toMatchObject({ paused: true });

    const before = (await server.runs()).length;
    await button("Sync now: aswan_bom").click();
    await dialog("Run aswan_bom although it is paused?").getByRole("button", { name: "Cancel" }).click();
    expect(await server.runs()).toHaveLength(before);
    await button("Sync now: aswan_bom").click();
    await button("Run once").click();
    await waitFor(async () => (await server.runs()).length === before + 1, "the forced run");
    await untilQuiet(server);
    expect(await settings()).toMatchObject({ paused: true });

    await button("Resume: aswan_bom").click();
    await notice("aswan_bom runs by its schedule again.").waitFor();
    await button("Pause: aswan_bom").waitFor();
    expect(await settings()).toMatchObject({ paused: false });
    expect(await page.getByRole("dialog").count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it("asks before a pause stops a run, and then stops it", async () => {
    const { page, button, dialog, notice } = await Dashboard.open(server);
    // Until the click the page hears of no run.
    const before = await server.pb.send("/api/erp/status", {});
    let isOld = true;
    await page.route("**/api/erp/status", (route) => (isOld ? route.fulfill({ json: before }) : route.fallback()));
    const run = await startSlowRun(server, erp, 60_000);
    isOld = false;
    await button("Pause: aswan_bom").click();
    await dialog("Pause aswan_bom in the middle of a run?").waitFor();
    expect(await settings()).toMatchObject({ paused: false });
    await button("Pause and stop the run").click();
    await notice(/^aswan_bom stopped/).waitFor();
    expect(await newestRun()).toMatchObject({ id: run, status: "stopped" });
    await server.action("resume");
    erp.clearFaults();
  });

  it("tells a failed run, and what the ERP said", async () => {
    const { page, button, notice } = await Dashboard.open(server);
    erp.fault({ kind: "status", status: 404 });
    await button("Sync now: aswan_bom").click();
    await notice(/^aswan_bom failed: .*404/).waitFor();
    const card = page.getByRole("article", { name: "Stream aswan_bom" });
    await card.getByText("Failing", { exact: true }).waitFor();
    await card
      .getByRole("list", { name: "Needs attention" })
      .getByText(/The last run failed: .*404/)
      .waitFor();
    await server.runSync();
  });
});
