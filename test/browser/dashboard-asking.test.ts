import { beforeAll, describe, expect, it } from "vitest";
import type { ErpRow } from "../erp/row";
import { STREAM, TARGET } from "../integration/harness";
import { erpIdOf, type Installation, startSynced } from "../integration/outcomes-instance";
import { Dashboard } from "./dashboard";

let all: Installation;

const escaped = (text: string) => text.replace(/[|.]/g, "\\$&");

beforeAll(async () => {
  all = await startSynced({ rows: 40 });
});

describe("a dry run", () => {
  it("shows field by field what a run would do, and writes nothing", async () => {
    const { factory, server } = all;
    const { before, after } = factory.changeRow(0);
    const added = factory.addRow();
    const runs = (await server.runs()).length;
    const { page, link, button, complaints } = await Dashboard.open(server, { path: `/stream/${STREAM}` });
    await link("Dry run").click();
    await button("Start the dry run").click();
    const answer = page.getByRole("region", { name: "Answer" });
    await answer.getByRole("button", { name: "1 Update" }).click();
    const changed = answer.getByRole("region", { name: "Update" }).getByRole("listitem");
    expect(await changed.innerText()).toMatch(
      new RegExp(`^${escaped(erpIdOf(after))}\\s[^]*BOM_QTY\\s+${before.BOM_QTY}\\s+${after.BOM_QTY}$`),
    );
    await answer.getByRole("button", { name: "1 Insert" }).click();
    await answer.getByRole("region", { name: "Insert" }).getByText(erpIdOf(added), { exact: true }).waitFor();
    expect(await server.runs()).toHaveLength(runs);
    expect(await server.rows("erp_raw_data")).toHaveLength(factory.rows().length - 1);
    expect(complaints).toEqual([]);
    await server.runSync();
  });
});

describe("a comparison", () => {
  it("says that all is equal, finds what somebody changed and deleted, and mends it", async () => {
    const { factory, server } = all;
    const { page, button, notice, complaints } = await Dashboard.open(server, { path: `/verify/${STREAM}` });
    await button("Start verifying").click();
    await page.getByText("Equal", { exact: true }).waitFor();

    const [changed, deleted] = await server.targetRows();
    await server.pb.collection(TARGET).update(changed?.id ?? "", { WO_PRODUCT_CODE: "BY HAND" });
    await server.pb.collection(TARGET).delete(deleted?.id ?? "");
    await button("Start verifying").click();
    await page.getByText("Not equal", { exact: true }).waitFor();
    const different = page.getByRole("region", { name: /^Different: 1/ });
    expect(await different.innerText()).toMatch(/WO_PRODUCT_CODE\s+“BY HAND”/);
    await page.getByRole("region", { name: /^Missing: 1/ }).waitFor();

    await button("Repair 2 records").click();
    await button("Repair").click();
    await notice(/^2 rows queued/).waitFor();
    await server.cli(["work"]);
    await server.expectTarget(factory.rows());
    await button("Start verifying").click();
    await page.getByText("Equal", { exact: true }).waitFor();
    expect(complaints).toEqual([]);
  });
});

describe("testing a connection", () => {
  it("tells what is wrong with an address, and stores nothing", async () => {
    const { server, erp } = all;
    const settings = await server.settings();
    const { page, button, complaints } = await Dashboard.open(server, { path: `/test/${STREAM}` });
    await page.getByRole("textbox", { name: /^Address/ }).fill(`${erp.url}/api/nothing-here`);
    await button("Test").click();
    await page.getByText("It does not work", { exact: true }).waitFor();
    expect(await page.getByRole("region", { name: "Answer" }).innerText()).toContain("answered 404");
    expect(await server.settings()).toEqual(settings);
    expect(complaints).toEqual([]);
  });

  it("tries an address before it becomes a stream, which is paused at first", async () => {
    const { server, factory } = all;
    const target = await server.pb.collections.create({
      name: "copies",
      type: "base",
      fields: [{ name: "BOM_PART_ID", type: "text" }],
    });
    const { page, link, button, notice, complaints } = await Dashboard.open(server);
    await link("Test a connection").click();
    await page
      .getByRole("textbox", { name: /^Address/ })
      .fill("${ERP_BASE_URL}/api/inprocessjobsBOMmaterialsDetails?txnType=BOM");
    await button("Test").click();
    await page.getByText(/answered 400 .*not valid for fromDate/).waitFor();
    await page.getByRole("textbox", { name: /^Since/ }).fill("2025-12-01");
    await page.getByRole("textbox", { name: /^Parameter for the date/ }).fill("fromDate");
    await button("Test").click();
    await page.getByText("It answers", { exact: true }).waitFor();
    const answer = await page.getByRole("region", { name: "Answer" }).innerText();
    expect(answer).toContain(`${factory.rows().length} rows`);
    expect(answer).toContain(String((factory.rows()[0] as ErpRow).BOM_WORKORDER_BASE_ID));

    await page.getByRole("textbox", { name: /^Name/ }).fill("copy");
    await page.getByRole("textbox", { name: /^Target collection/ }).fill(target.name);
    await page.getByLabel(/^Key fields/).fill("BOM_WORKORDER_BASE_ID, BOM_PIECE_NO");
    await button("Save, paused").click();
    await notice(/^Stream copy is saved and paused/).waitFor();
    await page.getByRole("heading", { name: "copy", level: 1 }).waitFor();
    expect(await server.settings("copy")).toMatchObject({
      paused: true,
      key_fields: ["BOM_WORKORDER_BASE_ID", "BOM_PIECE_NO"],
      source_url: "${ERP_BASE_URL}/api/inprocessjobsBOMmaterialsDetails?txnType=BOM",
    });
    expect(complaints).toEqual([]);
  });
});
