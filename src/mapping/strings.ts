/** Layer 2, strings (002): control characters out, one kind of line end, outer white space cut. */

// Tab and line feed stay: without them words would run together.
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is what this is for
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;
const LINE_END = /\r\n?/g;

/** Printable ASCII without outer spaces: the common case, which needs no cleaning at all. */
export const ALREADY_CLEAN = /^[!-~](?:[ -~]*[!-~])?$/;

/**
 * The text without control characters, with `\n` line ends and, unless `trim` is false, without outer white space.
 * Doing it twice changes nothing more. (Half surrogate pairs are no matter: PocketBase's JSON.parse reads them as U+FFFD.)
 */
export function cleanText(text: string, trim = true): string {
  if (ALREADY_CLEAN.test(text)) return text;
  const clean = text.replace(LINE_END, "\n").replace(CONTROL, "");
  return trim ? clean.trim() : clean;
}
