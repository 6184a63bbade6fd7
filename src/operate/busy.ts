import type { ActionResult } from "./action";

/** The answer of an action that needs the stream while a run holds it. */
export function busy(stream: string): ActionResult {
  const message = `${stream}: a run is in progress; try again when it has ended`;
  return { ok: false, data: { error: message }, lines: [message], refused: "busy" };
}
