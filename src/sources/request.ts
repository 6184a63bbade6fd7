import { resolveFromDate } from "../settings/dates";
import { type GetEnv, type Reference, referenceValue, replaceReferences, resolve } from "../settings/environment";
import { headerProblem } from "../settings/header-text";
import { looksSecret } from "../settings/secrets";
import { resolveSourceUrl } from "../settings/source-url";
import type { Stream } from "../settings/stream";
import type { Engine } from "../sync/engine";
import { RunFailure } from "../sync/errors";
import type { HttpRequest } from "../sync/ports";
import { base64, percentEncode } from "./encoding";
import { redactor } from "./redact";

export { hostOf } from "../settings/url";

/** What is sent to the ERP, and what the run has to know about it. */
export interface SourceRequest extends HttpRequest {
  /**
   * What was asked for, without secrets of auth: two snapshots may be compared when it is equal. For hashing only:
   * references that do not look like secrets are resolved in it.
   */
  scopeText: string;
  /** Takes every secret of this request out of a message. */
  redact(text: string): string;
}

/** What differs for one run. */
export interface RequestOverrides {
  /** Takes the place of the stream's from_date. */
  fromDate?: string;
  /** The value of options.source.incremental.param; "": not sent. */
  since?: string;
  /** Makes an HS256 token; without it, as for a look at the address, jwt_hs256 sends none. */
  signJwt?: SignJwt;
}

/** Where references are resolved, and what day it is. */
export type RequestPorts = Pick<Engine, "getenv" | "clock">;

/** Signs claims with HS256, valid for so many seconds from now. */
export type SignJwt = (claims: Record<string, string | number | boolean>, secret: string, seconds: number) => string;

/**
 * The request of a stream, its references resolved.
 * Throws RunFailure with a sentence when a setting cannot be used now; no message holds a secret.
 */
export function buildRequest(stream: Stream, ports: RequestPorts, overrides: RequestOverrides = {}): SourceRequest {
  try {
    return build(stream, ports, overrides);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new RunFailure(`stream "${stream.name}": ${reason}`, "settings");
  }
}

function build(stream: Stream, { getenv, clock }: RequestPorts, overrides: RequestOverrides): SourceRequest {
  const { fromDate = stream.fromDate, since = "" } = overrides;
  const { source } = stream.options;
  if (fromDate !== "" && source.from_date_param === "") {
    throw new Error(
      `from_date "${fromDate}" would be sent nowhere: set options.source.from_date_param to the name of the ERP's query parameter`,
    );
  }
  const secrets: string[] = [];
  return {
    url: sourceUrl(stream, getenv, timeParameters(source, resolveFromDate(fromDate, clock()), since), secrets),
    method: "GET",
    headers: requestHeaders(source, getenv, secrets, overrides.signJwt),
    timeoutSeconds: source.timeout_seconds,
    connectTimeoutSeconds: source.connect_timeout_seconds,
    cacert: resolve(source.cacert, getenv),
    maxBytes: source.max_bytes,
    followRedirects: mayFollow(source, getenv),
    scopeText: scopeText(stream, getenv, fromDate),
    redact: redactor(secrets),
  };
}

/** A redirect may lead to another host: a header with a secret must not go there, and some are not allowed at all. */
function mayFollow({ auth, headers }: Stream["options"]["source"], getenv: GetEnv): boolean {
  if (getenv("ERP_ALLOWED_HOSTS").trim() !== "") return false;
  return auth.kind !== "header" && !Object.keys(headers).some(looksSecret);
}

/** from_date and the cursor; where both have one name, the cursor is the later of the two. */
function timeParameters(source: Stream["options"]["source"], fromDate: string, since: string): [string, string][] {
  const { from_date_param, incremental } = source;
  const times: [string, string][] = [];
  if (fromDate !== "" && (since === "" || incremental.param !== from_date_param)) {
    times.push([from_date_param, fromDate]);
  }
  if (since !== "") times.push([incremental.param, since]);
  return times;
}

function sourceUrl(stream: Stream, getenv: GetEnv, times: [string, string][], secrets: string[]): string {
  const { source } = stream.options;
  collectSecrets(stream.sourceUrl, "", getenv, secrets);
  const added = Object.entries(source.query).map(([name, value]): [string, string] => {
    collectSecrets(`${value}`, name, getenv, secrets);
    return [name, resolve(`${value}`, getenv)];
  });
  return appendQuery(encodeStray(resolveSourceUrl(stream.sourceUrl, getenv)), added.concat(times));
}

/** Appends percent-encoded query parameters to a URL; the query it has is kept as it is. */
export function appendQuery(url: string, parameters: ReadonlyArray<readonly [string, string]>): string {
  const query = parameters.map(([name, value]) => `${percentEncode(name)}=${percentEncode(value)}`).join("&");
  if (query === "") return url;
  const at = url.indexOf("?");
  if (at < 0) return `${url}?${query}`;
  return at === url.length - 1 || url.endsWith("&") ? url + query : `${url}&${query}`;
}

/** Percent-encodes what may not stand in a URL, such as letters beyond ASCII, and leaves the rest alone. */
function encodeStray(url: string): string {
  return url.replace(/[^\x21-\x7e]+|["<>\\^`{|}]/g, percentEncode);
}

function requestHeaders(
  source: Stream["options"]["source"],
  getenv: GetEnv,
  secrets: string[],
  signJwt?: SignJwt,
): Record<string, string> {
  const headers: Record<string, string> = { Accept: "application/json" };
  const set = (name: string, value: string, path: string) => {
    const problem = headerProblem(value);
    if (problem !== "") throw new Error(`options.source.${path}: ${problem}`);
    const same = Object.keys(headers).find((known) => known.toLowerCase() === name.toLowerCase());
    if (same !== undefined) delete headers[same];
    headers[name] = value;
  };
  for (const [name, value] of Object.entries(source.headers)) {
    collectSecrets(value, name, getenv, secrets);
    set(name, resolve(value, getenv), `headers.${name}`);
  }
  const secret = (text: string) => keep(secrets, resolve(text, getenv));
  const { auth } = source;
  if (auth.kind === "bearer") set("Authorization", `Bearer ${secret(auth.token)}`, "auth.token");
  if (auth.kind === "header") set(auth.name, secret(auth.value), "auth.value");
  if (auth.kind === "basic") {
    const pair = base64(`${resolve(auth.username, getenv)}:${secret(auth.password)}`);
    set("Authorization", `Basic ${keep(secrets, pair)}`, "auth.password");
  }
  if (auth.kind === "jwt_hs256" && signJwt) {
    const key = secret(auth.secret);
    const token = signJwt(claimsOf(auth.claims, getenv), key, auth.ttl_seconds);
    set("Authorization", `Bearer ${keep(secrets, token)}`, "auth.secret");
  }
  return headers;
}

function claimsOf(claims: Record<string, string | number | boolean>, getenv: GetEnv) {
  const resolved: Record<string, string | number | boolean> = {};
  for (const [name, value] of Object.entries(claims)) {
    resolved[name] = typeof value === "string" ? resolve(value, getenv) : value;
  }
  return resolved;
}

function keep(secrets: string[], value: string): string {
  secrets.push(value);
  return value;
}

/** So long a value of the environment in a header or parameter may be a credential, whatever its name is. */
const SUSPICIOUS_LENGTH = 8;

/** Keeps the values of the environment that are secret, or may be: defaults stand in the settings for all to read. */
function collectSecrets(text: string, place: string, getenv: GetEnv, secrets: string[]): void {
  replaceReferences(text, (reference) => {
    const value = referenceValue(reference, getenv);
    const suspicious = place !== "" && value.length >= SUSPICIOUS_LENGTH;
    if (value !== reference.fallback && (suspicious || isSecret(reference, text, place))) {
      secrets.push(value, encodeStray(value));
    }
    return "";
  });
}

/** `place`: the parameter or header that the text is the value of; "" for a URL, whose query names its parameters. */
function isSecret(reference: Reference, text: string, place: string): boolean {
  const parameter = place || (/[?&]([^=&?]*)=[^&]*$/.exec(text.slice(0, reference.at))?.[1] ?? "");
  return looksSecret(reference.name) || looksSecret(parameter);
}

function scopeText(stream: Stream, getenv: GetEnv, fromDate: string): string {
  const { source } = stream.options;
  const shown = (text: string, place: string) =>
    looksSecret(place)
      ? ""
      : replaceReferences(text, (r) => (isSecret(r, text, place) ? r.text : referenceValue(r, getenv)));
  const sorted = (map: Record<string, string | number | boolean>) =>
    Object.keys(map)
      .sort()
      .map((name) => [name, shown(`${map[name]}`, name)]);
  return JSON.stringify({
    url: shown(stream.sourceUrl, ""),
    query: sorted(source.query),
    headers: sorted(source.headers),
    rows_path: source.rows_path,
    from_date: [source.from_date_param, fromDate],
    group_fields: stream.groupFields,
    key_fields: stream.keyFields,
    target_collection: stream.targetCollection,
    ...(source.incremental.param !== "" && { cursor: [source.incremental.cursor_field, source.incremental.format] }),
    ...(source.paging.kind !== "none" && { paging: [source.paging.kind, source.paging.start] }),
  });
}
