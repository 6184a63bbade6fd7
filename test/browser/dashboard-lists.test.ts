import { beforeAll, describe, expect, it } from "vitest";
import { STREAM } from "../integration/harness";
import { type Installation, startSynced } from "../integration/outcomes-instance";
import { Dashboard } from "./dashboard";

let all: Installation;
beforeAll(async () => {
  all = await startSynced({ rows: 40 });
});

describe("a list", () => {
  it.each(["/quarantine?", "/alerts?", "/runs?", "/jobs?", `/rows?stream=${STREAM}&`])(
    "says of a page beyond its end that the page is empty, not that all is well: %s",
    async (path) => {
      const { page, link } = await Dashboard.open(all.server, { path: `${path}page=77` });
      await page.getByText("Page 77 is empty").waitFor();
      await link("Go to the first page").click();
      await page.getByText("Page 77 is empty").waitFor({ state: "detached" });
      expect(page.url()).not.toContain("page=77");
    },
  );

  it("of all streams says whose job each is, and of one stream does not", async () => {
    const dashboard = await Dashboard.open(all.server, { path: "/jobs" });
    const { page } = dashboard;
    const column = page.getByRole("columnheader", { name: "Stream" });
    await column.waitFor();
    expect(await page.getByRole("cell", { name: STREAM, exact: true }).count()).toBeGreaterThan(0);
    await dashboard.show(`/jobs?stream=${STREAM}`);
    expect(await column.count()).toBe(0);
  });

  it("is searched for two words though somebody pauses between them", async () => {
    const { page } = await Dashboard.open(all.server, { path: "/rows" });
    const field = page.getByRole("searchbox");
    await field.pressSequentially("AW ");
    await page.waitForURL(/text=AW/);
    await field.pressSequentially("1");
    expect(await field.inputValue()).toBe("AW 1");
    await page.waitForURL(/text=AW(%20|\+)1/);
  });
});

it("a login that has ended while a page was open is asked for again, on pages that read records too", async () => {
  const { pb, url } = all.server;
  const login = { email: "short@example.com", password: "first-password", passwordConfirm: "first-password" };
  const { id } = await pb.collection("_superusers").create(login);
  const { page } = await Dashboard.open(all.server, { isLoggedOut: true });
  await page.goto(`${url}/erp/#/quarantine`);
  await page.getByLabel("Email").fill(login.email);
  await page.getByLabel("Password").fill(login.password);
  await page.getByRole("button", { name: "Log in" }).click();
  await page.getByRole("heading", { name: "Quarantine" }).waitFor();
  await pb.collection("_superusers").update(id, { password: "other-password", passwordConfirm: "other-password" });
  await page.goto(`${url}/erp/#/quarantine?stage=push`);
  await page.getByText("Your login has ended. Log in again").waitFor();
});
