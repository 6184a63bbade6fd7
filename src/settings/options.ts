import type { AlertKind } from "../alerts/kinds";
import { isObject, readJson } from "./json-field";
import { schemaErrorTexts } from "./option-errors";
import validate from "./options-validator";

export type AuthKind = "none" | "bearer" | "basic" | "header" | "jwt_hs256";
export type PagingKind = "none" | "offset" | "page" | "cursor" | "link";
export type CursorFormat = "iso" | "datetime" | "date" | "epoch_ms" | "epoch_s" | "number";
export type OnDuplicate = "keep" | "last" | "reject";
export type RetryStrategy = "exponential" | "linear" | "fixed" | "custom";

/** The field `options` of a stream with every default filled in. options.schema.json says what each one does. */
export interface Options {
  source: {
    rows_path: string;
    from_date_param: string;
    query: Record<string, string | number | boolean>;
    headers: Record<string, string>;
    timeout_seconds: number;
    connect_timeout_seconds: number;
    transport: "auto" | "curl" | "http";
    cacert: string;
    max_bytes: number;
    paging: {
      kind: PagingKind;
      param: string;
      size_param: string;
      page_size: number;
      /** null: 0 for an offset, 1 for a page. */
      start: number | null;
      cursor_path: string;
      max_pages: number;
    };
    /** Most rows on one day (UTC); 0: no limit. */
    daily_rows: number;
    incremental: {
      /** "": every run asks for everything. */
      param: string;
      cursor_field: string;
      format: CursorFormat;
      lookback_minutes: number;
      full_every_hours: number;
    };
    auth: {
      kind: AuthKind;
      token: string;
      username: string;
      password: string;
      name: string;
      value: string;
      secret: string;
      claims: Record<string, string | number | boolean>;
      ttl_seconds: number;
    };
  };
  diff: {
    on_duplicate: OnDuplicate;
    version_field: string;
    window_field: string;
    ignore_fields: string[];
    max_shrink_percent: number;
  };
  parent: Parentage;
  mark: { fields: Record<string, string | number | boolean | null> };
  push: { mode: "records" | "bulk" | "auto"; batch_size: number; touch_field: string };
  retry: RetryPolicy;
  breaker: { failures: number; max_minutes: number };
  log: { level: "info" | "warn" | "error"; payloads: boolean };
  run: { max_minutes: number };
  alerts: Alerts;
  retention: Retention;
  archive: {
    to: "none" | "local" | "s3";
    prefix: string;
    /** 0 keeps them. */
    days: number;
    required: boolean;
    timeout_seconds: number;
  };
}

/** Which row of another stream a row belongs to (002). */
export interface Parentage {
  /** "": the rows have no parent. */
  stream: string;
  /** ERP fields of the child that make the parent's erp_id, in the order of the parent's key_fields. */
  key: string | string[];
  /** The target field that gets the id of the parent's record. */
  field: string;
}

/** Who is told, and from when on. */
export interface Alerts {
  /** A reference; "": ERP_ALERT_WEBHOOK_URL. */
  webhook: string;
  email: string[];
  off: AlertKind[];
  long_minutes: number;
  many_changes: number;
  backlog_minutes: number;
  failure_percent: number;
  /** 0: two intervals of the schedule. */
  no_success_hours: number;
  /** HH:MM in UTC; "": none. */
  daily_summary_at: string;
  /** "": none. */
  on_finish: string;
}

/** How long what is over is kept, in days. */
export interface Retention {
  jobs_days: number;
  log_days: number;
  /** 0 keeps them. */
  history_days: number;
  runs_days: number;
  quarantine_days: number;
  tombstones_days: number;
  /** 0 is no limit. */
  max_runs: number;
}

/** When a failed job is tried again. */
export interface RetryPolicy {
  strategy: RetryStrategy;
  delays_seconds: number[];
  max_retries: number;
  base_seconds: number;
}

export type ReadOptions = { ok: true; options: Options } | { ok: false; problems: string[] };

/** The options with their defaults, or every rule of the schema they break, as text. The argument is not changed. */
export function readOptions(value: unknown): ReadOptions {
  const given = readGiven(value);
  if (!isObject(given)) {
    return { ok: false, problems: ['options: not a JSON object (expected one such as {"push": {"batch_size": 500}})'] };
  }
  const copy: unknown = JSON.parse(JSON.stringify(given));
  if (validate(copy)) return { ok: true, options: copy };
  return { ok: false, problems: schemaErrorTexts(validate.errors ?? []) };
}

/** The options with their defaults. Throws one Error that names every bad option. */
export function defaultsApplied(value: unknown): Options {
  const read = readOptions(value);
  if (read.ok) return read.options;
  throw new Error(read.problems.join("; "));
}

/** What the field holds; {} when it is blank, undefined when it is not JSON. It may hold a secret: never quote it. */
function readGiven(value: unknown): unknown {
  try {
    return readJson(value) ?? {};
  } catch {
    return undefined;
  }
}
