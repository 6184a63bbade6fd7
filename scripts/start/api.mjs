/** The demo's superuser; it exists in the demo's data folder only. */
export const DEMO_USER = { email: "demo@example.com", password: "demo-password" };

/**
 * @param {string} url of PocketBase
 * @returns {Promise<string>} a superuser's token
 */
export async function logIn(url) {
  const body = { identity: DEMO_USER.email, password: DEMO_USER.password };
  const { token } = await send(`${url}/api/collections/_superusers/auth-with-password`, "POST", body);
  return token;
}

/**
 * Shortens the stream's schedule: the demo's hours are seconds.
 * @param {string} url
 * @param {string} token
 */
export async function syncEveryMinute(url, token) {
  const records = `${url}/api/collections/sync_settings/records`;
  const { items } = await send(`${records}?filter=${encodeURIComponent("name='aswan_bom'")}`, "GET", undefined, token);
  await send(`${records}/${items[0].id}`, "PATCH", { schedule: "* * * * *" }, token);
}

/**
 * What the demo reads of a record of sync_runs; a run that goes on after four minutes has its status only.
 * @typedef {{ status: string, rows_fetched?: number, pushed_inserted?: number, duration_ms?: number, error?: string }} Run
 */

/**
 * Runs the stream once, to its end.
 * @param {string} url
 * @param {string} token
 * @returns {Promise<Run>}
 */
export function firstSync(url, token) {
  return send(`${url}/api/erp/streams/aswan_bom/sync?wait=true`, "POST", {}, token);
}

/**
 * @param {string} url
 * @param {string} method
 * @param {object} [body]
 * @param {string} [token]
 * @returns {Promise<any>}
 * @throws with the server's own message
 */
async function send(url, method, body, token) {
  const response = await fetch(url, {
    method,
    headers: { "Content-Type": "application/json", ...(token && { Authorization: token }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  /** @type {any} */
  const answer = await response.json().catch(() => ({}));
  if (response.ok) return answer;
  throw new Error(`PocketBase answered ${response.status} to ${method} ${url}: ${answer.message ?? "no message"}`);
}
