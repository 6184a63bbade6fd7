import { isCurlNewEnough } from "../sources/curl-version";
import type { HttpAnswer, HttpRequest, Spool, Transport, TransportErrorKind } from "../sync/ports";
import { type CurlReport, option, readAll, runCurl } from "./curl-process";

const HEADERS = "headers.txt";

/** curl's own exit codes, as far as they say something we act on. */
const EXIT_KINDS: Record<number, TransportErrorKind> = {
  5: "dns",
  6: "dns",
  7: "connect",
  18: "cut",
  28: "timeout",
  35: "tls",
  47: "redirects",
  51: "tls",
  52: "cut",
  56: "cut",
  58: "tls",
  60: "tls",
  63: "too_large",
  77: "tls",
  92: "cut",
};

/** Streams the answer to the spool: flat memory, a proof of completeness, and it can be stopped. */
export const curlTransport: Transport = { name: "curl", cancellable: true, fetch: fetchWithCurl };

/** True when this machine has a curl that is new enough. */
export function hasCurl(): boolean {
  try {
    return isCurlNewEnough(toString($os.cmd("curl", "--version").output()));
  } catch {
    return false;
  }
}

function fetchWithCurl(request: HttpRequest, spool: Spool, file: string, watch: (bytes: number) => void): HttpAnswer {
  spool.create();
  const root = $os.openRoot(spool.dir);
  root.create(file).close();
  root.close();
  const bound = (): void => {
    const bytes = spool.size(file);
    watch(bytes);
    if (bytes > request.maxBytes) throw new TooLarge(bytes);
  };
  try {
    const report = runCurl(spool, configOf(spool, request, file), request.timeoutSeconds, bound);
    bound();
    return answerOf(report, spool, file);
  } catch (error) {
    if (error instanceof TooLarge) return tooLarge(error.bytes);
    throw error;
  }
}

/** curl's max-filesize knows only what Content-Length promises: not an answer without it, or a compressed one. */
class TooLarge extends Error {
  constructor(readonly bytes: number) {
    super(`the answer has over ${bytes} bytes`);
  }
}

function tooLarge(bytes: number): HttpAnswer {
  const error = { kind: "too_large" as const, message: `${bytes} bytes arrived` };
  return { status: 0, bytes, contentType: "", retryAfter: "", link: "", latencyMs: 0, error };
}

function configOf(spool: Spool, request: HttpRequest, file: string): string[] {
  const lines = [
    option("url", request.url),
    option("output", `${spool.dir}/${file}`),
    option("dump-header", `${spool.dir}/${HEADERS}`),
    "compressed",
    `connect-timeout = ${request.connectTimeoutSeconds}`,
    `max-filesize = ${request.maxBytes}`,
  ];
  if (request.followRedirects) lines.push("location", "max-redirs = 5");
  if (request.cacert !== "") lines.push(option("cacert", request.cacert));
  for (const name of Object.keys(request.headers)) lines.push(option("header", `${name}: ${request.headers[name]}`));
  return lines;
}

function answerOf(report: CurlReport, spool: Spool, file: string): HttpAnswer {
  const headers = lastHeaders(readAll(spool, HEADERS));
  const answer: HttpAnswer = {
    status: report.http_code,
    bytes: spool.size(file),
    contentType: headers["content-type"] ?? "",
    retryAfter: headers["retry-after"] ?? "",
    link: headers.link ?? "",
    latencyMs: report.time_starttransfer * 1000,
  };
  if (report.exitcode !== 0) {
    answer.error = {
      kind: EXIT_KINDS[report.exitcode] ?? "other",
      message: report.errormsg ?? `curl exit code ${report.exitcode}`,
    };
  }
  return answer;
}

/** The headers of the last answer of a chain of redirects, names in lower case. */
function lastHeaders(text: string): Record<string, string> {
  const blocks = text.split(/\r?\n\r?\n/).filter((block) => block.trim() !== "");
  const headers: Record<string, string> = {};
  for (const line of (blocks[blocks.length - 1] ?? "").split(/\r?\n/).slice(1)) {
    const colon = line.indexOf(":");
    if (colon <= 0) continue;
    const name = line.slice(0, colon).trim().toLowerCase();
    const value = line.slice(colon + 1).trim();
    headers[name] = name === "link" && headers.link ? `${headers.link}, ${value}` : value;
  }
  return headers;
}
