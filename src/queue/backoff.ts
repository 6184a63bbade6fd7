import type { RetryPolicy } from "../settings/options";

/** No wait is longer, whatever the policy computes. */
const MAX_SECONDS = 86_400;
/** The part of a wait that jitter adds at most, so that jobs which failed together do not come back together. */
const JITTER_PART = 0.1;

/**
 * When a job that has just failed its attempt number `attempt` (from 1) is tried again, in ms; null: it is dead.
 * The default policy is 001's: 30 s, 2 min, 10 min, 30 min, 1 h, then dead. `now` in ms; `jitter` from 0 (the exact
 * wait) to 1 (a tenth longer).
 */
export function nextRetryAt(now: number, attempt: number, policy: RetryPolicy, jitter: number): number | null {
  if (attempt > policy.max_retries) return null;
  const seconds = Math.min(waitSeconds(Math.max(1, attempt), policy), MAX_SECONDS);
  return now + Math.round(seconds * 1000 * (1 + JITTER_PART * Math.min(1, Math.max(0, jitter))));
}

function waitSeconds(attempt: number, { strategy, base_seconds: base, delays_seconds: delays }: RetryPolicy): number {
  switch (strategy) {
    case "fixed":
      return base;
    case "linear":
      return base * attempt;
    case "exponential":
      return base * 2 ** (attempt - 1);
    case "custom":
      return delays[Math.min(attempt, delays.length) - 1] ?? base;
  }
}
