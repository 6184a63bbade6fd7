import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { archiveKey, formatArchive, parseArchive, withoutPagesTo } from "../../../src/archive/paths";

const AT = Date.parse("2026-01-02T03:04:05.678Z");
const key = (part: Partial<Parameters<typeof archiveKey>[0]>, taken: string[] = []) =>
  archiveKey({ prefix: "erp", stream: "aswan_bom", atMs: AT, files: 1, ...part }, (base) => taken.includes(base));

describe("archiveKey", () => {
  it.each([
    [{}, "erp/2026-01-02/aswan_bom_20260102_030405.json"],
    [{ prefix: "" }, "2026-01-02/aswan_bom_20260102_030405.json"],
    [{ prefix: "a/b" }, "a/b/2026-01-02/aswan_bom_20260102_030405.json"],
    [{ files: 12 }, "erp/2026-01-02/aswan_bom_20260102_030405.{1..12}.json"],
  ])("of %j is %s", (part, expected) => {
    expect(key(part)).toBe(expected);
  });

  it("counts on where a path is taken, with one file or with pages", () => {
    const base = "erp/2026-01-02/aswan_bom_20260102_030405";
    expect(key({}, [base])).toBe(`${base}_2.json`);
    expect(key({ files: 3 }, [base, `${base}_2`])).toBe(`${base}_3.{1..3}.json`);
  });
});

describe("parseArchive", () => {
  it("reads what formatArchive writes", () => {
    const place = fc.constantFrom({ kind: "local" } as const, { kind: "s3", bucket: "erp.answers-1" } as const);
    fc.assert(
      fc.property(
        place,
        fc.constantFrom("", "erp", "a.b/c-d"),
        fc.integer({ min: 1, max: 30 }),
        (where, prefix, files) => {
          const parsed = parseArchive(formatArchive(where, key({ prefix, files })));
          expect(parsed).toMatchObject({ place: where, first: 1 });
          expect(parsed?.keys).toHaveLength(files);
          expect(new Set(parsed?.keys).size).toBe(files);
        },
      ),
    );
  });

  it("tells the files of an answer in pages, and which are left", () => {
    const path = "s3://b1/erp/2026-01-02/x_20260102_030405.{1..3}.json";
    const file = (page: number) => `erp/2026-01-02/x_20260102_030405.${page}.json`;
    expect(parseArchive(path)?.keys).toEqual([file(1), file(2), file(3)]);
    expect(withoutPagesTo(path, 2)).toBe("s3://b1/erp/2026-01-02/x_20260102_030405.{3..3}.json");
    expect(parseArchive(withoutPagesTo(path, 2))).toMatchObject({ keys: [file(3)], first: 3 });
  });

  it.each([
    "",
    "local:",
    "local:../secret.json",
    "local:erp/../../data.json",
    "local:/etc/x.json",
    "local:erp//x.json",
    "local:erp/x.db",
    "s3:///erp/x.json",
    "s3://../erp/x.json",
    "ftp://b/erp/x.json",
    "erp/x.json",
  ])("knows nothing of %j", (path) => {
    expect(parseArchive(path)).toBeNull();
  });
});
