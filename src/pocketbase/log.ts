import type { Log } from "../sync/ports";

type Level = "info" | "warn" | "error";

/** Structured entries in PocketBase's Logs page; with ERP_LOG_JSON=1 also one line of JSON each on standard error. */
export function makeLog(): Log {
  const asJson = $os.getenv("ERP_LOG_JSON") === "1";
  const write = (level: Level) => (message: string, fields: Record<string, unknown>) => {
    const pairs: unknown[] = [];
    for (const name of Object.keys(fields)) pairs.push(name, fields[name]);
    $app.logger()[level](`erp: ${message}`, ...pairs);
    if (asJson) printLine(JSON.stringify({ time: new Date().toISOString(), level, message, ...fields }));
  };
  return { info: write("info"), warn: write("warn"), error: write("error") };
}

/** To standard error as it is: console.error would put a date in front, and the line would be no JSON. */
function printLine(line: string): void {
  if ($app.rootCmd) $app.rootCmd.println(line);
  else console.error(line);
}
