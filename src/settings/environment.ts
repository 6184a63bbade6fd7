/** Reads one variable of the process's environment; "" when it is not set. */
export type GetEnv = (name: string) => string;

/** One `${ERP_NAME}` or `${ERP_NAME:-default}` in a setting. */
export interface Reference {
  /** As written, for messages. */
  text: string;
  name: string;
  /** null when none is given. */
  fallback: string | null;
  /** Where it begins in the setting. */
  at: number;
}

/** A reference without a default to a variable that is not set. The message names the variable, never a value. */
export class MissingVariable extends Error {
  constructor(readonly variable: string) {
    super(
      `environment variable ${variable} is not set: set it in the environment PocketBase is started with ` +
        "(.env.example lists the variables) and restart PocketBase",
    );
    this.name = "MissingVariable";
  }
}

const inside = /^(ERP_[A-Z0-9_]+)(?::-([\s\S]*))?$/;

/**
 * Puts something in the place of every reference. Values put in are not searched for references again.
 * Throws when `${` begins anything but a reference to a variable whose name begins with ERP_.
 */
export function replaceReferences(text: string, replace: (reference: Reference) => string): string {
  let replaced = "";
  let at = 0;
  for (;;) {
    const start = text.indexOf("${", at);
    if (start < 0) return replaced + text.slice(at);
    const reference = readReference(text, start);
    replaced += text.slice(at, start) + replace(reference);
    at = start + reference.text.length;
  }
}

function readReference(text: string, start: number): Reference {
  const end = text.indexOf("}", start);
  if (end < 0) throw new Error(`"${text.slice(start)}" has no closing }: write \${ERP_NAME} or \${ERP_NAME:-default}`);
  const written = text.slice(start, end + 1);
  const match = inside.exec(written.slice(2, -1));
  const fallback = match?.[2] ?? null;
  if (!match?.[1] || fallback?.includes("${")) {
    throw new Error(
      `"${written}" is not a reference to the environment (expected \${ERP_NAME} or \${ERP_NAME:-default}, ` +
        "the name beginning with ERP_ and in capitals, the default plain text)",
    );
  }
  return { text: written, name: match[1], fallback, at: start };
}

/** The references in a text, in order. Throws like replaceReferences. */
export function references(text: string): Reference[] {
  const found: Reference[] = [];
  replaceReferences(text, (reference) => {
    found.push(reference);
    return "";
  });
  return found;
}

/** The value of one reference. A variable that is set to "" counts as not set. Throws MissingVariable. */
export function referenceValue(reference: Reference, getenv: GetEnv): string {
  const value = getenv(reference.name);
  if (value !== "") return value;
  if (reference.fallback === null) throw new MissingVariable(reference.name);
  return reference.fallback;
}

/**
 * The text with every `${ERP_NAME}` and `${ERP_NAME:-default}` replaced from the environment.
 * Throws MissingVariable, or an Error for anything else in `${…}`; no message holds a value.
 */
export function resolve(text: string, getenv: GetEnv): string {
  return replaceReferences(text, (reference) => referenceValue(reference, getenv));
}
