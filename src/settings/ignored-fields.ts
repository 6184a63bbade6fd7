import type { KeyField } from "../diff/keys";
import type { FieldMapping } from "../mapping/model";
import { keyFieldName } from "./key-fields";
import type { Options } from "./options";
import { parentKeyNames } from "./parent";

/** What a stream uses of a row, as far as that is known. */
export interface Uses {
  /** The group fields are among them. */
  keyFields: KeyField[];
  options: Options;
  mapping: Record<string, unknown>;
  /** Names of the target's fields that the sync writes. */
  targetFields: string[];
}

/** The ERP fields that matter, with what each is: a change of theirs may never be ignored. */
export function usedFields({ keyFields, options, mapping, targetFields }: Uses): Map<string, string> {
  const used = new Map<string, string>();
  for (const target of targetFields) {
    const { from = target, skip } = (mapping[target] ?? {}) as FieldMapping;
    if (skip !== true) used.set(from, `mapped to ${target}`);
  }
  if (options.parent.stream !== "")
    for (const name of parentKeyNames(options.parent)) used.set(name, "in options.parent.key");
  const { version_field, window_field } = options.diff;
  if (version_field !== "") used.set(version_field, "options.diff.version_field");
  if (window_field !== "") used.set(window_field, "options.diff.window_field");
  for (const part of keyFields) used.set(keyFieldName(part), "a key field");
  return used;
}

/** Why options.diff.ignore_fields cannot be as it is, "" when it can. */
export function ignoredProblem(uses: Uses): string {
  const used = usedFields(uses);
  const name = uses.options.diff.ignore_fields.find((field) => used.has(field));
  if (name === undefined) return "";
  return `options.diff.ignore_fields: "${name}" is ${used.get(name)}, so a change of it matters; take it out of the list`;
}
