import { coerceError } from "../sync/errors";
import type { HttpAnswer, HttpRequest, Spool, Transport, TransportErrorKind } from "../sync/ports";

/** A file mode is a Go number with methods in the types; a plain number is what the call takes. */
const OWNER_ONLY = 0o600 as unknown as os.FileMode;

/**
 * PocketBase's own client: works everywhere, but holds the whole answer in memory, cannot be stopped, and reports a cut
 * body as success; so Content-Length is compared here and the diff proves that the JSON is complete.
 */
export const httpTransport: Transport = { name: "http", cancellable: false, fetch: fetchWithSend };

function fetchWithSend(request: HttpRequest, spool: Spool, file: string, watch: (bytes: number) => void): HttpAnswer {
  watch(0);
  spool.create();
  const began = Date.now();
  const failed = { status: 0, bytes: 0, contentType: "", retryAfter: "", link: "", latencyMs: 0 };
  let response: ReturnType<typeof $http.send>;
  try {
    response = $http.send({
      url: request.url,
      method: request.method,
      headers: request.headers,
      timeout: request.timeoutSeconds,
    });
  } catch (error) {
    // Go puts the whole address in front, which the sentence around this has already.
    const message = coerceError(error).replace(/^\w+ "[^"]*": /, "");
    return { ...failed, error: { kind: kindOf(message), message } };
  }
  const elapsed = Date.now() - began;
  const bytes = response.body.length;
  if (bytes > request.maxBytes) {
    return { ...failed, bytes, error: { kind: "too_large", message: `the answer has ${bytes} bytes` } };
  }
  $os.writeFile(`${spool.dir}/${file}`, response.body, OWNER_ONLY);
  const header = (name: string) => response.headers[name]?.[0] ?? "";
  const answer: HttpAnswer = {
    status: response.statusCode,
    bytes,
    contentType: header("Content-Type"),
    retryAfter: header("Retry-After"),
    link: (response.headers.Link ?? []).join(", "),
    latencyMs: elapsed,
  };
  const promised = header("Content-Length");
  if (promised !== "" && Number(promised) !== bytes) {
    const kind = elapsed < request.timeoutSeconds * 1000 ? "cut" : "timeout";
    answer.error = { kind, message: `${bytes} of ${promised} bytes arrived` };
  }
  return answer;
}

/** Go's error texts, as far as they say something we act on. */
const KINDS: Array<[RegExp, TransportErrorKind]> = [
  [/x509|certificate|tls:/i, "tls"],
  [/no such host|lookup .* on|server misbehaving/i, "dns"],
  [/Client\.Timeout|deadline exceeded|timeout/i, "timeout"],
  [/connection refused|unreachable|no route/i, "connect"],
  [/EOF|reset by peer|broken pipe/i, "cut"],
  [/stopped after \d+ redirects/i, "redirects"],
];

function kindOf(message: string): TransportErrorKind {
  return KINDS.find(([pattern]) => pattern.test(message))?.[1] ?? "other";
}
