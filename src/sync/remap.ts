import { canonicalValues } from "../mapping/hash-input";
import { enqueueRows } from "../queue/enqueue";
import { requeueDead } from "../queue/retry";
import { parseObject } from "../settings/json-field";
import { toDbTime } from "./clock";
import type { Work } from "./heal";
import { fence } from "./lease";
import type { StreamMapper } from "./mapper";
import type { Db, Hash, Row } from "./ports";
import { quarantine, type Rejection, resolveRows } from "./quarantine";
import { isMark } from "./raw";
import { mappingRejection } from "./snapshot";

/** A raw row that is mapped again, as it was when it was read. */
export interface RowToMap extends Row {
  id: string;
  erpId: string;
  payload: string;
  mappedHash: string;
  missingSince: string;
  version: string;
  editedAt: string;
}

export const ROW_TO_MAP: RowToMap = {
  id: "",
  erpId: "",
  payload: "",
  mappedHash: "",
  missingSince: "",
  version: "",
  editedAt: "",
};

export const ROW_TO_MAP_COLUMNS = `id AS id, erp_id AS erpId, COALESCE(payload_json, '') AS payload, mapped_hash AS mappedHash,
  missing_since AS missingSince, mapping_version AS version, edited_at AS editedAt`;

type Remapper = Pick<StreamMapper, "map" | "fieldNames" | "version">;

/** What the target should have of a row by the mapping as it is now. */
export type Remapped =
  /** Nothing, or the mark of a row that has left: no mapping changes that. */
  | { kind: "settled" }
  | { kind: "mapped"; hash: string }
  /** It cannot be mapped: it asks for nothing, so the target keeps its last good version. */
  | { kind: "invalid"; rejection: Rejection; mapped?: Record<string, unknown> };

/** Maps one raw row again. Tombstones whose record stays are mapped like any other row. */
export function remapRow(engine: { hash: Pick<Hash, "md5"> }, mapper: Remapper, row: RowToMap): Remapped {
  const left = row.missingSince !== "";
  if (left && (row.mappedHash === "" || isMark(row.mappedHash))) return { kind: "settled" };
  const parsed = parseObject(row.payload);
  if (!parsed) return { kind: "invalid", rejection: notAnObject(row.payload) };
  const mapped = mapper.map(parsed);
  if (mapped.problems.length > 0) {
    return { kind: "invalid", rejection: mappingRejection(mapped.problems), mapped: mapped.values };
  }
  return { kind: "mapped", hash: engine.hash.md5(canonicalValues(mapped.values, mapper.fieldNames)) };
}

function notAnObject(payload: string): Rejection {
  const value = payload.slice(0, 500);
  const message = `payload_json is not a JSON object: ${value.slice(0, 80)}; mend it in the admin UI`;
  return { stage: "normalize", type: "not_an_object", message, field: "", value, expected: "a JSON object" };
}

export interface RemapCounts {
  /** Rows that were mapped again. */
  rows: number;
  /** Rows that went to quarantine or stay there. */
  invalid: number;
  /** Jobs that were queued for it. */
  queued: number;
}

/**
 * Maps these rows again and stores what comes out, in one fenced transaction: hash and version, quarantine, jobs. A row
 * that somebody edited since it was read is left alone.
 * @param retryDead whose dead jobs get another try: those of rows that could not be mapped, or all
 */
export function remapRows(work: Work, mapper: Remapper, rows: RowToMap[], retryDead: "unmapped" | "all"): RemapCounts {
  const remapped = new Map(rows.map((row) => [row.id, remapRow(work.engine, mapper, row)]));
  return work.engine.store.transaction((tx) => {
    fence(work.engine, tx, work.lease);
    const stored = storeHashes(tx, mapper.version, rows, remapped);
    const nowMs = work.engine.clock();
    let invalid = 0;
    for (const row of rows) {
      const result = remapped.get(row.id);
      // A tombstone that cannot be mapped keeps its record, and nobody needs to mend a row the ERP no longer sends.
      if (result?.kind !== "invalid" || row.missingSince !== "" || !stored.has(row.id)) continue;
      invalid++;
      quarantine(tx, { stream: work.stream.name, run: work.runId, nowMs }, [
        {
          rawId: row.id,
          jobId: "",
          erpId: row.erpId,
          rawText: row.payload,
          fingerprint: "",
          rejection: result.rejection,
          ...(result.mapped && { mapped: result.mapped }),
        },
      ]);
    }
    const good = rows
      .filter((row) => stored.has(row.id) && remapped.get(row.id)?.kind === "mapped")
      .map((row) => row.id);
    const retried = requeueDead(tx, nowMs, retryDead === "all" ? good : wereUnmapped(tx, good));
    resolveRows(tx, nowMs, good, "mended");
    const queued = enqueueRows(tx, { stream: work.stream.name, run: work.runId, now: toDbTime(nowMs) }, good);
    return { rows: stored.size, invalid, queued: queued + retried };
  });
}

/** Returns the ids of the rows that were still as they were read. */
function storeHashes(tx: Db, version: string, rows: RowToMap[], remapped: Map<string, Remapped>): Set<string> {
  const list = rows.map((row) => {
    const result = remapped.get(row.id) as Remapped;
    return [row.id, row.version, row.editedAt, result.kind, result.kind === "mapped" ? result.hash : ""];
  });
  const stored = tx.returning(
    `UPDATE erp_raw_data SET mapping_version = {:version},
            mapped_hash = CASE c.kind WHEN 'mapped' THEN c.hash WHEN 'invalid' THEN pushed_hash ELSE mapped_hash END
       FROM (SELECT value ->> 0 AS raw, value ->> 1 AS version, value ->> 2 AS edited, value ->> 3 AS kind, value ->> 4 AS hash
               FROM jsonb_each({:rows})) AS c
      WHERE id = c.raw AND mapping_version = c.version AND edited_at = c.edited
      RETURNING id`,
    { version, rows: JSON.stringify(list) },
    { id: "" },
  );
  return new Set(stored.map((row) => row.id));
}

/** Which of these rows are in quarantine because they could not be mapped. */
export function wereUnmapped(tx: Db, rawIds: string[]): string[] {
  const rows = tx.all(
    `SELECT DISTINCT raw_row AS id FROM failed_records
      WHERE resolved_at = '' AND stage IN ('normalize', 'validate') AND raw_row IN (SELECT value FROM json_each({:ids}))`,
    { ids: JSON.stringify(rawIds) },
    { id: "" },
  );
  return rows.map((row) => row.id);
}
