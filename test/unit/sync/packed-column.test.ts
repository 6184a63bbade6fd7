import { expect, it } from "vitest";
import { PackedColumn } from "../../../src/sync/packed-column";

it("gives each text back by its place, in full and in open chunks", () => {
  const column = new PackedColumn();
  const texts = Array.from({ length: 2500 }, (_, at) => (at % 7 === 0 ? "" : `text é ${at}`));
  for (const text of texts) column.add(text);
  expect(texts.map((_, at) => column.at(at))).toEqual(texts);
});

it("gives texts back while more are added", () => {
  const column = new PackedColumn();
  for (let at = 0; at < 1001; at++) {
    column.add(String(at));
    expect([column.at(0), column.at(at)]).toEqual(["0", String(at)]);
  }
});
