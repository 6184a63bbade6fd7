import { quote } from "./json-field";

/** One line of the field `schedule`. */
export interface ScheduleLine {
  /** Counted from 1, blank lines and comments included, as a person counts them. */
  line: number;
  expression: string;
}

/** The cron expressions in the field, one per line; `# …` to the end of a line is a comment, runs of blanks are one. */
export function scheduleLines(text: string): ScheduleLine[] {
  return text
    .split(/\r\n|\r|\n/)
    .map((line, index) => ({
      line: index + 1,
      expression: line
        .replace(/(^|\s)#.*$/, "")
        .trim()
        .replace(/\s+/g, " "),
    }))
    .filter((line) => line.expression !== "");
}

/**
 * What is wrong with the schedule, "" when nothing is. `cronError` has the last word on each expression: what it
 * accepts ("") is accepted.
 */
export function scheduleProblem(text: string, cronError: (expression: string) => string): string {
  const seen = new Map<string, number>();
  for (const { line, expression } of scheduleLines(text)) {
    const refusal = cronError(expression);
    if (refusal !== "") {
      const reason = explainCron(expression) || refusal;
      return `schedule line ${line}: ${quote(expression)} is not a cron expression (${reason})`;
    }
    const fields = inFields(expression);
    const before = seen.get(fields);
    if (before !== undefined) return `schedule line ${line}: ${quote(expression)} repeats line ${before}, remove one`;
    seen.set(fields, line);
  }
  return "";
}

/** A field of a cron expression. */
export interface CronPart {
  name: string;
  min: number;
  max: number;
  note: string;
}

/** The five fields of a cron expression, in their order. */
export const cronParts: readonly CronPart[] = [
  { name: "minute", min: 0, max: 59, note: "" },
  { name: "hour", min: 0, max: 23, note: "" },
  { name: "day", min: 1, max: 31, note: "" },
  { name: "month", min: 1, max: 12, note: ", as a number" },
  { name: "weekday", min: 0, max: 6, note: ", as a number, Sunday is 0" },
];
const macros = new Map([
  ["@hourly", "0 * * * *"],
  ["@daily", "0 0 * * *"],
  ["@midnight", "0 0 * * *"],
  ["@weekly", "0 0 * * 0"],
  ["@monthly", "0 0 1 * *"],
  ["@yearly", "0 0 1 1 *"],
  ["@annually", "0 0 1 1 *"],
]);

/** The expression as PocketBase shows it for a registered job: a word such as @hourly in its five fields. */
export function inFields(expression: string): string {
  return macros.get(expression) ?? expression;
}

/** Says which part of a cron expression is wrong, "" when none is. PocketBase knows numbers only, no names. */
export function explainCron(expression: string): string {
  if (expression.startsWith("@")) {
    return macros.has(expression) ? "" : `the words are ${Array.from(macros.keys()).join(", ")}`;
  }
  const parts = expression.split(" ");
  if (parts.length !== cronParts.length) {
    const count = parts.length === 1 ? "1 part" : `${parts.length} parts`;
    return `it has ${count}, expected 5: minute hour day month weekday`;
  }
  for (const [index, part] of cronParts.entries()) {
    const problem = explainPart(parts[index] ?? "", part);
    if (problem !== "") return problem;
  }
  return "";
}

function explainPart(text: string, part: CronPart): string {
  for (const item of text.split(",")) {
    const problem = explainItem(item, part);
    if (problem !== "") return problem;
  }
  return "";
}

function explainItem(item: string, part: CronPart): string {
  const [range = "", step, ...more] = item.split("/");
  if (more.length > 0) return `${part.name} "${item}" has more than one step`;
  if (step !== undefined) {
    if (!isNumberWithin(step, 1, part.max)) return `the step of ${part.name} must be 1-${part.max}`;
    if (step !== "1" && range !== "*" && !range.includes("-")) {
      return `the step of ${part.name} needs * or a range before it, such as */${step}`;
    }
  }
  if (range === "*") return "";
  const bounds = range.split("-");
  if (bounds.length > 2 || !bounds.every((bound) => isNumberWithin(bound, part.min, part.max))) {
    return `${part.name} must be ${part.min}-${part.max}${part.note}`;
  }
  const [from, to] = bounds;
  if (to !== undefined && Number(from) > Number(to)) return `the range of ${part.name} runs backwards`;
  return "";
}

function isNumberWithin(text: string, min: number, max: number): boolean {
  return /^\d{1,3}$/.test(text) && Number(text) >= min && Number(text) <= max;
}
