import type { Db } from "../sync/ports";

const MOST = 10;
/** Greater than every other character, in SQLite's order too. */
const LAST = "\u{10ffff}";

export interface SuggestedRow {
  erp_id: string;
  /** True for a row that had the erp_id that was asked for before its key changed. */
  was: boolean;
}

/**
 * The rows that somebody who asked for an unknown erp_id may have meant: those that had it before they were rekeyed,
 * then those that the ERP writes so, then those that begin with it or hold it, then those that share the longest
 * beginning, by whole key parts.
 */
export function suggestRows(db: Db, stream: string, asked: string): SuggestedRow[] {
  const found = formerRows(db, stream, asked).map((erpId) => ({ erp_id: erpId, was: true }));
  if (found.length > 0) return found;
  const ways = [
    () => writtenAs(db, stream, asked),
    () => beginningWith(db, stream, asked),
    () => holding(db, stream, asked),
  ];
  for (const start of startsOf(asked)) ways.push(() => beginningWith(db, stream, start));
  for (const way of ways) {
    const rows = way();
    if (rows.length > 0) return rows.map((erpId) => ({ erp_id: erpId, was: false }));
  }
  return [];
}

/** `a|b|c` begins with `a|b|` and with `a|`. */
export function startsOf(erpId: string): string[] {
  const starts: string[] = [];
  for (let at = erpId.length; at > 0; at--) if (erpId[at - 1] === "|") starts.push(erpId.slice(0, at));
  return starts;
}

function formerRows(db: Db, stream: string, erpId: string): string[] {
  return names(
    db.all(
      `SELECT DISTINCT r.erp_id AS name FROM push_log p JOIN erp_raw_data r ON r.id = p.raw_row
        WHERE p.stream = {:stream} AND p.erp_id = {:erpId} ORDER BY r.erp_id LIMIT {:limit}`,
      { stream, erpId, limit: MOST },
      { name: "" },
    ),
  );
}

/** As the ERP writes it: nobody types the backslashes that a key has before `|`, `#` and `\`. */
function writtenAs(db: Db, stream: string, asked: string): string[] {
  return names(
    db.all(
      `SELECT erp_id AS name FROM erp_raw_data
        WHERE stream = {:stream} AND instr(erp_id, '\\') > 0 AND replace(erp_id, '\\', '') = replace({:asked}, '\\', '')
        ORDER BY erp_id LIMIT {:limit}`,
      { stream, asked, limit: MOST },
      { name: "" },
    ),
  );
}

function beginningWith(db: Db, stream: string, start: string): string[] {
  return names(
    db.all(
      `SELECT erp_id AS name FROM erp_raw_data
        WHERE stream = {:stream} AND erp_id >= {:start} AND erp_id < {:end} ORDER BY erp_id LIMIT {:limit}`,
      { stream, start, end: start + LAST, limit: MOST },
      { name: "" },
    ),
  );
}

function holding(db: Db, stream: string, part: string): string[] {
  return names(
    db.all(
      `SELECT erp_id AS name FROM erp_raw_data
        WHERE stream = {:stream} AND instr(erp_id, {:part}) > 0 ORDER BY erp_id LIMIT {:limit}`,
      { stream, part, limit: MOST },
      { name: "" },
    ),
  );
}

function names(rows: { name: string }[]): string[] {
  return rows.map((row) => row.name);
}
