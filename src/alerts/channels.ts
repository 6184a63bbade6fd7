import { type GetEnv, resolve } from "../settings/environment";
import type { Stream } from "../settings/stream";

/** The variable with the webhook of all streams that name none. */
export const ALERT_WEBHOOK = "ERP_ALERT_WEBHOOK_URL";

/** Where words go. */
export type WordChannel = "webhook" | "email";
/** Where a message goes. `post` is the signed POST at the end of a run. */
export type Channel = WordChannel | "post";

/** The channels that a stream's alerts go to; none: they only stand in sync_alerts. */
export function alertChannels({ options }: Stream, getenv: GetEnv): WordChannel[] {
  const { webhook, email } = options.alerts;
  const channels: WordChannel[] = webhook !== "" || getenv(ALERT_WEBHOOK) !== "" ? ["webhook"] : [];
  return email.length > 0 ? [...channels, "email"] : channels;
}

export function hasChannels(stream: Stream, getenv: GetEnv): boolean {
  return alertChannels(stream, getenv).length > 0;
}

/** The webhook's address. Throws MissingVariable when the stream names a variable that is not set. */
export function webhookUrl({ options }: Stream, getenv: GetEnv): string {
  const { webhook } = options.alerts;
  return webhook === "" ? getenv(ALERT_WEBHOOK) : resolve(webhook, getenv);
}
