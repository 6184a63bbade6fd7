import type { Hash } from "./ports";

/**
 * What the texts of a row are like, told by its JSON as a whole. "clean": printable ASCII without outer spaces and
 * without `\`, so that no single text needs to be looked at. "bare": clean, and none has a character that keys escape.
 * A row that only may be otherwise (it has an escape, or spaces around its colons) is "odd".
 */
export type RowTexts = "odd" | "clean" | "bare";

/** Judges one row's JSON after the other; `isAscii`: it is known to be ASCII. */
export function rowTextsReader(hash: Pick<Hash, "byteLength">): (text: string, isAscii: boolean) => RowTexts {
  return (text, isAscii) => {
    if (text.indexOf("\\") >= 0 || text.indexOf('" ') >= 0 || text.indexOf(' "') >= 0) return "odd";
    if (text.indexOf("\x7f") >= 0 || !(isAscii || hash.byteLength(text) === text.length)) return "odd";
    return text.indexOf("|") < 0 && text.indexOf("#") < 0 ? "bare" : "clean";
  };
}
