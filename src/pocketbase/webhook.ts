import { isFirstCall, judgeCall, type WebhookVerdict } from "../operate/webhook";
import { WEBHOOK_SECRET } from "../settings/alerts-check";
import type { Engine } from "../sync/engine";
import { coerceError, UnknownStream } from "../sync/errors";
import { run } from "../sync/run";
import { readSettings } from "../sync/settings";
import { liveEngine } from "./engine";
import { onceOnly } from "./routes";

type Answer = (status: number, body: unknown) => void;

/** `POST /api/erp/webhook/{stream}`: a signed call starts a run. Closed as long as there is no secret to sign with. */
export function onWebhook(e: core.RequestEvent): void {
  const answer = onceOnly(e);
  const engine = liveEngine();
  const verdict = judge(e, engine);
  if (!verdict.ok) {
    answer(verdict.status, { error: verdict.error });
    return;
  }
  const stream = e.request?.pathValue("stream") ?? "";
  try {
    readSettings(engine.store, stream);
    if (isFirstCall(engine, verdict.signature)) start(engine, stream, e.realIP(), answer);
    else answer(409, { error: "this call came before; sign each call anew, with a body of its own" });
  } catch (error) {
    const known = error instanceof UnknownStream;
    if (!known) engine.log.error("a webhook call could not start a run", { stream, error: coerceError(error) });
    answer(known ? 404 : 500, { error: known ? `there is no stream "${stream}"` : coerceError(error) });
  }
}

function judge(e: core.RequestEvent, engine: Engine): WebhookVerdict | { ok: false; status: number; error: string } {
  const secret = engine.getenv(WEBHOOK_SECRET);
  if (secret === "") {
    engine.log.warn(`a webhook call was refused: ${WEBHOOK_SECRET} is not set`, {});
    return { ok: false, status: 404, error: `webhooks are not served: ${WEBHOOK_SECRET} is not set` };
  }
  const body = bodyOf(e);
  if (body === null) return { ok: false, status: 413, error: "the body is larger than 64 KB" };
  const header = (name: string): string => e.request?.header.get(name) ?? "";
  const call = { timestamp: header("X-ERP-Timestamp"), signature: header("X-ERP-Signature"), body };
  const { equal, hs256: hmacSha256 } = $security;
  return judgeCall(call, { secret, now: engine.clock(), hmacSha256, equal });
}

/** Answers as soon as it is known what becomes of the call, and works on. */
function start(engine: Engine, stream: string, by: string, answer: Answer): void {
  const result = run(engine, {
    stream,
    trigger: "webhook",
    by,
    force: false,
    allowEmpty: false,
    onWait: (id) => answer(202, { run: id, status: "waiting" }),
    onBegin: (id) => answer(202, { run: id, status: "running" }),
  });
  if (result.kind === "paused") answer(202, { status: "paused" });
  if (result.kind === "skipped") answer(202, { run: result.runId, status: "skipped", rerun: true });
}

/** null when it is larger than the route allows; what is declared as too large does not even come here. */
function bodyOf(e: core.RequestEvent): string | null {
  try {
    return readerToString(e.request?.body);
  } catch {
    return null;
  }
}
