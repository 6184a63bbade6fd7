import { expect, it } from "vitest";
import { filesUnder, readPage, tableRows } from "./pages";

const page = readPage("docs/errors.md");
const rows = tableRows(page);

/** The code as one text, with strings that go on behind a plus put together. */
const code = filesUnder("src")
  .filter((path) => path.endsWith(".ts") && !path.startsWith("src/types/"))
  .map((path) => readPage(path).text)
  .join("\n")
  .replace(/["'`]\s*\+\s*["'`]/g, "")
  .replace(/\\(["'`$])/g, "$1");

/** Columns that hold sentences of the code, `…` standing for what changes. */
const SENTENCES = ["sentence", "what to do, as it says itself", "last_error, or in push_log"];

const sentences = rows.flatMap((row) =>
  SENTENCES.flatMap((column) => Array.from((row[column] ?? "").matchAll(/`([^`]+)`/g), (match) => match[1] ?? "")),
);

it("has only sentences that the code says", () => {
  expect(sentences.length).toBeGreaterThan(100);
  const parts = sentences.flatMap((sentence) => sentence.split("…").map((part) => part.trim()));
  const invented = parts.filter((part) => part.length > 3 && !code.includes(part));
  expect(invented, "docs/errors.md, to be corrected where the code's sentence has changed").toEqual([]);
});

/** What never comes as far as failed_records: a fault of a setting, and one that is told as unreadable_key. */
const ELSEWHERE = ["bad_limit", "not_a_key"];

it("explains every error_type of a row in quarantine", () => {
  const told = rows.map((row) => /^`([a-z_]+)`$/.exec(row.error_type ?? "")?.[1] ?? "").filter((type) => type !== "");
  const used = [
    ...code.matchAll(/new Refused\(\s*"([a-z_]+)"/g),
    ...code.matchAll(/\beach(?:Of|Matches)\([^"\n]*?"([a-z_]+)"/g),
    ...code.matchAll(/\btype: "([a-z]+_[a-z_]+)"/g),
  ].map((match) => match[1] ?? "");
  expect(used.length).toBeGreaterThan(15);
  expect(used.filter((type) => !told.includes(type) && !ELSEWHERE.includes(type))).toEqual([]);
  expect(told.filter((type) => !code.includes(`"${type}"`))).toEqual([]);
});
