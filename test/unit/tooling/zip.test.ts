import { strFromU8, strToU8, zipSync } from "fflate";
import { expect, test } from "vitest";
import { readZipEntry } from "../../../scripts/setup/zip.mjs";

const text = "PocketBase ".repeat(1000);

test.each([
  ["compressed", 9],
  ["stored", 0],
] as const)("takes a %s file out of an archive", (_, level) => {
  const files = { "first.txt": strToU8("one"), "bin/pocketbase": strToU8(text), "last.txt": strToU8("two") };
  const archive = Buffer.from(zipSync(files, { level, comment: "with a comment" }));
  expect(strFromU8(readZipEntry(archive, (name) => name === "bin/pocketbase"))).toBe(text);
});

test("says what an archive holds when the wanted file is not in it", () => {
  const archive = Buffer.from(zipSync({ "a.txt": strToU8("a"), "b.txt": strToU8("b") }));
  expect(() => readZipEntry(archive, () => false)).toThrow("the archive holds a.txt, b.txt, but no PocketBase binary");
});

test("refuses what is no zip file", () => {
  expect(() => readZipEntry(Buffer.from("<html>"), () => true)).toThrow("the archive is not a zip file");
});
