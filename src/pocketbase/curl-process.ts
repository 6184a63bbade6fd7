import type { Spool } from "../sync/ports";
import { writeCurl } from "./old-spools";

/** A look at curl: soon after the start, so that a small answer need not wait, then every 25 ms. */
const FIRST_POLL_MS = 2;
const POLL_MS = 25;
/** How long after its own max-time curl may still be there. */
const GRACE_SECONDS = 20;
const CONFIG = "curl.conf";
const REPORT = "curl.json";
const ERRORS = "curl.err";
/** No exit code of curl's: it left no report. */
const NO_REPORT = -1;

/** What curl says of a transfer. */
export interface CurlReport {
  http_code: number;
  exitcode: number;
  errormsg: string | null;
  /** Seconds until the first byte. */
  time_starttransfer: number;
}

/** A line of curl's config: `option("url", "https://…")`. */
export function option(name: string, value: string): string {
  const text = value.replace(/\\/g, "\\\\").replace(/"/g, '\\"').replace(/\r/g, "\\r").replace(/\n/g, "\\n");
  return `${name} = "${text}"`;
}

/**
 * Runs curl as a child. Its config comes in on stdin, so that no secret is in the process list, and only http and https
 * are spoken. `watch` is called all the time; what it throws ends the transfer.
 * @param folder where curl's own files go
 * @param seconds max-time
 */
export function runCurl(folder: Spool, config: string[], seconds: number, watch: () => void): CurlReport {
  writeConfig(folder, config, seconds);
  const root = $os.openRoot(folder.dir);
  const stdin = root.open(CONFIG);
  const stdout = root.create(REPORT);
  const stderr = root.create(ERRORS);
  // -q: no .curlrc.
  const command = $os.cmd("curl", "-q", "-K", "-");
  command.stdin = stdin;
  command.stdout = stdout;
  command.stderr = stderr;
  try {
    command.start();
    writeCurl(folder.dir, command.process?.pid ?? 0);
    waitFor(command, folder, watch, Date.now() + (seconds + GRACE_SECONDS) * 1000);
  } finally {
    for (const open of [stdin, stdout, stderr, root]) open.close();
    $os.remove(`${folder.dir}/${CONFIG}`);
  }
  return readReport(folder);
}

function writeConfig(folder: Spool, config: string[], seconds: number): void {
  const lines = [
    ...config,
    'proto = "=http,https"',
    'proto-redir = "=http,https"',
    "globoff",
    "silent",
    `max-time = ${seconds}`,
    'write-out = "%{json}"',
  ];
  const file = folder.writer(CONFIG);
  file.write(`${lines.join("\n")}\n`);
  file.close();
}

/** curl writes its report when it ends, so a report that is there means that it has ended. */
function waitFor(command: exec.Cmd, folder: Spool, watch: () => void, until: number): void {
  try {
    for (let pause = FIRST_POLL_MS; folder.size(REPORT) === 0 && !isZombie(command); pause *= 2) {
      if (Date.now() > until) throw new Error("curl did not end in time");
      watch();
      sleep(Math.min(pause, POLL_MS));
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

function readReport(folder: Spool): CurlReport {
  const text = readAll(folder, REPORT);
  if (text !== "") return JSON.parse(text) as CurlReport;
  const errormsg = `curl ended without a report: ${readAll(folder, ERRORS).slice(0, 300) || "no message"}`;
  return { http_code: 0, exitcode: NO_REPORT, errormsg, time_starttransfer: 0 };
}

/** A small file as text; "" when it is not there. */
export function readAll(folder: Spool, file: string): string {
  if (folder.size(file) === 0) return "";
  const read = folder.reader(file);
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
