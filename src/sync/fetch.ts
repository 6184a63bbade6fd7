import type { Stream } from "../settings/stream";
import { quoteEnd } from "../sources/answer-error";
import { excerpt } from "../sources/excerpt";
import type { SourceRequest } from "../sources/request";
import { afterAttempt, type FetchOutcome, parseDelays } from "../sources/retry";
import type { Reading } from "./context";
import type { Engine } from "./engine";
import { RunFailure } from "./errors";
import type { HttpAnswer, HttpRequest, Spool, Transport } from "./ports";
import { logged, streamLog } from "./stage";

/** How long a transfer may outlive its own timeout before the lease ends. */
const MARGIN_SECONDS = 30;
/** How often the bytes so far are told to the run's record, in ms. */
const TELL_EVERY_MS = 2000;

/**
 * One answer of the ERP into a file of the spool: retried, cancellable, with a sentence when it cannot be done (design,
 * "Fetch"). `makeRequest` is asked before each attempt.
 */
export function fetchWhole(run: Reading, makeRequest: () => SourceRequest, file: string): HttpAnswer {
  const { engine, stream } = run;
  const transport = chooseTransport(engine, stream.options.source.transport);
  const delays = parseDelays(engine.getenv("ERP_FETCH_RETRY_SECONDS"));
  for (let attempt = 1; ; attempt++) {
    const request = makeRequest();
    const answer = fetchOnce(run, transport, request, file);
    tell(run, transport, answer);
    if (isWhole(answer, stream)) return answer;
    const outcome = outcomeOf(request, run.spool, file, answer);
    const told = { attempt, outcome, delays, now: engine.clock(), url: request.redact(request.url) };
    const next = afterAttempt(told);
    const plain = afterAttempt({ ...told, outcome: { ...outcome, said: "" } }).message;
    if (!next.again) throw new RunFailure(next.message, "fetch", plain);
    streamLog(run).warn("fetch attempt failed, trying again", {
      stream: stream.name,
      run: run.runId,
      attempt,
      reason: logged(run, { full: next.message, plain }),
      waitSeconds: next.waitSeconds,
    });
    engine.progress(`fetch: ${next.message}; trying again in ${next.waitSeconds} s`, 0, 0);
    waitFor(run, next.waitSeconds * 1000);
  }
}

/** Says of itself that it is a part; a page is one. */
const PARTIAL_CONTENT = 206;

/** True for an answer of 2xx that came to its end, as far as the transfer can tell. */
export function isWhole(answer: HttpAnswer, { options }: Pick<Stream, "options">): boolean {
  if (answer.status === PARTIAL_CONTENT && options.source.paging.kind === "none") return false;
  return answer.error === undefined && answer.status >= 200 && answer.status < 300;
}

/** How an attempt that brought no whole answer ended, for the sentence about it. */
export function outcomeOf(request: SourceRequest, spool: Spool, file: string, answer: HttpAnswer): FetchOutcome {
  return {
    status: answer.status,
    retryAfter: answer.retryAfter,
    said: request.redact(saidBy(answer, spool, file)),
    errorKind: answer.error?.kind,
    errorMessage: request.redact(answer.error?.message ?? ""),
  };
}

function saidBy({ error }: HttpAnswer, spool: Spool, file: string): string {
  if (error !== undefined) return error.end === undefined ? "" : quoteEnd(error.end);
  try {
    return excerpt(spool.reader(file)());
  } catch {
    // Not UTF-8: nothing a person could read.
    return "";
  }
}

function fetchOnce(run: Reading, transport: Transport, request: HttpRequest, file: string): HttpAnswer {
  const { engine } = run;
  run.checkpoint();
  if (!transport.cancellable) run.blocksFor(request.timeoutSeconds + MARGIN_SECONDS);
  let told = engine.clock();
  const answer = transport.fetch(request, run.spool, file, (bytes) => {
    run.checkpoint();
    engine.progress("fetch", bytes, 0);
    if (engine.clock() - told < TELL_EVERY_MS) return;
    told = engine.clock();
    run.recordTransfer({ bytes });
  });
  run.blocksFor(0);
  run.checkpoint();
  const end = isWhole(answer, run.stream) ? run.spool.earlyEnd(file) : "";
  if (end !== "") {
    // A connection that was closed in good order, or a read error that $http.send hides: only the text shows the cut.
    answer.error = { kind: "cut", message: `${answer.bytes} bytes arrived`, end };
  }
  return answer;
}

function tell(run: Reading, transport: Transport, answer: HttpAnswer): void {
  run.recordTransfer({
    bytes: answer.bytes,
    latency_ms: Math.round(answer.latencyMs),
    transport: transport.name,
  });
}

/** Sleeps in slices, so that a stop, a pause or a lost lease is noticed, and a clock that is set back makes it no longer. */
function waitFor(run: Reading, ms: number): void {
  for (let left = ms; left > 0; left -= 200) {
    run.checkpoint();
    run.engine.progress("waiting", 0, 0);
    run.engine.sleep(Math.min(200, left));
  }
}

/** The transport that options.source.transport names; throws a sentence when this machine has none. */
export function chooseTransport(engine: Engine, wanted: "auto" | "curl" | "http"): Transport {
  const found = engine.transports.find((transport) => wanted === "auto" || transport.name === wanted);
  if (found) return found;
  throw new RunFailure(
    `options.source.transport is "${wanted}", but there is no curl 7.75 or later on this machine; install it or set "auto"`,
    "settings",
  );
}
