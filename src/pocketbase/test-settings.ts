import { testStream } from "../operate/test-connection";
import { checkSettings } from "../settings/check";
import { readStream, type StreamRecord } from "../settings/stream";
import { coerceError } from "../sync/errors";
import { PocketBaseDb } from "./db";
import { liveEngine } from "./engine";
import { settingsPorts, withoutName } from "./settings";

/** What a stream needs before the ERP can be asked; the rest may still be blank. */
const UNNAMED = "test";

/**
 * `POST /api/erp/test`: asks the ERP once, as a stream with the fields in the body would; nothing is saved. Answers what
 * `/api/erp/streams/{name}/test` does, and under `problems` what would keep these fields from being saved.
 */
export function onTestSettings(e: core.RequestEvent): void {
  const record = recordOf(e.requestInfo().body);
  const problems: Record<string, string> = {};
  const found = checkSettings(record, settingsPorts(idOf(record.name)));
  for (const [field, problem] of Object.entries(found)) problems[field] = withoutName(field, problem.message);
  // Not e.json: Go would mix up the order of the row's fields.
  e.blob(200, "application/json", toBytes(JSON.stringify({ ...test(record), problems })));
}

function test(record: StreamRecord): object {
  try {
    return testStream(liveEngine(), readStream({ ...record, name: record.name || UNNAMED })).data as object;
  } catch (error) {
    return { ok: false, error: coerceError(error) };
  }
}

/** The record of a stream that is saved already, so that it is not held against itself. */
function idOf(name: unknown): string {
  const sql = "SELECT id AS id FROM sync_settings WHERE name = {:name}";
  return new PocketBaseDb($app).one(sql, { name: String(name ?? "") }, { id: "" })?.id ?? "";
}

/** Lists and objects of the body as JSON text: how they come from Go is no plain object. */
function recordOf(body: Record<string, unknown>): StreamRecord {
  const plain: Record<string, unknown> = JSON.parse(JSON.stringify(body));
  return plain;
}
