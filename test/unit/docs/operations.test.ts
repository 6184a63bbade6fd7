import { expect, it } from "vitest";
import { filesUnder, readPage, tableRows } from "./pages";

const page = readPage("docs/operations.md");

it("has a row for every alert of deploy/prometheus-alerts.yml, and for no other", () => {
  const rules = Array.from(
    readPage("deploy/prometheus-alerts.yml").text.matchAll(/- alert: (\w+)/g),
    ([, name]) => name,
  );
  const told = tableRows(page).flatMap(({ alert = "" }) => Array.from(alert.matchAll(/`(\w+)`/g), ([, name]) => name));
  expect(rules.length).toBeGreaterThan(8);
  expect(told.sort()).toEqual(rules.sort());
});

it("names every file of deploy", () => {
  const files = filesUnder("deploy").map((path) => `](../${path})`);
  expect(files.length).toBeGreaterThan(4);
  expect(files.filter((link) => !page.text.includes(link))).toEqual([]);
});

it("quotes only sentences that docs/errors.md explains or the code says", () => {
  const known =
    readPage("docs/errors.md").text +
    filesUnder("src")
      .filter((path) => path.endsWith(".ts"))
      .map((path) => readPage(path).text)
      .join("\n");
  const seen = tableRows(page).flatMap(({ "what you see": cell = "" }) =>
    Array.from(cell.matchAll(/`([^`]+)`/g), ([, text = ""]) => text),
  );
  const sentences = seen.filter((text) => text.includes(" ") && !text.startsWith("erp ") && !/^answered \d/.test(text));
  expect(sentences.length).toBeGreaterThan(8);
  const parts = sentences.flatMap((text) => text.split("…").map((part) => part.trim()));
  expect(parts.filter((part) => part.length > 3 && !known.includes(part))).toEqual([]);
});

it("starts PocketBase in its service as the README says", () => {
  const { text } = readPage("deploy/pocketbase.service");
  expect(text).toMatch(/^Environment=TZ=UTC$/m);
  expect(text).toMatch(/^ExecStart=\S+ serve .*--hooksWatch=false/m);
  // Its absence is what keeps a command and the server from taking each other for dead.
  expect(text).not.toMatch(/^ProtectProc=|^PrivatePIDs=/m);
});
