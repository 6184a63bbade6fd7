import { type TextMapper, textMapperOf } from "./compile-text";
import { type DateReader, dateReader } from "./dates";
import { brokenRules, type FieldPlan, lookUp, NOT_SENT, normalize, planField } from "./fields";
import type {
  FieldMapping,
  FieldProblem,
  ListMapper,
  Lookup,
  MappedValue,
  RowMapper,
  TargetField,
  ZonedToUtc,
} from "./model";
import { FIRST_UNSAFE } from "./numbers";
import { cheapKind, plainEmpty } from "./ordinary";
import { own } from "./own";
import { fieldProblem, Refused } from "./problems";
import { checkMapping } from "./settings";
import { ALREADY_CLEAN } from "./strings";
import { emptyValue } from "./types";

export interface MappingOptions {
  /** The fields of the target collection that the sync writes, without `id` and autodate fields. */
  fields: TargetField[];
  /** `sync_settings.mapping`, by target field name. */
  overrides: Record<string, FieldMapping>;
  /** IANA zone of dates that say none; "" is UTC. It must exist: this module cannot check it. */
  timezone: string;
  zonedToUtc: ZonedToUtc;
  /** Needed when an override has a `lookup`. */
  lookup?: Lookup;
}

/**
 * Prepares the mapping of a stream, once per run (000, 002). By default every target field takes the ERP field of the
 * same name, coerced to its type; null, "" and missing become the type's empty value. The mapper lists every problem
 * of a row and still maps its other fields. Throws one error with all sentences when the overrides are not valid.
 */
export function compileMapping(options: MappingOptions): RowMapper {
  const names = options.fields.map((field) => field.name);
  return byName(compileList(options), names);
}

/** A mapper of lists as one of objects. */
export function byName(toList: ListMapper, names: string[]): RowMapper {
  return (row) => {
    const { list, problems } = toList(row, false);
    return { values: objectOf(list, names), problems };
  };
}

/** The values by name, without the fields that have a problem. */
export function objectOf(list: (MappedValue | undefined)[], names: string[]): Record<string, MappedValue> {
  const values: Record<string, MappedValue> = {};
  list.forEach((value, at) => {
    if (value !== undefined) values[names[at] as string] = value;
  });
  return values;
}

/** The same mapping as a list in the order of `fields`: half the time of an object where very many rows are mapped. */
export function compileList(options: MappingOptions): ListMapper {
  return listMapperOf(plansOf(options));
}

/** The same mapping as text, for ordinary rows only: half the time of a list. */
export function compileText(options: MappingOptions): TextMapper {
  const plans = plansOf(options);
  return textMapperOf(plans, (at, row, problems) => mapField(plans[at] as FieldPlan, row, problems));
}

function plansOf(options: MappingOptions): FieldPlan[] {
  const { fields, overrides, lookup } = options;
  const faults = checkMapping(overrides, fields);
  if (faults.length > 0) throw new Error(faults.map((fault) => `${fault.path}: ${fault.message}`).join("\n"));
  const plainDates = dateReader(options);
  return fields.map((field) => {
    const override = own(overrides, field.name) ?? {};
    if (override.lookup && !lookup) throw new Error(`mapping.${field.name}.lookup: this stream cannot look up records`);
    const readDate = override.formats ? dateReader({ ...options, formats: override.formats }) : plainDates;
    return planField(field, override, { readDate, plainDates, lookup });
  });
}

/** What the generated code calls: `slow` maps field number `at` the whole way and notes its problems. */
interface Parts {
  isClean: RegExp;
  readers: DateReader[];
  empties: (MappedValue | undefined)[];
  slow(at: number, row: Record<string, unknown>, problems: FieldProblem[]): MappedValue | undefined;
}

type Generated = (
  row: Record<string, unknown>,
  clean: boolean,
  problems: FieldProblem[],
) => (MappedValue | undefined)[];

/**
 * One expression for each field, compiled once. A loop over the fields costs goja three times as much (measured with the
 * 54 fields of aswan_bom: 29 microseconds a row against 11), and this is the largest part of a first load. No name gets
 * into the code but as a JSON string, see the test "by any name, and evaluates none".
 */
function listMapperOf(plans: FieldPlan[]): ListMapper {
  const parts: Parts = {
    isClean: ALREADY_CLEAN,
    readers: plans.map((plan) => plan.readDate),
    empties: plans.map(plainEmpty),
    slow: (at, row, problems) => mapField(plans[at] as FieldPlan, row, problems),
  };
  const body = plans.map((plan, at) => expressionOf(plan, at, parts.empties[at] !== undefined));
  const code = `const { isClean, readers, empties, slow } = parts;
return function (row, clean, problems) { let v, d; return [${body.join(",\n")}]; };`;
  const generated = new Function("parts", code)(parts) as Generated;
  return (row, clean) => {
    const problems: FieldProblem[] = [];
    return { list: generated(row, clean, problems), problems };
  };
}

/** Ordinary values need no work; every other one goes the whole way, also what a row inherits ("constructor"). */
function expressionOf(plan: FieldPlan, at: number, hasEmpty: boolean): string {
  const value = `v = row[${JSON.stringify(plan.from)}]`;
  const slow = `slow(${at}, row, problems)`;
  const otherwise = hasEmpty ? `v === null || v === undefined || v === "" ? empties[${at}] : ${slow}` : slow;
  switch (cheapKind(plan)) {
    case "text":
      return `typeof (${value}) === "string" && v !== "" && (clean || isClean.test(v)) ? v : ${otherwise}`;
    case "number":
      return `typeof (${value}) === "number" && v < ${FIRST_UNSAFE} && v > -${FIRST_UNSAFE} ? v + 0 : ${otherwise}`;
    case "date":
      // Only a real date is plain: an empty one still meets default and required.
      return `typeof (${value}) === "string" && v !== "" && typeof (d = readers[${at}](v)) === "string" && d !== "" ? d : ${otherwise}`;
    default:
      return `(${value}, ${otherwise})`;
  }
}

/** The whole way of a value: normalize, default or required, rules, lookup; undefined when there is a problem. */
function mapField(plan: FieldPlan, row: Record<string, unknown>, problems: FieldProblem[]): MappedValue | undefined {
  const { name } = plan.field;
  const raw = own(row, plan.from);
  const tell = (stage: FieldProblem["stage"], refused: Refused) => {
    problems.push(fieldProblem(stage, name, plan.from, raw, refused));
  };
  const value = normalize(plan, raw);
  if (value instanceof Refused) {
    tell("normalize", value);
    return undefined;
  }
  if (value === undefined) {
    if (plan.fallback !== undefined) return plan.fallback;
    if (!plan.required) return emptyValue(plan.field);
    tell("validate", NOT_SENT);
    return undefined;
  }
  const broken = brokenRules(plan, value);
  const found = broken.length > 0 ? undefined : lookUp(plan, value);
  if (found instanceof Refused) broken.push(found);
  for (const refused of broken) tell("validate", refused);
  return found instanceof Refused ? undefined : found;
}
