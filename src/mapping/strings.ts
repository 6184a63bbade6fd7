/** Layer 2, strings (002): control characters out, one kind of line end, outer white space cut. */

// Tab and line feed stay: without them words would run together.
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is what this is for
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;
const LINE_END = /\r\n?/g;
const SURROGATE = /[\uD800-\uDFFF]/;

/** Printable ASCII without outer spaces: the common case, which needs no cleaning at all. */
export const ALREADY_CLEAN = /^[!-~](?:[ -~]*[!-~])?$/;

/**
 * The text without control characters, with `\n` line ends and, unless `trim` is false, without outer white space.
 * Half surrogate pairs become U+FFFD, as they would on their way into Go. Doing it twice changes nothing more.
 */
export function cleanText(text: string, trim = true): string {
  if (ALREADY_CLEAN.test(text)) return text;
  let clean = text.replace(LINE_END, "\n").replace(CONTROL, "");
  if (SURROGATE.test(clean)) clean = replaceHalfPairs(clean);
  return trim ? clean.trim() : clean;
}

/** True when the text holds half of a surrogate pair. */
export function hasHalfPair(text: string): boolean {
  return SURROGATE.test(text) && replaceHalfPairs(text) !== text;
}

function replaceHalfPairs(text: string): string {
  let out = "";
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0xd800 || unit > 0xdfff) {
      out += text.charAt(i);
      continue;
    }
    const next = text.charCodeAt(i + 1);
    if (unit <= 0xdbff && next >= 0xdc00 && next <= 0xdfff) {
      out += text.slice(i, i + 2);
      i++;
    } else {
      out += "\uFFFD";
    }
  }
  return out;
}
