import type { HttpAnswer, HttpRequest, Spool, Transport, TransportErrorKind } from "../sync/ports";
import { writeCurl } from "./old-spools";

const POLL_MS = 25;
/** How long after its own max-time curl may still be there. */
const GRACE_SECONDS = 20;
const HEADERS = "headers.txt";
const REPORT = "curl.json";

/** curl's own exit codes, as far as they say something we act on. */
const EXIT_KINDS: Record<number, TransportErrorKind> = {
  5: "dns",
  6: "dns",
  7: "connect",
  18: "cut",
  28: "timeout",
  35: "tls",
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

/** True when this machine has curl. */
export function hasCurl(): boolean {
  try {
    $os.cmd("curl", "--version").output();
    return true;
  } catch {
    return false;
  }
}

function fetchWithCurl(request: HttpRequest, spool: Spool, file: string, watch: (bytes: number) => void): HttpAnswer {
  spool.create();
  writeConfig(spool, request, file);
  const root = $os.openRoot(spool.dir);
  const stdin = root.open("curl.conf");
  const stdout = root.create(REPORT);
  const stderr = root.create("curl.err");
  root.create(file).close();
  // -q: no .curlrc. The config comes in on stdin, so that no secret is in the process list.
  const command = $os.cmd("curl", "-q", "-K", "-");
  command.stdin = stdin;
  command.stdout = stdout;
  command.stderr = stderr;
  command.dir = spool.dir;
  try {
    command.start();
    writeCurl(spool.dir, command.process?.pid ?? 0);
    const bound = (bytes: number) => {
      watch(bytes);
      if (bytes > request.maxBytes) throw new TooLarge(bytes);
    };
    waitFor(command, spool, file, bound, Date.now() + (request.timeoutSeconds + GRACE_SECONDS) * 1000);
    bound(spool.size(file));
  } catch (error) {
    if (error instanceof TooLarge) return tooLarge(error.bytes);
    throw error;
  } finally {
    for (const open of [stdin, stdout, stderr, root]) open.close();
    $os.remove(`${spool.dir}/curl.conf`);
  }
  return readReport(spool, file);
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

/** curl writes its report when it ends, so a report that is there means that it has ended. */
function waitFor(command: exec.Cmd, spool: Spool, file: string, watch: (bytes: number) => void, until: number): void {
  try {
    while (spool.size(REPORT) === 0 && !isZombie(command)) {
      if (Date.now() > until) throw new Error("curl did not end in time");
      watch(spool.size(file));
      sleep(POLL_MS);
    }
  } catch (error) {
    command.process?.kill();
    quietly(() => command.wait());
    throw error;
  }
  // A transfer that failed is an exit code, and that is in the report.
  quietly(() => command.wait());
}

/** A child that was killed writes no report; on Linux it is seen as a zombie until wait(). */
function isZombie(command: exec.Cmd): boolean {
  try {
    const stat = toString($os.readFile(`/proc/${command.process?.pid}/stat`));
    return stat.slice(stat.lastIndexOf(")") + 2).startsWith("Z");
  } catch {
    return false;
  }
}

function writeConfig(spool: Spool, request: HttpRequest, file: string): void {
  const lines = [
    `url = ${quoted(request.url)}`,
    `output = ${quoted(`${spool.dir}/${file}`)}`,
    `dump-header = ${quoted(`${spool.dir}/${HEADERS}`)}`,
    'proto = "=http,https"',
    'proto-redir = "=http,https"',
    "compressed",
    "globoff",
    "silent",
    `max-time = ${request.timeoutSeconds}`,
    `connect-timeout = ${request.connectTimeoutSeconds}`,
    `max-filesize = ${request.maxBytes}`,
    'write-out = "%{json}"',
  ];
  if (request.followRedirects) lines.push("location", "max-redirs = 5");
  if (request.cacert !== "") lines.push(`cacert = ${quoted(request.cacert)}`);
  for (const name of Object.keys(request.headers))
    lines.push(`header = ${quoted(`${name}: ${request.headers[name]}`)}`);
  const config = spool.writer("curl.conf");
  config.write(`${lines.join("\n")}\n`);
  config.close();
}

/** A value in curl's config syntax. */
function quoted(value: string): string {
  return `"${value.replace(/\\/g, "\\\\").replace(/"/g, '\\"').replace(/\r/g, "\\r").replace(/\n/g, "\\n")}"`;
}

interface Report {
  http_code: number;
  exitcode: number;
  errormsg: string | null;
  time_starttransfer: number;
}

function readReport(spool: Spool, file: string): HttpAnswer {
  const bytes = spool.size(file);
  const text = readAll(spool, REPORT);
  if (text === "") {
    const message = `curl ended without a report: ${readAll(spool, "curl.err").slice(0, 300) || "no message"}`;
    return {
      status: 0,
      bytes,
      contentType: "",
      retryAfter: "",
      link: "",
      latencyMs: 0,
      error: { kind: "other", message },
    };
  }
  const report = JSON.parse(text) as Report;
  const headers = lastHeaders(readAll(spool, HEADERS));
  const answer: HttpAnswer = {
    status: report.http_code,
    bytes,
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

function readAll(spool: Spool, file: string): string {
  if (spool.size(file) === 0) return "";
  const read = spool.reader(file);
  let text = "";
  for (let piece = read(); piece !== ""; piece = read()) text += piece;
  return text;
}

function quietly(work: () => void): void {
  try {
    work();
  } catch {
    // Said elsewhere: see the callers.
  }
}
