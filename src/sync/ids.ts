/** 36 ms: in this unit the time has 7 digits to the base 36 until the year 2059. */
const UNIT_MS = 36;
const TIME_DIGITS = 7;
/** 8 digits to the base 16. */
const PLACES = 2 ** 32;

/*
 * Ids of rows that come in batches: the time, and a place among the 2^32 of its moment. A batch takes the places that
 * follow a random one, so ids sort in the order they were made: a table and its indexes that grow at their end stay as
 * fast with a million rows as with ten, where random ids write everywhere. Batches of the same moment, such as 200 rows
 * that are refused one by one, share a place about once in 200,000 times that this happens.
 */

/** The first 7 of a record id's 15 characters. */
export function idTime(nowMs: number): string {
  return Math.floor(nowMs / UNIT_MS)
    .toString(36)
    .padStart(TIME_DIGITS, "0")
    .slice(-TIME_DIGITS);
}

/**
 * The id of row `n` of a batch, from 0.
 * @param random a number from 0 up to 1, the same for all rows of the batch
 */
export function batchId(time: string, n: number, random: number): string {
  const place = (Math.floor(random * PLACES) + n) % PLACES;
  return time + place.toString(16).padStart(8, "0");
}

/**
 * The same as an SQL expression of a column that counts from 0; binds {:id_time}. SQLite asks a subquery that depends on
 * no row only once a statement.
 */
export function sqlBatchId(column: string): string {
  return `{:id_time} || printf('%08x', ((SELECT random() & 4294967295) + ${column}) & 4294967295)`;
}
