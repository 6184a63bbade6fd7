import { percentEncode } from "./encoding";

const HIDDEN = "***";

/**
 * A function that takes these secrets out of a text, also where they are percent-encoded or quoted as JSON.
 * Blank ones are left alone.
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
  return (text) => longestFirst.reduce((shown, form) => shown.split(form).join(HIDDEN), text);
}
