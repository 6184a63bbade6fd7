/** 36 ms: in this unit the time has 7 digits to the base 36 until the year 2059. */
const UNIT_MS = 36;
const TIME_DIGITS = 7;
const SALTS = 16 ** 4;

/*
 * Ids of rows that come in batches: the time, a number that counts from 0, and a salt for batches of the same moment.
 * They sort in the order they were made. A table and its indexes that grow at their end stay as fast with a million rows
 * as with ten; random ids write everywhere.
 */

/** The first 7 of a record id's 15 characters. */
export function idTime(nowMs: number): string {
  return Math.floor(nowMs / UNIT_MS)
    .toString(36)
    .padStart(TIME_DIGITS, "0")
    .slice(-TIME_DIGITS);
}

/**
 * The id of row `n` of a batch, from 0 and below 65,536.
 * @param random a number from 0 up to 1
 */
export function batchId(time: string, n: number, random: number): string {
  return time + hex4(n) + hex4(Math.floor(random * SALTS));
}

function hex4(n: number): string {
  return n.toString(16).padStart(4, "0");
}

/** The same as an SQL expression of a column that counts from 0; binds {:id_time}. */
export function sqlBatchId(column: string): string {
  return `{:id_time} || printf('%04x', ${column}) || lower(hex(randomblob(2)))`;
}
