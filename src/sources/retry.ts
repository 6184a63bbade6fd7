import type { TransportErrorKind } from "../sync/ports";
import { parseHttpDate } from "./http-date";

/** How one attempt to fetch ended, when it was not an answer of 2xx that came whole. */
export interface FetchOutcome {
  /** 0 or undefined: no answer. */
  status?: number;
  /** The header Retry-After as received: seconds or an HTTP date. */
  retryAfter?: string;
  /** What the answer says to a person (see excerpt), or how a cut one ends, in quotation marks, secrets taken out. */
  said?: string;
  /** Set when the transfer itself failed. */
  errorKind?: TransportErrorKind;
  /** The transport's own words, secrets taken out. */
  errorMessage?: string;
}

export interface Attempt {
  /** Counted from 1. */
  attempt: number;
  outcome: FetchOutcome;
  /** Seconds before attempt 2, 3, …; after the last one it is given up. */
  delays: readonly number[];
  /** ms since 1970. */
  now: number;
  /** The address asked, secrets taken out. */
  url: string;
}

/** `message` says what happened, and without another attempt also what to do. */
export type NextAttempt = { again: true; waitSeconds: number; message: string } | { again: false; message: string };

/** The longest wait that a Retry-After header can ask for. */
export const MAX_RETRY_AFTER_SECONDS = 900;
const DEFAULT_DELAYS: readonly number[] = [5, 15, 45];

/**
 * Decides what follows a failed attempt: timeouts, lost connections, cut answers, 408, 429 and 5xx are tried again after
 * `delays` (004: 5, 15, 45 s), and no sooner than Retry-After asks for; everything else ends the run.
 */
export function afterAttempt({ attempt, outcome, delays, now, url }: Attempt): NextAttempt {
  const what = `${shortUrl(url)} ${describe(outcome)}`;
  if (!isTransient(outcome)) return { again: false, message: `${what}: ${advice(outcome)}` };
  const delay = delays[attempt - 1];
  if (delay === undefined) {
    const tries = attempt === 1 ? "1 attempt" : `${attempt} attempts`;
    return { again: false, message: `${what}; given up after ${tries}: ${advice(outcome)}` };
  }
  const asked = Math.min(retryAfterSeconds(outcome.retryAfter ?? "", now), MAX_RETRY_AFTER_SECONDS);
  return { again: true, waitSeconds: Math.max(delay, asked), message: what };
}

/** Seconds that a Retry-After header asks to wait, 0 when it says nothing readable. `now` in ms. */
export function retryAfterSeconds(header: string, now: number): number {
  const text = header.trim();
  if (/^\d{1,9}$/.test(text)) return Number(text);
  const at = parseHttpDate(text, now);
  return at === null ? 0 : Math.max(0, Math.ceil((at - now) / 1000));
}

/** Reads ERP_FETCH_RETRY_SECONDS, such as "5,15,45"; that is also what blank means. Throws on anything else. */
export function parseDelays(text: string): number[] {
  if (text.trim() === "") return [...DEFAULT_DELAYS];
  const entries = text.split(",").map((entry) => entry.trim());
  const bad = entries.find((entry) => !/^\d{1,4}(\.\d{1,3})?$/.test(entry) || Number(entry) > 3600);
  if (bad !== undefined || entries.length > 10) {
    const shown = bad === undefined ? `${entries.length} entries` : JSON.stringify(bad);
    throw new Error(
      `ERP_FETCH_RETRY_SECONDS: ${shown} in "${text}" is not allowed (expected up to 10 waits in seconds, each 0 to 3600, such as 5,15,45)`,
    );
  }
  return entries.map(Number);
}

/** Another attempt would end in the same way. */
const LASTING: TransportErrorKind[] = ["tls", "too_large", "redirects"];

function isTransient({ status = 0, errorKind }: FetchOutcome): boolean {
  if (errorKind !== undefined) return !LASTING.includes(errorKind);
  return status === 0 || status === 408 || status === 429 || status >= 500;
}

const errorWords: Record<TransportErrorKind, string> = {
  timeout: "did not answer in time",
  connect: "did not take the connection",
  dns: "has a host name that could not be resolved",
  tls: "has a TLS certificate that is not trusted, or no usable TLS",
  cut: "broke off in the middle of the answer",
  too_large: "sent more than options.source.max_bytes",
  redirects: "leads from one address to the next without end",
  other: "could not be read",
};

function describe({ status = 0, said = "", errorKind, errorMessage = "" }: FetchOutcome): string {
  if (errorKind !== undefined) {
    const details = [errorMessage, said === "" ? "" : `it ends with ${said}`].filter((detail) => detail !== "");
    return errorWords[errorKind] + (details.length === 0 ? "" : ` (${details.join("; ")})`);
  }
  if (status === 0) return "gave no answer";
  return said === "" ? `answered ${status}` : `answered ${status} (${said})`;
}

const errorAdvice: Record<TransportErrorKind, string> = {
  timeout: "check that the ERP is up, or raise options.source.timeout_seconds",
  connect: "check that the ERP is up, that source_url names the right port and that no firewall is in between",
  dns: "check the host in source_url and the name service of this machine",
  tls: "give the ERP's certificate authority as SSL_CERT_FILE or options.source.cacert, or have the certificate renewed",
  cut: "check the ERP's log; nothing of a half answer was taken",
  too_large: "check what the ERP sends, or raise options.source.max_bytes; nothing was taken",
  redirects: "check source_url, and options.source.auth: a login page is often behind it",
  other: "check the connection to the ERP",
};

const statusAdvice: Record<number, string> = {
  206: "the ERP says that this is only a part of its rows, and nothing was taken: ask it for all of them, or set options.source.paging",
  304: "the ERP was asked whether its rows have changed, take If-None-Match and If-Modified-Since out of options.source.headers",
  400: "the ERP does not understand the request, check source_url, options.source.query and from_date",
  401: "check options.source.auth and the variable it names, such as ERP_TOKEN",
  403: "the account behind options.source.auth (such as ERP_TOKEN) may not read this, ask the ERP's administrator",
  404: "there is nothing at this address, check source_url",
  405: "this address does not allow GET, check source_url",
  406: "the ERP cannot answer with JSON here, check source_url and options.source.headers",
  407: "the proxy wants a password, check HTTP_PROXY and HTTPS_PROXY",
  408: "check that the ERP is up",
  410: "there is nothing at this address any more, check source_url",
  414: "the address is too long, check options.source.query",
  422: "the ERP refuses the values of the request, check options.source.query and from_date",
  429: "the ERP gets too many requests, let the stream run less often",
};

function advice({ status = 0, errorKind }: FetchOutcome): string {
  if (errorKind !== undefined) return errorAdvice[errorKind];
  if (status >= 300 && status < 400 && status !== 304) return "the ERP has moved, set source_url to the new address";
  if (status === 0 || status >= 500) return "check that the ERP is up and what its log says";
  return statusAdvice[status] ?? "the ERP refuses this request, check source_url and options.source";
}

/** Without the query, which may be long. */
function shortUrl(url: string): string {
  return url.split("?")[0] ?? "";
}
