import { findRun } from "../operate/runs";
import { finishUrl, WEBHOOK_SECRET } from "../settings/alerts-check";
import type { Stream } from "../settings/stream";
import { hostOf } from "../settings/url";
import { redactor } from "../sources/redact";
import type { Engine } from "../sync/engine";
import { coerceError } from "../sync/errors";
import { type Channel, type WordChannel, webhookUrl } from "./channels";
import { type Episode, type Message, messageOf, webhookBody } from "./message";

/** PocketBase's client cannot be stopped, so it must not be waited for. */
const TIMEOUT_SECONDS = 5;
const JSON_TYPE = { "Content-Type": "application/json" };

/** A message that is being sent. */
export interface DueMessage extends Episode {
  id: string;
  /** With the one that is made now. */
  attempts: number;
  told: Channel[];
}

/** Sends a message over one channel. Throws why it did not arrive; no address and no secret is in that text. */
export function send(engine: Engine, stream: Stream, channel: Channel, message: DueMessage): void {
  if (channel === "post") postFinished(engine, stream, message);
  else sendWords(engine, stream, channel, messageOf(message, engine.courier.place()));
}

/** Sends words to the stream's webhook or addresses. */
export function sendWords(engine: Engine, stream: Stream, channel: WordChannel, words: Message): void {
  if (channel === "email") engine.courier.mail({ to: stream.options.alerts.email, ...words });
  else post(engine, webhookUrl(stream, engine.getenv), webhookBody(words), {});
}

/**
 * The POST at the end of a run: the run as `erp runs` shows it, signed with HMAC-SHA256 of `timestamp.body`. A run whose
 * record is gone has nothing to tell.
 */
function postFinished(engine: Engine, stream: Stream, message: DueMessage): void {
  const run = findRun(engine.store, message.run);
  const url = finishUrl(stream.options.alerts.on_finish, engine.getenv);
  if (!run || url === "") return;
  const body = JSON.stringify({ event: "run.finished", id: message.id, stream: stream.name, run });
  const timestamp = String(Math.floor(engine.clock() / 1000));
  const signature = engine.courier.hmacSha256(`${timestamp}.${body}`, engine.getenv(WEBHOOK_SECRET));
  post(engine, url, body, { "X-ERP-Timestamp": timestamp, "X-ERP-Signature": `sha256=${signature}` });
}

function post({ courier }: Engine, url: string, body: string, headers: Record<string, string>): void {
  const host = hostOf(url);
  if (host === "") throw new Error("its address is not a URL (expected https://host/path)");
  let status: number;
  try {
    status = courier.post({ url, body, headers: { ...JSON_TYPE, ...headers }, timeoutSeconds: TIMEOUT_SECONDS });
  } catch (error) {
    throw new Error(`${host} did not answer: ${redactor([url])(coerceError(error))}`);
  }
  if (status < 200 || status > 299) throw new Error(`${host} answered ${status}`);
}
