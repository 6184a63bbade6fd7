import type { TargetField } from "../mapping/model";
import { isCalendarDate, isRelativeDate } from "./dates";
import { type GetEnv, MissingVariable } from "./environment";
import { readFieldList } from "./field-list";
import { ignoredProblem } from "./ignored-fields";
import { quote } from "./json-field";
import { keyFieldName, readKeyFields } from "./key-fields";
import { lookupProblems } from "./lookup-check";
import { nextRunAt } from "./next-run";
import { type Options, readOptions } from "./options";
import { optionProblems } from "./options-check";
import { type ParentPorts, parentProblem } from "./parent";
import { scheduleLines, scheduleProblem } from "./schedule";
import { literalSecretParameter, queryParameters, resolveSourceUrl } from "./source-url";
import { readMapping, readOnMissing, readText, type StreamRecord } from "./stream";
import { markProblem, type TargetPorts, targetProblem, touchProblem } from "./target";

/** What the settings are checked against. */
export interface SettingsPorts extends TargetPorts, ParentPorts {
  getenv: GetEnv;
  /** Why PocketBase refuses a cron expression, "" when it takes it. */
  cronError(expression: string): string;
  /** Why this is not a time zone of the machine, "" when it is. */
  timezoneError(name: string): string;
  /** The fields of a base collection, null when there is none of this name. */
  targetFields(collection: string): TargetField[] | null;
  /** The faults of a mapping; paths begin with `mapping`. Without fields only what needs none is checked. */
  checkMapping(
    mapping: Record<string, unknown>,
    fields: TargetField[] | null,
  ): Array<{ path: string; message: string }>;
}

export interface SettingsProblem {
  /** A short machine code, such as `invalid_schedule`. */
  code: string;
  /** What is wrong, what was expected and what to do. */
  message: string;
}

/** Problems by the field of sync_settings under which a person mends them; empty when the record may be saved. */
export type SettingsProblems = Record<string, SettingsProblem>;

/**
 * Checks a record of sync_settings before it is saved, so that nothing is discovered at run time. A paused stream may
 * name environment variables that are not set: otherwise a lost variable would keep a person from pausing.
 */
export function checkSettings(record: StreamRecord, ports: SettingsPorts): SettingsProblems {
  const check = new Check(record, ports);
  const options = check.options();
  check.field("name", () => nameProblem(readText("name", record.name)));
  check.field("schedule", () => check.schedule());
  check.field("source_url", () => check.sourceUrl(options));
  check.field("from_date", () => fromDateProblem(readText("from_date", record.from_date), options));
  check.field("key_fields", () => keyFieldsProblem(record));
  check.field("group_fields", () => void readFieldList("group_fields", record.group_fields));
  check.field("target_collection", () => targetProblem(check.target(), ports));
  check.field("mapping", () => check.mapping());
  check.field("timezone", () => timezoneProblem(readText("timezone", record.timezone), ports));
  check.field("on_missing", () => onMissingProblem(record, options));
  check.field("options", () => check.ignored(options));
  check.field("options", () => check.mark(options));
  check.field("options", () => check.touch(options));
  check.field("options", () => check.parent(options));
  return check.problems;
}

class Check {
  readonly problems: SettingsProblems = {};

  constructor(
    private readonly record: StreamRecord,
    private readonly ports: SettingsPorts,
  ) {}

  schedule(): string {
    const text = readText("schedule", this.record.schedule);
    const problem = scheduleProblem(text, this.ports.cronError);
    if (problem !== "") return problem;
    const never = scheduleLines(text).find(({ expression }) => nextRunAt(expression, 0) === null);
    if (!never) return "";
    return `schedule line ${never.line}: ${quote(never.expression)} never comes due (no such day in the calendar, or never on that weekday)`;
  }

  /** Keeps the first problem of a field; what `find` throws is one as well. */
  field(name: keyof StreamRecord, find: () => string | undefined): void {
    let message: string | undefined;
    try {
      message = find();
    } catch (error) {
      message = error instanceof Error ? error.message : String(error);
    }
    if (message) this.problems[name] ??= { code: `invalid_${name}`, message };
  }

  /** The options with their defaults, undefined when they break the schema. */
  options(): Options | undefined {
    let options: Options | undefined;
    this.field("options", () => {
      const read = readOptions(this.record.options);
      if (!read.ok) return listed(read.problems);
      options = read.options;
      return listed(optionProblems(read.options, this.ports.getenv, this.record.paused === true));
    });
    return options;
  }

  sourceUrl(options: Options | undefined): string {
    const sourceUrl = readText("source_url", this.record.source_url);
    try {
      resolveSourceUrl(sourceUrl, this.ports.getenv);
    } catch (error) {
      if (!(error instanceof MissingVariable)) throw error;
      if (this.record.paused !== true) return `source_url: ${error.message}`;
    }
    return queryProblem(sourceUrl, options);
  }

  target(): string {
    return readText("target_collection", this.record.target_collection);
  }

  mapping(): string {
    const mapping = readMapping(this.record.mapping);
    const problems = this.ports.checkMapping(mapping, this.ports.targetFields(this.target()));
    if (problems.length > 0) return listed(problems.map(({ path, message }) => `${path}: ${message}`));
    return listed(lookupProblems(mapping, this.ports.targetFields));
  }

  ignored(options: Options | undefined): string {
    if (options === undefined || this.problems.mapping || this.problems.key_fields) return "";
    return ignoredProblem({
      keyFields: readKeyFields(this.record.key_fields),
      mapping: readMapping(this.record.mapping),
      options,
      targetFields: (this.ports.targetFields(this.target()) ?? []).map((field) => field.name),
    });
  }

  mark(options: Options | undefined): string {
    if (options === undefined || this.record.on_missing !== "mark" || this.problems.mapping) return "";
    const mapping = readMapping(this.record.mapping) as Record<string, { skip?: boolean }>;
    const skipped = Object.keys(mapping).filter((name) => mapping[name]?.skip === true);
    return markProblem(options.mark.fields, this.ports.targetFields(this.target()), skipped);
  }

  touch(options: Options | undefined): string {
    if (options === undefined || options.push.touch_field === "" || this.problems.mapping) return "";
    const mapped = Object.keys(readMapping(this.record.mapping));
    const marked = this.record.on_missing === "mark" ? Object.keys(options.mark.fields) : [];
    return touchProblem(options.push.touch_field, this.ports.targetFields(this.target()), { mapped, marked });
  }

  parent(options: Options | undefined): string {
    if (options === undefined || this.problems.name || this.problems.mapping) return "";
    const writers = {
      mapped: Object.keys(readMapping(this.record.mapping)),
      marked: Object.keys(options.mark.fields),
      touched: options.push.touch_field,
    };
    const name = readText("name", this.record.name);
    return parentProblem(name, options.parent, this.ports.targetFields(this.target()), writers, this.ports);
  }
}

function nameProblem(name: string): string {
  if (/^[a-z][a-z0-9_]{0,40}$/.test(name)) return "";
  return `name: ${JSON.stringify(name)} is not a stream name (expected a small letter a-z, then up to 40 of a-z, 0-9 and _)`;
}

function queryProblem(sourceUrl: string, options: Options | undefined): string {
  const secret = literalSecretParameter(sourceUrl);
  if (secret !== "") {
    return (
      `source_url: the query parameter "${secret}" must hold an environment reference without a default, ` +
      `such as \${ERP_TOKEN}, so that the secret stays out of the database`
    );
  }
  if (options === undefined) return "";
  const fromDateParam = options.source.from_date_param;
  const added = Object.keys(options.source.query);
  const names = queryParameters(sourceUrl).map((parameter) => parameter.name);
  if (fromDateParam !== "" && (names.includes(fromDateParam) || added.includes(fromDateParam))) {
    return `source_url: from_date is sent as "${fromDateParam}" (options.source.from_date_param), and the address or options.source.query has this parameter already: remove it there`;
  }
  const twice = names.find((name) => added.includes(name));
  return twice === undefined
    ? ""
    : `source_url: the parameter "${twice}" stands here and in options.source.query, remove one`;
}

function fromDateProblem(fromDate: string, options: Options | undefined): string {
  if (fromDate === "") return "";
  if (!isCalendarDate(fromDate) && !isRelativeDate(fromDate)) {
    return `from_date: ${JSON.stringify(fromDate)} is not a date (expected YYYY-MM-DD of a day that exists, such as 2025-12-01; so many days before today, such as -30d; or blank)`;
  }
  if (options === undefined || options.source.from_date_param !== "") return "";
  return (
    `from_date: "${fromDate}" would be sent nowhere: set options.source.from_date_param to the name of the ERP's query ` +
    'parameter, such as "fromDate", or leave from_date blank'
  );
}

/** Rows that are too old by now leave the answer day by day: without their date they look like rows that left the ERP. */
function onMissingProblem(record: StreamRecord, options: Options | undefined): string {
  const onMissing = readOnMissing(record.on_missing);
  const fromDate = String(record.from_date ?? "").trim();
  if (onMissing === "keep" || !isRelativeDate(fromDate) || options?.diff.window_field !== "") return "";
  return (
    `on_missing: "${onMissing}" with the moving from_date "${fromDate}" needs options.diff.window_field, the date field of ` +
    "the ERP's row that from_date is about: only it tells a row that is too old by now from one that has left the ERP"
  );
}

function keyFieldsProblem(record: StreamRecord): string {
  const keyFields = readKeyFields(record.key_fields).map(keyFieldName);
  if (keyFields.length === 0) {
    return 'key_fields: it is blank (expected the ERP fields that tell the rows apart, such as ["sku"])';
  }
  const missing = groupFieldsOf(record).find((name) => !keyFields.includes(name));
  if (missing === undefined) return "";
  return `key_fields: the group field "${missing}" is not among the key fields: add it, so that each key belongs to one group`;
}

/** The group fields, none when they are unreadable: that is told under their own field. */
function groupFieldsOf(record: StreamRecord): string[] {
  try {
    return readFieldList("group_fields", record.group_fields);
  } catch {
    return [];
  }
}

function timezoneProblem(timezone: string, ports: SettingsPorts): string {
  const reason = timezone === "" ? "" : ports.timezoneError(timezone);
  if (reason === "") return "";
  return `timezone: ${JSON.stringify(timezone)} is not a time zone (${reason}; expected a name such as UTC or Asia/Dubai)`;
}

/** Up to three problems in one text, since a field shows one message. */
function listed(problems: string[]): string {
  const more = problems.length - 3;
  return problems.slice(0, 3).join("; ") + (more > 0 ? `; and ${more} more` : "");
}
