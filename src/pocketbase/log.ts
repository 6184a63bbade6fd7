import type { Log } from "../sync/ports";

type Level = "info" | "warn" | "error";

/** Structured entries in PocketBase's Logs page; with ERP_LOG_JSON=1 also one line of JSON each on standard error. */
export function makeLog(): Log {
  const asJson = $os.getenv("ERP_LOG_JSON") === "1";
  const write = (level: Level) => (message: string, fields: Record<string, unknown>) => {
    const pairs: unknown[] = [];
    for (const name of Object.keys(fields)) pairs.push(name, fields[name]);
    $app.logger()[level](`erp: ${message}`, ...pairs);
    if (asJson) console.error(JSON.stringify({ time: new Date().toISOString(), level, message, ...fields }));
  };
  return { info: write("info"), warn: write("warn"), error: write("error") };
}
