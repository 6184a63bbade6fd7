import type { Hash } from "./ports";

/** Many texts as one parameter of a statement. */
export interface PackedTexts {
  packed: string;
  /** Where each text begins, from 1, and how long it is, in bytes. */
  starts: number[];
  lengths: number[];
}

/**
 * Packs texts for `unpacked`. Row texts are JSON themselves: inside a JSON parameter every quotation mark would be
 * escaped and unescaped again, which takes longer than storing the row.
 */
export function packTexts(hash: Pick<Hash, "byteLength">, texts: string[]): PackedTexts {
  const packed = texts.join("");
  const isAscii = hash.byteLength(packed) === packed.length;
  const starts: number[] = [];
  const lengths: number[] = [];
  let start = 1;
  for (const text of texts) {
    const length = isAscii ? text.length : hash.byteLength(text);
    starts.push(start);
    lengths.push(length);
    start += length;
  }
  return { packed, starts, lengths };
}

/** The SQL expression of one text; `start` and `length` are expressions too. As bytes, for which the place is found at once. */
export function unpacked(packed: string, start: string, length: string): string {
  return `CAST(substr(CAST(${packed} AS BLOB), ${start}, ${length}) AS TEXT)`;
}
