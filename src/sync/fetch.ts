import { buildRequest } from "../sources/request";
import { afterAttempt, parseDelays } from "../sources/retry";
import type { RunContext } from "./context";
import type { Engine } from "./engine";
import { RunFailure } from "./errors";
import { renew } from "./lease";
import type { HttpAnswer, HttpRequest, Transport } from "./ports";
import { updateRun } from "./runs";

/** The answer on disk, whole as far as the transfer can tell; the diff proves that it is complete JSON. */
export interface FetchedAnswer {
  file: string;
  bytes: number;
  contentType: string;
  /** Tells whether two snapshots asked for the same thing. */
  scopeHash: string;
}

const FILE = "answer.json";
/** How long a transfer may outlive its own timeout before the lease ends. */
const MARGIN_SECONDS = 30;
/** How often the bytes so far are told to the run's record, in ms. */
const TELL_EVERY_MS = 2000;

/** ERP → spool: retried, cancellable, with a sentence when it cannot be done (design, "Fetch"). */
export function fetch(run: RunContext): FetchedAnswer {
  const { engine, stream } = run;
  const request = buildRequest(stream, engine.getenv);
  const transport = chooseTransport(engine, stream.options.source.transport);
  const delays = parseDelays(engine.getenv("ERP_FETCH_RETRY_SECONDS"));
  for (let attempt = 1; ; attempt++) {
    const answer = fetchOnce(run, transport, request);
    const outcome = {
      status: answer.status,
      retryAfter: answer.retryAfter,
      errorKind: answer.error?.kind,
      errorMessage: request.redact(answer.error?.message ?? ""),
    };
    if (answer.error === undefined && answer.status >= 200 && answer.status < 300) {
      tell(run, transport, answer);
      return {
        file: FILE,
        bytes: answer.bytes,
        contentType: answer.contentType,
        scopeHash: engine.hash.md5(request.scopeText),
      };
    }
    const next = afterAttempt({ attempt, outcome, delays, now: engine.clock(), url: request.redact(request.url) });
    if (!next.again) throw new RunFailure(next.message, "fetch");
    engine.log.warn("fetch attempt failed, trying again", {
      stream: stream.name,
      run: run.runId,
      attempt,
      reason: next.message,
      waitSeconds: next.waitSeconds,
    });
    engine.progress(`fetch: ${next.message}; trying again in ${next.waitSeconds} s`, 0, 0);
    waitFor(run, next.waitSeconds * 1000);
  }
}

function fetchOnce(run: RunContext, transport: Transport, request: HttpRequest): HttpAnswer {
  const { engine, lease } = run;
  run.checkpoint();
  if (!transport.cancellable) renew(engine, lease, request.timeoutSeconds + MARGIN_SECONDS);
  let told = engine.clock();
  const answer = transport.fetch(request, run.spool, FILE, (bytes) => {
    run.checkpoint();
    engine.progress("fetch", bytes, 0);
    if (engine.clock() - told < TELL_EVERY_MS) return;
    told = engine.clock();
    updateRun(engine.store, run.runId, { bytes });
  });
  renew(engine, lease);
  run.checkpoint();
  return answer;
}

function tell(run: RunContext, transport: Transport, answer: HttpAnswer): void {
  updateRun(run.engine.store, run.runId, {
    bytes: answer.bytes,
    latency_ms: Math.round(answer.latencyMs),
    transport: transport.name,
  });
}

/** Sleeps in slices, so that a stop, a pause or a lost lease is noticed. */
function waitFor(run: RunContext, ms: number): void {
  const until = run.engine.clock() + ms;
  while (run.engine.clock() < until) {
    run.checkpoint();
    run.engine.sleep(Math.min(200, Math.max(1, until - run.engine.clock())));
  }
}

function chooseTransport(engine: Engine, wanted: "auto" | "curl" | "http"): Transport {
  const found = engine.transports.find((transport) => wanted === "auto" || transport.name === wanted);
  if (found) return found;
  throw new RunFailure(
    `options.source.transport is "${wanted}", but there is no ${wanted} on this machine; install it or set "auto"`,
    "settings",
  );
}
