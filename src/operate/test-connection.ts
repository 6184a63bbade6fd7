import type { Stream } from "../settings/stream";
import { Pager } from "../sources/paging";
import { buildRequest } from "../sources/request";
import { afterAttempt } from "../sources/retry";
import type { Engine } from "../sync/engine";
import { coerceError } from "../sync/errors";
import { chooseTransport, isWhole, outcomeOf } from "../sync/fetch";
import { readFirstRows } from "../sync/scan";
import { readSettings } from "../sync/settings";
import type { ActionInput, ActionResult } from "./action";

const FILE = "answer.json";

/** Asks the ERP once and says what came back; writes nothing. */
export function testConnection(engine: Engine, input: ActionInput): ActionResult {
  return testStream(engine, readSettings(engine.store, input.stream));
}

/** The same for settings that need not be saved. That the ERP fails is an answer too: its sentence says how. */
export function testStream(engine: Engine, stream: Stream): ActionResult {
  const spool = engine.openSpool(engine.newId());
  try {
    const { paging } = stream.options.source;
    const whole = buildRequest(stream, engine, { signJwt: engine.signJwt });
    const request = { ...whole, url: new Pager(paging, paging.page_size).url(whole.url) };
    const transport = chooseTransport(engine, stream.options.source.transport);
    const answer = transport.fetch(request, spool, FILE, (bytes) => engine.progress("fetch", bytes, 0));
    if (!isWhole(answer, stream)) {
      const outcome = outcomeOf(request, spool, FILE, answer);
      const url = request.redact(request.url);
      return failed(afterAttempt({ attempt: 1, outcome, delays: [], now: engine.clock(), url }).message);
    }
    const { contentType } = answer;
    const rows = readFirstRows(stream, spool.reader(FILE), { contentType, redact: request.redact });
    const data = {
      ok: true,
      status: answer.status,
      bytes: answer.bytes,
      latency_ms: Math.round(answer.latencyMs),
      transport: transport.name,
      rows: rows.count,
      first_row: rows.first,
    };
    return {
      ok: true,
      data,
      lines: [
        `${stream.name}: ${rows.count} rows, ${answer.bytes} bytes by ${transport.name}`,
        `first row: ${JSON.stringify(rows.first).slice(0, 300)}`,
      ],
    };
  } catch (error) {
    return failed(coerceError(error));
  } finally {
    spool.remove();
  }
}

function failed(message: string): ActionResult {
  return { ok: true, data: { ok: false, error: message }, lines: [message], exitCode: 1 };
}
