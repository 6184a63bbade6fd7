import { parseArchive } from "../archive/paths";
import { resolveFromDate } from "../settings/dates";
import type { Stream } from "../settings/stream";
import { buildRequest } from "../sources/request";
import type { FetchedAnswer } from "./answer";
import { inTime } from "./archive";
import { fromDbTime } from "./clock";
import type { Reading } from "./context";
import type { Engine } from "./engine";
import { coerceError, LeaseLost, RunFailure, Stopped } from "./errors";
import { standingText } from "./load-state";
import type { ArchivedAsk, Question } from "./question";

/** A run whose archived answer can be read again. */
interface ArchivedRun {
  id: string;
  path: string;
  error: string;
  /** Of what was asked; "" unless the answer was a complete snapshot. */
  scope: string;
  startedAt: string;
  type: string;
}

/**
 * The archived answer of an earlier run, as if the ERP had sent it now. It is a snapshot only if it was one, and nothing
 * newer has been stored; an older one must be asked for, and then only adds and changes rows.
 */
export function archivedAnswer(run: Reading, ask: ArchivedAsk, { standing }: Question): FetchedAnswer {
  const { engine, stream } = run;
  const archived = findArchived(engine, stream, ask);
  const { scopeText, redact } = buildRequest(stream, engine);
  const isSameQuestion = archived.scope === engine.hash.md5(scopeText);
  const complete = archived.scope !== "" && isSameQuestion && newerThan(engine, stream, archived) === "";
  if (archived.scope !== "" && !isSameQuestion) {
    const note = `the stream asks for something else than run ${archived.id} did, so nothing is deleted`;
    run.notes.push({ full: note, plain: note });
  }
  run.recordTransfer({ replay_of: archived.id, sync_type: archived.type });
  const files = bring(run, archived);
  run.recordTransfer({ bytes: files.reduce((sum, file) => sum + run.spool.size(file), 0) });
  return {
    files,
    contentType: "",
    complete,
    begins: true,
    paged: files.length > 1 || stream.options.source.paging.kind !== "none",
    fromDate: resolveFromDate(stream.fromDate, fromDbTime(archived.startedAt)),
    scopeHash: complete ? archived.scope : "",
    maxRecords: 0,
    fingerprints: null,
    // The next fetch asks again for what this answer may have been the first to bring.
    highest: null,
    standing: () => standingText(standing),
    redact,
  };
}

/** The run whose answer is asked for. Throws RunFailure with a sentence when it cannot, or must not, be read again. */
export function findArchived(engine: Engine, stream: Stream, { runId, older }: ArchivedAsk): ArchivedRun {
  const run = engine.store.one(
    `SELECT id AS id, archive_path AS path, archive_error AS error, scope_hash AS scope, started_at AS startedAt,
            sync_type AS type FROM sync_runs WHERE id = {:runId} AND stream = {:stream}`,
    { runId, stream: stream.name },
    { id: "", path: "", error: "", scope: "", startedAt: "", type: "" },
  );
  if (!run) throw refusal(`stream "${stream.name}" has no run "${runId}"; erp runs ${stream.name} lists them`);
  if (run.path === "") throw refusal(`run ${runId} has no archived answer`);
  if ((parseArchive(run.path)?.first ?? 1) > 1) throw refusal(`the archived answer of run ${runId} is being deleted`);
  if (run.error !== "") throw refusal(`the answer of run ${runId} was not archived: ${run.error}`);
  const newer = older ? "" : newerThan(engine, stream, run);
  if (newer === "") return run;
  throw refusal(
    `run ${newer} stored a newer answer than that of run ${runId}; to add and change rows by the older one all the same, deleting none, add --older`,
  );
}

/** The newest run that asked the ERP later and whose answer was stored, by itself or by a replay, or "". */
function newerThan(engine: Engine, stream: Stream, { startedAt }: Pick<ArchivedRun, "startedAt">): string {
  const row = engine.store.one(
    `SELECT id AS id FROM sync_runs
      WHERE stream = {:stream} AND started_at > {:startedAt} AND replay_of = ''
        AND (ingested_at <> '' OR EXISTS (SELECT 1 FROM sync_runs r
              WHERE r.stream = {:stream} AND r.replay_of = sync_runs.id AND r.ingested_at <> ''))
      ORDER BY started_at DESC LIMIT 1`,
    { stream: stream.name, startedAt },
    { id: "" },
  );
  return row?.id ?? "";
}

/** Archive → spool. */
function bring(run: Reading, { id, path }: ArchivedRun): string[] {
  const archived = parseArchive(path);
  if (!archived) throw refusal(`archive_path of run ${id} is "${path}", which no run has written`);
  try {
    const archive = run.engine.archive(archived.place);
    run.spool.create();
    return archived.keys.map((key, at) => {
      const file = `page-${at + 1}.json`;
      inTime(run, archive, (call) => archive.get(key, run.spool.dir, file, call));
      run.engine.progress("archive", at + 1, archived.keys.length);
      return file;
    });
  } catch (error) {
    if (error instanceof Stopped || error instanceof LeaseLost) throw error;
    throw refusal(`the archived answer ${path} could not be read: ${coerceError(error)}`);
  }
}

function refusal(sentence: string): RunFailure {
  return new RunFailure(sentence, "archive");
}
