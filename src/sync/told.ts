import { coerceError, RunFailure } from "./errors";

/** A sentence, and the same one without the ERP's own words, for a log that must hold no row values. */
export interface Told {
  full: string;
  plain: string;
}

/** A sentence of our own: it holds nothing of a row. */
export function plainly(sentence: string): Told {
  return { full: sentence, plain: sentence };
}

export function toldOf(error: unknown): Told {
  const full = coerceError(error);
  return { full, plain: error instanceof RunFailure ? error.plain : full };
}
