import type { Stream } from "../settings/stream";
import { fromDbTime, toDbTime } from "../sync/clock";
import type { Engine } from "../sync/engine";
import { coerceError, UnknownStream } from "../sync/errors";
import { readSettings } from "../sync/settings";
import { alertChannels, type Channel } from "./channels";
import { RUN_FINISHED } from "./kinds";
import { nextDeliveryAt } from "./retry";
import { type DueMessage, send } from "./send";
import { messageArrived } from "./store";

/** So long are messages sent in one minute, in ms; what is left is due in the next. */
const DELIVER_MS = 40_000;

const COLUMNS = `id, stream, kind, due, text, advice, run, opened_at AS opened, closed_at AS closed, end_text AS endText,
  told, attempts`;
const EXAMPLE = {
  id: "",
  stream: "",
  kind: "",
  due: "",
  text: "",
  advice: "",
  run: "",
  opened: "",
  closed: "",
  endText: "",
  told: "",
  attempts: 0,
};

/**
 * Sends what is due. A message is claimed before it is sent and marked after it: killed in between, it is sent again
 * when its next attempt is due (at least once, never silently lost). Returns how many arrived everywhere.
 */
export function deliverDue(engine: Engine): number {
  const until = engine.clock() + DELIVER_MS;
  let arrived = 0;
  while (!engine.signals.stopping() && engine.clock() < until) {
    const message = claimOne(engine);
    if (!message) break;
    if (deliver(engine, message)) arrived++;
  }
  return arrived;
}

/** The claim is the next attempt's time, which nobody else looks at before. */
function claimOne(engine: Engine): DueMessage | null {
  const now = engine.clock();
  const next = engine.store.one(
    "SELECT id AS id, attempts AS attempts FROM sync_alerts WHERE due <> '' AND next_attempt_at <= {:now} ORDER BY next_attempt_at LIMIT 1",
    { now: toDbTime(now) },
    { id: "", attempts: 0 },
  );
  if (!next) return null;
  const later = nextDeliveryAt(now, next.attempts + 1) ?? now + 60_000;
  const [row] = engine.store.returning(
    `UPDATE sync_alerts SET attempts = attempts + 1, next_attempt_at = {:later}
      WHERE id = {:id} AND attempts = {:attempts} AND due <> '' AND next_attempt_at <= {:now} RETURNING ${COLUMNS}`,
    { id: next.id, attempts: next.attempts, now: toDbTime(now), later: toDbTime(later) },
    EXAMPLE,
  );
  // Somebody else was faster; the next look finds what is left.
  return row ? messageOfRow(row) : null;
}

function messageOfRow(row: typeof EXAMPLE): DueMessage {
  return {
    id: row.id,
    attempts: row.attempts,
    told: row.told === "" ? [] : (row.told.split(",") as Channel[]),
    stream: row.stream,
    kind: row.kind,
    due: row.due === "closed" ? "closed" : "opened",
    text: row.text,
    advice: row.advice,
    run: row.run,
    openedAt: fromDbTime(row.opened),
    closedAt: fromDbTime(row.closed),
    endText: row.endText,
  };
}

function deliver(engine: Engine, message: DueMessage): boolean {
  const problems: string[] = [];
  try {
    const stream = readSettings(engine.store, message.stream);
    for (const channel of channelsOf(engine, stream, message)) {
      if (message.told.includes(channel)) continue;
      const problem = sendSafely(engine, stream, channel, message);
      if (problem !== "") problems.push(`${channel}: ${problem}`);
      else markTold(engine, message, channel);
    }
  } catch (error) {
    // A stream that was deleted has nobody to tell any more.
    if (!(error instanceof UnknownStream)) problems.push(coerceError(error));
  }
  if (problems.length > 0) return retryLater(engine, message, problems.join("; "));
  settle(engine, message);
  return true;
}

function channelsOf(engine: Engine, stream: Stream, { kind }: DueMessage): Channel[] {
  return kind === RUN_FINISHED ? ["post"] : alertChannels(stream, engine.getenv);
}

function sendSafely(engine: Engine, stream: Stream, channel: Channel, message: DueMessage): string {
  try {
    send(engine, stream, channel, message);
    return "";
  } catch (error) {
    return coerceError(error);
  }
}

function markTold(engine: Engine, message: DueMessage, channel: Channel): void {
  message.told.push(channel);
  engine.store.run("UPDATE sync_alerts SET told = {:told} WHERE id = {:id} AND due = {:due}", {
    id: message.id,
    due: message.due,
    told: message.told.join(","),
  });
}

/** The record of an alert stays; that of a POST is only there until it has arrived. */
function settle({ store, clock }: Engine, { id, kind, closedAt }: DueMessage): void {
  if (kind === RUN_FINISHED) store.run("DELETE FROM sync_alerts WHERE id = {:id}", { id });
  else messageArrived(store, id, closedAt > 0, clock());
}

function retryLater(engine: Engine, { id, due, attempts, stream, kind }: DueMessage, problem: string): boolean {
  const gaveUp = nextDeliveryAt(0, attempts) === null;
  engine.store.run(
    `UPDATE sync_alerts SET delivery_error = {:problem}${gaveUp ? ", due = ''" : ""} WHERE id = {:id} AND due = {:due}`,
    { id, due, problem: problem.slice(0, 5000) },
  );
  const fields = { stream, kind, attempt: attempts, error: problem };
  if (gaveUp) engine.log.error("a message was given up: nobody was told", fields);
  else engine.log.warn("a message could not be sent; it is tried again", fields);
  return false;
}
