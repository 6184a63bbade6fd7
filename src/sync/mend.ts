import { sorted } from "../mapping/hash-input";
import { isObject } from "../settings/json-field";
import type { Stream } from "../settings/stream";
import type { Engine } from "./engine";
import { streamMapper } from "./mapper";
import { type LeftoverRow, rowReader } from "./snapshot";

/** A mended row that still cannot go to the target; the sentence says why. */
export class NotMended extends Error {
  constructor(message: string) {
    super(message);
    this.name = "NotMended";
  }
}

/** A row as a person mended it: its key, its group and what the target would get. */
export interface MendedRow {
  row: LeftoverRow;
  /** Which mapping made its hash. */
  version: string;
}

/**
 * Reads a row that a person mended, the same way as one the ERP sent. `fingerprint` is that of the text the ERP sent:
 * it stays, so that the mended row stands for that text (design, promise 10). Throws NotMended.
 */
export function readMended(engine: Engine, stream: Stream, text: string, fingerprint: string): MendedRow {
  const parsed = parseObject(text);
  const { version } = streamMapper(engine, stream);
  const read = rowReader({ engine, stream })(parsed, { position: 0, fingerprint, texts: "odd" });
  const rejection = "keyless" in read ? read.keyless.rejection : read.row.rejection;
  if ("keyless" in read || rejection) throw new NotMended(rejection?.message ?? "the row cannot be read");
  return { row: read.row, version };
}

function parseObject(text: string): Record<string, unknown> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw new NotMended(`${quoteStart(text)} is not JSON (${String(error)}); expected the row as a JSON object`);
  }
  if (isObject(parsed)) return parsed;
  throw new NotMended(`${quoteStart(text)} is not a row; expected a JSON object with the ERP's fields`);
}

function quoteStart(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

/** True when two JSON texts say the same, whatever their spaces, the order of keys and the way numbers are written. */
export function sameJson(one: string, other: string): boolean {
  try {
    return JSON.stringify(sorted(JSON.parse(one))) === JSON.stringify(sorted(JSON.parse(other)));
  } catch {
    return one === other;
  }
}
