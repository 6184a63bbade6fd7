/** Milliseconds between two looks. */
const PAUSE_MS = 40;
/** Only what hangs takes longer, however busy the machine. */
const PATIENCE_MS = 60_000;

type Truthy<T> = Exclude<T, false | null | undefined | 0 | "">;

/**
 * Asks until the answer is neither false, null, undefined, 0 nor "", and gives that answer. After `timeoutMs` it fails
 * and tells what it waited for and what it saw last. Errors of `look` count as "not yet".
 */
export async function waitFor<T>(
  look: () => T | Promise<T>,
  what: string,
  timeoutMs = PATIENCE_MS,
): Promise<Truthy<T>> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    let seen: string;
    try {
      const value = await look();
      if (value) return value as Truthy<T>;
      seen = `last seen: ${JSON.stringify(value)}`;
    } catch (error) {
      seen = `last error: ${error instanceof Error ? error.message : String(error)}`;
    }
    if (Date.now() >= end) throw new Error(`waited ${timeoutMs} ms for ${what}; ${seen}`);
    await pause(PAUSE_MS);
  }
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
