import { percentEncode } from "./encoding";

const HIDDEN = "***";
/** Where a text was cut, see quoteStart. */
const CUT = "…";
/** So many characters beside a cut tell a secret from a word by chance. */
const TELLING = 4;

/**
 * A function that takes these secrets out of a text, also where they are percent-encoded or quoted as JSON, and the
 * rest of one that was cut. Blank ones are left alone.
 */
export function redactor(secrets: readonly string[]): (text: string) => string {
  const forms = new Set<string>();
  for (const secret of secrets.filter((value) => value.trim() !== "")) {
    forms.add(secret);
    forms.add(secret.trim());
    forms.add(JSON.stringify(secret).slice(1, -1));
    forms.add(percentEncode(secret));
  }
  const longestFirst = [...forms].sort((a, b) => b.length - a.length);
  return (text) => {
    const shown = longestFirst.reduce((all, form) => all.split(form).join(HIDDEN), text);
    const parts = shown.split(CUT);
    const last = parts.length - 1;
    return parts
      .map((part, at) => (at < last ? withoutHead(part, longestFirst) : part))
      .map((part, at) => (at > 0 ? withoutTail(part, longestFirst) : part))
      .join(CUT);
  };
}

/** A text without the beginning of a secret that it ends with. */
function withoutHead(text: string, secrets: string[]): string {
  const cut = longestPart(secrets, (secret, length) => text.endsWith(secret.slice(0, length)));
  return cut === 0 ? text : text.slice(0, text.length - cut) + HIDDEN;
}

/** A text without the end of a secret that it begins with. */
function withoutTail(text: string, secrets: string[]): string {
  const cut = longestPart(secrets, (secret, length) => text.startsWith(secret.slice(-length)));
  return cut === 0 ? text : HIDDEN + text.slice(cut);
}

/** The length of the longest part of a secret that is there; 0 without one that tells. */
function longestPart(secrets: string[], isThere: (secret: string, length: number) => boolean): number {
  let longest = 0;
  for (const secret of secrets) {
    for (let length = secret.length; length >= TELLING && length > longest; length--) {
      if (isThere(secret, length)) longest = length;
    }
  }
  return longest;
}
