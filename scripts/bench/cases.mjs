/**
 * A run of the sync to be measured.
 * @typedef {object} SyncCase
 * @property {string} id
 * @property {string} title
 * @property {import("./answer.mjs").Shape} shape
 * @property {import("./answer.mjs").Change} change against the answer that was loaded before
 * @property {boolean} loaded the database holds the rows already
 * @property {"records" | "bulk" | "auto"} mode options.push.mode
 * @property {string[]} ignores options.diff.ignore_fields, for the answer that was loaded before too
 * @property {"send" | "script"} reference what it is compared with: the bare $http.send of the same body, or the best script
 */

/** What changes in the cases of unmapped fields. */
const UNMAPPED = ["PART_QTY_ON_HAND_WHOLE"];

/** @type {SyncCase[]} */
export const SYNC_CASES = [
  first("first-records", "first load, records", "flat", "records"),
  first("first-bulk", "first load, bulk", "flat", "bulk"),
  later("unchanged", "nothing changed", "flat", "none"),
  later("shuffled", "order shuffled", "flat", "shuffled"),
  later("unmapped", "unmapped fields changed in every row", "flat", "unmapped"),
  { ...later("unmapped-ignored", "the same, ignored", "flat", "unmapped"), ignores: UNMAPPED },
  later("changed-1", "1 % changed", "flat", "changed-1"),
  later("left-1", "1 % left, deleted", "flat", "left-1"),
  { ...later("changed-all", "all changed", "flat", "changed-all"), reference: "script" },
  first("nested-first", "nested JSON, first load", "nested", "auto"),
  later("nested-unchanged", "nested JSON, nothing changed", "nested", "none"),
  first("pretty-first", "pretty-printed JSON, first load", "pretty", "auto"),
  later("pretty-unchanged", "pretty-printed JSON, nothing changed", "pretty", "none"),
];

/** Everything that --only may name. */
export const CASE_IDS = ["curl", "send", ...SYNC_CASES.map(({ id }) => id), "latency", "queue", "script"];

/**
 * @param {string} id
 * @param {string} title
 * @param {import("./answer.mjs").Shape} shape
 * @param {SyncCase["mode"]} mode
 * @returns {SyncCase}
 */
function first(id, title, shape, mode) {
  return { id, title, shape, change: "none", loaded: false, mode, ignores: [], reference: "script" };
}

/**
 * @param {string} id
 * @param {string} title
 * @param {import("./answer.mjs").Shape} shape
 * @param {import("./answer.mjs").Change} change
 * @returns {SyncCase}
 */
function later(id, title, shape, change) {
  return { id, title, shape, change, loaded: true, mode: "auto", ignores: [], reference: "send" };
}
