const MINUTE_MS = 60_000;

/** Minutes until a message that could not be sent is tried again; after the last one it is given up. */
const WAITS = [1, 5, 15, 60, 180, 360, 720];

/** When a message whose attempt number `attempt` (from 1) failed is tried again, in ms; null: it is given up. */
export function nextDeliveryAt(now: number, attempt: number): number | null {
  const minutes = WAITS[attempt - 1];
  return minutes === undefined ? null : now + minutes * MINUTE_MS;
}
