import { valueCutter } from "../diff/ignored-values";
import { usedFields } from "../settings/ignored-fields";
import type { Stream } from "../settings/stream";
import type { Engine } from "./engine";
import { writtenShape } from "./mapper";

/**
 * Prepares the fingerprint of a stream's rows: md5 of the text less the values of options.diff.ignore_fields. "" for a
 * text that is no whole row. A field that the target has got since the settings were saved is not ignored any more.
 */
export function fingerprinter(engine: Engine, stream: Stream): (text: string) => string {
  const { ignore_fields } = stream.options.diff;
  if (ignore_fields.length === 0) return engine.hash.md5;
  const targetFields = (writtenShape(engine, stream)?.fields ?? []).map((field) => field.name);
  const used = usedFields({ ...stream, targetFields });
  const cut = valueCutter(ignore_fields.filter((field) => !used.has(field)));
  return (text) => {
    const rest = cut(text);
    return rest === null ? "" : engine.hash.md5(rest);
  };
}
