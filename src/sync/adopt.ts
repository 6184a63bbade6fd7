import { canonicalValues } from "../mapping/hash-input";
import type { MappedValue, TargetField } from "../mapping/model";
import { parseObject } from "../settings/json-field";
import { keyReader } from "./adopt-key";
import type { Work } from "./heal";
import { fence } from "./lease";
import { streamMapper } from "./mapper";
import { readParent, withParentKeys } from "./parents";
import type { Row } from "./ports";
import { hasPushed } from "./pushed";
import { streamLog } from "./stage";
import { quoted } from "./target-id";

const AT_ONCE = 1000;

/** A target record that no raw row owns. */
interface Free {
  id: string;
  /** Hash of what it holds, comparable with mapped_hash. */
  hash: string;
}

/**
 * Records that were in the target before the sync are taken over instead of doubled, one to one by the mapped key
 * columns, equal content first: before anything of the stream was pushed, and until a run has brought all of the ERP's
 * rows. Rows that cannot be mapped get theirs too, for the day when they are mended. What finds no partner is never
 * touched. Returns how many were adopted.
 */
export function adopt(work: Work): number {
  const { engine, stream } = work;
  if (!mayAdopt(work)) return 0;
  const { map, fields, fieldNames } = streamMapper(engine, stream);
  const keyOf = keyReader(engine, stream, fieldNames);
  // Without a key field in the target nothing could be told apart.
  const free = keyOf ? freeRecords(work, fields, keyOf) : undefined;
  if (!keyOf || !free || free.size === 0) return 0;
  let adopted = 0;
  for (const sameContent of [true, false]) {
    for (let after = 0; ; ) {
      work.checkpoint();
      const rows = unadoptedRows(work, after);
      const last = rows[rows.length - 1];
      if (!last) break;
      after = last.at;
      const pairs: [string, string][] = [];
      for (const row of rows) {
        if (sameContent && row.mappedHash === "") continue;
        const parsed = parseObject(row.payload);
        const key = parsed === null ? null : keyOf(map(parsed).values);
        const id = key === null ? "" : takeFree(free, key, sameContent ? row.mappedHash : "");
        if (id !== "") pairs.push([row.id, id]);
      }
      adopted += own(work, pairs);
      engine.progress("adopt", adopted, 0);
    }
  }
  streamLog(work).info("records that were there before were adopted", { stream: stream.name, adopted });
  return adopted;
}

/**
 * True while nothing of the stream was pushed and no answer of it is stored as a whole: of several rows with one key
 * the half that is stored would take records that are equal to the others, so the next run completes it first.
 */
export function isFirstIngestOpen(work: Work): boolean {
  const row = work.engine.store.one(
    "SELECT count(*) AS n FROM (SELECT 1 FROM sync_runs WHERE stream = {:stream} AND ingested_at <> '' LIMIT 1)",
    { stream: work.stream.name },
    { n: 0 },
  );
  return row?.n === 0 && !hasPushed(work);
}

/** True when there are records in the target: before the first push, some of them may be rows of the stream. */
export function holdsRecords({ engine, stream }: Pick<Work, "engine" | "stream">): boolean {
  const sql = `SELECT count(*) AS n FROM (SELECT 1 FROM ${quoted(stream.targetCollection)} LIMIT 1)`;
  return (engine.store.one(sql, {}, { n: 0 })?.n ?? 0) > 0;
}

/** True when a row that is new to the stream may have a record in the target all the same. */
export function mayAdopt(work: Pick<Work, "engine" | "stream">): boolean {
  if (!hasPushed(work)) return holdsRecords(work);
  return isFirstLoadOpen(work) && (work.stream.options.source.daily_rows > 0 || hasUnowned(work));
}

/** True when a record of the target is no row's. Reads two indexes where there is none, but no record. */
function hasUnowned({ engine, stream }: Pick<Work, "engine" | "stream">): boolean {
  const row = engine.store.one(
    `SELECT EXISTS (SELECT 1 FROM ${quoted(stream.targetCollection)} t WHERE ${UNOWNED}) AS unowned`,
    { target: stream.targetCollection },
    { unowned: 0 },
  );
  return row?.unowned === 1;
}

/** Of a target record `t`: no raw row has it. Binds {:target}. */
const UNOWNED =
  "NOT EXISTS (SELECT 1 FROM erp_raw_data r WHERE r.target_collection = {:target} AND r.target_id <> '' AND r.target_id = t.id)";

/**
 * True while rows may come that find a record from before: no run has brought all rows so far. A load over several days
 * remembers whether there were such records when it began.
 */
function isFirstLoadOpen({ engine, stream }: Pick<Work, "engine" | "stream">): boolean {
  const row = engine.store.one(
    `SELECT EXISTS (SELECT 1 FROM sync_runs WHERE stream = {:stream} AND ingested_at <> '' AND scope_hash <> ''
                       AND status IN ('succeeded', 'partial')) AS through,
            EXISTS (SELECT 1 FROM sync_runs WHERE stream = {:stream} AND ingested_at <> ''
                       AND CASE WHEN cursor LIKE '{%' THEN cursor ->> '$.load.adopts' ELSE 0 END) AS adopts`,
    { stream: stream.name },
    { through: 0, adopts: 0 },
  );
  if (row?.through === 1) return false;
  return stream.options.source.daily_rows === 0 || row?.adopts === 1;
}

/**
 * Why records from before cannot be adopted yet, or "": they name their parents by the ids of records that the parents'
 * own stream has not adopted so far.
 */
export function whyAdoptLater(work: Work): string {
  const { engine, stream } = work;
  const parent = readParent(engine.store, stream);
  if (!parent || hasPushed(work) || hasPushed({ engine, stream: { name: parent.stream } })) return "";
  const [free] = engine.store.all(
    `SELECT t.id AS id FROM ${quoted(stream.targetCollection)} t WHERE t.${quoted(parent.field)} <> '' LIMIT 1`,
    {},
    { id: "" },
  );
  if (!free) return "";
  return `${stream.targetCollection} holds records from before, whose parents nobody knows before stream "${parent.stream}" has pushed; run that one first`;
}

/** Unowned records by their key. */
function freeRecords(
  work: Work,
  fields: TargetField[],
  keyOf: NonNullable<ReturnType<typeof keyReader>>,
): Map<string, Free[]> {
  const { engine, stream } = work;
  const free = new Map<string, Free[]>();
  const parent = readParent(engine.store, stream);
  const names = fields.map((field) => field.name);
  for (let after = 0; ; ) {
    work.checkpoint();
    const page = unownedPage(work, names, after);
    const last = page[page.length - 1];
    if (!last) return free;
    after = last.at;
    const stored = page.map((row) => storedValues(fields, JSON.parse(row.list) as unknown[]));
    withParentKeys(engine.store, parent, stored).forEach((values, at) => {
      const key = keyOf(values);
      if (key === null) return;
      const same = free.get(key) ?? [];
      same.push({ id: (page[at] as { id: string }).id, hash: engine.hash.md5(canonicalValues(values, names)) });
      free.set(key, same);
    });
  }
}

function unownedPage({ engine, stream }: Work, names: string[], after: number) {
  return engine.store.all(
    `SELECT t.rowid AS at, t.id AS id, json_array(${names.map(quoted).join(", ")}) AS list
       FROM ${quoted(stream.targetCollection)} t
      WHERE t.rowid > {:after} AND ${UNOWNED}
      ORDER BY t.rowid LIMIT {:limit}`,
    { after, target: stream.targetCollection, limit: AT_ONCE },
    { at: 0, id: "", list: "" },
  );
}

/** Column values as the mapping would give them. */
export function storedValues(fields: TargetField[], list: unknown[]): Record<string, MappedValue> {
  const values: Record<string, MappedValue> = {};
  fields.forEach(({ name, type, multiple }, at) => {
    const value = list[at] as MappedValue;
    if (type === "bool") values[name] = value === 1;
    else if ((type === "json" || type === "geoPoint" || multiple) && typeof value === "string")
      values[name] = JSON.parse(value) as MappedValue;
    else values[name] = value;
  });
  return values;
}

interface Unadopted extends Row {
  at: number;
  id: string;
  payload: string;
  mappedHash: string;
}

/** Live rows whose own target record does not exist yet; mapped_hash is blank where they cannot be mapped. */
function unadoptedRows({ engine, stream }: Work, after: number): Unadopted[] {
  return engine.store.all<Unadopted>(
    `SELECT r.rowid AS at, r.id AS id, COALESCE(r.payload_json, '') AS payload, r.mapped_hash AS mappedHash
       FROM erp_raw_data r
      WHERE r.stream = {:stream} AND r.rowid > {:after} AND r.missing_since = ''
        AND NOT EXISTS (SELECT 1 FROM ${quoted(stream.targetCollection)} t WHERE t.id = r.target_id)
      ORDER BY r.rowid LIMIT {:limit}`,
    { stream: stream.name, after, limit: AT_ONCE },
    { at: 0, id: "", payload: "", mappedHash: "" },
  );
}

/** Takes a record with this key: one with this content, or any when no content is asked for. */
function takeFree(free: Map<string, Free[]>, key: string, hash: string): string {
  const same = free.get(key);
  const at = same?.findIndex((record) => hash === "" || record.hash === hash) ?? -1;
  return at < 0 ? "" : (same?.splice(at, 1)[0]?.id ?? "");
}

function own({ engine, lease }: Work, pairs: [string, string][]): number {
  if (pairs.length === 0) return 0;
  return engine.store.transaction((tx) => {
    fence(engine, tx, lease);
    return tx.run(
      `UPDATE erp_raw_data SET target_id = c.target
         FROM (SELECT value ->> 0 AS id, value ->> 1 AS target FROM jsonb_each({:pairs})) AS c
        WHERE erp_raw_data.id = c.id`,
      { pairs: JSON.stringify(pairs) },
    );
  });
}
