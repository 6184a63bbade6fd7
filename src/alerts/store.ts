import { toDbTime } from "../sync/clock";
import type { Engine } from "../sync/engine";
import type { Db, Store } from "../sync/ports";
import type { Condition } from "./conditions";
import { type Due, dueWhenArrived, dueWhenClosed, dueWhenOpened, dueWhenReopened, type Telling } from "./episodes";
import type { AlertKind } from "./kinds";

type On = Extract<Condition, { state: "on" }>;

/** When it is, and whether there is anybody to tell. */
interface Now {
  now: number;
  hasChannels: boolean;
}

/** So long is an open episode's last_seen_at left alone while nothing else about it changes, in ms. */
const SEEN_EVERY_MS = 600_000;

/** The kinds of which an episode of this stream is open. */
export function openKinds(db: Db, stream: string): Set<string> {
  const rows = db.all(
    "SELECT kind AS kind FROM sync_alerts WHERE stream = {:stream} AND closed_at = ''",
    { stream },
    { kind: "" },
  );
  return new Set(rows.map((row) => row.kind));
}

/** Opens an episode, inside a transaction. */
export function openEpisode(
  engine: Pick<Engine, "newId">,
  tx: Db,
  stream: string,
  kind: AlertKind,
  { value, since, run, text, advice }: On,
  { now, hasChannels }: Now,
): void {
  const before = newestEpisode(tx, stream, kind);
  const due = before ? dueWhenReopened(tellingOf(before)) : null;
  if (before && due !== null) {
    tx.run("UPDATE sync_alerts SET closed_at = '', end_text = '', due = {:due} WHERE id = {:id}", {
      id: before.id,
      due,
    });
    return;
  }
  const muted = before && before.muted > toDbTime(now) ? before.muted : "";
  tx.run(
    `INSERT INTO sync_alerts (id, stream, kind, text, advice, value, run, opened_at, last_seen_at, muted_until, due, next_attempt_at)
     VALUES ({:id}, {:stream}, {:kind}, {:text}, {:advice}, {:value}, {:run}, {:since}, {:now}, {:muted}, {:due}, {:now})`,
    {
      id: engine.newId(),
      stream,
      kind,
      text: text.slice(0, 20_000),
      advice,
      value,
      run,
      since: toDbTime(since),
      now: toDbTime(now),
      muted,
      due: dueWhenOpened({ hasChannels, muted: muted !== "" }),
    },
  );
}

/** Writes down how an open episode stands; nothing when nothing changed, as this is asked every minute. */
export function keepEpisode(
  db: Db,
  stream: string,
  kind: AlertKind,
  { value, run, text, advice }: On,
  now: number,
): void {
  db.run(
    `UPDATE sync_alerts SET value = {:value}, run = {:run}, text = {:text}, advice = {:advice}, last_seen_at = {:now}
      WHERE stream = {:stream} AND kind = {:kind} AND closed_at = ''
        AND (value <> {:value} OR text <> {:text} OR last_seen_at < {:before})`,
    {
      stream,
      kind,
      value,
      run,
      text: text.slice(0, 20_000),
      advice,
      now: toDbTime(now),
      before: toDbTime(now - SEEN_EVERY_MS),
    },
  );
}

/** Closes an episode, inside a transaction. */
export function closeEpisode(tx: Db, stream: string, kind: string, text: string, { now, hasChannels }: Now): void {
  const [open] = tx.returning(
    `UPDATE sync_alerts SET closed_at = {:now}, end_text = {:text}
      WHERE stream = {:stream} AND kind = {:kind} AND closed_at = '' RETURNING ${EPISODE_COLUMNS}`,
    { stream, kind, text: text.slice(0, 20_000), now: toDbTime(now) },
    EPISODE,
  );
  if (!open) return;
  const due = dueWhenClosed(tellingOf(open), { hasChannels, muted: open.muted > toDbTime(now) });
  // The same message keeps its waits: it may be on the way at this moment.
  if (due === open.due) return;
  tx.run("UPDATE sync_alerts SET due = {:due}, told = '', attempts = 0, next_attempt_at = {:now} WHERE id = {:id}", {
    id: open.id,
    due,
    now: toDbTime(now),
  });
}

/** An episode's message has arrived everywhere. */
export function messageArrived(store: Store, id: string, saidItIsOver: boolean, nowMs: number): void {
  store.transaction((tx) => {
    const now = toDbTime(nowMs);
    const [episode] = tx.returning(
      `UPDATE sync_alerts SET told = '', attempts = 0, next_attempt_at = {:now}, notified_at = {:now}, delivery_error = ''
        WHERE id = {:id} RETURNING ${EPISODE_COLUMNS}`,
      { id, now },
      EPISODE,
    );
    if (!episode) return;
    const due = dueWhenArrived(saidItIsOver, episode.closed !== "", episode.muted > now);
    tx.run("UPDATE sync_alerts SET due = {:due} WHERE id = {:id}", { id, due });
  });
}

const EPISODE = { id: "", due: "", told: "", notified: "", muted: "", closed: "" };
const EPISODE_COLUMNS = "id, due, told, notified_at AS notified, muted_until AS muted, closed_at AS closed";

function newestEpisode(db: Db, stream: string, kind: string): typeof EPISODE | undefined {
  return db.one(
    `SELECT ${EPISODE_COLUMNS} FROM sync_alerts WHERE stream = {:stream} AND kind = {:kind} ORDER BY opened_at DESC LIMIT 1`,
    { stream, kind },
    EPISODE,
  );
}

function tellingOf({ due, told, notified }: typeof EPISODE): Telling {
  return { due: due as Due, partly: told !== "", notified: notified !== "" };
}
