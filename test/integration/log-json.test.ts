import { expect, it } from "vitest";
import { startSynced } from "./outcomes-instance";

it("ERP_LOG_JSON=1 prints one JSON line for each outcome, and nothing in front of it", async () => {
  const { server } = await startSynced({ env: { ERP_LOG_JSON: "1" } });
  const lines = server
    .log()
    .split("\n")
    .filter((line) => line.includes("run succeeded"));
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({ level: "info", message: "run succeeded", stream: "aswan_bom" });
});
