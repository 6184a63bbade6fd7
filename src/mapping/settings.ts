/** Checks `sync_settings.mapping` when it is saved, so that a bad option is never found out at night. */
import { dateReader } from "./dates";
import { planField } from "./fields";
import type { FieldMapping, TargetField } from "./model";
import { Refused } from "./problems";
import { boundOf } from "./rules";
import { faultOf, OPTIONS, type OptionFault, optionOf } from "./setting-options";
import { transformOf } from "./transforms";
import { isTextual } from "./types";

export interface MappingFault {
  /** Where in the settings, such as `mapping.BOM_QTY.min`. */
  path: string;
  /** A sentence that quotes the bad value and says what was expected. */
  message: string;
}

const plainDates = dateReader({ timezone: "", zonedToUtc: () => 0 });

/**
 * All faults of a mapping: unknown fields and options, values an option cannot hold, options that do not suit the
 * field's type, limits the wrong way round, defaults that break the field's own rules. Nothing (null, "", {}) is a valid
 * mapping. `fields` is null when the target collection is not known yet; what needs it is not checked then.
 */
export function checkMapping(mapping: unknown, fields: TargetField[] | null): MappingFault[] {
  if (mapping === null || mapping === undefined || mapping === "") return [];
  if (!isObject(mapping))
    return [at("mapping", faultOf(mapping, "is not a mapping", 'an object such as {"QTY": {"from": "BOM_QTY"}}'))];
  return Object.keys(mapping).flatMap((name) => checkField(name, mapping[name], fields));
}

function checkField(name: string, override: unknown, fields: TargetField[] | null): MappingFault[] {
  const path = `mapping.${name}`;
  const field = fields?.find((candidate) => candidate.name === name);
  if (fields && !field) return [at(path, faultOf(name, "is not a field of the target collection", namesOf(fields)))];
  if (!isObject(override))
    return [at(path, faultOf(override, "is not a field's mapping", 'an object such as {"from": "BOM_QTY"}'))];
  const faults = Object.keys(override).flatMap((option) =>
    checkOption(`${path}.${option}`, option, override[option], field),
  );
  // The options are only compared with each other once each of them is sound.
  return faults.length > 0 ? faults : checkTogether(path, override as FieldMapping, field);
}

function checkOption(path: string, name: string, value: unknown, field: TargetField | undefined): MappingFault[] {
  const option = optionOf(name);
  if (!option) return [at(path, faultOf(name, "is not an option", `one of ${Object.keys(OPTIONS).join(", ")}`))];
  if (field && option.types && !option.types.includes(field.type)) {
    return [
      at(
        path,
        faultOf(value, `does not suit a ${field.type} field`, `${name} on a field of type ${option.types.join(", ")}`),
      ),
    ];
  }
  return option.check(value).map((fault) => at(path, fault));
}

function checkTogether(path: string, override: FieldMapping, field: TargetField | undefined): MappingFault[] {
  const faults = [...checkLimits(path, override, field), ...(field ? checkSuits(path, override, field) : [])];
  if (faults.length > 0 || !field || override.default === undefined) return faults;
  try {
    planField(field, override, { readDate: plainDates, plainDates });
    return [];
  } catch (error) {
    return [{ path: `${path}.default`, message: error instanceof Error ? error.message : String(error) }];
  }
}

function checkLimits(path: string, override: FieldMapping, field: TargetField | undefined): MappingFault[] {
  const faults: MappingFault[] = [];
  const edges: Array<string | number | undefined> = [];
  for (const name of ["min", "max"] as const) {
    const limit = override[name];
    const type = field?.type ?? (typeof limit === "string" ? "date" : "number");
    const edge = limit === undefined ? undefined : boundOf(type, limit, plainDates);
    if (edge instanceof Refused) faults.push(at(`${path}.${name}`, faultOf(limit, edge.says, edge.expected)));
    else edges.push(edge);
  }
  const [min, max] = edges;
  if (min !== undefined && max !== undefined && typeof min === typeof max && min > max) {
    faults.push(at(`${path}.min`, faultOf(override.min, "is more than max", `at most ${override.max}`)));
  }
  return faults;
}

function checkSuits(path: string, override: FieldMapping, field: TargetField): MappingFault[] {
  const faults: MappingFault[] = [];
  (override.transforms ?? []).forEach((name, i) => {
    if (transformOf(name)?.on === "number" && field.type !== "number") {
      faults.push(
        at(`${path}.transforms[${i}]`, faultOf(name, `does not suit a ${field.type} field`, "a transform of texts")),
      );
    }
  });
  (override.one_of ?? []).forEach((entry, i) => {
    const wanted = isTextual(field.type) ? "string" : "number";
    if (typeof entry !== wanted) {
      faults.push(
        at(
          `${path}.one_of[${i}]`,
          faultOf(entry, `does not suit a ${field.type} field`, `a ${wanted === "string" ? "text" : wanted}`),
        ),
      );
    }
  });
  return faults;
}

function at(path: string, fault: OptionFault): MappingFault {
  return { path: path + fault.at, message: fault.message };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function namesOf(fields: TargetField[]): string {
  const names = fields.map((field) => field.name);
  return names.length > 12
    ? `one of its ${names.length} fields, such as ${names.slice(0, 3).join(", ")}`
    : `one of ${names.join(", ")}`;
}
