import { beforeAll, describe, expect, it } from "vitest";
import { STREAM, waitFor } from "../integration/harness";
import { rawRow } from "../integration/outcomes-instance";
import { setPoison } from "../integration/poison";
import { Dashboard } from "./dashboard";
import { DEAD, startTroubled, type Troubled } from "./troubled";

let all: Troubled;

beforeAll(async () => {
  all = await startTroubled();
});

const work = () => all.server.cli(["work"]);
const failed = (id: string) => all.server.pb.collection("failed_records").getOne(id);

describe("a row in quarantine", () => {
  it("is ignored, and no longer ignored", async () => {
    const { button, page, complaints } = await Dashboard.open(all.server, {
      path: `/quarantine/${all.ids.quarantined}`,
    });
    await button("Ignore").click();
    await page.getByText("Ignored", { exact: true }).first().waitFor();
    expect((await failed(all.ids.quarantined)).ignored_at).not.toBe("");
    await button("Stop ignoring").click();
    await button("Ignore").waitFor();
    expect((await failed(all.ids.quarantined)).ignored_at).toBe("");
    expect(complaints).toEqual([]);
  });

  it("stays when a replay finds it as bad as before", async () => {
    const { button, page } = await Dashboard.open(all.server, { path: `/quarantine/${all.ids.quarantined}` });
    await button("Replay").click();
    await page.getByRole("alert").waitFor();
    expect(await failed(all.ids.quarantined)).toMatchObject({ resolved_at: "", ignored_at: "" });
  });

  it("is found in the list, mended, and goes to the target", async () => {
    const { page, button, link, notice, complaints } = await Dashboard.open(all.server, { path: "/quarantine" });
    await page.getByLabel("Failed at").selectOption("normalize");
    await link(all.keys.bad).click();
    const editor = page.getByLabel("The row as the ERP sent it");
    const text = await editor.inputValue();
    await editor.fill("{");
    await button("Save and push").click();
    await page.getByText(/^This is no JSON/).waitFor();
    await editor.fill(text.replace(/"BOM_QTY": ".*",\n/, '"BOM_QTY": 4711,\n'));
    await button("Save and push").click();
    await notice(/^Mended/).waitFor();
    await page.getByText("Resolved", { exact: true }).first().waitFor();
    await work();
    const raw = await rawRow(all.server, all.keys.bad);
    const [target] = await all.server.rows(raw.target_collection, `id = '${raw.target_id}'`);
    expect(target).toMatchObject({ BOM_QTY: 4711 });
    expect((await failed(all.ids.quarantined)).resolved_at).not.toBe("");
    expect(complaints).toEqual([]);
  });
});

describe("dead letters", () => {
  it("are tried again one by one, found by their row", async () => {
    await setPoison(all.server, "");
    const { page, button, notice } = await Dashboard.open(all.server, { path: "/jobs?status=dead" });
    await page.getByLabel("Row or error").fill(all.keys.dead);
    await page.getByText("1 job", { exact: true }).waitFor();
    await button(`Retry the job of ${all.keys.dead}`).click();
    await notice("The worker tries it again within a minute.").waitFor();
    await work();
    const raw = await rawRow(all.server, all.keys.dead);
    expect(raw.pushed_hash).toBe(raw.mapped_hash);
    expect(await all.server.jobs("status = 'dead'")).toHaveLength(DEAD - 1);
  });

  it("are tried again all at once, also those of the next pages, and pushed", async () => {
    const { page, button, notice, complaints } = await Dashboard.open(all.server, { path: "/jobs?status=dead" });
    await page.getByText(`${DEAD - 1} jobs`, { exact: true }).waitFor();
    await page.getByText("Page 1 of 2", { exact: true }).waitFor();
    await button("Retry all that match").click();
    await button("Retry all").click();
    await notice(`${DEAD - 1} jobs due again; the worker takes them within a minute.`).waitFor();
    await page.getByText("No dead letters").waitFor();
    await work();
    expect(await all.server.jobs("status != 'done'")).toEqual([]);
    expect(await all.server.rows("failed_records", "resolved_at = ''")).toEqual([]);
    expect(complaints).toEqual([]);
  });
});

describe("held deletes", () => {
  it("are shown, and go only when they are approved", async () => {
    const held = await all.server.rows("erp_raw_data", "held_by != ''");
    expect(held.length).toBeGreaterThan(40);
    const { page, button, link, dialog, notice, complaints } = await Dashboard.open(all.server);
    await link("Held deletes").click();
    await page.getByRole("heading", { name: "Held deletes" }).waitFor();
    const keys = page.getByRole("table").getByRole("link", { name: /^BOM\|/ });
    await keys.first().waitFor();
    expect(held.map(({ erp_id }) => erp_id)).toEqual(expect.arrayContaining(await keys.allInnerTexts()));
    const approve = button(`Approve ${held.length} deletes`);
    await approve.click();
    const question = dialog(`Delete ${held.length} records of the target?`);
    await question.getByRole("button", { name: "Cancel" }).click();
    expect(await all.server.rows("erp_raw_data", "held_by != ''")).toHaveLength(held.length);
    await approve.click();
    await question.getByRole("button", { name: "Approve deletes" }).click();
    await notice(`${held.length} deletes approved; the worker does them within a minute.`).waitFor();
    await page.getByText("No deletes are held").waitFor();
    const before = (await all.server.targetRows()).length;
    await work();
    await waitFor(async () => (await all.server.targetRows()).length === before - held.length, "the deletes");
    expect(complaints).toEqual([]);
  });
});

describe("the story of a row", () => {
  it("is opened by a search for a part of its key", async () => {
    const { page, complaints } = await Dashboard.open(all.server, { path: `/rows?stream=${STREAM}` });
    const link = (name: string) => page.getByRole("link", { name, exact: true });
    await link(all.keys.well).waitFor();
    await page.getByLabel("Find a row").fill("AW-122573.1 PR-50002");
    // A click while the list makes way for what was found would meet a link that is about to go.
    await link(all.keys.well).waitFor({ state: "detached" });
    await link(all.keys.dead).click();
    await page.getByRole("heading", { name: all.keys.dead }).waitFor();
    await page.getByText(/^The target shows what the ERP sent/).waitFor();
    const told = await page.getByRole("listitem").filter({ hasText: "in the target" }).allInnerTexts();
    expect(told.join("\n")).toContain("WO_PRODUCT_CODE");
    expect(complaints).toEqual([]);
  });
});
