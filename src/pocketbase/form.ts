import { PocketBaseDb } from "./db";

/** The record a form was saved about. */
export function recordOf(e: core.RecordRequestEvent): core.Record {
  if (!e.record) throw new Error("a record hook was called without a record");
  return e.record;
}

/** Refuses a form: the sentence shows under the field. */
export function refuseField(field: string, code: string, message: string): never {
  throw new BadRequestError(message, { [field]: new ValidationError(code, message) });
}

/**
 * Handles a request inside one transaction, so that what is read is still true when it is written (measured: the record's
 * own save is otherwise a transaction of its own). An error that crosses Go comes back without its class, so it is kept.
 */
export function inTransaction(e: core.RecordRequestEvent, work: (tx: PocketBaseDb) => void): void {
  const { app } = e;
  let thrown: { error: unknown } | undefined;
  try {
    app.runInTransaction((tx) => {
      e.app = tx;
      try {
        work(new PocketBaseDb(tx));
      } catch (error) {
        thrown = { error };
        throw error;
      } finally {
        e.app = app;
      }
    });
  } catch (error) {
    throw thrown ? thrown.error : error;
  }
}

/**
 * The JSON text a form holds for a field. A form may send the object itself, or its text, also with spaces around it,
 * which PocketBase would keep as a JSON string.
 */
export function jsonText(record: core.Record, field: string): string {
  const text = toString(record.get(field));
  try {
    const inner: unknown = JSON.parse(text);
    if (typeof inner === "string" && inner.trim().startsWith("{")) {
      JSON.parse(inner);
      return inner.trim();
    }
  } catch {
    // No JSON inside: the text stays as it is.
  }
  return text;
}

/** Puts columns back as they are in the database, whatever an old form sends. */
export function putBack(record: core.Record, live: Record<string, string | number>, except: string): void {
  for (const name of Object.keys(live)) if (name !== except) record.set(name, live[name]);
}
