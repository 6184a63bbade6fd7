import { baseOf, withOrdinal } from "../diff/keys";
import { enqueueRows } from "../queue/enqueue";
import { requeueDead } from "../queue/retry";
import { toDbTime } from "./clock";
import { fingerprinter } from "./fingerprint";
import type { Work } from "./heal";
import { fence } from "./lease";
import { streamMapper } from "./mapper";
import { type MendedRow, NotMended, readMended } from "./mend";
import type { Db, Row } from "./ports";
import { resolveRows } from "./quarantine";
import { giveTargetIds, insertsOf, type RawWrite, updatesOf } from "./raw";
import { ROW_TO_MAP, ROW_TO_MAP_COLUMNS, remapRows } from "./remap";

const AT_ONCE = 200;

/** An open record of the quarantine. */
interface Failed extends Row {
  id: string;
  /** "" when the row never got a raw row. */
  rawRow: string;
  fingerprint: string;
  text: string;
  message: string;
  seenAt: string;
}

const EXAMPLE: Failed = { id: "", rawRow: "", fingerprint: "", text: "", message: "", seenAt: "" };

export interface FailedReplay {
  /** Records that were looked at. */
  rows: number;
  /** Rows that can go to the target now. */
  mended: number;
  /** The first rows that still cannot, each with the sentence that says why. */
  still: { id: string; error: string }[];
}

/** So many sentences are kept; more are only counted. */
const MOST_SENTENCES = 20;

/**
 * Takes rows out of quarantine that can go on now, one of them or all that are open: a raw row is mapped again, a row
 * that never got one gets it from raw_data as somebody mended it. Pushing is the drain's.
 * @param only a record's id, also of an ignored one; "" for all that nobody ignored
 */
export function replayFailed(work: Work, only: string): FailedReplay {
  const done: FailedReplay = { rows: 0, mended: 0, still: [] };
  const mapper = streamMapper(work.engine, work.stream);
  for (let after = ""; ; ) {
    const page = openRecords(work, only, after);
    const last = page[page.length - 1];
    if (!last) return done;
    after = last.id;
    for (const record of page) {
      work.checkpoint();
      done.rows++;
      const error = record.rawRow === "" ? replayKeyless(work, record) : replayRaw(work, mapper, record);
      if (error === "") done.mended++;
      else if (done.still.length < MOST_SENTENCES) done.still.push({ id: record.id, error });
      work.engine.progress("replay", done.rows, 0);
    }
    if (only !== "") return done;
  }
}

function openRecords({ engine, stream }: Work, only: string, after: string): Failed[] {
  const which = only === "" ? "ignored_at = '' AND id > {:after}" : "id = {:only}";
  const rows = engine.store.all(
    `SELECT id AS id, raw_row AS rawRow, fingerprint AS fingerprint, COALESCE(raw_data, '') AS text, error_message AS message,
            last_seen_at AS seenAt
       FROM failed_records WHERE stream = {:stream} AND resolved_at = '' AND ${which} ORDER BY id LIMIT {:limit}`,
    { stream: stream.name, limit: AT_ONCE, ...(only === "" ? { after } : { only }) },
    EXAMPLE,
  );
  return rows.map((row) => ({ ...row }));
}

/** Returns why the raw row still cannot be mapped, or "". */
function replayRaw(work: Work, mapper: ReturnType<typeof streamMapper>, record: Failed): string {
  const row = work.engine.store.one(
    `SELECT ${ROW_TO_MAP_COLUMNS} FROM erp_raw_data WHERE id = {:id}`,
    { id: record.rawRow },
    ROW_TO_MAP,
  );
  if (!row) return "its raw row is gone; the next run brings it again if the ERP still sends it";
  const { invalid } = remapRows(work, mapper, [{ ...row }], "all");
  return invalid === 0 ? "" : messageNow(work.engine.store, record);
}

function messageNow(db: Db, { id, message }: Failed): string {
  const row = db.one("SELECT error_message AS text FROM failed_records WHERE id = {:id}", { id }, { text: "" });
  return row?.text || message;
}

/** Returns why the row still cannot be stored, or "". */
function replayKeyless(work: Work, record: Failed): string {
  try {
    const mended = readMended(work.engine, work.stream, record.text, record.fingerprint);
    work.engine.store.transaction((tx) => {
      fence(work.engine, tx, work.lease);
      settle(work, tx, record, storeMended(work, tx, record, mended));
    });
  } catch (error) {
    if (error instanceof NotMended) return error.message;
    throw error;
  }
  return "";
}

/** Stores a row that had no raw row: in place of the one that has its key, or as a new one. Returns the raw row's id. */
function storeMended(work: Work, tx: Db, record: Failed, { row, version }: MendedRow): string {
  const { engine, stream } = work;
  const context = { engine, stream, mappingVersion: version };
  const group = rowsOfGroup(tx, stream.name, row.group);
  const before = predecessor(group, row.key, record.fingerprint);
  const editedAt = fingerprinter(engine, stream)(record.text) === record.fingerprint ? "" : toDbTime(engine.clock());
  if (before && editedAt === "" && before.missingSince === "" && before.fetchedAt > record.seenAt) {
    throw new NotMended(
      `the ERP sent ${before.erpId} otherwise at ${before.fetchedAt}, after this text (${record.seenAt}): erp ignore it, or ask for everything: erp sync ${stream.name} --full`,
    );
  }
  const write: RawWrite = {
    upsert: before
      ? { kind: "changed", row, rawId: before.id, erpId: before.erpId }
      : { kind: "new", row, rawId: "", erpId: freeErpId(group, row.key) },
    text: record.text,
    newId: before ? "" : engine.newId(),
    targetId: "",
    pushed: false,
  };
  if (before) updatesOf(context, [write])(tx);
  else {
    giveTargetIds(context, tx, [write]);
    insertsOf(context, [write])(tx);
  }
  const rawId = before?.id ?? write.newId;
  const { seenAt } = record;
  tx.run("UPDATE erp_raw_data SET edited_at = {:editedAt}, fetched_at = {:seenAt} WHERE id = {:rawId}", {
    editedAt,
    seenAt,
    rawId,
  });
  return rawId;
}

export interface Sibling extends Row {
  id: string;
  erpId: string;
  fingerprint: string;
  missingSince: string;
  pushedHash: string;
  fetchedAt: string;
}

function rowsOfGroup(tx: Db, stream: string, group: string): Sibling[] {
  return tx.all(
    `SELECT id AS id, erp_id AS erpId, fingerprint AS fingerprint, missing_since AS missingSince, pushed_hash AS pushedHash,
            fetched_at AS fetchedAt
       FROM erp_raw_data WHERE stream = {:stream} AND group_key = {:group} ORDER BY erp_id`,
    { stream, group },
    { id: "", erpId: "", fingerprint: "", missingSince: "", pushedHash: "", fetchedAt: "" },
  );
}

/**
 * The raw row that this one is the next version of: it has the key. One that stands for the very same text is another
 * row of the ERP, an identical twin. Should the guess be wrong, the next snapshot pairs the rows anew.
 */
export function predecessor(group: Sibling[], key: string, fingerprint: string): Sibling | undefined {
  const same = group.filter((raw) => baseOf(raw.erpId) === key);
  const live = same.find((raw) => raw.missingSince === "" && raw.fingerprint !== fingerprint);
  const left = same.filter((raw) => raw.missingSince !== "");
  return live ?? left.find((raw) => raw.pushedHash !== "") ?? left[0];
}

function freeErpId(group: Sibling[], key: string): string {
  const taken = new Set(group.map((raw) => raw.erpId));
  let ordinal = 1;
  while (taken.has(withOrdinal(key, ordinal))) ordinal++;
  return withOrdinal(key, ordinal);
}

function settle({ engine, stream }: Work, tx: Db, record: Failed, rawId: string): void {
  const nowMs = engine.clock();
  const now = toDbTime(nowMs);
  tx.run("UPDATE failed_records SET resolved_at = {:now}, raw_row = {:rawId} WHERE id = {:id}", {
    now,
    rawId,
    id: record.id,
  });
  resolveRows(tx, nowMs, [rawId], "mended");
  requeueDead(tx, nowMs, [rawId]);
  enqueueRows(tx, { stream: stream.name, run: "", now }, [rawId]);
}
