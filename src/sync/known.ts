import { KnownRows } from "../diff/known";
import type { StoredRow } from "../diff/model";
import { type AgedOut, agedOut } from "../diff/window";
import { dateReader } from "../mapping/dates";
import type { Reading } from "./context";

const KEYS_AT_ONCE = 2000;

/** Fingerprints are md5 sums in hex, spread evenly: read by their first digit, none of the texts grows too long. */
const DIGITS = "0123456789abcdef";

/** The fingerprints of the stream's rows that are not tombstones. Read from an index alone, in its order. */
export function loadKnown(run: Reading): KnownRows {
  const lists: string[] = [];
  for (const digit of DIGITS) {
    const { list } = run.engine.store.one(
      `SELECT COALESCE(group_concat(fingerprint), '') AS list FROM (
         SELECT fingerprint FROM erp_raw_data INDEXED BY idx_erp_raw_data_fingerprint
          WHERE stream = {:stream} AND missing_since = '' AND fingerprint BETWEEN {:digit} AND {:last}
            AND length(fingerprint) = 32 AND instr(fingerprint, ',') = 0)`,
      { stream: run.stream.name, digit, last: `${digit}g` },
      { list: "" },
    ) as { list: string };
    if (list !== "") lists.push(list);
    run.checkpoint();
  }
  const own = lists.length === 0 ? [] : lists.join(",").split(",");
  return new KnownRows(countLive(run) === own.length ? own : own.concat(loadOthers(run)));
}

function countLive({ engine, stream }: Reading): number {
  const row = engine.store.one(
    `SELECT count(*) AS n FROM erp_raw_data INDEXED BY idx_erp_raw_data_missing WHERE stream = {:stream} AND missing_since = ''`,
    { stream: stream.name },
    { n: 0 },
  );
  return row?.n ?? 0;
}

/** Rows that somebody made by hand have fingerprints of another kind. */
function loadOthers(run: Reading): string[] {
  const rows = run.engine.store.all(
    `SELECT fingerprint AS fingerprint FROM erp_raw_data INDEXED BY idx_erp_raw_data_fingerprint
      WHERE stream = {:stream} AND missing_since = '' AND (length(fingerprint) <> 32 OR fingerprint < '0' OR fingerprint > 'g' OR instr(fingerprint, ',') > 0)`,
    { stream: run.stream.name },
    { fingerprint: "" },
  );
  return rows.map((row) => row.fingerprint);
}

/** Those of these fingerprints that the stream's rows have that are no tombstones, as a multiset. */
export function loadKnownAmong(run: Reading, fingerprints: string[]): string[] {
  const rows = run.engine.store.all(
    `SELECT fingerprint AS fingerprint FROM erp_raw_data
      WHERE stream = {:stream} AND missing_since = '' AND fingerprint IN (SELECT value FROM json_each({:list}))`,
    { stream: run.stream.name, list: JSON.stringify(fingerprints) },
    { fingerprint: "" },
  );
  return rows.map((row) => row.fingerprint);
}

/** The groups of the live rows that have one of these fingerprints. */
export function loadGroupsOf(run: Reading, fingerprints: string[]): string[] {
  const groups = new Set<string>();
  for (let at = 0; at < fingerprints.length; at += KEYS_AT_ONCE) {
    const rows = run.engine.store.all(
      `SELECT DISTINCT group_key AS name FROM erp_raw_data INDEXED BY idx_erp_raw_data_fingerprint
        WHERE stream = {:stream} AND missing_since = '' AND fingerprint IN (SELECT value FROM json_each({:list}))`,
      { stream: run.stream.name, list: JSON.stringify(fingerprints.slice(at, at + KEYS_AT_ONCE)) },
      { name: "" },
    );
    for (const row of rows) groups.add(row.name);
    run.checkpoint();
  }
  return Array.from(groups);
}

/** False before the first load, so that it looks nothing up. */
export function hasStoredRows(run: Reading): boolean {
  const row = run.engine.store.one(
    "SELECT count(*) AS n FROM (SELECT 1 FROM erp_raw_data WHERE stream = {:stream} LIMIT 1)",
    { stream: run.stream.name },
    { n: 0 },
  );
  return (row?.n ?? 0) > 0;
}

/**
 * Groups that are there again while the target still has records of theirs from before, because a run was killed or held
 * back in between; with on_duplicate last also those that once kept rows with one key.
 */
export function loadUnsettledGroups(run: Reading): string[] {
  const stream = run.stream.name;
  const groups = run.engine.store.all(
    `SELECT name AS name FROM (
       SELECT DISTINCT group_key AS name FROM erp_raw_data
        WHERE stream = {:stream} AND missing_since > '' AND mapped_hash <> '' AND held_by = '')
      WHERE EXISTS (SELECT 1 FROM erp_raw_data INDEXED BY idx_erp_raw_data_group
                     WHERE stream = {:stream} AND group_key = name AND missing_since = '')`,
    { stream },
    { name: "" },
  );
  if (run.stream.options.diff.on_duplicate !== "last") return groups.map((row) => row.name);
  const repeated = run.engine.store.all(
    "SELECT DISTINCT group_key AS name FROM erp_raw_data WHERE stream = {:stream} AND missing_since = '' AND erp_id LIKE '%#%'",
    { stream },
    { name: "" },
  );
  return groups.concat(repeated).map((row) => row.name);
}

/**
 * All raw rows of these groups, tombstones too, by erp_id.
 * @param fromDate the day from which on the ERP was asked for rows, "" for all: tells which ones are too old for the answer
 */
export function loadGroups(run: Reading, groups: string[], fromDate: string): Map<string, StoredRow[]> {
  const ageOf = windowReader(run, fromDate);
  // One text is read in a third of the time that as many rows take.
  const found = run.engine.store.one(
    `SELECT json_group_array(json_array(id, erp_id, group_key, fingerprint, mapped_hash, pushed_hash, missing, held, date)) AS list
       FROM (SELECT id, erp_id, group_key, fingerprint, mapped_hash, pushed_hash, missing_since <> '' AS missing, held_by <> '' AS held,
                    CASE {:window} WHEN '' THEN '' ELSE CAST(COALESCE(payload_json ->> {:window}, '') AS TEXT) END AS date
               FROM erp_raw_data INDEXED BY idx_erp_raw_data_group
              WHERE stream = {:stream} AND group_key IN (SELECT value FROM json_each({:list}))
              ORDER BY erp_id)`,
    {
      stream: run.stream.name,
      list: JSON.stringify(groups),
      window: ageOf ? run.stream.options.diff.window_field : "",
    },
    { list: "" },
  );
  const byGroup = new Map<string, StoredRow[]>();
  for (const row of JSON.parse(found?.list ?? "[]") as GroupRow[]) {
    const [id, erpId, group, fingerprint, mappedHash, pushedHash, missing, held, date] = row;
    const raw: StoredRow = {
      id,
      erpId,
      fingerprint,
      mappedHash,
      pushedHash,
      missing: missing === 1,
      held: held === 1,
      agedOut: ageOf?.(date),
    };
    const same = byGroup.get(group);
    if (same) same.push(raw);
    else byGroup.set(group, [raw]);
  }
  return byGroup;
}

/** id, erp_id, group_key, fingerprint, mapped_hash, pushed_hash, missing, held, date */
type GroupRow = [string, string, string, string, string, string, number, number, string];

/** Reads options.diff.window_field of a row; undefined where the ERP was asked for all days, or the stream names none. */
function windowReader(
  { stream, engine }: Reading,
  fromDate: string,
): ((date: string) => AgedOut | undefined) | undefined {
  if (fromDate === "" || stream.options.diff.window_field === "") return undefined;
  const read = dateReader({ timezone: stream.timezone, zonedToUtc: engine.zonedToUtc });
  return (date) => agedOut(date, fromDate, read);
}
