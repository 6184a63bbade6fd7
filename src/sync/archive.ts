import { archiveKey, formatArchive, type Place, parseArchive } from "../archive/paths";
import { s3Config } from "../archive/s3";
import type { GetEnv } from "../settings/environment";
import type { Stream } from "../settings/stream";
import type { FetchedAnswer } from "./answer";
import type { Reading, RunContext } from "./context";
import { coerceError, LeaseLost, RunFailure, Stopped } from "./errors";
import type { ArchiveCall, ArchiveStore } from "./ports";
import { updateRun } from "./runs";
import { stage } from "./stage";

/** How long a call that cannot be stopped may outlive its own time before the lease ends. */
const MARGIN_SECONDS = 30;

/**
 * Keeps the answer as it came, before anything is compared (004). Where that cannot be done, the run says so in
 * `archive_error` and goes on, or fails with options.archive.required. The path is written down first: whatever a kill
 * leaves behind is found, and deleted in its time.
 */
export function archiveAnswer(run: RunContext, answer: FetchedAnswer): void {
  const { to, required } = run.stream.options.archive;
  if (to === "none" || run.ask.archived) return;
  try {
    stage(
      run,
      "archive",
      () => store(run, answer),
      () => ({ files: answer.files.length }),
    );
  } catch (error) {
    if (error instanceof Stopped || error instanceof LeaseLost) throw error;
    const reason = coerceError(error);
    updateRun(run.engine.store, run.runId, { archive_error: reason.slice(0, 2000) });
    if (!required) return;
    throw new RunFailure(
      `the answer could not be archived, and options.archive.required is on: ${reason}; nothing was changed`,
      "archive",
    );
  }
}

function store(run: RunContext, answer: FetchedAnswer): void {
  const { engine, stream, spool, startedAt, runId } = run;
  const place = placeOf(stream, engine.getenv);
  const archive = engine.archive(place);
  const wanted = {
    prefix: stream.options.archive.prefix,
    stream: stream.name,
    atMs: startedAt,
    files: answer.files.length,
  };
  const key = archiveKey(wanted, (base) => isTaken(run, formatArchive(place, base)));
  const path = formatArchive(place, key);
  updateRun(engine.store, runId, { archive_path: path, scope_hash: answer.scopeHash });
  const keys = parseArchive(path)?.keys ?? [];
  answer.files.forEach((file, at) => {
    inTime(run, archive, (call) => archive.put(`${spool.dir}/${file}`, keys[at] as string, call));
    engine.progress("archive", at + 1, answer.files.length);
  });
}

function placeOf({ options }: Stream, getenv: GetEnv): Place {
  return options.archive.to === "local" ? { kind: "local" } : { kind: "s3", bucket: s3Config(getenv).bucket };
}

/** Two runs of a stream may begin within one second. */
function isTaken({ engine, stream }: RunContext, base: string): boolean {
  const row = engine.store.one(
    `SELECT count(*) AS n FROM sync_runs
      WHERE stream = {:stream} AND archive_path != '' AND substr(archive_path, 1, {:length}) = {:base}`,
    { stream: stream.name, base: `${base}.`, length: base.length + 1 },
    { n: 0 },
  );
  return (row?.n ?? 0) > 0;
}

/** One call to an archive, with the lease renewed for as long as it may take (design, promise 2). */
export function inTime(run: Reading, archive: ArchiveStore, use: (call: ArchiveCall) => void): void {
  const seconds = run.stream.options.archive.timeout_seconds;
  run.checkpoint();
  if (!archive.cancellable) run.blocksFor(seconds + MARGIN_SECONDS);
  use({ seconds, watch: run.checkpoint });
  run.blocksFor(0);
}
