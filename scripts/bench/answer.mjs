import { lineOf, makeNestedRow, makeRow } from "./rows.mjs";

/** @typedef {"flat" | "nested" | "pretty"} Shape flat: a compact list; nested: at data.items, with lists inside the rows */
/** @typedef {"none" | "shuffled" | "unmapped" | "changed-1" | "left-1" | "changed-all"} Change */

/** options.source.rows_path for a shape. @type {Record<Shape, string>} */
export const ROWS_PATH = { flat: "$", nested: "data.items", pretty: "$" };

/** Rows between two that "1 %" means. */
const ONE_PERCENT = 100;
/** Takes a row to another place of the answer: has no divisor in common with any number of rows that matters. */
const STRIDE = 7_368_787;

/**
 * What each change does to row `n`; null takes it out.
 * @type {Record<Change, (row: import("./rows.mjs").BenchRow, n: number) => import("./rows.mjs").BenchRow | null>}
 */
const CHANGES = {
  none: (row) => row,
  shuffled: (row) => row,
  unmapped: (row, n) => ({ ...row, PART_QTY_ON_HAND_WHOLE: 1000 + (n % 100) }),
  "changed-1": (row, n) => (n % ONE_PERCENT === 0 ? changed(row) : row),
  // Whole lines: a line that loses one of two rows is not left, its row is superseded.
  "left-1": (row, n) => (lineOf(n) % ONE_PERCENT === 0 ? null : row),
  "changed-all": changed,
};

/** @param {import("./rows.mjs").BenchRow} row */
function changed(row) {
  return { ...row, BOM_QTY: Number(row.BOM_QTY) + 100, WO_STATUS: "C" };
}

/** Rows that are joined as text: all of a million would be longer than a string can be. */
const ROWS_AS_TEXT = 10_000;

/**
 * The ERP's whole answer, ready to be sent, and how many rows it has.
 * @param {{ rows: number, shape: Shape, change: Change }} what
 * @returns {{ body: Buffer, rows: number }}
 */
export function makeAnswer({ rows, shape, change }) {
  const make = shape === "nested" ? makeNestedRow : makeRow;
  const { head, separator, tail } = around(shape);
  const chunks = [Buffer.from(head)];
  /** @type {string[]} */
  let parts = [];
  let count = 0;
  const flush = () => {
    if (parts.length > 0) chunks.push(Buffer.from(`${chunks.length > 1 ? separator : ""}${parts.join(separator)}`));
    parts = [];
  };
  for (let at = 0; at < rows; at++) {
    const n = change === "shuffled" ? (at * STRIDE) % rows : at;
    const row = CHANGES[change](make(n), n);
    if (row === null) continue;
    count++;
    parts.push(shape === "pretty" ? prettyRow(row) : JSON.stringify(row));
    if (parts.length === ROWS_AS_TEXT) flush();
  }
  flush();
  chunks.push(Buffer.from(tail(count)));
  return { body: Buffer.concat(chunks), rows: count };
}

/**
 * What stands before, between and after the rows.
 * @param {Shape} shape
 * @returns {{ head: string, separator: string, tail: (count: number) => string }}
 */
function around(shape) {
  if (shape === "nested") {
    return { head: '{"status":"ok","data":{"items":[', separator: ",", tail: (count) => `],"count":${count}}}` };
  }
  return shape === "pretty"
    ? { head: "[\n", separator: ",\n", tail: () => "\n]\n" }
    : { head: "[", separator: ",", tail: () => "]" };
}

/** As JSON.stringify(rows, null, 2) has it. @param {object} row */
function prettyRow(row) {
  return JSON.stringify([row], null, 2).slice(2, -2);
}
