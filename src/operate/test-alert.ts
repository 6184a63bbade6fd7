import { ALERT_WEBHOOK, alertChannels } from "../alerts/channels";
import { sendWords } from "../alerts/send";
import { timeText } from "../alerts/words";
import type { Engine } from "../sync/engine";
import { coerceError } from "../sync/errors";
import { readSettings } from "../sync/settings";
import type { ActionInput, ActionResult } from "./action";

/** `erp test-alert`: sends a message now, over each channel of the stream, so that somebody sees it arrive. */
export function testAlert(engine: Engine, { stream: name, by }: ActionInput): ActionResult {
  const stream = readSettings(engine.store, name);
  const channels = alertChannels(stream, engine.getenv);
  if (channels.length === 0) {
    const message = `${name} tells nobody: set ${ALERT_WEBHOOK}, options.alerts.webhook or options.alerts.email`;
    return { ok: false, data: { error: message }, lines: [message] };
  }
  const place = engine.courier.place();
  const subject = `[${place.app}] ${name}: TEST`;
  const text = `${subject}\nThis is how alerts of ${name} arrive. Nothing is wrong.\nSent by ${by} at ${timeText(engine.clock())}.\n${place.url}/erp`;
  const sent = channels.map((channel) => ({
    channel,
    error: problemOf(() => sendWords(engine, stream, channel, { subject, text })),
  }));
  const ok = sent.every(({ error }) => error === "");
  return {
    ok,
    data: { ok, sent },
    lines: sent.map(({ channel, error }) => `${name}: ${channel} ${error === "" ? "took it" : `failed: ${error}`}`),
  };
}

function problemOf(send: () => void): string {
  try {
    send();
    return "";
  } catch (error) {
    return coerceError(error);
  }
}
