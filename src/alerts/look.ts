import type { Stream } from "../settings/stream";
import type { Engine } from "../sync/engine";
import { coerceError } from "../sync/errors";
import type { Db, Store } from "../sync/ports";
import { readAllSettings, readSettings } from "../sync/settings";
import { logged, streamLog } from "../sync/stage";
import { hasChannels } from "./channels";
import { type Condition, conditionsOf } from "./conditions";
import { type Step, stepOf } from "./episodes";
import { type AlertKind, titleOf } from "./kinds";
import { readFacts } from "./read";
import { closeEpisode, keepEpisode, openEpisode, openKinds } from "./store";
import { queueSummary } from "./summary";

/** What becomes of one kind of alert. */
interface Change {
  kind: AlertKind;
  step: Step;
  condition: Condition;
}

/** Every minute: how does each stream stand? Nothing is sent from here. */
export function lookAtAll(engine: Engine): void {
  for (const stream of readAllSettings(engine)) {
    if (engine.signals.stopping()) return;
    lookSafely(engine, stream);
  }
  closeOrphans(engine.store, engine.clock());
}

/** After a run, or a trigger that was skipped: the same for one stream. Never throws: an alert fails no run. */
export function lookAt(engine: Engine, name: string): void {
  try {
    lookSafely(engine, readSettings(engine.store, name));
  } catch (error) {
    engine.log.error("the alerts of a stream could not be looked at", { stream: name, error: coerceError(error) });
  }
}

function lookSafely(engine: Engine, stream: Stream): void {
  try {
    look(engine, stream);
  } catch (error) {
    engine.log.error("the alerts of a stream could not be looked at", {
      stream: stream.name,
      error: coerceError(error),
    });
  }
}

/**
 * Most looks change nothing and write nothing. When an episode begins or ends, everything is read again under the write
 * lock: a run and the minute's look may come to it together, and each beginning and end must be told once.
 */
function look(engine: Engine, stream: Stream): void {
  const { store } = engine;
  const before = changesOf(store, stream, engine.clock());
  if (before.some(({ step }) => step === "open" || step === "close")) {
    const changes = store.transaction((tx) => {
      tx.run("UPDATE sync_alerts SET id = id WHERE id = ''", {});
      const now = engine.clock();
      const found = changesOf(tx, stream, now);
      for (const change of found) apply(engine, tx, stream, change, now);
      return found;
    });
    for (const change of changes) log(engine, stream, change);
  } else {
    for (const change of before) apply(engine, store, stream, change, engine.clock());
  }
  queueSummary(engine, stream);
}

function changesOf(db: Db, stream: Stream, now: number): Change[] {
  const open = openKinds(db, stream.name);
  return Array.from(conditionsOf(readFacts(db, stream, now), stream.options.alerts))
    .map(([kind, condition]) => ({ kind, condition, step: stepOf(open.has(kind), condition) }))
    .filter(({ step }) => step !== "nothing");
}

function apply(engine: Engine, db: Db, stream: Stream, { kind, step, condition }: Change, now: number): void {
  const then = { now, hasChannels: hasChannels(stream, engine.getenv) };
  if (condition.state === "on" && step === "open") {
    openEpisode(engine, db, stream.name, kind, condition, then);
  } else if (condition.state === "on") {
    keepEpisode(db, stream.name, kind, condition, now);
  } else if (condition.state === "off") {
    closeEpisode(db, stream.name, kind, condition.text, then);
  }
}

/** What an alert quotes of the ERP's rows stands in sync_alerts, and in the log only where that is allowed. */
function log(engine: Engine, stream: Stream, { kind, step, condition }: Change): void {
  const where = { stream: stream.name, kind };
  if (condition.state === "on" && step === "open") {
    const { text, advice, value, run } = condition;
    const told = logged({ stream }, { full: text, plain: titleOf(kind) });
    streamLog({ engine, stream }).warn(`alert ${kind}`, { ...where, value, run, text: told, advice });
  } else if (condition.state === "off") {
    streamLog({ engine, stream }).info(`alert ${kind} is over`, { ...where, text: condition.text });
  }
}

/** Episodes of streams that were deleted are over, and nobody is told. */
function closeOrphans(store: Store, now: number): void {
  const orphans = store.all(
    `SELECT stream AS stream, kind AS kind FROM sync_alerts
      WHERE closed_at = '' AND stream NOT IN (SELECT name FROM sync_settings)`,
    {},
    { stream: "", kind: "" },
  );
  const text = "the stream was deleted from sync_settings";
  for (const { stream, kind } of orphans) {
    store.transaction((tx) => closeEpisode(tx, stream, kind, text, { now, hasChannels: false }));
  }
}
