import { parseArgs } from "node:util";
import { CASE_IDS } from "./cases.mjs";

export const HELP = `npm run bench [-- options]    measures the sync on a real PocketBase, beside what a script would do instead

  --rows 10k,50k,100k     rows of the ERP's answer, one table for each
  --repeat 3              rounds; the medians are told
  --only <case>,<case>    some cases only; nothing is written to bench/results then
  --transport curl,http   how the answer is fetched
  --growth                instead: two days of hourly runs, and what of the database grows (with the first of --rows)
  --json                  prints the results as JSON instead of tables
  --help

Cases: ${CASE_IDS.join(", ")}`;

const TRANSPORTS = ["curl", "http"];
const MOST_ROWS = 1_000_000;

/**
 * @typedef {object} BenchOptions
 * @property {number[]} rows
 * @property {number} repeat
 * @property {string[]} only case ids; empty: all
 * @property {string[]} transports
 * @property {boolean} growth
 * @property {boolean} json
 * @property {boolean} help
 */

/**
 * @param {string[]} args
 * @returns {BenchOptions}
 * @throws a sentence that quotes what is wrong
 */
export function readOptions(args) {
  const { values } = parseArgs({
    args,
    options: {
      rows: { type: "string", default: "10k,50k,100k" },
      repeat: { type: "string", default: "3" },
      only: { type: "string", default: "" },
      transport: { type: "string", default: TRANSPORTS.join(",") },
      growth: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  return {
    rows: listOf(values.rows).map(readRows),
    repeat: readRepeat(values.repeat),
    only: listOf(values.only).map((id) => oneOf("--only", id, CASE_IDS)),
    transports: listOf(values.transport).map((name) => oneOf("--transport", name, TRANSPORTS)),
    growth: values.growth,
    json: values.json,
    help: values.help,
  };
}

/** @param {string} text */
function listOf(text) {
  return text === "" ? [] : text.split(",").map((each) => each.trim());
}

/** @param {string} text */
function readRows(text) {
  const found = /^(\d+)(k?)$/.exec(text);
  const rows = found ? Number(found[1]) * (found[2] === "k" ? 1000 : 1) : 0;
  if (rows >= 100 && rows <= MOST_ROWS) return rows;
  throw new Error(`--rows: "${text}" is not a number of rows, expected 100 to 1000k, such as 10k or 2500`);
}

/** @param {string} text */
function readRepeat(text) {
  const repeat = Number(text);
  if (Number.isInteger(repeat) && repeat >= 1 && repeat <= 99) return repeat;
  throw new Error(`--repeat: "${text}" is not a number of rounds, expected 1 to 99`);
}

/**
 * @param {string} option
 * @param {string} value
 * @param {string[]} known
 */
function oneOf(option, value, known) {
  if (known.includes(value)) return value;
  throw new Error(`${option}: there is no "${value}", expected some of ${known.join(", ")}`);
}
