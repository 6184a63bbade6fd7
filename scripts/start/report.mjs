import { DEMO_USER } from "./api.mjs";

/**
 * @param {string} url of PocketBase
 * @param {string} erpUrl
 */
export function addresses(url, erpUrl) {
  return `
The demo is running; Ctrl-C stops it.

  Dashboard  ${url}/erp
  Admin UI   ${url}/_/
  Login      ${DEMO_USER.email}  ${DEMO_USER.password}
  Demo ERP   ${erpUrl}  (a factory that changes every few seconds; synced every minute)
`;
}

/**
 * A run in one line.
 * @param {import("./api.mjs").Run} run
 */
export function oneLine({ status, rows_fetched, pushed_inserted = 0, duration_ms = 0, error }) {
  if (rows_fetched === undefined) return `First sync: ${status}, see the dashboard.`;
  const inserted = `${rows_fetched.toLocaleString("en-US")} rows fetched, ${pushed_inserted.toLocaleString("en-US")} inserted`;
  return `First sync: ${status}, ${inserted}, ${(duration_ms / 1000).toFixed(1)} s${error ? `: ${error}` : ""}`;
}
