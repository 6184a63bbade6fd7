import { percentEncode } from "./encoding";

const HIDDEN = "***";
/** Where a text was cut, see quoteStart. */
const CUT = "…";
/** So many characters before a cut tell a secret from a word by chance. */
const TELLING = 4;

/**
 * A function that takes these secrets out of a text, also where they are percent-encoded or quoted as JSON, and the
 * beginning of one that was cut off. Blank ones are left alone.
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
    return parts.map((part, at) => (at < parts.length - 1 ? withoutHead(part, longestFirst) : part)).join(CUT);
  };
}

/** A text without the part of a secret that it ends with. */
function withoutHead(text: string, secrets: string[]): string {
  let cut = 0;
  for (const secret of secrets) {
    for (let length = Math.min(secret.length, text.length); length >= TELLING && length > cut; length--) {
      if (text.endsWith(secret.slice(0, length))) cut = length;
    }
  }
  return cut === 0 ? text : text.slice(0, text.length - cut) + HIDDEN;
}
