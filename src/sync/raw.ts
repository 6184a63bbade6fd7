import type { Absent } from "../diff/absent";
import type { Upsert } from "../diff/model";
import { toDbTime } from "./clock";
import type { RunContext } from "./context";
import { packTexts, unpacked } from "./packed-texts";
import type { Db } from "./ports";
import type { LeftoverRow } from "./snapshot";
import { chooseTargetIds } from "./target-id";

/** What storing rows needs of a run; a replay has as much. */
export type RawContext = Pick<RunContext, "engine" | "stream" | "mappingVersion">;

/** A row to be stored as the ERP sent it. */
export interface RawWrite {
  upsert: Upsert<LeftoverRow>;
  text: string;
  /** Of a new row: the ids of the raw row and of the target record. */
  newId: string;
  targetId: string;
  /** Of a new row: true when the target gets it in the same transaction. */
  pushed: boolean;
}

/** Rows that are ready to be written: what takes time was done before the transaction. */
export type WriteRows = (tx: Db) => void;

const NOTHING: WriteRows = () => undefined;

/**
 * Overwrites raw rows with their new text. A row that cannot be mapped asks for nothing, so the target keeps its last
 * good version.
 */
export function updatesOf(run: RawContext, writes: RawWrite[]): WriteRows {
  if (writes.length === 0) return NOTHING;
  const { packed, starts, lengths } = packTexts(
    run.engine.hash,
    writes.map((write) => write.text),
  );
  const rows = writes.map(({ upsert: { rawId, erpId, row } }, at) => {
    return [rawId, erpId, row.fingerprint, row.mappedHash, starts[at], lengths[at]];
  });
  const params = {
    now: toDbTime(run.engine.clock()),
    version: run.mappingVersion,
    rows: JSON.stringify(rows),
    texts: packed,
  };
  return (tx) => {
    if (tx.run(RENEW, params) < writes.length) tx.run(UPDATE, params);
  };
}

const FROM_ROWS = `FROM (SELECT value ->> 0 AS id, value ->> 1 AS erp_id, value ->> 2 AS fingerprint, value ->> 3 AS mapped_hash,
                    value ->> 4 AS start, value ->> 5 AS length FROM jsonb_each({:rows})) AS c
      WHERE erp_raw_data.id = c.id`;
const NEW_TEXT = `payload_json = ${unpacked("{:texts}", "c.start", "c.length")}, fingerprint = c.fingerprint,
            mapped_hash = CASE WHEN c.mapped_hash = '' THEN pushed_hash ELSE c.mapped_hash END, fetched_at = {:now}, edited_at = ''`;
/** A row whose other columns stay: three indexes on them need not be written, which saves a fifth. */
const IS_OTHERWISE_SAME = `(erp_raw_data.erp_id = c.erp_id AND mapping_version = {:version} AND missing_since = '' AND held_by = ''
      AND missed_by = '')`;
const RENEW = `UPDATE erp_raw_data SET ${NEW_TEXT} ${FROM_ROWS} AND ${IS_OTHERWISE_SAME}`;
const UPDATE = `UPDATE erp_raw_data SET ${NEW_TEXT}, erp_id = c.erp_id, mapping_version = {:version}, missing_since = '', held_by = '',
            missed_by = ''
       ${FROM_ROWS} AND NOT ${IS_OTHERWISE_SAME}`;

/** Settles the ids of the target records of new rows, before their first push. */
export function giveTargetIds({ engine, stream }: RawContext, db: Db, writes: RawWrite[]): void {
  if (writes.length === 0) return;
  const erpIds = writes.map((write) => write.upsert.erpId);
  const ids = chooseTargetIds(engine.hash, db, stream.name, stream.targetCollection, erpIds);
  writes.forEach((write, at) => {
    write.targetId = ids[at] as string;
  });
}

/** Stores rows the ERP sends for the first time; they have their target ids. */
export function insertsOf(run: RawContext, writes: RawWrite[]): WriteRows {
  if (writes.length === 0) return NOTHING;
  const { packed, starts, lengths } = packTexts(
    run.engine.hash,
    writes.map((write) => write.text),
  );
  const rows = writes.map(({ upsert: { erpId, row }, newId, targetId, pushed }, at) => {
    const { group, fingerprint, mappedHash } = row;
    const pushedHash = pushed ? mappedHash : "";
    return [newId, erpId, group, fingerprint, mappedHash, targetId, starts[at], lengths[at], pushedHash];
  });
  const params = {
    stream: run.stream.name,
    target: run.stream.targetCollection,
    version: run.mappingVersion,
    now: toDbTime(run.engine.clock()),
    rows: JSON.stringify(rows),
    texts: packed,
  };
  return (tx) => tx.run(INSERT, params);
}

const INSERT = `
  INSERT INTO erp_raw_data (id, stream, erp_id, group_key, payload_json, fingerprint, mapped_hash, pushed_hash, mapping_version,
                            target_collection, target_id, fetched_at, edited_at, missing_since, held_by, missed_by)
  SELECT value ->> 0, {:stream}, value ->> 1, value ->> 2, ${unpacked("{:texts}", "value ->> 6", "value ->> 7")},
         value ->> 3, value ->> 4, value ->> 8, {:version}, {:target}, value ->> 5, {:now}, '', '', '', ''
    FROM jsonb_each({:rows}) WHERE true`;

/**
 * Turns rows the ERP no longer sends into tombstones, each with what should become of its target record. One that was
 * back, and could not be pushed, has the mark of the time before: it is marked again.
 */
export function markAbsent(run: RunContext, tx: Db, absent: Absent[]): void {
  tx.run(
    `UPDATE erp_raw_data SET missing_since = CASE WHEN missing_since = '' THEN {:now} ELSE missing_since END,
            held_by = CASE WHEN c.action = 'hold' THEN {:run} ELSE '' END,
            pushed_hash = CASE WHEN c.action = 'mark' AND missing_since = '' AND pushed_hash = {:mark} THEN 'marked before' ELSE pushed_hash END,
            mapped_hash = CASE c.action WHEN 'delete' THEN '' WHEN 'mark' THEN {:mark} ELSE mapped_hash END
       FROM (SELECT value ->> 0 AS id, value ->> 1 AS action FROM jsonb_each({:rows})) AS c
      WHERE erp_raw_data.id = c.id`,
    {
      now: toDbTime(run.engine.clock()),
      run: run.runId,
      mark: markHash(run),
      rows: JSON.stringify(absent.map((row) => [row.rawId, row.action])),
    },
  );
}

/** Remembers that this run's snapshot lacked these rows, should the next one lack them too. */
export function markMissed(run: RunContext, tx: Db, rawIds: string[]): void {
  tx.run("UPDATE erp_raw_data SET missed_by = {:run} WHERE id IN (SELECT value FROM json_each({:ids}))", {
    run: run.runId,
    ids: JSON.stringify(rawIds),
  });
}

const MARK = "mark:";

/** True when a mapped_hash asks for the mark of a tombstone instead of a mapped row. */
export function isMark(mappedHash: string): boolean {
  return mappedHash.startsWith(MARK);
}

/** What a marked tombstone's record should have, as a hash: it differs from every mapped row's. */
export function markHash(run: Pick<RunContext, "engine" | "stream">): string {
  return `${MARK}${run.engine.hash.md5(JSON.stringify(run.stream.options.mark.fields))}`;
}
