import type { FieldMapping } from "../mapping/model";
import { checkMapping } from "../mapping/settings";
import type { Stream } from "../settings/stream";
import { buildRequest } from "../sources/request";
import type { Engine } from "../sync/engine";
import { coerceError } from "../sync/errors";
import { shapeToWrite } from "../sync/mapper";
import { readSettings } from "../sync/settings";

/**
 * Why no run of a stream can begin, "" when one can: settings that cannot be used, a variable that they name and the
 * environment lacks, or what targetProblem says.
 */
export function settingsProblem(engine: Engine, name: string): string {
  try {
    const stream = readSettings(engine.store, name);
    buildRequest(stream, engine);
    return targetProblem(engine, stream);
  } catch (error) {
    return coerceError(error);
  }
}

/** A mapping of fields that the target does not have (any more), "" when it fits. Throws when the target is gone. */
export function targetProblem(engine: Engine, stream: Stream): string {
  const { fields } = shapeToWrite(engine, stream);
  const overrides = Object.entries(stream.mapping as Record<string, FieldMapping>);
  const written = Object.fromEntries(overrides.filter(([, override]) => override.skip !== true));
  const [fault] = checkMapping(written, fields);
  return fault ? `${fault.path}: ${fault.message}` : "";
}
