const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** Base64 of the text's UTF-8 bytes; goja has no btoa. */
export function base64(text: string): string {
  const bytes = utf8(text);
  let encoded = "";
  for (let at = 0; at < bytes.length; at += 3) {
    const [first = 0, second, third] = bytes.slice(at, at + 3);
    const bits = (first << 16) | ((second ?? 0) << 8) | (third ?? 0);
    encoded += `${alphabet[bits >> 18] ?? ""}${alphabet[(bits >> 12) & 63] ?? ""}`;
    encoded += second === undefined ? "=" : (alphabet[(bits >> 6) & 63] ?? "");
    encoded += third === undefined ? "=" : (alphabet[bits & 63] ?? "");
  }
  return encoded;
}

/** encodeURIComponent, with halves of characters (which it refuses) replaced by U+FFFD. */
export function percentEncode(text: string): string {
  return encodeURIComponent(Array.from(text, (character) => (isHalf(character) ? "\ufffd" : character)).join(""));
}

function isHalf(character: string): boolean {
  return character.length === 1 && character >= "\ud800" && character <= "\udfff";
}

/** The UTF-8 bytes of a text; goja has no TextEncoder. */
export function utf8(text: string): number[] {
  const bytes: number[] = [];
  const escaped = percentEncode(text);
  for (let at = 0; at < escaped.length; at++) {
    if (escaped[at] !== "%") {
      bytes.push(escaped.charCodeAt(at));
      continue;
    }
    bytes.push(Number.parseInt(escaped.slice(at + 1, at + 3), 16));
    at += 2;
  }
  return bytes;
}
