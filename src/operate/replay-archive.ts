import type { Stream } from "../settings/stream";
import { findArchived } from "../sync/archived";
import type { Engine } from "../sync/engine";
import { type ArchivedAsk, ASK_NOTHING_SPECIAL } from "../sync/question";
import { run } from "../sync/run";
import { type ActionFlag, type ActionInput, type ActionResult, BadOption } from "./action";
import { busy } from "./busy";
import { DRY_RUN_FLAGS, planOnly } from "./dry-run";
import { findRun, runLine } from "./runs";

export const REPLAY_ARCHIVE_FLAGS: ActionFlag[] = [
  {
    name: "from-archive",
    type: "text",
    default: "",
    help: "this run's archived answer, as if the ERP had sent it now",
  },
  {
    name: "older",
    type: "bool",
    default: false,
    help: "with --from-archive: although a newer answer is stored; adds and changes rows, deletes none",
  },
  ...DRY_RUN_FLAGS,
];

/** `erp replay --from-archive`: a run of its own, which reads an archived answer where others ask the ERP. */
export function replayArchive(engine: Engine, stream: Stream, input: ActionInput): ActionResult {
  const { flags, id, by, trigger } = input;
  if (id !== "" || flags.all === true || flags.failed === true) {
    throw new BadOption("--from-archive reads a whole answer: leave out the record, --all and --failed");
  }
  const archived: ArchivedAsk = { runId: String(flags["from-archive"]), older: flags.older === true };
  findArchived(engine, stream, archived);
  const ask = { ...ASK_NOTHING_SPECIAL, archived };
  if (flags["dry-run"] === true) {
    return planOnly(engine, input, ask, `erp replay ${stream.name} --from-archive ${archived.runId} --dry-run`);
  }
  const onBegin = (runId: string): void => input.began?.({ run: runId, status: "running" });
  const force = flags.force === true;
  const result = run(engine, { stream: stream.name, by, trigger, force, allowEmpty: false, ask, onBegin });
  if (result.kind === "paused") return paused(stream.name);
  if (result.kind === "skipped") return busy(stream.name);
  const record = findRun(engine.store, result.runId);
  const ok = result.status === "succeeded" || result.status === "partial";
  return { ok, data: record ?? { run: result.runId }, lines: record ? [runLine(record)] : [] };
}

export function paused(stream: string): ActionResult {
  const error = "the stream is paused; resume it, or replay with --force";
  const data = { stream, status: "paused", error };
  return { ok: false, data, lines: [`${stream}: ${error}`], refused: "paused" };
}
