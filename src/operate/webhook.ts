import { toDbTime } from "../sync/clock";
import type { Engine } from "../sync/engine";

/** How far a call's timestamp may be from this server's clock, in ms. */
const TOLERANCE_MS = 300_000;
/** A call is taken from five minutes before its timestamp until five minutes after it. */
const REMEMBERED_MS = 2 * TOLERANCE_MS;

/** A call of somebody who wants a stream to run. */
export interface WebhookCall {
  /** The header X-ERP-Timestamp: seconds since 1970. */
  timestamp: string;
  /** The header X-ERP-Signature: `sha256=` and the HMAC-SHA256 of `timestamp.body`, in hex. */
  signature: string;
  body: string;
}

export interface WebhookPorts {
  /** ERP_WEBHOOK_SECRET */
  secret: string;
  /** ms */
  now: number;
  /** In hex. */
  hmacSha256(text: string, secret: string): string;
  /** Compares in a time that tells nothing of where two texts differ. */
  equal(a: string, b: string): boolean;
}

/** `signature` tells a call from every other one. */
export type WebhookVerdict = { ok: true; signature: string } | { ok: false; status: 400 | 401; error: string };

/**
 * Whether a call comes from somebody who has the secret, and now (000). Who does not have it learns nothing: every such
 * call has the same answer.
 */
export function judgeCall({ timestamp, signature, body }: WebhookCall, ports: WebhookPorts): WebhookVerdict {
  const { secret, now, hmacSha256, equal } = ports;
  const expected = hmacSha256(`${timestamp}.${body}`, secret);
  const given = /^sha256=([0-9a-f]{64})$/i.exec(signature)?.[1]?.toLowerCase() ?? "";
  if (!equal(given, expected)) {
    const error = 'not signed: expected the headers X-ERP-Timestamp and X-ERP-Signature, see docs/api.md, "Webhook"';
    return { ok: false, status: 401, error };
  }
  const seconds = /^\d{1,12}$/.test(timestamp) ? Number(timestamp) : Number.NaN;
  const away = Math.abs(now - seconds * 1000);
  if (!(away <= TOLERANCE_MS)) {
    const error = `X-ERP-Timestamp "${timestamp}" is not within 5 minutes of this server's clock (${Math.floor(now / 1000)}): set the clocks, and sign each call anew`;
    return { ok: false, status: 401, error };
  }
  if (/^\{\s*"event"\s*:\s*"run\.finished"/.test(body)) {
    const error = "this is the sync's own message about a run (options.alerts.on_finish); it starts no run";
    return { ok: false, status: 400, error };
  }
  return { ok: true, signature: expected };
}

/** Notes a call; false when it came before. In the database, so that every runtime and the next start know it. */
export function isFirstCall(engine: Engine, signature: string): boolean {
  const now = engine.clock();
  return engine.store.transaction((tx) => {
    tx.run("DELETE FROM webhook_calls WHERE received_at < {:before}", { before: toDbTime(now - REMEMBERED_MS) });
    const noted = tx.run(
      "INSERT OR IGNORE INTO webhook_calls (id, signature, received_at) VALUES ({:id}, {:signature}, {:now})",
      { id: engine.newId(), signature, now: toDbTime(now) },
    );
    return noted > 0;
  });
}
