import type { FieldMapping } from "../mapping/model";
import { checkMapping } from "../mapping/settings";
import { buildRequest } from "../sources/request";
import type { Engine } from "../sync/engine";
import { coerceError } from "../sync/errors";
import { shapeToWrite } from "../sync/mapper";
import { readSettings } from "../sync/settings";

/**
 * Why no run of a stream can begin, "" when one can: settings that cannot be used, a variable that they name and the
 * environment lacks, a target that is gone, or a mapping of fields that it does not have (any more).
 */
export function settingsProblem(engine: Engine, name: string): string {
  try {
    const stream = readSettings(engine.store, name);
    buildRequest(stream, engine);
    const { fields } = shapeToWrite(engine, stream);
    const overrides = Object.entries(stream.mapping as Record<string, FieldMapping>);
    const written = Object.fromEntries(overrides.filter(([, override]) => override.skip !== true));
    const [fault] = checkMapping(written, fields);
    return fault ? `${fault.path}: ${fault.message}` : "";
  } catch (error) {
    return coerceError(error);
  }
}
