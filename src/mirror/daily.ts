import type { Stream } from "../settings/stream";
import type { Engine } from "../sync/engine";
import { coerceError } from "../sync/errors";
import { readAllSettings } from "../sync/settings";
import { compareLocally, isEqual } from "./local";
import { readingCheckpoint } from "./reading";
import { Repairer } from "./repair";
import { comparedOf } from "./rows";

/**
 * Compares each stream's raw rows with its target and queues what somebody deleted or changed there (design, promise
 * 10). Paused streams are left alone. One log entry a stream: a warning when something was not equal.
 */
export function verifyAll(engine: Engine): void {
  for (const stream of readAllSettings(engine)) {
    if (engine.signals.stopping()) return;
    if (!stream.paused) verifyStream(engine, stream);
  }
}

function verifyStream(engine: Engine, stream: Stream): void {
  try {
    const compared = comparedOf(engine, stream);
    const repairer = new Repairer(compared);
    const found = compareLocally(compared, {
      window: { from: 0, to: 0 },
      checkpoint: readingCheckpoint(engine, 0, ""),
      onMendable: (rawIds) => repairer.mend(rawIds),
    });
    engine.log[isEqual(found) ? "info" : "warn"]("daily verify", {
      stream: stream.name,
      rows: found.rows,
      missing: found.missing.count,
      extra: found.extra.count,
      different: found.different.count,
      unowned: found.unowned.count,
      ...repairer.done,
    });
  } catch (error) {
    engine.log.error("the daily verify failed", { stream: stream.name, error: coerceError(error) });
  }
}
