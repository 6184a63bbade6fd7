import { parseArgs } from "node:util";
import { CASE_IDS } from "./cases.mjs";

export const HELP = `npm run bench [-- options]    measures the sync on a real PocketBase, beside what a script would do instead

  --rows 10k,50k,100k,200k  rows of the ERP's answer, one table for each; 1000k at most
  --repeat 3              rounds; the medians are told
  --only <case>,<case>    some cases only; nothing is written to bench/results then
  --transport curl,http   how the answer is fetched
  --growth                instead: a year of hourly runs on a clock of its own, and what of the database grows; takes hours
  --days 365              with --growth: so many days (rows: 20k unless --rows says otherwise)
  --data <folder>         with --growth: keeps the database there; Ctrl-C ends after the hour, the same command goes on
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
 * @property {number} days
 * @property {string} data empty: a folder that is removed at the end
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
      rows: { type: "string", default: "" },
      repeat: { type: "string", default: "3" },
      only: { type: "string", default: "" },
      transport: { type: "string", default: TRANSPORTS.join(",") },
      growth: { type: "boolean", default: false },
      days: { type: "string", default: "365" },
      data: { type: "string", default: "" },
      json: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  return {
    rows: listOf(values.rows || (values.growth ? "20k" : "10k,50k,100k,200k")).map(readRows),
    repeat: readWhole("--repeat", values.repeat, "rounds", 99),
    only: listOf(values.only).map((id) => oneOf("--only", id, CASE_IDS)),
    transports: listOf(values.transport).map((name) => oneOf("--transport", name, TRANSPORTS)),
    growth: values.growth,
    days: readWhole("--days", values.days, "days", 3650),
    data: values.data,
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

/**
 * @param {string} option
 * @param {string} text
 * @param {string} what
 * @param {number} most
 */
function readWhole(option, text, what, most) {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= most) return value;
  throw new Error(`${option}: "${text}" is not a number of ${what}, expected 1 to ${most}`);
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
