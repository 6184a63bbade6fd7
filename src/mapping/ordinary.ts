import type { FieldPlan } from "./fields";
import type { MappedValue } from "./model";
import { emptyValue, isList, isTextual } from "./types";

/** Kinds of fields whose ordinary values need no work. */
export type Cheap = "text" | "number" | "date" | "never";

/** Which values of a field need no work. */
export function cheapKind(plan: FieldPlan): Cheap {
  const { type } = plan.field;
  const hasSteps = plan.rules.length + plan.textSteps.length + plan.numberSteps.length > 0 || plan.lookup !== undefined;
  if (hasSteps || isList(plan.field)) return "never";
  if (type === "number" || type === "date") return type;
  return isTextual(type) ? "text" : "never";
}

/** What stands for null, "" and missing; undefined when those need the whole way. */
export function plainEmpty(plan: FieldPlan): MappedValue | undefined {
  const isPlain = !plan.required && plan.fallback === undefined && !isList(plan.field);
  return isPlain ? emptyValue(plan.field) : undefined;
}
