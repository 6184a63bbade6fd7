/** Layer 5, fields (002): one ERP value through the layers below into one target field, and the rules it must keep. */
import type { DateReader } from "./dates";
import type { FieldMapping, Lookup, MappedValue, TargetField } from "./model";
import { DEFAULT_STYLE, type NumberStyle, numberStyle } from "./number-locales";
import { digitsLost, isSafeNumber } from "./numbers";
import { quote, Refused } from "./problems";
import { type Rule, rulesOf } from "./rules";
import { cleanText } from "./strings";
import { transformOf } from "./transforms";
import { isBlank, isList, isNothing, isTextual, toBool, toDate, toEntries, toNumber, toPoint, toText } from "./types";

/** A target field with everything its values need, prepared once per stream. */
export interface FieldPlan {
  field: TargetField;
  /** Name of the ERP field. */
  from: string;
  trim: boolean;
  style: NumberStyle;
  readDate: DateReader;
  textSteps: Array<(text: string) => string>;
  numberSteps: Array<(value: number) => number>;
  rules: Rule[];
  lookup?: (value: string) => string;
  lookupIn: string;
  required: boolean;
  /** The default in its mapped form; undefined when there is none. */
  fallback: MappedValue | undefined;
}

/** What a field needs from its stream. `plainDates` reads the dates in the settings, which are ISO whatever the ERP's are. */
export interface FieldPorts {
  readDate: DateReader;
  plainDates: DateReader;
  lookup?: Lookup;
}

/** Prepares a field. The override must have passed `checkMapping`; a default that does not fit its field throws. */
export function planField(field: TargetField, override: FieldMapping, ports: FieldPorts): FieldPlan {
  const { readDate, plainDates, lookup } = ports;
  const steps = (override.transforms ?? []).map(transformOf);
  const plan: FieldPlan = {
    field,
    from: override.from ?? field.name,
    trim: override.trim ?? true,
    style: (override.locale !== undefined && numberStyle(override.locale)) || DEFAULT_STYLE,
    readDate,
    textSteps: steps.flatMap((step) => (step?.on === "text" ? [step.apply] : [])),
    numberSteps: steps.flatMap((step) => (step?.on === "number" ? [step.apply] : [])),
    rules: rulesOf(field, override, plainDates),
    lookupIn: "",
    required: override.required ?? field.required,
    fallback: undefined,
  };
  if (override.lookup && lookup) {
    const { collection, field: key } = override.lookup;
    plan.lookup = (value) => lookup.find(collection, key, value);
    plan.lookupIn = `${collection}.${key}`;
  }
  // PocketBase refuses a required 0, false or {}; a field made required by the mapping only must be sent.
  const mayBeBlank = !isTextual(field.type) && field.type !== "date";
  if (mayBeBlank && field.required && override.required !== false) plan.rules.push(notBlank);
  plan.fallback = defaultOf({ ...plan, readDate: plainDates, style: DEFAULT_STYLE }, override.default);
  return plan;
}

/** The value of the field's type, undefined for nothing (null, "", missing, only white space), or why it cannot be. */
export function normalize(plan: FieldPlan, raw: unknown): MappedValue | undefined | Refused {
  if (isNothing(raw)) return undefined;
  const { type } = plan.field;
  if (type === "geoPoint") return typeof raw === "string" && cleanText(raw) === "" ? undefined : toPoint(raw);
  if ((type === "json" || type === "other") && losesDigits(raw)) return digitsLost();
  if (type === "json") return raw as MappedValue;
  if (isList(plan.field)) return listOf(plan, raw);
  if (type === "other" && typeof raw === "object") return raw as object;
  if (isTextual(type)) return textOf(plan, raw);
  const value = prepared(plan, raw);
  if (value === "" || value instanceof Refused) return value === "" ? undefined : value;
  if (type === "bool") return toBool(value);
  if (type === "date") return toDate(value, plan.readDate) || undefined;
  const number = toNumber(value, plan.style);
  return number instanceof Refused ? number : plan.numberSteps.reduce((n, step) => step(n), number);
}

/** Every rule that the value breaks. */
export function brokenRules(plan: FieldPlan, value: MappedValue): Refused[] {
  return plan.rules.flatMap((rule) => rule(value) ?? []);
}

/** The ids of what the value names; refused with the first name that no record has. */
export function lookUp(plan: FieldPlan, value: MappedValue): MappedValue | Refused {
  const find = plan.lookup;
  if (!find) return value;
  const ids: string[] = [];
  for (const entry of toEntries(value)) {
    const value = String(entry);
    const id = find(value);
    if (id === "") {
      const says = `names no record (looked for ${quote(entry)})`;
      return new Refused("not_found", says, `a value of ${plan.lookupIn}`, value);
    }
    ids.push(id);
  }
  return Array.isArray(value) ? ids : (ids[0] ?? "");
}

export const NOT_SENT = new Refused("required", "is empty", "a value, since the field is required");

function notBlank(value: MappedValue): Refused | undefined {
  return isBlank(value) ? new Refused("required", "counts as empty in PocketBase", NOT_SENT.expected) : undefined;
}

function textOf(plan: FieldPlan, raw: unknown): string | undefined | Refused {
  const text = toText(raw);
  if (text instanceof Refused) return text;
  return plan.textSteps.reduce((t, step) => step(t), cleanText(text, plan.trim)) || undefined;
}

/** A number in a list or an object whose last digits are gone: two ids may have become one. */
function losesDigits(value: unknown): boolean {
  if (typeof value === "number") return !isSafeNumber(value);
  return typeof value === "object" && value !== null && Object.values(value).some(losesDigits);
}

function listOf(plan: FieldPlan, raw: unknown): string[] | undefined | Refused {
  const texts: string[] = [];
  for (const entry of toEntries(raw)) {
    const text = isNothing(entry) ? undefined : textOf(plan, entry);
    if (text instanceof Refused) return text;
    if (text !== undefined && !texts.includes(text)) texts.push(text);
  }
  return texts.length > 0 ? texts : undefined;
}

/** For numbers, dates and bools: texts cleaned, and text steps applied also to numbers, by their decimal form. */
function prepared(plan: FieldPlan, raw: unknown): unknown {
  if (typeof raw !== "string" && plan.textSteps.length === 0) return raw;
  const text = toText(raw);
  if (text instanceof Refused) return text;
  return plan.textSteps.reduce((t, step) => step(t), cleanText(text));
}

function defaultOf(plan: FieldPlan, value: MappedValue | undefined): MappedValue | undefined {
  if (value === undefined) return undefined;
  const mapped = normalize({ ...plan, textSteps: [], numberSteps: [] }, value);
  if (mapped === undefined) return undefined;
  const [refused] = mapped instanceof Refused ? [mapped] : brokenRules(plan, mapped);
  if (refused) throw new Error(`${quote(value)} ${refused.says}; expected ${refused.expected}`);
  return mapped as MappedValue;
}
