// Generated from options.schema.json by scripts/build/schema.mjs. DO NOT EDIT.
// biome-ignore-all lint: generated
// biome-ignore-all format: generated
// biome-ignore-all assist: generated
const validate = validate20;
var options_validator_default = validate20;
const schema31 = { "$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Options of a stream", "description": "The field options of a sync_settings record: everything about a stream that is set rarely. Every option may be left out.", "type": "object", "additionalProperties": false, "properties": { "source": { "description": "Where the rows come from and how they are asked for.", "type": "object", "additionalProperties": false, "default": {}, "properties": { "rows_path": { "description": "Where the list of rows stands in the answer: $ when the answer is the list itself, else names joined with dots.", "type": "string", "pattern": "^(\\$|[^.$\\s][^.\\s]*(\\.[^.\\s]+)*)$", "default": "$", "examples": ["data.items"] }, "from_date_param": { "description": "Name of the query parameter that from_date is sent in. Blank: from_date is not sent.", "type": "string", "pattern": "^[^\\s&=#?]*$", "default": "", "examples": ["fromDate"] }, "query": { "description": "Query parameters added to source_url, name to value. Values may hold ${ERP_…} references.", "type": "object", "propertyNames": { "pattern": "^[^\\s&=#?]+$" }, "additionalProperties": { "type": ["string", "number", "boolean"] }, "default": {}, "examples": [{ "txnType": "BOM" }] }, "headers": { "description": "HTTP headers sent to the ERP, name to value. Values may hold ${ERP_…} references.", "type": "object", "propertyNames": { "pattern": "^[A-Za-z0-9!#$%&'*+.^_`|~-]+$" }, "additionalProperties": { "type": "string" }, "default": {}, "examples": [{ "X-Tenant": "dubai" }] }, "timeout_seconds": { "description": "Seconds until a fetch that has not finished is given up and retried.", "type": "integer", "minimum": 1, "maximum": 7200, "default": 300, "examples": [1800] }, "connect_timeout_seconds": { "description": "Seconds until an ERP that does not take the connection is given up and retried.", "type": "integer", "minimum": 1, "maximum": 7200, "default": 10, "examples": [30] }, "transport": { "description": "Program that fetches: curl (large answers, own CA files), http (PocketBase itself), auto (curl where the machine has it).", "type": "string", "enum": ["auto", "curl", "http"], "default": "auto", "examples": ["curl"] }, "cacert": { "description": "Path of a file with the certificate authority of the ERP, for curl. With transport http set the environment variable SSL_CERT_FILE instead.", "type": "string", "pattern": "^[^\\r\\n]*$", "default": "", "examples": ["/etc/ssl/erp-ca.pem"] }, "max_bytes": { "description": "Largest answer that is accepted, in bytes. A larger one fails the run and changes nothing.", "type": "integer", "minimum": 1, "maximum": 1099511627776, "default": 2147483648, "examples": [536870912] }, "paging": { "description": "How an ERP that answers in pages is asked for them. All pages together are one snapshot.", "type": "object", "additionalProperties": false, "default": {}, "properties": { "kind": { "description": "none, offset (rows to skip), page (a page's number), cursor (a text from the page before) or link (the header Link, rel=next).", "type": "string", "enum": ["none", "offset", "page", "cursor", "link"], "default": "none", "examples": ["page"] }, "param": { "description": "Name of the query parameter for the offset, page number or cursor. Blank: offset, page or cursor, as the kind.", "type": "string", "pattern": "^[^\\s&=#?]*$", "default": "", "examples": ["skip"] }, "size_param": { "description": "Name of the query parameter for the number of rows a page. Blank: it is not sent.", "type": "string", "pattern": "^[^\\s&=#?]*$", "default": "limit", "examples": ["pageSize"] }, "page_size": { "description": "Rows a page.", "type": "integer", "minimum": 1, "maximum": 1e4, "default": 1e3, "examples": [500] }, "start": { "description": "The first offset or page number. null: 0 for an offset, 1 for a page.", "type": ["integer", "null"], "minimum": 0, "maximum": 1e9, "default": null, "examples": [0] }, "cursor_path": { "description": "For cursor: where the next page's cursor stands in the answer, names joined with dots.", "type": "string", "pattern": "^[^.$\\s][^.\\s]*(\\.[^.\\s]+)*$", "default": "next_cursor", "examples": ["meta.next"] }, "max_pages": { "description": "More pages than that are taken for a fault.", "type": "integer", "minimum": 1, "maximum": 1e6, "default": 1e4, "examples": [500] } } }, "daily_rows": { "description": "Most rows that the stream fetches on one day (UTC), for a first load that takes several days: the next run goes on with the next page. Whole pages are taken, so a day may have up to one page more. 0: no limit. Needs paging.", "type": "integer", "minimum": 0, "maximum": 1e9, "default": 0, "examples": [1e6] }, "incremental": { "description": "Asks only for rows that are new or changed since the last run. Rows that left the ERP are found by the full runs in between.", "type": "object", "additionalProperties": false, "default": {}, "properties": { "param": { "description": "Name of the query parameter that says since when. Blank: every run asks for everything. It may be the same as from_date_param.", "type": "string", "pattern": "^[^\\s&=#?]*$", "default": "", "examples": ["modifiedSince"] }, "cursor_field": { "description": "The field of a row that says when it was changed last, or a number that grows with every change.", "type": "string", "pattern": "^(\\S(.*\\S)?)?$", "default": "", "examples": ["LAST_MODIFIED"] }, "format": { "description": "How the parameter is written: iso (UTC, with milliseconds), datetime and date (wall clock of the stream's timezone), epoch_ms, epoch_s, or number for a cursor_field that is no time.", "type": "string", "enum": ["iso", "datetime", "date", "epoch_ms", "epoch_s", "number"], "default": "iso", "examples": ["datetime"] }, "lookback_minutes": { "description": "Asks for so many minutes more than needed, since an ERP may show a change late. Not for format number.", "type": "integer", "minimum": 0, "maximum": 525600, "default": 10, "examples": [60] }, "full_every_hours": { "description": "Hours after which a run asks for everything again. 0: only when the settings of the source change.", "type": "integer", "minimum": 0, "maximum": 8760, "default": 24, "examples": [168] } } }, "auth": { "description": "How the stream proves to the ERP who it is. Secrets are references to the environment, never the secret itself.", "type": "object", "additionalProperties": false, "default": {}, "properties": { "kind": { "description": "none, bearer (needs token), basic (needs username and password), header (needs name and value) or jwt_hs256 (needs secret).", "type": "string", "enum": ["none", "bearer", "basic", "header", "jwt_hs256"], "default": "none", "examples": ["bearer"] }, "token": { "description": "The bearer token: a reference such as ${ERP_TOKEN}.", "type": "string", "pattern": "^(\\$\\{ERP_[A-Z0-9_]+\\})?$", "writeOnly": true, "default": "", "examples": ["${ERP_TOKEN}"] }, "username": { "description": "The user name for basic. May be a reference.", "type": "string", "pattern": "^[^:\\r\\n]*$", "default": "", "examples": ["sync"] }, "password": { "description": "The password for basic: a reference such as ${ERP_PASSWORD}.", "type": "string", "pattern": "^(\\$\\{ERP_[A-Z0-9_]+\\})?$", "writeOnly": true, "default": "", "examples": ["${ERP_PASSWORD}"] }, "name": { "description": "The header's name for header.", "type": "string", "pattern": "^[A-Za-z0-9!#$%&'*+.^_`|~-]*$", "default": "", "examples": ["X-API-Key"] }, "value": { "description": "The header's value for header: a reference such as ${ERP_API_KEY}.", "type": "string", "pattern": "^(\\$\\{ERP_[A-Z0-9_]+\\})?$", "writeOnly": true, "default": "", "examples": ["${ERP_API_KEY}"] }, "secret": { "description": "The secret that jwt_hs256 signs with: a reference such as ${ERP_JWT_SECRET}.", "type": "string", "pattern": "^(\\$\\{ERP_[A-Z0-9_]+\\})?$", "writeOnly": true, "default": "", "examples": ["${ERP_JWT_SECRET}"] }, "claims": { "description": "The claims of the token for jwt_hs256; exp and iat are added. Values may hold ${ERP_…} references.", "type": "object", "additionalProperties": { "type": ["string", "number", "boolean"] }, "default": {}, "examples": [{ "iss": "pocketbase" }] }, "ttl_seconds": { "description": "How long a token for jwt_hs256 is valid. A new one is made when half of that is over.", "type": "integer", "minimum": 10, "maximum": 86400, "default": 300, "examples": [60] } } } } }, "diff": { "description": "How the rows of an answer are compared with those known.", "type": "object", "additionalProperties": false, "default": {}, "properties": { "on_duplicate": { "description": "Rows of one answer that share their key: keep them all, keep the last one, or reject them all into quarantine.", "type": "string", "enum": ["keep", "last", "reject"], "default": "keep", "examples": ["last"] }, "version_field": { "description": "A field of the ERP row that grows with each change, such as a row version or a time. A row with a lower value never overwrites a stored one of its key that the ERP still sends. Blank: the newest answer is right.", "type": "string", "pattern": "^(\\S(.*\\S)?)?$", "default": "", "examples": ["ROWVERSION"] }, "window_field": { "description": "The date field of the ERP row that from_date is about. A known row before that day has aged out: it is kept and never counts as left. Needed for on_missing mark and delete with a from_date such as -30d.", "type": "string", "pattern": "^(\\S(.*\\S)?)?$", "default": "", "examples": ["WO_RLS_DATE"] }, "ignore_fields": { "description": "ERP fields whose changes alone do not make a row a changed one, such as stock levels that no target field takes. The raw row then shows them as of the last change that mattered.", "type": "array", "maxItems": 50, "uniqueItems": true, "items": { "type": "string", "pattern": "^\\S(.*\\S)?$" }, "default": [], "examples": [["PART_QTY_ON_HAND_WHOLE", "PART_QTY_IN_DEMAND_WHOLE"]] }, "max_shrink_percent": { "description": "Largest part of the known rows, in percent, that one run may delete without a person's approval.", "type": "number", "minimum": 0, "maximum": 100, "default": 20, "examples": [5] } } }, "parent": { "description": "Rows that belong to a row of another stream, such as an order's lines. A row whose parent is not in the target yet waits for it.", "type": "object", "additionalProperties": false, "default": {}, "properties": { "stream": { "description": "Name of the stream that brings the parents. Blank: the rows have no parent.", "type": "string", "pattern": "^([a-z][a-z0-9_]*)?$", "default": "", "examples": ["orders"] }, "key": { "description": "The ERP field of the row that holds its parent's key; several, in the order of the parent's key_fields, where that key has several.", "type": ["string", "array"], "maxItems": 20, "items": { "type": "string", "pattern": "^\\S(.*\\S)?$" }, "default": [], "examples": [["ORDER_ID"]] }, "field": { "description": "The relation or text field of the target that gets the id of the parent's record.", "type": "string", "pattern": "^([A-Za-z_][A-Za-z0-9_]*)?$", "default": "", "examples": ["order"] } } }, "mark": { "description": "What on_missing mark does to a target record whose row has left the ERP.", "type": "object", "additionalProperties": false, "default": {}, "properties": { "fields": { "description": "Target fields to set, name to constant value; @now in a date field is the time at which the row was found missing.", "type": "object", "additionalProperties": { "type": ["string", "number", "boolean", "null"] }, "default": {}, "examples": [{ "is_discontinued": true, "discontinued_at": "@now" }] } } }, "push": { "description": "How rows are written to the target collection.", "type": "object", "additionalProperties": false, "default": {}, "properties": { "mode": { "description": "How rows are written. records: one after the other through PocketBase, so that hooks and realtime of the target fire. bulk: many with one statement, much faster, without hooks; one realtime message for each batch. auto: bulk for the first load and above 1,000 pending rows, where the target allows it.", "type": "string", "enum": ["records", "bulk", "auto"], "default": "auto", "examples": ["bulk"] }, "batch_size": { "description": "Most rows written in one transaction. Fewer are taken as soon as a transaction takes longer than 100 ms.", "type": "integer", "minimum": 1, "maximum": 1e3, "default": 1e3, "examples": [500] }, "touch_field": { "description": "Date field of the target that each run with a complete answer sets in the records of all rows the ERP still sends, changed or not. Blank: none.", "type": "string", "pattern": "^([A-Za-z_][A-Za-z0-9_]*)?$", "default": "", "examples": ["last_synced_at"] } } }, "retry": { "description": "When a row that could not be pushed is tried again.", "type": "object", "additionalProperties": false, "default": {}, "properties": { "strategy": { "description": "Waits between tries: custom (the list delays_seconds), fixed (base_seconds each time), linear (base_seconds times 1, 2, 3 …) or exponential (times 1, 2, 4 …).", "type": "string", "enum": ["exponential", "linear", "fixed", "custom"], "default": "custom", "examples": ["exponential"] }, "delays_seconds": { "description": "For custom: seconds before retry 1, 2, 3 …; the last one repeats when max_retries is larger than the list.", "type": "array", "minItems": 1, "maxItems": 20, "items": { "type": "integer", "minimum": 0, "maximum": 86400 }, "default": [30, 120, 600, 1800, 3600], "examples": [[60, 300]] }, "max_retries": { "description": "Retries before a job is dead and waits for a person. 0: dead at the first failure.", "type": "integer", "minimum": 0, "maximum": 20, "default": 5, "examples": [3] }, "base_seconds": { "description": "For exponential, linear and fixed: seconds before the first retry. No wait is longer than a day.", "type": "integer", "minimum": 1, "maximum": 86400, "default": 60, "examples": [30] } } }, "retention": { "description": "How long what is over is kept. Rows that the target still has, open jobs, and open quarantine are never deleted.", "type": "object", "additionalProperties": false, "default": {}, "properties": { "jobs_days": { "description": "Days that finished jobs are kept.", "type": "integer", "minimum": 1, "maximum": 3650, "default": 14, "examples": [30] }, "log_days": { "description": "Days that push_log entries without old and new values are kept: inserts, deletes, failed attempts.", "type": "integer", "minimum": 1, "maximum": 3650, "default": 30, "examples": [90] }, "history_days": { "description": "Days that push_log entries with old and new values are kept, which tell a row's story; 0 keeps them.", "type": "integer", "minimum": 0, "maximum": 36500, "default": 0, "examples": [730] }, "runs_days": { "description": "Days that runs, and alerts that are over, are kept.", "type": "integer", "minimum": 1, "maximum": 36500, "default": 180, "examples": [365] }, "quarantine_days": { "description": "Days that resolved quarantine is kept.", "type": "integer", "minimum": 1, "maximum": 36500, "default": 90, "examples": [30] }, "tombstones_days": { "description": "Days that raw rows are kept which neither the ERP nor the target has any more.", "type": "integer", "minimum": 1, "maximum": 36500, "default": 365, "examples": [90] }, "max_runs": { "description": "Keep at most so many runs, and the finished jobs, resolved quarantine, alerts that are over and log entries without values since the oldest of them; 0 is no limit.", "type": "integer", "minimum": 0, "maximum": 1e6, "default": 0, "examples": [1e3] } } }, "breaker": { "description": "How often an ERP is asked that keeps failing. Runs by hand always go through.", "type": "object", "additionalProperties": false, "default": {}, "properties": { "failures": { "description": "After so many failed runs in a row scheduled runs are left out: every second one is made, then every fourth, every eighth and so on, until one does not fail. 0: never.", "type": "integer", "minimum": 0, "maximum": 100, "default": 5, "examples": [3] }, "max_minutes": { "description": "So long at most, in minutes, after a failed run; a schedule that comes due less often is always heeded.", "type": "integer", "minimum": 1, "maximum": 10080, "default": 240, "examples": [60] } } }, "log": { "description": "What the stream writes to PocketBase's Logs page.", "type": "object", "additionalProperties": false, "default": {}, "properties": { "level": { "description": "Entries less grave than this are left out. info: every stage of every run.", "type": "string", "enum": ["info", "warn", "error"], "default": "info", "examples": ["warn"] }, "payloads": { "description": "Values of rows, their keys and words of the ERP's answers may stand in the log.", "type": "boolean", "default": false, "examples": [true] } } }, "alerts": { "description": "Who is told when something is wrong, and from when on it is.", "type": "object", "additionalProperties": false, "default": {}, "properties": { "webhook": { "description": "Where alerts are posted, in the form Slack takes: a reference such as ${ERP_ALERT_WEBHOOK_STOCK}, as the address is a secret. Blank: the variable ERP_ALERT_WEBHOOK_URL, where that is set.", "type": "string", "pattern": "^(\\$\\{ERP_[A-Z0-9_]+\\})?$", "writeOnly": true, "default": "", "examples": ["${ERP_ALERT_WEBHOOK_STOCK}"] }, "email": { "description": "Addresses that get each alert by e-mail, through the mail settings of PocketBase.", "type": "array", "maxItems": 20, "items": { "type": "string", "pattern": '^[^\\s@,;<>"]+@[^\\s@,;<>"]+$', "examples": ["it@example.com"] }, "default": [], "examples": [["it@example.com"]] }, "off": { "description": "Kinds of alerts that are not wanted.", "type": "array", "maxItems": 20, "items": { "type": "string", "enum": ["run_failed", "run_long", "many_changes", "deletes_held", "dead_jobs", "quarantine_grew", "backlog", "failure_rate", "no_success", "overlap", "schema_drift", "archive_failed"] }, "default": [], "examples": [["overlap"]] }, "long_minutes": { "description": "Minutes after which a run that is still at work is told of.", "type": "integer", "minimum": 1, "maximum": 10080, "default": 15, "examples": [60] }, "many_changes": { "description": "More rows changed by one run than that are told of.", "type": "integer", "minimum": 0, "maximum": 1e9, "default": 1e4, "examples": [500] }, "backlog_minutes": { "description": "Minutes after which a job that still waits to be pushed is told of.", "type": "integer", "minimum": 1, "maximum": 525600, "default": 180, "examples": [60] }, "failure_percent": { "description": "Largest part of the jobs of an hour, in percent, that may fail. Fewer than 10 jobs say nothing.", "type": "number", "minimum": 0, "maximum": 100, "default": 20, "examples": [5] }, "no_success_hours": { "description": "Hours after which a stream is told of that has had no good run. 0: when its schedule has come due twice since.", "type": "integer", "minimum": 0, "maximum": 8760, "default": 0, "examples": [26] }, "daily_summary_at": { "description": "When a summary of the past 24 hours is sent each day, HH:MM in UTC. Blank: none.", "type": "string", "pattern": "^(([01][0-9]|2[0-3]):[0-5][0-9])?$", "default": "", "examples": ["05:30"] }, "on_finish": { "description": "An address that gets a signed POST at the end of every run, http or https; may hold ${ERP_…} references. The secret is the variable ERP_WEBHOOK_SECRET. Blank: none.", "type": "string", "pattern": "^(\\S+)?$", "default": "", "examples": ["https://n8n.example.com/webhook/erp"] } } }, "archive": { "description": "Keeps the ERP's answers as they came.", "type": "object", "additionalProperties": false, "default": {}, "properties": { "to": { "description": "Where each answer is kept: none, local (a folder of this machine, ERP_ARCHIVE_DIR) or s3 (the bucket that the ERP_S3_… variables name; needs curl).", "type": "string", "enum": ["none", "local", "s3"], "default": "none", "examples": ["s3"] }, "prefix": { "description": "The folder in there. Blank: none.", "type": "string", "pattern": "^([A-Za-z0-9][A-Za-z0-9_.-]*(/[A-Za-z0-9][A-Za-z0-9_.-]*)*)?$", "default": "erp", "examples": ["factory1/erp"] }, "days": { "description": "Days that answers are kept; 0 keeps them.", "type": "integer", "minimum": 0, "maximum": 36500, "default": 30, "examples": [90] }, "required": { "description": "A run whose answer cannot be archived fails and changes nothing. false: it goes on, and says so.", "type": "boolean", "default": false, "examples": [true] }, "timeout_seconds": { "description": "Seconds until an archive that has not taken a file is given up.", "type": "integer", "minimum": 1, "maximum": 3600, "default": 120, "examples": [600] } } }, "run": { "description": "Limits of a whole run.", "type": "object", "additionalProperties": false, "default": {}, "properties": { "max_minutes": { "description": "Minutes after which a run stops and leaves its remaining jobs to the worker. 0: no limit.", "type": "integer", "minimum": 0, "maximum": 1440, "default": 0, "examples": [30] } } } } };
const func1 = Object.prototype.hasOwnProperty;
const pattern4 = new RegExp("^(\\$|[^.$\\s][^.\\s]*(\\.[^.\\s]+)*)$", "");
const pattern5 = new RegExp("^[^\\s&=#?]*$", "");
const pattern6 = new RegExp("^[^\\s&=#?]+$", "");
const pattern7 = new RegExp("^[A-Za-z0-9!#$%&'*+.^_`|~-]+$", "");
const pattern8 = new RegExp("^[^\\r\\n]*$", "");
const pattern11 = new RegExp("^[^.$\\s][^.\\s]*(\\.[^.\\s]+)*$", "");
const pattern13 = new RegExp("^(\\S(.*\\S)?)?$", "");
const pattern14 = new RegExp("^(\\$\\{ERP_[A-Z0-9_]+\\})?$", "");
const pattern15 = new RegExp("^[^:\\r\\n]*$", "");
const pattern17 = new RegExp("^[A-Za-z0-9!#$%&'*+.^_`|~-]*$", "");
const pattern22 = new RegExp("^\\S(.*\\S)?$", "");
const pattern23 = new RegExp("^([a-z][a-z0-9_]*)?$", "");
const pattern25 = new RegExp("^([A-Za-z_][A-Za-z0-9_]*)?$", "");
const pattern28 = new RegExp('^[^\\s@,;<>"]+@[^\\s@,;<>"]+$', "");
const pattern29 = new RegExp("^(([01][0-9]|2[0-3]):[0-5][0-9])?$", "");
const pattern30 = new RegExp("^(\\S+)?$", "");
const pattern31 = new RegExp("^([A-Za-z0-9][A-Za-z0-9_.-]*(/[A-Za-z0-9][A-Za-z0-9_.-]*)*)?$", "");
function validate20(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate20.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = void 0;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = void 0;
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.source === void 0) {
      data.source = {};
    }
    if (data.diff === void 0) {
      data.diff = {};
    }
    if (data.parent === void 0) {
      data.parent = {};
    }
    if (data.mark === void 0) {
      data.mark = {};
    }
    if (data.push === void 0) {
      data.push = {};
    }
    if (data.retry === void 0) {
      data.retry = {};
    }
    if (data.retention === void 0) {
      data.retention = {};
    }
    if (data.breaker === void 0) {
      data.breaker = {};
    }
    if (data.log === void 0) {
      data.log = {};
    }
    if (data.alerts === void 0) {
      data.alerts = {};
    }
    if (data.archive === void 0) {
      data.archive = {};
    }
    if (data.run === void 0) {
      data.run = {};
    }
    for (const key0 in data) {
      if (!func1.call(schema31.properties, key0)) {
        const err0 = { instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, schema: false, parentSchema: schema31, data };
        if (vErrors === null) {
          vErrors = [err0];
        } else {
          vErrors.push(err0);
        }
        errors++;
      }
    }
    let data0 = data.source;
    if (data0 && typeof data0 == "object" && !Array.isArray(data0)) {
      if (data0.rows_path === void 0) {
        data0.rows_path = "$";
      }
      if (data0.from_date_param === void 0) {
        data0.from_date_param = "";
      }
      if (data0.query === void 0) {
        data0.query = {};
      }
      if (data0.headers === void 0) {
        data0.headers = {};
      }
      if (data0.timeout_seconds === void 0) {
        data0.timeout_seconds = 300;
      }
      if (data0.connect_timeout_seconds === void 0) {
        data0.connect_timeout_seconds = 10;
      }
      if (data0.transport === void 0) {
        data0.transport = "auto";
      }
      if (data0.cacert === void 0) {
        data0.cacert = "";
      }
      if (data0.max_bytes === void 0) {
        data0.max_bytes = 2147483648;
      }
      if (data0.paging === void 0) {
        data0.paging = {};
      }
      if (data0.daily_rows === void 0) {
        data0.daily_rows = 0;
      }
      if (data0.incremental === void 0) {
        data0.incremental = {};
      }
      if (data0.auth === void 0) {
        data0.auth = {};
      }
      for (const key1 in data0) {
        if (!func1.call(schema31.properties.source.properties, key1)) {
          const err1 = { instancePath: instancePath + "/source", schemaPath: "#/properties/source/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key1 }, schema: false, parentSchema: schema31.properties.source, data: data0 };
          if (vErrors === null) {
            vErrors = [err1];
          } else {
            vErrors.push(err1);
          }
          errors++;
        }
      }
      let data1 = data0.rows_path;
      if (typeof data1 === "string") {
        if (!pattern4.test(data1)) {
          const err2 = { instancePath: instancePath + "/source/rows_path", schemaPath: "#/properties/source/properties/rows_path/pattern", keyword: "pattern", params: { pattern: "^(\\$|[^.$\\s][^.\\s]*(\\.[^.\\s]+)*)$" }, schema: "^(\\$|[^.$\\s][^.\\s]*(\\.[^.\\s]+)*)$", parentSchema: schema31.properties.source.properties.rows_path, data: data1 };
          if (vErrors === null) {
            vErrors = [err2];
          } else {
            vErrors.push(err2);
          }
          errors++;
        }
      } else {
        const err3 = { instancePath: instancePath + "/source/rows_path", schemaPath: "#/properties/source/properties/rows_path/type", keyword: "type", params: { type: "string" }, schema: schema31.properties.source.properties.rows_path.type, parentSchema: schema31.properties.source.properties.rows_path, data: data1 };
        if (vErrors === null) {
          vErrors = [err3];
        } else {
          vErrors.push(err3);
        }
        errors++;
      }
      let data2 = data0.from_date_param;
      if (typeof data2 === "string") {
        if (!pattern5.test(data2)) {
          const err4 = { instancePath: instancePath + "/source/from_date_param", schemaPath: "#/properties/source/properties/from_date_param/pattern", keyword: "pattern", params: { pattern: "^[^\\s&=#?]*$" }, schema: "^[^\\s&=#?]*$", parentSchema: schema31.properties.source.properties.from_date_param, data: data2 };
          if (vErrors === null) {
            vErrors = [err4];
          } else {
            vErrors.push(err4);
          }
          errors++;
        }
      } else {
        const err5 = { instancePath: instancePath + "/source/from_date_param", schemaPath: "#/properties/source/properties/from_date_param/type", keyword: "type", params: { type: "string" }, schema: schema31.properties.source.properties.from_date_param.type, parentSchema: schema31.properties.source.properties.from_date_param, data: data2 };
        if (vErrors === null) {
          vErrors = [err5];
        } else {
          vErrors.push(err5);
        }
        errors++;
      }
      let data3 = data0.query;
      if (data3 && typeof data3 == "object" && !Array.isArray(data3)) {
        for (const key2 in data3) {
          const _errs11 = errors;
          if (typeof key2 === "string") {
            if (!pattern6.test(key2)) {
              const err6 = { instancePath: instancePath + "/source/query", schemaPath: "#/properties/source/properties/query/propertyNames/pattern", keyword: "pattern", params: { pattern: "^[^\\s&=#?]+$" }, schema: "^[^\\s&=#?]+$", parentSchema: schema31.properties.source.properties.query.propertyNames, data: key2, propertyName: key2 };
              if (vErrors === null) {
                vErrors = [err6];
              } else {
                vErrors.push(err6);
              }
              errors++;
            }
          }
          var valid2 = _errs11 === errors;
          if (!valid2) {
            const err7 = { instancePath: instancePath + "/source/query", schemaPath: "#/properties/source/properties/query/propertyNames", keyword: "propertyNames", params: { propertyName: key2 }, schema: schema31.properties.source.properties.query.propertyNames, parentSchema: schema31.properties.source.properties.query, data: data3 };
            if (vErrors === null) {
              vErrors = [err7];
            } else {
              vErrors.push(err7);
            }
            errors++;
          }
        }
        for (const key3 in data3) {
          let data4 = data3[key3];
          if (typeof data4 !== "string" && !(typeof data4 == "number" && isFinite(data4)) && typeof data4 !== "boolean") {
            const err8 = { instancePath: instancePath + "/source/query/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/source/properties/query/additionalProperties/type", keyword: "type", params: { type: schema31.properties.source.properties.query.additionalProperties.type }, schema: schema31.properties.source.properties.query.additionalProperties.type, parentSchema: schema31.properties.source.properties.query.additionalProperties, data: data4 };
            if (vErrors === null) {
              vErrors = [err8];
            } else {
              vErrors.push(err8);
            }
            errors++;
          }
        }
      } else {
        const err9 = { instancePath: instancePath + "/source/query", schemaPath: "#/properties/source/properties/query/type", keyword: "type", params: { type: "object" }, schema: schema31.properties.source.properties.query.type, parentSchema: schema31.properties.source.properties.query, data: data3 };
        if (vErrors === null) {
          vErrors = [err9];
        } else {
          vErrors.push(err9);
        }
        errors++;
      }
      let data5 = data0.headers;
      if (data5 && typeof data5 == "object" && !Array.isArray(data5)) {
        for (const key4 in data5) {
          const _errs17 = errors;
          if (typeof key4 === "string") {
            if (!pattern7.test(key4)) {
              const err10 = { instancePath: instancePath + "/source/headers", schemaPath: "#/properties/source/properties/headers/propertyNames/pattern", keyword: "pattern", params: { pattern: "^[A-Za-z0-9!#$%&'*+.^_`|~-]+$" }, schema: "^[A-Za-z0-9!#$%&'*+.^_`|~-]+$", parentSchema: schema31.properties.source.properties.headers.propertyNames, data: key4, propertyName: key4 };
              if (vErrors === null) {
                vErrors = [err10];
              } else {
                vErrors.push(err10);
              }
              errors++;
            }
          }
          var valid4 = _errs17 === errors;
          if (!valid4) {
            const err11 = { instancePath: instancePath + "/source/headers", schemaPath: "#/properties/source/properties/headers/propertyNames", keyword: "propertyNames", params: { propertyName: key4 }, schema: schema31.properties.source.properties.headers.propertyNames, parentSchema: schema31.properties.source.properties.headers, data: data5 };
            if (vErrors === null) {
              vErrors = [err11];
            } else {
              vErrors.push(err11);
            }
            errors++;
          }
        }
        for (const key5 in data5) {
          let data6 = data5[key5];
          if (typeof data6 !== "string") {
            const err12 = { instancePath: instancePath + "/source/headers/" + key5.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/source/properties/headers/additionalProperties/type", keyword: "type", params: { type: "string" }, schema: schema31.properties.source.properties.headers.additionalProperties.type, parentSchema: schema31.properties.source.properties.headers.additionalProperties, data: data6 };
            if (vErrors === null) {
              vErrors = [err12];
            } else {
              vErrors.push(err12);
            }
            errors++;
          }
        }
      } else {
        const err13 = { instancePath: instancePath + "/source/headers", schemaPath: "#/properties/source/properties/headers/type", keyword: "type", params: { type: "object" }, schema: schema31.properties.source.properties.headers.type, parentSchema: schema31.properties.source.properties.headers, data: data5 };
        if (vErrors === null) {
          vErrors = [err13];
        } else {
          vErrors.push(err13);
        }
        errors++;
      }
      let data7 = data0.timeout_seconds;
      if (!(typeof data7 == "number" && (!(data7 % 1) && !isNaN(data7)) && isFinite(data7))) {
        const err14 = { instancePath: instancePath + "/source/timeout_seconds", schemaPath: "#/properties/source/properties/timeout_seconds/type", keyword: "type", params: { type: "integer" }, schema: schema31.properties.source.properties.timeout_seconds.type, parentSchema: schema31.properties.source.properties.timeout_seconds, data: data7 };
        if (vErrors === null) {
          vErrors = [err14];
        } else {
          vErrors.push(err14);
        }
        errors++;
      }
      if (typeof data7 == "number" && isFinite(data7)) {
        if (data7 > 7200 || isNaN(data7)) {
          const err15 = { instancePath: instancePath + "/source/timeout_seconds", schemaPath: "#/properties/source/properties/timeout_seconds/maximum", keyword: "maximum", params: { comparison: "<=", limit: 7200 }, schema: 7200, parentSchema: schema31.properties.source.properties.timeout_seconds, data: data7 };
          if (vErrors === null) {
            vErrors = [err15];
          } else {
            vErrors.push(err15);
          }
          errors++;
        }
        if (data7 < 1 || isNaN(data7)) {
          const err16 = { instancePath: instancePath + "/source/timeout_seconds", schemaPath: "#/properties/source/properties/timeout_seconds/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, schema: 1, parentSchema: schema31.properties.source.properties.timeout_seconds, data: data7 };
          if (vErrors === null) {
            vErrors = [err16];
          } else {
            vErrors.push(err16);
          }
          errors++;
        }
      }
      let data8 = data0.connect_timeout_seconds;
      if (!(typeof data8 == "number" && (!(data8 % 1) && !isNaN(data8)) && isFinite(data8))) {
        const err17 = { instancePath: instancePath + "/source/connect_timeout_seconds", schemaPath: "#/properties/source/properties/connect_timeout_seconds/type", keyword: "type", params: { type: "integer" }, schema: schema31.properties.source.properties.connect_timeout_seconds.type, parentSchema: schema31.properties.source.properties.connect_timeout_seconds, data: data8 };
        if (vErrors === null) {
          vErrors = [err17];
        } else {
          vErrors.push(err17);
        }
        errors++;
      }
      if (typeof data8 == "number" && isFinite(data8)) {
        if (data8 > 7200 || isNaN(data8)) {
          const err18 = { instancePath: instancePath + "/source/connect_timeout_seconds", schemaPath: "#/properties/source/properties/connect_timeout_seconds/maximum", keyword: "maximum", params: { comparison: "<=", limit: 7200 }, schema: 7200, parentSchema: schema31.properties.source.properties.connect_timeout_seconds, data: data8 };
          if (vErrors === null) {
            vErrors = [err18];
          } else {
            vErrors.push(err18);
          }
          errors++;
        }
        if (data8 < 1 || isNaN(data8)) {
          const err19 = { instancePath: instancePath + "/source/connect_timeout_seconds", schemaPath: "#/properties/source/properties/connect_timeout_seconds/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, schema: 1, parentSchema: schema31.properties.source.properties.connect_timeout_seconds, data: data8 };
          if (vErrors === null) {
            vErrors = [err19];
          } else {
            vErrors.push(err19);
          }
          errors++;
        }
      }
      let data9 = data0.transport;
      if (typeof data9 !== "string") {
        const err20 = { instancePath: instancePath + "/source/transport", schemaPath: "#/properties/source/properties/transport/type", keyword: "type", params: { type: "string" }, schema: schema31.properties.source.properties.transport.type, parentSchema: schema31.properties.source.properties.transport, data: data9 };
        if (vErrors === null) {
          vErrors = [err20];
        } else {
          vErrors.push(err20);
        }
        errors++;
      }
      if (!(data9 === "auto" || data9 === "curl" || data9 === "http")) {
        const err21 = { instancePath: instancePath + "/source/transport", schemaPath: "#/properties/source/properties/transport/enum", keyword: "enum", params: { allowedValues: schema31.properties.source.properties.transport.enum }, schema: schema31.properties.source.properties.transport.enum, parentSchema: schema31.properties.source.properties.transport, data: data9 };
        if (vErrors === null) {
          vErrors = [err21];
        } else {
          vErrors.push(err21);
        }
        errors++;
      }
      let data10 = data0.cacert;
      if (typeof data10 === "string") {
        if (!pattern8.test(data10)) {
          const err22 = { instancePath: instancePath + "/source/cacert", schemaPath: "#/properties/source/properties/cacert/pattern", keyword: "pattern", params: { pattern: "^[^\\r\\n]*$" }, schema: "^[^\\r\\n]*$", parentSchema: schema31.properties.source.properties.cacert, data: data10 };
          if (vErrors === null) {
            vErrors = [err22];
          } else {
            vErrors.push(err22);
          }
          errors++;
        }
      } else {
        const err23 = { instancePath: instancePath + "/source/cacert", schemaPath: "#/properties/source/properties/cacert/type", keyword: "type", params: { type: "string" }, schema: schema31.properties.source.properties.cacert.type, parentSchema: schema31.properties.source.properties.cacert, data: data10 };
        if (vErrors === null) {
          vErrors = [err23];
        } else {
          vErrors.push(err23);
        }
        errors++;
      }
      let data11 = data0.max_bytes;
      if (!(typeof data11 == "number" && (!(data11 % 1) && !isNaN(data11)) && isFinite(data11))) {
        const err24 = { instancePath: instancePath + "/source/max_bytes", schemaPath: "#/properties/source/properties/max_bytes/type", keyword: "type", params: { type: "integer" }, schema: schema31.properties.source.properties.max_bytes.type, parentSchema: schema31.properties.source.properties.max_bytes, data: data11 };
        if (vErrors === null) {
          vErrors = [err24];
        } else {
          vErrors.push(err24);
        }
        errors++;
      }
      if (typeof data11 == "number" && isFinite(data11)) {
        if (data11 > 1099511627776 || isNaN(data11)) {
          const err25 = { instancePath: instancePath + "/source/max_bytes", schemaPath: "#/properties/source/properties/max_bytes/maximum", keyword: "maximum", params: { comparison: "<=", limit: 1099511627776 }, schema: 1099511627776, parentSchema: schema31.properties.source.properties.max_bytes, data: data11 };
          if (vErrors === null) {
            vErrors = [err25];
          } else {
            vErrors.push(err25);
          }
          errors++;
        }
        if (data11 < 1 || isNaN(data11)) {
          const err26 = { instancePath: instancePath + "/source/max_bytes", schemaPath: "#/properties/source/properties/max_bytes/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, schema: 1, parentSchema: schema31.properties.source.properties.max_bytes, data: data11 };
          if (vErrors === null) {
            vErrors = [err26];
          } else {
            vErrors.push(err26);
          }
          errors++;
        }
      }
      let data12 = data0.paging;
      if (data12 && typeof data12 == "object" && !Array.isArray(data12)) {
        if (data12.kind === void 0) {
          data12.kind = "none";
        }
        if (data12.param === void 0) {
          data12.param = "";
        }
        if (data12.size_param === void 0) {
          data12.size_param = "limit";
        }
        if (data12.page_size === void 0) {
          data12.page_size = 1e3;
        }
        if (data12.start === void 0) {
          data12.start = null;
        }
        if (data12.cursor_path === void 0) {
          data12.cursor_path = "next_cursor";
        }
        if (data12.max_pages === void 0) {
          data12.max_pages = 1e4;
        }
        for (const key6 in data12) {
          if (!(key6 === "kind" || key6 === "param" || key6 === "size_param" || key6 === "page_size" || key6 === "start" || key6 === "cursor_path" || key6 === "max_pages")) {
            const err27 = { instancePath: instancePath + "/source/paging", schemaPath: "#/properties/source/properties/paging/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key6 }, schema: false, parentSchema: schema31.properties.source.properties.paging, data: data12 };
            if (vErrors === null) {
              vErrors = [err27];
            } else {
              vErrors.push(err27);
            }
            errors++;
          }
        }
        let data13 = data12.kind;
        if (typeof data13 !== "string") {
          const err28 = { instancePath: instancePath + "/source/paging/kind", schemaPath: "#/properties/source/properties/paging/properties/kind/type", keyword: "type", params: { type: "string" }, schema: schema31.properties.source.properties.paging.properties.kind.type, parentSchema: schema31.properties.source.properties.paging.properties.kind, data: data13 };
          if (vErrors === null) {
            vErrors = [err28];
          } else {
            vErrors.push(err28);
          }
          errors++;
        }
        if (!(data13 === "none" || data13 === "offset" || data13 === "page" || data13 === "cursor" || data13 === "link")) {
          const err29 = { instancePath: instancePath + "/source/paging/kind", schemaPath: "#/properties/source/properties/paging/properties/kind/enum", keyword: "enum", params: { allowedValues: schema31.properties.source.properties.paging.properties.kind.enum }, schema: schema31.properties.source.properties.paging.properties.kind.enum, parentSchema: schema31.properties.source.properties.paging.properties.kind, data: data13 };
          if (vErrors === null) {
            vErrors = [err29];
          } else {
            vErrors.push(err29);
          }
          errors++;
        }
        let data14 = data12.param;
        if (typeof data14 === "string") {
          if (!pattern5.test(data14)) {
            const err30 = { instancePath: instancePath + "/source/paging/param", schemaPath: "#/properties/source/properties/paging/properties/param/pattern", keyword: "pattern", params: { pattern: "^[^\\s&=#?]*$" }, schema: "^[^\\s&=#?]*$", parentSchema: schema31.properties.source.properties.paging.properties.param, data: data14 };
            if (vErrors === null) {
              vErrors = [err30];
            } else {
              vErrors.push(err30);
            }
            errors++;
          }
        } else {
          const err31 = { instancePath: instancePath + "/source/paging/param", schemaPath: "#/properties/source/properties/paging/properties/param/type", keyword: "type", params: { type: "string" }, schema: schema31.properties.source.properties.paging.properties.param.type, parentSchema: schema31.properties.source.properties.paging.properties.param, data: data14 };
          if (vErrors === null) {
            vErrors = [err31];
          } else {
            vErrors.push(err31);
          }
          errors++;
        }
        let data15 = data12.size_param;
        if (typeof data15 === "string") {
          if (!pattern5.test(data15)) {
            const err32 = { instancePath: instancePath + "/source/paging/size_param", schemaPath: "#/properties/source/properties/paging/properties/size_param/pattern", keyword: "pattern", params: { pattern: "^[^\\s&=#?]*$" }, schema: "^[^\\s&=#?]*$", parentSchema: schema31.properties.source.properties.paging.properties.size_param, data: data15 };
            if (vErrors === null) {
              vErrors = [err32];
            } else {
              vErrors.push(err32);
            }
            errors++;
          }
        } else {
          const err33 = { instancePath: instancePath + "/source/paging/size_param", schemaPath: "#/properties/source/properties/paging/properties/size_param/type", keyword: "type", params: { type: "string" }, schema: schema31.properties.source.properties.paging.properties.size_param.type, parentSchema: schema31.properties.source.properties.paging.properties.size_param, data: data15 };
          if (vErrors === null) {
            vErrors = [err33];
          } else {
            vErrors.push(err33);
          }
          errors++;
        }
        let data16 = data12.page_size;
        if (!(typeof data16 == "number" && (!(data16 % 1) && !isNaN(data16)) && isFinite(data16))) {
          const err34 = { instancePath: instancePath + "/source/paging/page_size", schemaPath: "#/properties/source/properties/paging/properties/page_size/type", keyword: "type", params: { type: "integer" }, schema: schema31.properties.source.properties.paging.properties.page_size.type, parentSchema: schema31.properties.source.properties.paging.properties.page_size, data: data16 };
          if (vErrors === null) {
            vErrors = [err34];
          } else {
            vErrors.push(err34);
          }
          errors++;
        }
        if (typeof data16 == "number" && isFinite(data16)) {
          if (data16 > 1e4 || isNaN(data16)) {
            const err35 = { instancePath: instancePath + "/source/paging/page_size", schemaPath: "#/properties/source/properties/paging/properties/page_size/maximum", keyword: "maximum", params: { comparison: "<=", limit: 1e4 }, schema: 1e4, parentSchema: schema31.properties.source.properties.paging.properties.page_size, data: data16 };
            if (vErrors === null) {
              vErrors = [err35];
            } else {
              vErrors.push(err35);
            }
            errors++;
          }
          if (data16 < 1 || isNaN(data16)) {
            const err36 = { instancePath: instancePath + "/source/paging/page_size", schemaPath: "#/properties/source/properties/paging/properties/page_size/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, schema: 1, parentSchema: schema31.properties.source.properties.paging.properties.page_size, data: data16 };
            if (vErrors === null) {
              vErrors = [err36];
            } else {
              vErrors.push(err36);
            }
            errors++;
          }
        }
        let data17 = data12.start;
        if (!(typeof data17 == "number" && (!(data17 % 1) && !isNaN(data17)) && isFinite(data17)) && data17 !== null) {
          const err37 = { instancePath: instancePath + "/source/paging/start", schemaPath: "#/properties/source/properties/paging/properties/start/type", keyword: "type", params: { type: schema31.properties.source.properties.paging.properties.start.type }, schema: schema31.properties.source.properties.paging.properties.start.type, parentSchema: schema31.properties.source.properties.paging.properties.start, data: data17 };
          if (vErrors === null) {
            vErrors = [err37];
          } else {
            vErrors.push(err37);
          }
          errors++;
        }
        if (typeof data17 == "number" && isFinite(data17)) {
          if (data17 > 1e9 || isNaN(data17)) {
            const err38 = { instancePath: instancePath + "/source/paging/start", schemaPath: "#/properties/source/properties/paging/properties/start/maximum", keyword: "maximum", params: { comparison: "<=", limit: 1e9 }, schema: 1e9, parentSchema: schema31.properties.source.properties.paging.properties.start, data: data17 };
            if (vErrors === null) {
              vErrors = [err38];
            } else {
              vErrors.push(err38);
            }
            errors++;
          }
          if (data17 < 0 || isNaN(data17)) {
            const err39 = { instancePath: instancePath + "/source/paging/start", schemaPath: "#/properties/source/properties/paging/properties/start/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, schema: 0, parentSchema: schema31.properties.source.properties.paging.properties.start, data: data17 };
            if (vErrors === null) {
              vErrors = [err39];
            } else {
              vErrors.push(err39);
            }
            errors++;
          }
        }
        let data18 = data12.cursor_path;
        if (typeof data18 === "string") {
          if (!pattern11.test(data18)) {
            const err40 = { instancePath: instancePath + "/source/paging/cursor_path", schemaPath: "#/properties/source/properties/paging/properties/cursor_path/pattern", keyword: "pattern", params: { pattern: "^[^.$\\s][^.\\s]*(\\.[^.\\s]+)*$" }, schema: "^[^.$\\s][^.\\s]*(\\.[^.\\s]+)*$", parentSchema: schema31.properties.source.properties.paging.properties.cursor_path, data: data18 };
            if (vErrors === null) {
              vErrors = [err40];
            } else {
              vErrors.push(err40);
            }
            errors++;
          }
        } else {
          const err41 = { instancePath: instancePath + "/source/paging/cursor_path", schemaPath: "#/properties/source/properties/paging/properties/cursor_path/type", keyword: "type", params: { type: "string" }, schema: schema31.properties.source.properties.paging.properties.cursor_path.type, parentSchema: schema31.properties.source.properties.paging.properties.cursor_path, data: data18 };
          if (vErrors === null) {
            vErrors = [err41];
          } else {
            vErrors.push(err41);
          }
          errors++;
        }
        let data19 = data12.max_pages;
        if (!(typeof data19 == "number" && (!(data19 % 1) && !isNaN(data19)) && isFinite(data19))) {
          const err42 = { instancePath: instancePath + "/source/paging/max_pages", schemaPath: "#/properties/source/properties/paging/properties/max_pages/type", keyword: "type", params: { type: "integer" }, schema: schema31.properties.source.properties.paging.properties.max_pages.type, parentSchema: schema31.properties.source.properties.paging.properties.max_pages, data: data19 };
          if (vErrors === null) {
            vErrors = [err42];
          } else {
            vErrors.push(err42);
          }
          errors++;
        }
        if (typeof data19 == "number" && isFinite(data19)) {
          if (data19 > 1e6 || isNaN(data19)) {
            const err43 = { instancePath: instancePath + "/source/paging/max_pages", schemaPath: "#/properties/source/properties/paging/properties/max_pages/maximum", keyword: "maximum", params: { comparison: "<=", limit: 1e6 }, schema: 1e6, parentSchema: schema31.properties.source.properties.paging.properties.max_pages, data: data19 };
            if (vErrors === null) {
              vErrors = [err43];
            } else {
              vErrors.push(err43);
            }
            errors++;
          }
          if (data19 < 1 || isNaN(data19)) {
            const err44 = { instancePath: instancePath + "/source/paging/max_pages", schemaPath: "#/properties/source/properties/paging/properties/max_pages/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, schema: 1, parentSchema: schema31.properties.source.properties.paging.properties.max_pages, data: data19 };
            if (vErrors === null) {
              vErrors = [err44];
            } else {
              vErrors.push(err44);
            }
            errors++;
          }
        }
      } else {
        const err45 = { instancePath: instancePath + "/source/paging", schemaPath: "#/properties/source/properties/paging/type", keyword: "type", params: { type: "object" }, schema: schema31.properties.source.properties.paging.type, parentSchema: schema31.properties.source.properties.paging, data: data12 };
        if (vErrors === null) {
          vErrors = [err45];
        } else {
          vErrors.push(err45);
        }
        errors++;
      }
      let data20 = data0.daily_rows;
      if (!(typeof data20 == "number" && (!(data20 % 1) && !isNaN(data20)) && isFinite(data20))) {
        const err46 = { instancePath: instancePath + "/source/daily_rows", schemaPath: "#/properties/source/properties/daily_rows/type", keyword: "type", params: { type: "integer" }, schema: schema31.properties.source.properties.daily_rows.type, parentSchema: schema31.properties.source.properties.daily_rows, data: data20 };
        if (vErrors === null) {
          vErrors = [err46];
        } else {
          vErrors.push(err46);
        }
        errors++;
      }
      if (typeof data20 == "number" && isFinite(data20)) {
        if (data20 > 1e9 || isNaN(data20)) {
          const err47 = { instancePath: instancePath + "/source/daily_rows", schemaPath: "#/properties/source/properties/daily_rows/maximum", keyword: "maximum", params: { comparison: "<=", limit: 1e9 }, schema: 1e9, parentSchema: schema31.properties.source.properties.daily_rows, data: data20 };
          if (vErrors === null) {
            vErrors = [err47];
          } else {
            vErrors.push(err47);
          }
          errors++;
        }
        if (data20 < 0 || isNaN(data20)) {
          const err48 = { instancePath: instancePath + "/source/daily_rows", schemaPath: "#/properties/source/properties/daily_rows/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, schema: 0, parentSchema: schema31.properties.source.properties.daily_rows, data: data20 };
          if (vErrors === null) {
            vErrors = [err48];
          } else {
            vErrors.push(err48);
          }
          errors++;
        }
      }
      let data21 = data0.incremental;
      if (data21 && typeof data21 == "object" && !Array.isArray(data21)) {
        if (data21.param === void 0) {
          data21.param = "";
        }
        if (data21.cursor_field === void 0) {
          data21.cursor_field = "";
        }
        if (data21.format === void 0) {
          data21.format = "iso";
        }
        if (data21.lookback_minutes === void 0) {
          data21.lookback_minutes = 10;
        }
        if (data21.full_every_hours === void 0) {
          data21.full_every_hours = 24;
        }
        for (const key7 in data21) {
          if (!(key7 === "param" || key7 === "cursor_field" || key7 === "format" || key7 === "lookback_minutes" || key7 === "full_every_hours")) {
            const err49 = { instancePath: instancePath + "/source/incremental", schemaPath: "#/properties/source/properties/incremental/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key7 }, schema: false, parentSchema: schema31.properties.source.properties.incremental, data: data21 };
            if (vErrors === null) {
              vErrors = [err49];
            } else {
              vErrors.push(err49);
            }
            errors++;
          }
        }
        let data22 = data21.param;
        if (typeof data22 === "string") {
          if (!pattern5.test(data22)) {
            const err50 = { instancePath: instancePath + "/source/incremental/param", schemaPath: "#/properties/source/properties/incremental/properties/param/pattern", keyword: "pattern", params: { pattern: "^[^\\s&=#?]*$" }, schema: "^[^\\s&=#?]*$", parentSchema: schema31.properties.source.properties.incremental.properties.param, data: data22 };
            if (vErrors === null) {
              vErrors = [err50];
            } else {
              vErrors.push(err50);
            }
            errors++;
          }
        } else {
          const err51 = { instancePath: instancePath + "/source/incremental/param", schemaPath: "#/properties/source/properties/incremental/properties/param/type", keyword: "type", params: { type: "string" }, schema: schema31.properties.source.properties.incremental.properties.param.type, parentSchema: schema31.properties.source.properties.incremental.properties.param, data: data22 };
          if (vErrors === null) {
            vErrors = [err51];
          } else {
            vErrors.push(err51);
          }
          errors++;
        }
        let data23 = data21.cursor_field;
        if (typeof data23 === "string") {
          if (!pattern13.test(data23)) {
            const err52 = { instancePath: instancePath + "/source/incremental/cursor_field", schemaPath: "#/properties/source/properties/incremental/properties/cursor_field/pattern", keyword: "pattern", params: { pattern: "^(\\S(.*\\S)?)?$" }, schema: "^(\\S(.*\\S)?)?$", parentSchema: schema31.properties.source.properties.incremental.properties.cursor_field, data: data23 };
            if (vErrors === null) {
              vErrors = [err52];
            } else {
              vErrors.push(err52);
            }
            errors++;
          }
        } else {
          const err53 = { instancePath: instancePath + "/source/incremental/cursor_field", schemaPath: "#/properties/source/properties/incremental/properties/cursor_field/type", keyword: "type", params: { type: "string" }, schema: schema31.properties.source.properties.incremental.properties.cursor_field.type, parentSchema: schema31.properties.source.properties.incremental.properties.cursor_field, data: data23 };
          if (vErrors === null) {
            vErrors = [err53];
          } else {
            vErrors.push(err53);
          }
          errors++;
        }
        let data24 = data21.format;
        if (typeof data24 !== "string") {
          const err54 = { instancePath: instancePath + "/source/incremental/format", schemaPath: "#/properties/source/properties/incremental/properties/format/type", keyword: "type", params: { type: "string" }, schema: schema31.properties.source.properties.incremental.properties.format.type, parentSchema: schema31.properties.source.properties.incremental.properties.format, data: data24 };
          if (vErrors === null) {
            vErrors = [err54];
          } else {
            vErrors.push(err54);
          }
          errors++;
        }
        if (!(data24 === "iso" || data24 === "datetime" || data24 === "date" || data24 === "epoch_ms" || data24 === "epoch_s" || data24 === "number")) {
          const err55 = { instancePath: instancePath + "/source/incremental/format", schemaPath: "#/properties/source/properties/incremental/properties/format/enum", keyword: "enum", params: { allowedValues: schema31.properties.source.properties.incremental.properties.format.enum }, schema: schema31.properties.source.properties.incremental.properties.format.enum, parentSchema: schema31.properties.source.properties.incremental.properties.format, data: data24 };
          if (vErrors === null) {
            vErrors = [err55];
          } else {
            vErrors.push(err55);
          }
          errors++;
        }
        let data25 = data21.lookback_minutes;
        if (!(typeof data25 == "number" && (!(data25 % 1) && !isNaN(data25)) && isFinite(data25))) {
          const err56 = { instancePath: instancePath + "/source/incremental/lookback_minutes", schemaPath: "#/properties/source/properties/incremental/properties/lookback_minutes/type", keyword: "type", params: { type: "integer" }, schema: schema31.properties.source.properties.incremental.properties.lookback_minutes.type, parentSchema: schema31.properties.source.properties.incremental.properties.lookback_minutes, data: data25 };
          if (vErrors === null) {
            vErrors = [err56];
          } else {
            vErrors.push(err56);
          }
          errors++;
        }
        if (typeof data25 == "number" && isFinite(data25)) {
          if (data25 > 525600 || isNaN(data25)) {
            const err57 = { instancePath: instancePath + "/source/incremental/lookback_minutes", schemaPath: "#/properties/source/properties/incremental/properties/lookback_minutes/maximum", keyword: "maximum", params: { comparison: "<=", limit: 525600 }, schema: 525600, parentSchema: schema31.properties.source.properties.incremental.properties.lookback_minutes, data: data25 };
            if (vErrors === null) {
              vErrors = [err57];
            } else {
              vErrors.push(err57);
            }
            errors++;
          }
          if (data25 < 0 || isNaN(data25)) {
            const err58 = { instancePath: instancePath + "/source/incremental/lookback_minutes", schemaPath: "#/properties/source/properties/incremental/properties/lookback_minutes/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, schema: 0, parentSchema: schema31.properties.source.properties.incremental.properties.lookback_minutes, data: data25 };
            if (vErrors === null) {
              vErrors = [err58];
            } else {
              vErrors.push(err58);
            }
            errors++;
          }
        }
        let data26 = data21.full_every_hours;
        if (!(typeof data26 == "number" && (!(data26 % 1) && !isNaN(data26)) && isFinite(data26))) {
          const err59 = { instancePath: instancePath + "/source/incremental/full_every_hours", schemaPath: "#/properties/source/properties/incremental/properties/full_every_hours/type", keyword: "type", params: { type: "integer" }, schema: schema31.properties.source.properties.incremental.properties.full_every_hours.type, parentSchema: schema31.properties.source.properties.incremental.properties.full_every_hours, data: data26 };
          if (vErrors === null) {
            vErrors = [err59];
          } else {
            vErrors.push(err59);
          }
          errors++;
        }
        if (typeof data26 == "number" && isFinite(data26)) {
          if (data26 > 8760 || isNaN(data26)) {
            const err60 = { instancePath: instancePath + "/source/incremental/full_every_hours", schemaPath: "#/properties/source/properties/incremental/properties/full_every_hours/maximum", keyword: "maximum", params: { comparison: "<=", limit: 8760 }, schema: 8760, parentSchema: schema31.properties.source.properties.incremental.properties.full_every_hours, data: data26 };
            if (vErrors === null) {
              vErrors = [err60];
            } else {
              vErrors.push(err60);
            }
            errors++;
          }
          if (data26 < 0 || isNaN(data26)) {
            const err61 = { instancePath: instancePath + "/source/incremental/full_every_hours", schemaPath: "#/properties/source/properties/incremental/properties/full_every_hours/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, schema: 0, parentSchema: schema31.properties.source.properties.incremental.properties.full_every_hours, data: data26 };
            if (vErrors === null) {
              vErrors = [err61];
            } else {
              vErrors.push(err61);
            }
            errors++;
          }
        }
      } else {
        const err62 = { instancePath: instancePath + "/source/incremental", schemaPath: "#/properties/source/properties/incremental/type", keyword: "type", params: { type: "object" }, schema: schema31.properties.source.properties.incremental.type, parentSchema: schema31.properties.source.properties.incremental, data: data21 };
        if (vErrors === null) {
          vErrors = [err62];
        } else {
          vErrors.push(err62);
        }
        errors++;
      }
      let data27 = data0.auth;
      if (data27 && typeof data27 == "object" && !Array.isArray(data27)) {
        if (data27.kind === void 0) {
          data27.kind = "none";
        }
        if (data27.token === void 0) {
          data27.token = "";
        }
        if (data27.username === void 0) {
          data27.username = "";
        }
        if (data27.password === void 0) {
          data27.password = "";
        }
        if (data27.name === void 0) {
          data27.name = "";
        }
        if (data27.value === void 0) {
          data27.value = "";
        }
        if (data27.secret === void 0) {
          data27.secret = "";
        }
        if (data27.claims === void 0) {
          data27.claims = {};
        }
        if (data27.ttl_seconds === void 0) {
          data27.ttl_seconds = 300;
        }
        for (const key8 in data27) {
          if (!func1.call(schema31.properties.source.properties.auth.properties, key8)) {
            const err63 = { instancePath: instancePath + "/source/auth", schemaPath: "#/properties/source/properties/auth/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key8 }, schema: false, parentSchema: schema31.properties.source.properties.auth, data: data27 };
            if (vErrors === null) {
              vErrors = [err63];
            } else {
              vErrors.push(err63);
            }
            errors++;
          }
        }
        let data28 = data27.kind;
        if (typeof data28 !== "string") {
          const err64 = { instancePath: instancePath + "/source/auth/kind", schemaPath: "#/properties/source/properties/auth/properties/kind/type", keyword: "type", params: { type: "string" }, schema: schema31.properties.source.properties.auth.properties.kind.type, parentSchema: schema31.properties.source.properties.auth.properties.kind, data: data28 };
          if (vErrors === null) {
            vErrors = [err64];
          } else {
            vErrors.push(err64);
          }
          errors++;
        }
        if (!(data28 === "none" || data28 === "bearer" || data28 === "basic" || data28 === "header" || data28 === "jwt_hs256")) {
          const err65 = { instancePath: instancePath + "/source/auth/kind", schemaPath: "#/properties/source/properties/auth/properties/kind/enum", keyword: "enum", params: { allowedValues: schema31.properties.source.properties.auth.properties.kind.enum }, schema: schema31.properties.source.properties.auth.properties.kind.enum, parentSchema: schema31.properties.source.properties.auth.properties.kind, data: data28 };
          if (vErrors === null) {
            vErrors = [err65];
          } else {
            vErrors.push(err65);
          }
          errors++;
        }
        let data29 = data27.token;
        if (typeof data29 === "string") {
          if (!pattern14.test(data29)) {
            const err66 = { instancePath: instancePath + "/source/auth/token", schemaPath: "#/properties/source/properties/auth/properties/token/pattern", keyword: "pattern", params: { pattern: "^(\\$\\{ERP_[A-Z0-9_]+\\})?$" }, schema: "^(\\$\\{ERP_[A-Z0-9_]+\\})?$", parentSchema: schema31.properties.source.properties.auth.properties.token, data: data29 };
            if (vErrors === null) {
              vErrors = [err66];
            } else {
              vErrors.push(err66);
            }
            errors++;
          }
        } else {
          const err67 = { instancePath: instancePath + "/source/auth/token", schemaPath: "#/properties/source/properties/auth/properties/token/type", keyword: "type", params: { type: "string" }, schema: schema31.properties.source.properties.auth.properties.token.type, parentSchema: schema31.properties.source.properties.auth.properties.token, data: data29 };
          if (vErrors === null) {
            vErrors = [err67];
          } else {
            vErrors.push(err67);
          }
          errors++;
        }
        let data30 = data27.username;
        if (typeof data30 === "string") {
          if (!pattern15.test(data30)) {
            const err68 = { instancePath: instancePath + "/source/auth/username", schemaPath: "#/properties/source/properties/auth/properties/username/pattern", keyword: "pattern", params: { pattern: "^[^:\\r\\n]*$" }, schema: "^[^:\\r\\n]*$", parentSchema: schema31.properties.source.properties.auth.properties.username, data: data30 };
            if (vErrors === null) {
              vErrors = [err68];
            } else {
              vErrors.push(err68);
            }
            errors++;
          }
        } else {
          const err69 = { instancePath: instancePath + "/source/auth/username", schemaPath: "#/properties/source/properties/auth/properties/username/type", keyword: "type", params: { type: "string" }, schema: schema31.properties.source.properties.auth.properties.username.type, parentSchema: schema31.properties.source.properties.auth.properties.username, data: data30 };
          if (vErrors === null) {
            vErrors = [err69];
          } else {
            vErrors.push(err69);
          }
          errors++;
        }
        let data31 = data27.password;
        if (typeof data31 === "string") {
          if (!pattern14.test(data31)) {
            const err70 = { instancePath: instancePath + "/source/auth/password", schemaPath: "#/properties/source/properties/auth/properties/password/pattern", keyword: "pattern", params: { pattern: "^(\\$\\{ERP_[A-Z0-9_]+\\})?$" }, schema: "^(\\$\\{ERP_[A-Z0-9_]+\\})?$", parentSchema: schema31.properties.source.properties.auth.properties.password, data: data31 };
            if (vErrors === null) {
              vErrors = [err70];
            } else {
              vErrors.push(err70);
            }
            errors++;
          }
        } else {
          const err71 = { instancePath: instancePath + "/source/auth/password", schemaPath: "#/properties/source/properties/auth/properties/password/type", keyword: "type", params: { type: "string" }, schema: schema31.properties.source.properties.auth.properties.password.type, parentSchema: schema31.properties.source.properties.auth.properties.password, data: data31 };
          if (vErrors === null) {
            vErrors = [err71];
          } else {
            vErrors.push(err71);
          }
          errors++;
        }
        let data32 = data27.name;
        if (typeof data32 === "string") {
          if (!pattern17.test(data32)) {
            const err72 = { instancePath: instancePath + "/source/auth/name", schemaPath: "#/properties/source/properties/auth/properties/name/pattern", keyword: "pattern", params: { pattern: "^[A-Za-z0-9!#$%&'*+.^_`|~-]*$" }, schema: "^[A-Za-z0-9!#$%&'*+.^_`|~-]*$", parentSchema: schema31.properties.source.properties.auth.properties.name, data: data32 };
            if (vErrors === null) {
              vErrors = [err72];
            } else {
              vErrors.push(err72);
            }
            errors++;
          }
        } else {
          const err73 = { instancePath: instancePath + "/source/auth/name", schemaPath: "#/properties/source/properties/auth/properties/name/type", keyword: "type", params: { type: "string" }, schema: schema31.properties.source.properties.auth.properties.name.type, parentSchema: schema31.properties.source.properties.auth.properties.name, data: data32 };
          if (vErrors === null) {
            vErrors = [err73];
          } else {
            vErrors.push(err73);
          }
          errors++;
        }
        let data33 = data27.value;
        if (typeof data33 === "string") {
          if (!pattern14.test(data33)) {
            const err74 = { instancePath: instancePath + "/source/auth/value", schemaPath: "#/properties/source/properties/auth/properties/value/pattern", keyword: "pattern", params: { pattern: "^(\\$\\{ERP_[A-Z0-9_]+\\})?$" }, schema: "^(\\$\\{ERP_[A-Z0-9_]+\\})?$", parentSchema: schema31.properties.source.properties.auth.properties.value, data: data33 };
            if (vErrors === null) {
              vErrors = [err74];
            } else {
              vErrors.push(err74);
            }
            errors++;
          }
        } else {
          const err75 = { instancePath: instancePath + "/source/auth/value", schemaPath: "#/properties/source/properties/auth/properties/value/type", keyword: "type", params: { type: "string" }, schema: schema31.properties.source.properties.auth.properties.value.type, parentSchema: schema31.properties.source.properties.auth.properties.value, data: data33 };
          if (vErrors === null) {
            vErrors = [err75];
          } else {
            vErrors.push(err75);
          }
          errors++;
        }
        let data34 = data27.secret;
        if (typeof data34 === "string") {
          if (!pattern14.test(data34)) {
            const err76 = { instancePath: instancePath + "/source/auth/secret", schemaPath: "#/properties/source/properties/auth/properties/secret/pattern", keyword: "pattern", params: { pattern: "^(\\$\\{ERP_[A-Z0-9_]+\\})?$" }, schema: "^(\\$\\{ERP_[A-Z0-9_]+\\})?$", parentSchema: schema31.properties.source.properties.auth.properties.secret, data: data34 };
            if (vErrors === null) {
              vErrors = [err76];
            } else {
              vErrors.push(err76);
            }
            errors++;
          }
        } else {
          const err77 = { instancePath: instancePath + "/source/auth/secret", schemaPath: "#/properties/source/properties/auth/properties/secret/type", keyword: "type", params: { type: "string" }, schema: schema31.properties.source.properties.auth.properties.secret.type, parentSchema: schema31.properties.source.properties.auth.properties.secret, data: data34 };
          if (vErrors === null) {
            vErrors = [err77];
          } else {
            vErrors.push(err77);
          }
          errors++;
        }
        let data35 = data27.claims;
        if (data35 && typeof data35 == "object" && !Array.isArray(data35)) {
          for (const key9 in data35) {
            let data36 = data35[key9];
            if (typeof data36 !== "string" && !(typeof data36 == "number" && isFinite(data36)) && typeof data36 !== "boolean") {
              const err78 = { instancePath: instancePath + "/source/auth/claims/" + key9.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/source/properties/auth/properties/claims/additionalProperties/type", keyword: "type", params: { type: schema31.properties.source.properties.auth.properties.claims.additionalProperties.type }, schema: schema31.properties.source.properties.auth.properties.claims.additionalProperties.type, parentSchema: schema31.properties.source.properties.auth.properties.claims.additionalProperties, data: data36 };
              if (vErrors === null) {
                vErrors = [err78];
              } else {
                vErrors.push(err78);
              }
              errors++;
            }
          }
        } else {
          const err79 = { instancePath: instancePath + "/source/auth/claims", schemaPath: "#/properties/source/properties/auth/properties/claims/type", keyword: "type", params: { type: "object" }, schema: schema31.properties.source.properties.auth.properties.claims.type, parentSchema: schema31.properties.source.properties.auth.properties.claims, data: data35 };
          if (vErrors === null) {
            vErrors = [err79];
          } else {
            vErrors.push(err79);
          }
          errors++;
        }
        let data37 = data27.ttl_seconds;
        if (!(typeof data37 == "number" && (!(data37 % 1) && !isNaN(data37)) && isFinite(data37))) {
          const err80 = { instancePath: instancePath + "/source/auth/ttl_seconds", schemaPath: "#/properties/source/properties/auth/properties/ttl_seconds/type", keyword: "type", params: { type: "integer" }, schema: schema31.properties.source.properties.auth.properties.ttl_seconds.type, parentSchema: schema31.properties.source.properties.auth.properties.ttl_seconds, data: data37 };
          if (vErrors === null) {
            vErrors = [err80];
          } else {
            vErrors.push(err80);
          }
          errors++;
        }
        if (typeof data37 == "number" && isFinite(data37)) {
          if (data37 > 86400 || isNaN(data37)) {
            const err81 = { instancePath: instancePath + "/source/auth/ttl_seconds", schemaPath: "#/properties/source/properties/auth/properties/ttl_seconds/maximum", keyword: "maximum", params: { comparison: "<=", limit: 86400 }, schema: 86400, parentSchema: schema31.properties.source.properties.auth.properties.ttl_seconds, data: data37 };
            if (vErrors === null) {
              vErrors = [err81];
            } else {
              vErrors.push(err81);
            }
            errors++;
          }
          if (data37 < 10 || isNaN(data37)) {
            const err82 = { instancePath: instancePath + "/source/auth/ttl_seconds", schemaPath: "#/properties/source/properties/auth/properties/ttl_seconds/minimum", keyword: "minimum", params: { comparison: ">=", limit: 10 }, schema: 10, parentSchema: schema31.properties.source.properties.auth.properties.ttl_seconds, data: data37 };
            if (vErrors === null) {
              vErrors = [err82];
            } else {
              vErrors.push(err82);
            }
            errors++;
          }
        }
      } else {
        const err83 = { instancePath: instancePath + "/source/auth", schemaPath: "#/properties/source/properties/auth/type", keyword: "type", params: { type: "object" }, schema: schema31.properties.source.properties.auth.type, parentSchema: schema31.properties.source.properties.auth, data: data27 };
        if (vErrors === null) {
          vErrors = [err83];
        } else {
          vErrors.push(err83);
        }
        errors++;
      }
    } else {
      const err84 = { instancePath: instancePath + "/source", schemaPath: "#/properties/source/type", keyword: "type", params: { type: "object" }, schema: schema31.properties.source.type, parentSchema: schema31.properties.source, data: data0 };
      if (vErrors === null) {
        vErrors = [err84];
      } else {
        vErrors.push(err84);
      }
      errors++;
    }
    let data38 = data.diff;
    if (data38 && typeof data38 == "object" && !Array.isArray(data38)) {
      if (data38.on_duplicate === void 0) {
        data38.on_duplicate = "keep";
      }
      if (data38.version_field === void 0) {
        data38.version_field = "";
      }
      if (data38.window_field === void 0) {
        data38.window_field = "";
      }
      if (data38.ignore_fields === void 0) {
        data38.ignore_fields = [];
      }
      if (data38.max_shrink_percent === void 0) {
        data38.max_shrink_percent = 20;
      }
      for (const key10 in data38) {
        if (!(key10 === "on_duplicate" || key10 === "version_field" || key10 === "window_field" || key10 === "ignore_fields" || key10 === "max_shrink_percent")) {
          const err85 = { instancePath: instancePath + "/diff", schemaPath: "#/properties/diff/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key10 }, schema: false, parentSchema: schema31.properties.diff, data: data38 };
          if (vErrors === null) {
            vErrors = [err85];
          } else {
            vErrors.push(err85);
          }
          errors++;
        }
      }
      let data39 = data38.on_duplicate;
      if (typeof data39 !== "string") {
        const err86 = { instancePath: instancePath + "/diff/on_duplicate", schemaPath: "#/properties/diff/properties/on_duplicate/type", keyword: "type", params: { type: "string" }, schema: schema31.properties.diff.properties.on_duplicate.type, parentSchema: schema31.properties.diff.properties.on_duplicate, data: data39 };
        if (vErrors === null) {
          vErrors = [err86];
        } else {
          vErrors.push(err86);
        }
        errors++;
      }
      if (!(data39 === "keep" || data39 === "last" || data39 === "reject")) {
        const err87 = { instancePath: instancePath + "/diff/on_duplicate", schemaPath: "#/properties/diff/properties/on_duplicate/enum", keyword: "enum", params: { allowedValues: schema31.properties.diff.properties.on_duplicate.enum }, schema: schema31.properties.diff.properties.on_duplicate.enum, parentSchema: schema31.properties.diff.properties.on_duplicate, data: data39 };
        if (vErrors === null) {
          vErrors = [err87];
        } else {
          vErrors.push(err87);
        }
        errors++;
      }
      let data40 = data38.version_field;
      if (typeof data40 === "string") {
        if (!pattern13.test(data40)) {
          const err88 = { instancePath: instancePath + "/diff/version_field", schemaPath: "#/properties/diff/properties/version_field/pattern", keyword: "pattern", params: { pattern: "^(\\S(.*\\S)?)?$" }, schema: "^(\\S(.*\\S)?)?$", parentSchema: schema31.properties.diff.properties.version_field, data: data40 };
          if (vErrors === null) {
            vErrors = [err88];
          } else {
            vErrors.push(err88);
          }
          errors++;
        }
      } else {
        const err89 = { instancePath: instancePath + "/diff/version_field", schemaPath: "#/properties/diff/properties/version_field/type", keyword: "type", params: { type: "string" }, schema: schema31.properties.diff.properties.version_field.type, parentSchema: schema31.properties.diff.properties.version_field, data: data40 };
        if (vErrors === null) {
          vErrors = [err89];
        } else {
          vErrors.push(err89);
        }
        errors++;
      }
      let data41 = data38.window_field;
      if (typeof data41 === "string") {
        if (!pattern13.test(data41)) {
          const err90 = { instancePath: instancePath + "/diff/window_field", schemaPath: "#/properties/diff/properties/window_field/pattern", keyword: "pattern", params: { pattern: "^(\\S(.*\\S)?)?$" }, schema: "^(\\S(.*\\S)?)?$", parentSchema: schema31.properties.diff.properties.window_field, data: data41 };
          if (vErrors === null) {
            vErrors = [err90];
          } else {
            vErrors.push(err90);
          }
          errors++;
        }
      } else {
        const err91 = { instancePath: instancePath + "/diff/window_field", schemaPath: "#/properties/diff/properties/window_field/type", keyword: "type", params: { type: "string" }, schema: schema31.properties.diff.properties.window_field.type, parentSchema: schema31.properties.diff.properties.window_field, data: data41 };
        if (vErrors === null) {
          vErrors = [err91];
        } else {
          vErrors.push(err91);
        }
        errors++;
      }
      let data42 = data38.ignore_fields;
      if (Array.isArray(data42)) {
        if (data42.length > 50) {
          const err92 = { instancePath: instancePath + "/diff/ignore_fields", schemaPath: "#/properties/diff/properties/ignore_fields/maxItems", keyword: "maxItems", params: { limit: 50 }, schema: 50, parentSchema: schema31.properties.diff.properties.ignore_fields, data: data42 };
          if (vErrors === null) {
            vErrors = [err92];
          } else {
            vErrors.push(err92);
          }
          errors++;
        }
        const len0 = data42.length;
        for (let i0 = 0; i0 < len0; i0++) {
          let data43 = data42[i0];
          if (typeof data43 === "string") {
            if (!pattern22.test(data43)) {
              const err93 = { instancePath: instancePath + "/diff/ignore_fields/" + i0, schemaPath: "#/properties/diff/properties/ignore_fields/items/pattern", keyword: "pattern", params: { pattern: "^\\S(.*\\S)?$" }, schema: "^\\S(.*\\S)?$", parentSchema: schema31.properties.diff.properties.ignore_fields.items, data: data43 };
              if (vErrors === null) {
                vErrors = [err93];
              } else {
                vErrors.push(err93);
              }
              errors++;
            }
          } else {
            const err94 = { instancePath: instancePath + "/diff/ignore_fields/" + i0, schemaPath: "#/properties/diff/properties/ignore_fields/items/type", keyword: "type", params: { type: "string" }, schema: schema31.properties.diff.properties.ignore_fields.items.type, parentSchema: schema31.properties.diff.properties.ignore_fields.items, data: data43 };
            if (vErrors === null) {
              vErrors = [err94];
            } else {
              vErrors.push(err94);
            }
            errors++;
          }
        }
        let i1 = data42.length;
        let j0;
        if (i1 > 1) {
          const indices0 = {};
          for (; i1--; ) {
            let item0 = data42[i1];
            if (typeof item0 !== "string") {
              continue;
            }
            if (typeof indices0[item0] == "number") {
              j0 = indices0[item0];
              const err95 = { instancePath: instancePath + "/diff/ignore_fields", schemaPath: "#/properties/diff/properties/ignore_fields/uniqueItems", keyword: "uniqueItems", params: { i: i1, j: j0 }, schema: true, parentSchema: schema31.properties.diff.properties.ignore_fields, data: data42 };
              if (vErrors === null) {
                vErrors = [err95];
              } else {
                vErrors.push(err95);
              }
              errors++;
              break;
            }
            indices0[item0] = i1;
          }
        }
      } else {
        const err96 = { instancePath: instancePath + "/diff/ignore_fields", schemaPath: "#/properties/diff/properties/ignore_fields/type", keyword: "type", params: { type: "array" }, schema: schema31.properties.diff.properties.ignore_fields.type, parentSchema: schema31.properties.diff.properties.ignore_fields, data: data42 };
        if (vErrors === null) {
          vErrors = [err96];
        } else {
          vErrors.push(err96);
        }
        errors++;
      }
      let data44 = data38.max_shrink_percent;
      if (typeof data44 == "number" && isFinite(data44)) {
        if (data44 > 100 || isNaN(data44)) {
          const err97 = { instancePath: instancePath + "/diff/max_shrink_percent", schemaPath: "#/properties/diff/properties/max_shrink_percent/maximum", keyword: "maximum", params: { comparison: "<=", limit: 100 }, schema: 100, parentSchema: schema31.properties.diff.properties.max_shrink_percent, data: data44 };
          if (vErrors === null) {
            vErrors = [err97];
          } else {
            vErrors.push(err97);
          }
          errors++;
        }
        if (data44 < 0 || isNaN(data44)) {
          const err98 = { instancePath: instancePath + "/diff/max_shrink_percent", schemaPath: "#/properties/diff/properties/max_shrink_percent/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, schema: 0, parentSchema: schema31.properties.diff.properties.max_shrink_percent, data: data44 };
          if (vErrors === null) {
            vErrors = [err98];
          } else {
            vErrors.push(err98);
          }
          errors++;
        }
      } else {
        const err99 = { instancePath: instancePath + "/diff/max_shrink_percent", schemaPath: "#/properties/diff/properties/max_shrink_percent/type", keyword: "type", params: { type: "number" }, schema: schema31.properties.diff.properties.max_shrink_percent.type, parentSchema: schema31.properties.diff.properties.max_shrink_percent, data: data44 };
        if (vErrors === null) {
          vErrors = [err99];
        } else {
          vErrors.push(err99);
        }
        errors++;
      }
    } else {
      const err100 = { instancePath: instancePath + "/diff", schemaPath: "#/properties/diff/type", keyword: "type", params: { type: "object" }, schema: schema31.properties.diff.type, parentSchema: schema31.properties.diff, data: data38 };
      if (vErrors === null) {
        vErrors = [err100];
      } else {
        vErrors.push(err100);
      }
      errors++;
    }
    let data45 = data.parent;
    if (data45 && typeof data45 == "object" && !Array.isArray(data45)) {
      if (data45.stream === void 0) {
        data45.stream = "";
      }
      if (data45.key === void 0) {
        data45.key = [];
      }
      if (data45.field === void 0) {
        data45.field = "";
      }
      for (const key11 in data45) {
        if (!(key11 === "stream" || key11 === "key" || key11 === "field")) {
          const err101 = { instancePath: instancePath + "/parent", schemaPath: "#/properties/parent/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key11 }, schema: false, parentSchema: schema31.properties.parent, data: data45 };
          if (vErrors === null) {
            vErrors = [err101];
          } else {
            vErrors.push(err101);
          }
          errors++;
        }
      }
      let data46 = data45.stream;
      if (typeof data46 === "string") {
        if (!pattern23.test(data46)) {
          const err102 = { instancePath: instancePath + "/parent/stream", schemaPath: "#/properties/parent/properties/stream/pattern", keyword: "pattern", params: { pattern: "^([a-z][a-z0-9_]*)?$" }, schema: "^([a-z][a-z0-9_]*)?$", parentSchema: schema31.properties.parent.properties.stream, data: data46 };
          if (vErrors === null) {
            vErrors = [err102];
          } else {
            vErrors.push(err102);
          }
          errors++;
        }
      } else {
        const err103 = { instancePath: instancePath + "/parent/stream", schemaPath: "#/properties/parent/properties/stream/type", keyword: "type", params: { type: "string" }, schema: schema31.properties.parent.properties.stream.type, parentSchema: schema31.properties.parent.properties.stream, data: data46 };
        if (vErrors === null) {
          vErrors = [err103];
        } else {
          vErrors.push(err103);
        }
        errors++;
      }
      let data47 = data45.key;
      if (typeof data47 !== "string" && !Array.isArray(data47)) {
        const err104 = { instancePath: instancePath + "/parent/key", schemaPath: "#/properties/parent/properties/key/type", keyword: "type", params: { type: schema31.properties.parent.properties.key.type }, schema: schema31.properties.parent.properties.key.type, parentSchema: schema31.properties.parent.properties.key, data: data47 };
        if (vErrors === null) {
          vErrors = [err104];
        } else {
          vErrors.push(err104);
        }
        errors++;
      }
      if (Array.isArray(data47)) {
        if (data47.length > 20) {
          const err105 = { instancePath: instancePath + "/parent/key", schemaPath: "#/properties/parent/properties/key/maxItems", keyword: "maxItems", params: { limit: 20 }, schema: 20, parentSchema: schema31.properties.parent.properties.key, data: data47 };
          if (vErrors === null) {
            vErrors = [err105];
          } else {
            vErrors.push(err105);
          }
          errors++;
        }
        const len1 = data47.length;
        for (let i2 = 0; i2 < len1; i2++) {
          let data48 = data47[i2];
          if (typeof data48 === "string") {
            if (!pattern22.test(data48)) {
              const err106 = { instancePath: instancePath + "/parent/key/" + i2, schemaPath: "#/properties/parent/properties/key/items/pattern", keyword: "pattern", params: { pattern: "^\\S(.*\\S)?$" }, schema: "^\\S(.*\\S)?$", parentSchema: schema31.properties.parent.properties.key.items, data: data48 };
              if (vErrors === null) {
                vErrors = [err106];
              } else {
                vErrors.push(err106);
              }
              errors++;
            }
          } else {
            const err107 = { instancePath: instancePath + "/parent/key/" + i2, schemaPath: "#/properties/parent/properties/key/items/type", keyword: "type", params: { type: "string" }, schema: schema31.properties.parent.properties.key.items.type, parentSchema: schema31.properties.parent.properties.key.items, data: data48 };
            if (vErrors === null) {
              vErrors = [err107];
            } else {
              vErrors.push(err107);
            }
            errors++;
          }
        }
      }
      let data49 = data45.field;
      if (typeof data49 === "string") {
        if (!pattern25.test(data49)) {
          const err108 = { instancePath: instancePath + "/parent/field", schemaPath: "#/properties/parent/properties/field/pattern", keyword: "pattern", params: { pattern: "^([A-Za-z_][A-Za-z0-9_]*)?$" }, schema: "^([A-Za-z_][A-Za-z0-9_]*)?$", parentSchema: schema31.properties.parent.properties.field, data: data49 };
          if (vErrors === null) {
            vErrors = [err108];
          } else {
            vErrors.push(err108);
          }
          errors++;
        }
      } else {
        const err109 = { instancePath: instancePath + "/parent/field", schemaPath: "#/properties/parent/properties/field/type", keyword: "type", params: { type: "string" }, schema: schema31.properties.parent.properties.field.type, parentSchema: schema31.properties.parent.properties.field, data: data49 };
        if (vErrors === null) {
          vErrors = [err109];
        } else {
          vErrors.push(err109);
        }
        errors++;
      }
    } else {
      const err110 = { instancePath: instancePath + "/parent", schemaPath: "#/properties/parent/type", keyword: "type", params: { type: "object" }, schema: schema31.properties.parent.type, parentSchema: schema31.properties.parent, data: data45 };
      if (vErrors === null) {
        vErrors = [err110];
      } else {
        vErrors.push(err110);
      }
      errors++;
    }
    let data50 = data.mark;
    if (data50 && typeof data50 == "object" && !Array.isArray(data50)) {
      if (data50.fields === void 0) {
        data50.fields = {};
      }
      for (const key12 in data50) {
        if (!(key12 === "fields")) {
          const err111 = { instancePath: instancePath + "/mark", schemaPath: "#/properties/mark/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key12 }, schema: false, parentSchema: schema31.properties.mark, data: data50 };
          if (vErrors === null) {
            vErrors = [err111];
          } else {
            vErrors.push(err111);
          }
          errors++;
        }
      }
      let data51 = data50.fields;
      if (data51 && typeof data51 == "object" && !Array.isArray(data51)) {
        for (const key13 in data51) {
          let data52 = data51[key13];
          if (typeof data52 !== "string" && !(typeof data52 == "number" && isFinite(data52)) && typeof data52 !== "boolean" && data52 !== null) {
            const err112 = { instancePath: instancePath + "/mark/fields/" + key13.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/mark/properties/fields/additionalProperties/type", keyword: "type", params: { type: schema31.properties.mark.properties.fields.additionalProperties.type }, schema: schema31.properties.mark.properties.fields.additionalProperties.type, parentSchema: schema31.properties.mark.properties.fields.additionalProperties, data: data52 };
            if (vErrors === null) {
              vErrors = [err112];
            } else {
              vErrors.push(err112);
            }
            errors++;
          }
        }
      } else {
        const err113 = { instancePath: instancePath + "/mark/fields", schemaPath: "#/properties/mark/properties/fields/type", keyword: "type", params: { type: "object" }, schema: schema31.properties.mark.properties.fields.type, parentSchema: schema31.properties.mark.properties.fields, data: data51 };
        if (vErrors === null) {
          vErrors = [err113];
        } else {
          vErrors.push(err113);
        }
        errors++;
      }
    } else {
      const err114 = { instancePath: instancePath + "/mark", schemaPath: "#/properties/mark/type", keyword: "type", params: { type: "object" }, schema: schema31.properties.mark.type, parentSchema: schema31.properties.mark, data: data50 };
      if (vErrors === null) {
        vErrors = [err114];
      } else {
        vErrors.push(err114);
      }
      errors++;
    }
    let data53 = data.push;
    if (data53 && typeof data53 == "object" && !Array.isArray(data53)) {
      if (data53.mode === void 0) {
        data53.mode = "auto";
      }
      if (data53.batch_size === void 0) {
        data53.batch_size = 1e3;
      }
      if (data53.touch_field === void 0) {
        data53.touch_field = "";
      }
      for (const key14 in data53) {
        if (!(key14 === "mode" || key14 === "batch_size" || key14 === "touch_field")) {
          const err115 = { instancePath: instancePath + "/push", schemaPath: "#/properties/push/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key14 }, schema: false, parentSchema: schema31.properties.push, data: data53 };
          if (vErrors === null) {
            vErrors = [err115];
          } else {
            vErrors.push(err115);
          }
          errors++;
        }
      }
      let data54 = data53.mode;
      if (typeof data54 !== "string") {
        const err116 = { instancePath: instancePath + "/push/mode", schemaPath: "#/properties/push/properties/mode/type", keyword: "type", params: { type: "string" }, schema: schema31.properties.push.properties.mode.type, parentSchema: schema31.properties.push.properties.mode, data: data54 };
        if (vErrors === null) {
          vErrors = [err116];
        } else {
          vErrors.push(err116);
        }
        errors++;
      }
      if (!(data54 === "records" || data54 === "bulk" || data54 === "auto")) {
        const err117 = { instancePath: instancePath + "/push/mode", schemaPath: "#/properties/push/properties/mode/enum", keyword: "enum", params: { allowedValues: schema31.properties.push.properties.mode.enum }, schema: schema31.properties.push.properties.mode.enum, parentSchema: schema31.properties.push.properties.mode, data: data54 };
        if (vErrors === null) {
          vErrors = [err117];
        } else {
          vErrors.push(err117);
        }
        errors++;
      }
      let data55 = data53.batch_size;
      if (!(typeof data55 == "number" && (!(data55 % 1) && !isNaN(data55)) && isFinite(data55))) {
        const err118 = { instancePath: instancePath + "/push/batch_size", schemaPath: "#/properties/push/properties/batch_size/type", keyword: "type", params: { type: "integer" }, schema: schema31.properties.push.properties.batch_size.type, parentSchema: schema31.properties.push.properties.batch_size, data: data55 };
        if (vErrors === null) {
          vErrors = [err118];
        } else {
          vErrors.push(err118);
        }
        errors++;
      }
      if (typeof data55 == "number" && isFinite(data55)) {
        if (data55 > 1e3 || isNaN(data55)) {
          const err119 = { instancePath: instancePath + "/push/batch_size", schemaPath: "#/properties/push/properties/batch_size/maximum", keyword: "maximum", params: { comparison: "<=", limit: 1e3 }, schema: 1e3, parentSchema: schema31.properties.push.properties.batch_size, data: data55 };
          if (vErrors === null) {
            vErrors = [err119];
          } else {
            vErrors.push(err119);
          }
          errors++;
        }
        if (data55 < 1 || isNaN(data55)) {
          const err120 = { instancePath: instancePath + "/push/batch_size", schemaPath: "#/properties/push/properties/batch_size/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, schema: 1, parentSchema: schema31.properties.push.properties.batch_size, data: data55 };
          if (vErrors === null) {
            vErrors = [err120];
          } else {
            vErrors.push(err120);
          }
          errors++;
        }
      }
      let data56 = data53.touch_field;
      if (typeof data56 === "string") {
        if (!pattern25.test(data56)) {
          const err121 = { instancePath: instancePath + "/push/touch_field", schemaPath: "#/properties/push/properties/touch_field/pattern", keyword: "pattern", params: { pattern: "^([A-Za-z_][A-Za-z0-9_]*)?$" }, schema: "^([A-Za-z_][A-Za-z0-9_]*)?$", parentSchema: schema31.properties.push.properties.touch_field, data: data56 };
          if (vErrors === null) {
            vErrors = [err121];
          } else {
            vErrors.push(err121);
          }
          errors++;
        }
      } else {
        const err122 = { instancePath: instancePath + "/push/touch_field", schemaPath: "#/properties/push/properties/touch_field/type", keyword: "type", params: { type: "string" }, schema: schema31.properties.push.properties.touch_field.type, parentSchema: schema31.properties.push.properties.touch_field, data: data56 };
        if (vErrors === null) {
          vErrors = [err122];
        } else {
          vErrors.push(err122);
        }
        errors++;
      }
    } else {
      const err123 = { instancePath: instancePath + "/push", schemaPath: "#/properties/push/type", keyword: "type", params: { type: "object" }, schema: schema31.properties.push.type, parentSchema: schema31.properties.push, data: data53 };
      if (vErrors === null) {
        vErrors = [err123];
      } else {
        vErrors.push(err123);
      }
      errors++;
    }
    let data57 = data.retry;
    if (data57 && typeof data57 == "object" && !Array.isArray(data57)) {
      if (data57.strategy === void 0) {
        data57.strategy = "custom";
      }
      if (data57.delays_seconds === void 0) {
        data57.delays_seconds = [30, 120, 600, 1800, 3600];
      }
      if (data57.max_retries === void 0) {
        data57.max_retries = 5;
      }
      if (data57.base_seconds === void 0) {
        data57.base_seconds = 60;
      }
      for (const key15 in data57) {
        if (!(key15 === "strategy" || key15 === "delays_seconds" || key15 === "max_retries" || key15 === "base_seconds")) {
          const err124 = { instancePath: instancePath + "/retry", schemaPath: "#/properties/retry/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key15 }, schema: false, parentSchema: schema31.properties.retry, data: data57 };
          if (vErrors === null) {
            vErrors = [err124];
          } else {
            vErrors.push(err124);
          }
          errors++;
        }
      }
      let data58 = data57.strategy;
      if (typeof data58 !== "string") {
        const err125 = { instancePath: instancePath + "/retry/strategy", schemaPath: "#/properties/retry/properties/strategy/type", keyword: "type", params: { type: "string" }, schema: schema31.properties.retry.properties.strategy.type, parentSchema: schema31.properties.retry.properties.strategy, data: data58 };
        if (vErrors === null) {
          vErrors = [err125];
        } else {
          vErrors.push(err125);
        }
        errors++;
      }
      if (!(data58 === "exponential" || data58 === "linear" || data58 === "fixed" || data58 === "custom")) {
        const err126 = { instancePath: instancePath + "/retry/strategy", schemaPath: "#/properties/retry/properties/strategy/enum", keyword: "enum", params: { allowedValues: schema31.properties.retry.properties.strategy.enum }, schema: schema31.properties.retry.properties.strategy.enum, parentSchema: schema31.properties.retry.properties.strategy, data: data58 };
        if (vErrors === null) {
          vErrors = [err126];
        } else {
          vErrors.push(err126);
        }
        errors++;
      }
      let data59 = data57.delays_seconds;
      if (Array.isArray(data59)) {
        if (data59.length > 20) {
          const err127 = { instancePath: instancePath + "/retry/delays_seconds", schemaPath: "#/properties/retry/properties/delays_seconds/maxItems", keyword: "maxItems", params: { limit: 20 }, schema: 20, parentSchema: schema31.properties.retry.properties.delays_seconds, data: data59 };
          if (vErrors === null) {
            vErrors = [err127];
          } else {
            vErrors.push(err127);
          }
          errors++;
        }
        if (data59.length < 1) {
          const err128 = { instancePath: instancePath + "/retry/delays_seconds", schemaPath: "#/properties/retry/properties/delays_seconds/minItems", keyword: "minItems", params: { limit: 1 }, schema: 1, parentSchema: schema31.properties.retry.properties.delays_seconds, data: data59 };
          if (vErrors === null) {
            vErrors = [err128];
          } else {
            vErrors.push(err128);
          }
          errors++;
        }
        const len2 = data59.length;
        for (let i3 = 0; i3 < len2; i3++) {
          let data60 = data59[i3];
          if (!(typeof data60 == "number" && (!(data60 % 1) && !isNaN(data60)) && isFinite(data60))) {
            const err129 = { instancePath: instancePath + "/retry/delays_seconds/" + i3, schemaPath: "#/properties/retry/properties/delays_seconds/items/type", keyword: "type", params: { type: "integer" }, schema: schema31.properties.retry.properties.delays_seconds.items.type, parentSchema: schema31.properties.retry.properties.delays_seconds.items, data: data60 };
            if (vErrors === null) {
              vErrors = [err129];
            } else {
              vErrors.push(err129);
            }
            errors++;
          }
          if (typeof data60 == "number" && isFinite(data60)) {
            if (data60 > 86400 || isNaN(data60)) {
              const err130 = { instancePath: instancePath + "/retry/delays_seconds/" + i3, schemaPath: "#/properties/retry/properties/delays_seconds/items/maximum", keyword: "maximum", params: { comparison: "<=", limit: 86400 }, schema: 86400, parentSchema: schema31.properties.retry.properties.delays_seconds.items, data: data60 };
              if (vErrors === null) {
                vErrors = [err130];
              } else {
                vErrors.push(err130);
              }
              errors++;
            }
            if (data60 < 0 || isNaN(data60)) {
              const err131 = { instancePath: instancePath + "/retry/delays_seconds/" + i3, schemaPath: "#/properties/retry/properties/delays_seconds/items/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, schema: 0, parentSchema: schema31.properties.retry.properties.delays_seconds.items, data: data60 };
              if (vErrors === null) {
                vErrors = [err131];
              } else {
                vErrors.push(err131);
              }
              errors++;
            }
          }
        }
      } else {
        const err132 = { instancePath: instancePath + "/retry/delays_seconds", schemaPath: "#/properties/retry/properties/delays_seconds/type", keyword: "type", params: { type: "array" }, schema: schema31.properties.retry.properties.delays_seconds.type, parentSchema: schema31.properties.retry.properties.delays_seconds, data: data59 };
        if (vErrors === null) {
          vErrors = [err132];
        } else {
          vErrors.push(err132);
        }
        errors++;
      }
      let data61 = data57.max_retries;
      if (!(typeof data61 == "number" && (!(data61 % 1) && !isNaN(data61)) && isFinite(data61))) {
        const err133 = { instancePath: instancePath + "/retry/max_retries", schemaPath: "#/properties/retry/properties/max_retries/type", keyword: "type", params: { type: "integer" }, schema: schema31.properties.retry.properties.max_retries.type, parentSchema: schema31.properties.retry.properties.max_retries, data: data61 };
        if (vErrors === null) {
          vErrors = [err133];
        } else {
          vErrors.push(err133);
        }
        errors++;
      }
      if (typeof data61 == "number" && isFinite(data61)) {
        if (data61 > 20 || isNaN(data61)) {
          const err134 = { instancePath: instancePath + "/retry/max_retries", schemaPath: "#/properties/retry/properties/max_retries/maximum", keyword: "maximum", params: { comparison: "<=", limit: 20 }, schema: 20, parentSchema: schema31.properties.retry.properties.max_retries, data: data61 };
          if (vErrors === null) {
            vErrors = [err134];
          } else {
            vErrors.push(err134);
          }
          errors++;
        }
        if (data61 < 0 || isNaN(data61)) {
          const err135 = { instancePath: instancePath + "/retry/max_retries", schemaPath: "#/properties/retry/properties/max_retries/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, schema: 0, parentSchema: schema31.properties.retry.properties.max_retries, data: data61 };
          if (vErrors === null) {
            vErrors = [err135];
          } else {
            vErrors.push(err135);
          }
          errors++;
        }
      }
      let data62 = data57.base_seconds;
      if (!(typeof data62 == "number" && (!(data62 % 1) && !isNaN(data62)) && isFinite(data62))) {
        const err136 = { instancePath: instancePath + "/retry/base_seconds", schemaPath: "#/properties/retry/properties/base_seconds/type", keyword: "type", params: { type: "integer" }, schema: schema31.properties.retry.properties.base_seconds.type, parentSchema: schema31.properties.retry.properties.base_seconds, data: data62 };
        if (vErrors === null) {
          vErrors = [err136];
        } else {
          vErrors.push(err136);
        }
        errors++;
      }
      if (typeof data62 == "number" && isFinite(data62)) {
        if (data62 > 86400 || isNaN(data62)) {
          const err137 = { instancePath: instancePath + "/retry/base_seconds", schemaPath: "#/properties/retry/properties/base_seconds/maximum", keyword: "maximum", params: { comparison: "<=", limit: 86400 }, schema: 86400, parentSchema: schema31.properties.retry.properties.base_seconds, data: data62 };
          if (vErrors === null) {
            vErrors = [err137];
          } else {
            vErrors.push(err137);
          }
          errors++;
        }
        if (data62 < 1 || isNaN(data62)) {
          const err138 = { instancePath: instancePath + "/retry/base_seconds", schemaPath: "#/properties/retry/properties/base_seconds/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, schema: 1, parentSchema: schema31.properties.retry.properties.base_seconds, data: data62 };
          if (vErrors === null) {
            vErrors = [err138];
          } else {
            vErrors.push(err138);
          }
          errors++;
        }
      }
    } else {
      const err139 = { instancePath: instancePath + "/retry", schemaPath: "#/properties/retry/type", keyword: "type", params: { type: "object" }, schema: schema31.properties.retry.type, parentSchema: schema31.properties.retry, data: data57 };
      if (vErrors === null) {
        vErrors = [err139];
      } else {
        vErrors.push(err139);
      }
      errors++;
    }
    let data63 = data.retention;
    if (data63 && typeof data63 == "object" && !Array.isArray(data63)) {
      if (data63.jobs_days === void 0) {
        data63.jobs_days = 14;
      }
      if (data63.log_days === void 0) {
        data63.log_days = 30;
      }
      if (data63.history_days === void 0) {
        data63.history_days = 0;
      }
      if (data63.runs_days === void 0) {
        data63.runs_days = 180;
      }
      if (data63.quarantine_days === void 0) {
        data63.quarantine_days = 90;
      }
      if (data63.tombstones_days === void 0) {
        data63.tombstones_days = 365;
      }
      if (data63.max_runs === void 0) {
        data63.max_runs = 0;
      }
      for (const key16 in data63) {
        if (!(key16 === "jobs_days" || key16 === "log_days" || key16 === "history_days" || key16 === "runs_days" || key16 === "quarantine_days" || key16 === "tombstones_days" || key16 === "max_runs")) {
          const err140 = { instancePath: instancePath + "/retention", schemaPath: "#/properties/retention/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key16 }, schema: false, parentSchema: schema31.properties.retention, data: data63 };
          if (vErrors === null) {
            vErrors = [err140];
          } else {
            vErrors.push(err140);
          }
          errors++;
        }
      }
      let data64 = data63.jobs_days;
      if (!(typeof data64 == "number" && (!(data64 % 1) && !isNaN(data64)) && isFinite(data64))) {
        const err141 = { instancePath: instancePath + "/retention/jobs_days", schemaPath: "#/properties/retention/properties/jobs_days/type", keyword: "type", params: { type: "integer" }, schema: schema31.properties.retention.properties.jobs_days.type, parentSchema: schema31.properties.retention.properties.jobs_days, data: data64 };
        if (vErrors === null) {
          vErrors = [err141];
        } else {
          vErrors.push(err141);
        }
        errors++;
      }
      if (typeof data64 == "number" && isFinite(data64)) {
        if (data64 > 3650 || isNaN(data64)) {
          const err142 = { instancePath: instancePath + "/retention/jobs_days", schemaPath: "#/properties/retention/properties/jobs_days/maximum", keyword: "maximum", params: { comparison: "<=", limit: 3650 }, schema: 3650, parentSchema: schema31.properties.retention.properties.jobs_days, data: data64 };
          if (vErrors === null) {
            vErrors = [err142];
          } else {
            vErrors.push(err142);
          }
          errors++;
        }
        if (data64 < 1 || isNaN(data64)) {
          const err143 = { instancePath: instancePath + "/retention/jobs_days", schemaPath: "#/properties/retention/properties/jobs_days/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, schema: 1, parentSchema: schema31.properties.retention.properties.jobs_days, data: data64 };
          if (vErrors === null) {
            vErrors = [err143];
          } else {
            vErrors.push(err143);
          }
          errors++;
        }
      }
      let data65 = data63.log_days;
      if (!(typeof data65 == "number" && (!(data65 % 1) && !isNaN(data65)) && isFinite(data65))) {
        const err144 = { instancePath: instancePath + "/retention/log_days", schemaPath: "#/properties/retention/properties/log_days/type", keyword: "type", params: { type: "integer" }, schema: schema31.properties.retention.properties.log_days.type, parentSchema: schema31.properties.retention.properties.log_days, data: data65 };
        if (vErrors === null) {
          vErrors = [err144];
        } else {
          vErrors.push(err144);
        }
        errors++;
      }
      if (typeof data65 == "number" && isFinite(data65)) {
        if (data65 > 3650 || isNaN(data65)) {
          const err145 = { instancePath: instancePath + "/retention/log_days", schemaPath: "#/properties/retention/properties/log_days/maximum", keyword: "maximum", params: { comparison: "<=", limit: 3650 }, schema: 3650, parentSchema: schema31.properties.retention.properties.log_days, data: data65 };
          if (vErrors === null) {
            vErrors = [err145];
          } else {
            vErrors.push(err145);
          }
          errors++;
        }
        if (data65 < 1 || isNaN(data65)) {
          const err146 = { instancePath: instancePath + "/retention/log_days", schemaPath: "#/properties/retention/properties/log_days/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, schema: 1, parentSchema: schema31.properties.retention.properties.log_days, data: data65 };
          if (vErrors === null) {
            vErrors = [err146];
          } else {
            vErrors.push(err146);
          }
          errors++;
        }
      }
      let data66 = data63.history_days;
      if (!(typeof data66 == "number" && (!(data66 % 1) && !isNaN(data66)) && isFinite(data66))) {
        const err147 = { instancePath: instancePath + "/retention/history_days", schemaPath: "#/properties/retention/properties/history_days/type", keyword: "type", params: { type: "integer" }, schema: schema31.properties.retention.properties.history_days.type, parentSchema: schema31.properties.retention.properties.history_days, data: data66 };
        if (vErrors === null) {
          vErrors = [err147];
        } else {
          vErrors.push(err147);
        }
        errors++;
      }
      if (typeof data66 == "number" && isFinite(data66)) {
        if (data66 > 36500 || isNaN(data66)) {
          const err148 = { instancePath: instancePath + "/retention/history_days", schemaPath: "#/properties/retention/properties/history_days/maximum", keyword: "maximum", params: { comparison: "<=", limit: 36500 }, schema: 36500, parentSchema: schema31.properties.retention.properties.history_days, data: data66 };
          if (vErrors === null) {
            vErrors = [err148];
          } else {
            vErrors.push(err148);
          }
          errors++;
        }
        if (data66 < 0 || isNaN(data66)) {
          const err149 = { instancePath: instancePath + "/retention/history_days", schemaPath: "#/properties/retention/properties/history_days/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, schema: 0, parentSchema: schema31.properties.retention.properties.history_days, data: data66 };
          if (vErrors === null) {
            vErrors = [err149];
          } else {
            vErrors.push(err149);
          }
          errors++;
        }
      }
      let data67 = data63.runs_days;
      if (!(typeof data67 == "number" && (!(data67 % 1) && !isNaN(data67)) && isFinite(data67))) {
        const err150 = { instancePath: instancePath + "/retention/runs_days", schemaPath: "#/properties/retention/properties/runs_days/type", keyword: "type", params: { type: "integer" }, schema: schema31.properties.retention.properties.runs_days.type, parentSchema: schema31.properties.retention.properties.runs_days, data: data67 };
        if (vErrors === null) {
          vErrors = [err150];
        } else {
          vErrors.push(err150);
        }
        errors++;
      }
      if (typeof data67 == "number" && isFinite(data67)) {
        if (data67 > 36500 || isNaN(data67)) {
          const err151 = { instancePath: instancePath + "/retention/runs_days", schemaPath: "#/properties/retention/properties/runs_days/maximum", keyword: "maximum", params: { comparison: "<=", limit: 36500 }, schema: 36500, parentSchema: schema31.properties.retention.properties.runs_days, data: data67 };
          if (vErrors === null) {
            vErrors = [err151];
          } else {
            vErrors.push(err151);
          }
          errors++;
        }
        if (data67 < 1 || isNaN(data67)) {
          const err152 = { instancePath: instancePath + "/retention/runs_days", schemaPath: "#/properties/retention/properties/runs_days/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, schema: 1, parentSchema: schema31.properties.retention.properties.runs_days, data: data67 };
          if (vErrors === null) {
            vErrors = [err152];
          } else {
            vErrors.push(err152);
          }
          errors++;
        }
      }
      let data68 = data63.quarantine_days;
      if (!(typeof data68 == "number" && (!(data68 % 1) && !isNaN(data68)) && isFinite(data68))) {
        const err153 = { instancePath: instancePath + "/retention/quarantine_days", schemaPath: "#/properties/retention/properties/quarantine_days/type", keyword: "type", params: { type: "integer" }, schema: schema31.properties.retention.properties.quarantine_days.type, parentSchema: schema31.properties.retention.properties.quarantine_days, data: data68 };
        if (vErrors === null) {
          vErrors = [err153];
        } else {
          vErrors.push(err153);
        }
        errors++;
      }
      if (typeof data68 == "number" && isFinite(data68)) {
        if (data68 > 36500 || isNaN(data68)) {
          const err154 = { instancePath: instancePath + "/retention/quarantine_days", schemaPath: "#/properties/retention/properties/quarantine_days/maximum", keyword: "maximum", params: { comparison: "<=", limit: 36500 }, schema: 36500, parentSchema: schema31.properties.retention.properties.quarantine_days, data: data68 };
          if (vErrors === null) {
            vErrors = [err154];
          } else {
            vErrors.push(err154);
          }
          errors++;
        }
        if (data68 < 1 || isNaN(data68)) {
          const err155 = { instancePath: instancePath + "/retention/quarantine_days", schemaPath: "#/properties/retention/properties/quarantine_days/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, schema: 1, parentSchema: schema31.properties.retention.properties.quarantine_days, data: data68 };
          if (vErrors === null) {
            vErrors = [err155];
          } else {
            vErrors.push(err155);
          }
          errors++;
        }
      }
      let data69 = data63.tombstones_days;
      if (!(typeof data69 == "number" && (!(data69 % 1) && !isNaN(data69)) && isFinite(data69))) {
        const err156 = { instancePath: instancePath + "/retention/tombstones_days", schemaPath: "#/properties/retention/properties/tombstones_days/type", keyword: "type", params: { type: "integer" }, schema: schema31.properties.retention.properties.tombstones_days.type, parentSchema: schema31.properties.retention.properties.tombstones_days, data: data69 };
        if (vErrors === null) {
          vErrors = [err156];
        } else {
          vErrors.push(err156);
        }
        errors++;
      }
      if (typeof data69 == "number" && isFinite(data69)) {
        if (data69 > 36500 || isNaN(data69)) {
          const err157 = { instancePath: instancePath + "/retention/tombstones_days", schemaPath: "#/properties/retention/properties/tombstones_days/maximum", keyword: "maximum", params: { comparison: "<=", limit: 36500 }, schema: 36500, parentSchema: schema31.properties.retention.properties.tombstones_days, data: data69 };
          if (vErrors === null) {
            vErrors = [err157];
          } else {
            vErrors.push(err157);
          }
          errors++;
        }
        if (data69 < 1 || isNaN(data69)) {
          const err158 = { instancePath: instancePath + "/retention/tombstones_days", schemaPath: "#/properties/retention/properties/tombstones_days/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, schema: 1, parentSchema: schema31.properties.retention.properties.tombstones_days, data: data69 };
          if (vErrors === null) {
            vErrors = [err158];
          } else {
            vErrors.push(err158);
          }
          errors++;
        }
      }
      let data70 = data63.max_runs;
      if (!(typeof data70 == "number" && (!(data70 % 1) && !isNaN(data70)) && isFinite(data70))) {
        const err159 = { instancePath: instancePath + "/retention/max_runs", schemaPath: "#/properties/retention/properties/max_runs/type", keyword: "type", params: { type: "integer" }, schema: schema31.properties.retention.properties.max_runs.type, parentSchema: schema31.properties.retention.properties.max_runs, data: data70 };
        if (vErrors === null) {
          vErrors = [err159];
        } else {
          vErrors.push(err159);
        }
        errors++;
      }
      if (typeof data70 == "number" && isFinite(data70)) {
        if (data70 > 1e6 || isNaN(data70)) {
          const err160 = { instancePath: instancePath + "/retention/max_runs", schemaPath: "#/properties/retention/properties/max_runs/maximum", keyword: "maximum", params: { comparison: "<=", limit: 1e6 }, schema: 1e6, parentSchema: schema31.properties.retention.properties.max_runs, data: data70 };
          if (vErrors === null) {
            vErrors = [err160];
          } else {
            vErrors.push(err160);
          }
          errors++;
        }
        if (data70 < 0 || isNaN(data70)) {
          const err161 = { instancePath: instancePath + "/retention/max_runs", schemaPath: "#/properties/retention/properties/max_runs/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, schema: 0, parentSchema: schema31.properties.retention.properties.max_runs, data: data70 };
          if (vErrors === null) {
            vErrors = [err161];
          } else {
            vErrors.push(err161);
          }
          errors++;
        }
      }
    } else {
      const err162 = { instancePath: instancePath + "/retention", schemaPath: "#/properties/retention/type", keyword: "type", params: { type: "object" }, schema: schema31.properties.retention.type, parentSchema: schema31.properties.retention, data: data63 };
      if (vErrors === null) {
        vErrors = [err162];
      } else {
        vErrors.push(err162);
      }
      errors++;
    }
    let data71 = data.breaker;
    if (data71 && typeof data71 == "object" && !Array.isArray(data71)) {
      if (data71.failures === void 0) {
        data71.failures = 5;
      }
      if (data71.max_minutes === void 0) {
        data71.max_minutes = 240;
      }
      for (const key17 in data71) {
        if (!(key17 === "failures" || key17 === "max_minutes")) {
          const err163 = { instancePath: instancePath + "/breaker", schemaPath: "#/properties/breaker/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key17 }, schema: false, parentSchema: schema31.properties.breaker, data: data71 };
          if (vErrors === null) {
            vErrors = [err163];
          } else {
            vErrors.push(err163);
          }
          errors++;
        }
      }
      let data72 = data71.failures;
      if (!(typeof data72 == "number" && (!(data72 % 1) && !isNaN(data72)) && isFinite(data72))) {
        const err164 = { instancePath: instancePath + "/breaker/failures", schemaPath: "#/properties/breaker/properties/failures/type", keyword: "type", params: { type: "integer" }, schema: schema31.properties.breaker.properties.failures.type, parentSchema: schema31.properties.breaker.properties.failures, data: data72 };
        if (vErrors === null) {
          vErrors = [err164];
        } else {
          vErrors.push(err164);
        }
        errors++;
      }
      if (typeof data72 == "number" && isFinite(data72)) {
        if (data72 > 100 || isNaN(data72)) {
          const err165 = { instancePath: instancePath + "/breaker/failures", schemaPath: "#/properties/breaker/properties/failures/maximum", keyword: "maximum", params: { comparison: "<=", limit: 100 }, schema: 100, parentSchema: schema31.properties.breaker.properties.failures, data: data72 };
          if (vErrors === null) {
            vErrors = [err165];
          } else {
            vErrors.push(err165);
          }
          errors++;
        }
        if (data72 < 0 || isNaN(data72)) {
          const err166 = { instancePath: instancePath + "/breaker/failures", schemaPath: "#/properties/breaker/properties/failures/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, schema: 0, parentSchema: schema31.properties.breaker.properties.failures, data: data72 };
          if (vErrors === null) {
            vErrors = [err166];
          } else {
            vErrors.push(err166);
          }
          errors++;
        }
      }
      let data73 = data71.max_minutes;
      if (!(typeof data73 == "number" && (!(data73 % 1) && !isNaN(data73)) && isFinite(data73))) {
        const err167 = { instancePath: instancePath + "/breaker/max_minutes", schemaPath: "#/properties/breaker/properties/max_minutes/type", keyword: "type", params: { type: "integer" }, schema: schema31.properties.breaker.properties.max_minutes.type, parentSchema: schema31.properties.breaker.properties.max_minutes, data: data73 };
        if (vErrors === null) {
          vErrors = [err167];
        } else {
          vErrors.push(err167);
        }
        errors++;
      }
      if (typeof data73 == "number" && isFinite(data73)) {
        if (data73 > 10080 || isNaN(data73)) {
          const err168 = { instancePath: instancePath + "/breaker/max_minutes", schemaPath: "#/properties/breaker/properties/max_minutes/maximum", keyword: "maximum", params: { comparison: "<=", limit: 10080 }, schema: 10080, parentSchema: schema31.properties.breaker.properties.max_minutes, data: data73 };
          if (vErrors === null) {
            vErrors = [err168];
          } else {
            vErrors.push(err168);
          }
          errors++;
        }
        if (data73 < 1 || isNaN(data73)) {
          const err169 = { instancePath: instancePath + "/breaker/max_minutes", schemaPath: "#/properties/breaker/properties/max_minutes/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, schema: 1, parentSchema: schema31.properties.breaker.properties.max_minutes, data: data73 };
          if (vErrors === null) {
            vErrors = [err169];
          } else {
            vErrors.push(err169);
          }
          errors++;
        }
      }
    } else {
      const err170 = { instancePath: instancePath + "/breaker", schemaPath: "#/properties/breaker/type", keyword: "type", params: { type: "object" }, schema: schema31.properties.breaker.type, parentSchema: schema31.properties.breaker, data: data71 };
      if (vErrors === null) {
        vErrors = [err170];
      } else {
        vErrors.push(err170);
      }
      errors++;
    }
    let data74 = data.log;
    if (data74 && typeof data74 == "object" && !Array.isArray(data74)) {
      if (data74.level === void 0) {
        data74.level = "info";
      }
      if (data74.payloads === void 0) {
        data74.payloads = false;
      }
      for (const key18 in data74) {
        if (!(key18 === "level" || key18 === "payloads")) {
          const err171 = { instancePath: instancePath + "/log", schemaPath: "#/properties/log/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key18 }, schema: false, parentSchema: schema31.properties.log, data: data74 };
          if (vErrors === null) {
            vErrors = [err171];
          } else {
            vErrors.push(err171);
          }
          errors++;
        }
      }
      let data75 = data74.level;
      if (typeof data75 !== "string") {
        const err172 = { instancePath: instancePath + "/log/level", schemaPath: "#/properties/log/properties/level/type", keyword: "type", params: { type: "string" }, schema: schema31.properties.log.properties.level.type, parentSchema: schema31.properties.log.properties.level, data: data75 };
        if (vErrors === null) {
          vErrors = [err172];
        } else {
          vErrors.push(err172);
        }
        errors++;
      }
      if (!(data75 === "info" || data75 === "warn" || data75 === "error")) {
        const err173 = { instancePath: instancePath + "/log/level", schemaPath: "#/properties/log/properties/level/enum", keyword: "enum", params: { allowedValues: schema31.properties.log.properties.level.enum }, schema: schema31.properties.log.properties.level.enum, parentSchema: schema31.properties.log.properties.level, data: data75 };
        if (vErrors === null) {
          vErrors = [err173];
        } else {
          vErrors.push(err173);
        }
        errors++;
      }
      let data76 = data74.payloads;
      if (typeof data76 !== "boolean") {
        const err174 = { instancePath: instancePath + "/log/payloads", schemaPath: "#/properties/log/properties/payloads/type", keyword: "type", params: { type: "boolean" }, schema: schema31.properties.log.properties.payloads.type, parentSchema: schema31.properties.log.properties.payloads, data: data76 };
        if (vErrors === null) {
          vErrors = [err174];
        } else {
          vErrors.push(err174);
        }
        errors++;
      }
    } else {
      const err175 = { instancePath: instancePath + "/log", schemaPath: "#/properties/log/type", keyword: "type", params: { type: "object" }, schema: schema31.properties.log.type, parentSchema: schema31.properties.log, data: data74 };
      if (vErrors === null) {
        vErrors = [err175];
      } else {
        vErrors.push(err175);
      }
      errors++;
    }
    let data77 = data.alerts;
    if (data77 && typeof data77 == "object" && !Array.isArray(data77)) {
      if (data77.webhook === void 0) {
        data77.webhook = "";
      }
      if (data77.email === void 0) {
        data77.email = [];
      }
      if (data77.off === void 0) {
        data77.off = [];
      }
      if (data77.long_minutes === void 0) {
        data77.long_minutes = 15;
      }
      if (data77.many_changes === void 0) {
        data77.many_changes = 1e4;
      }
      if (data77.backlog_minutes === void 0) {
        data77.backlog_minutes = 180;
      }
      if (data77.failure_percent === void 0) {
        data77.failure_percent = 20;
      }
      if (data77.no_success_hours === void 0) {
        data77.no_success_hours = 0;
      }
      if (data77.daily_summary_at === void 0) {
        data77.daily_summary_at = "";
      }
      if (data77.on_finish === void 0) {
        data77.on_finish = "";
      }
      for (const key19 in data77) {
        if (!func1.call(schema31.properties.alerts.properties, key19)) {
          const err176 = { instancePath: instancePath + "/alerts", schemaPath: "#/properties/alerts/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key19 }, schema: false, parentSchema: schema31.properties.alerts, data: data77 };
          if (vErrors === null) {
            vErrors = [err176];
          } else {
            vErrors.push(err176);
          }
          errors++;
        }
      }
      let data78 = data77.webhook;
      if (typeof data78 === "string") {
        if (!pattern14.test(data78)) {
          const err177 = { instancePath: instancePath + "/alerts/webhook", schemaPath: "#/properties/alerts/properties/webhook/pattern", keyword: "pattern", params: { pattern: "^(\\$\\{ERP_[A-Z0-9_]+\\})?$" }, schema: "^(\\$\\{ERP_[A-Z0-9_]+\\})?$", parentSchema: schema31.properties.alerts.properties.webhook, data: data78 };
          if (vErrors === null) {
            vErrors = [err177];
          } else {
            vErrors.push(err177);
          }
          errors++;
        }
      } else {
        const err178 = { instancePath: instancePath + "/alerts/webhook", schemaPath: "#/properties/alerts/properties/webhook/type", keyword: "type", params: { type: "string" }, schema: schema31.properties.alerts.properties.webhook.type, parentSchema: schema31.properties.alerts.properties.webhook, data: data78 };
        if (vErrors === null) {
          vErrors = [err178];
        } else {
          vErrors.push(err178);
        }
        errors++;
      }
      let data79 = data77.email;
      if (Array.isArray(data79)) {
        if (data79.length > 20) {
          const err179 = { instancePath: instancePath + "/alerts/email", schemaPath: "#/properties/alerts/properties/email/maxItems", keyword: "maxItems", params: { limit: 20 }, schema: 20, parentSchema: schema31.properties.alerts.properties.email, data: data79 };
          if (vErrors === null) {
            vErrors = [err179];
          } else {
            vErrors.push(err179);
          }
          errors++;
        }
        const len3 = data79.length;
        for (let i4 = 0; i4 < len3; i4++) {
          let data80 = data79[i4];
          if (typeof data80 === "string") {
            if (!pattern28.test(data80)) {
              const err180 = { instancePath: instancePath + "/alerts/email/" + i4, schemaPath: "#/properties/alerts/properties/email/items/pattern", keyword: "pattern", params: { pattern: '^[^\\s@,;<>"]+@[^\\s@,;<>"]+$' }, schema: '^[^\\s@,;<>"]+@[^\\s@,;<>"]+$', parentSchema: schema31.properties.alerts.properties.email.items, data: data80 };
              if (vErrors === null) {
                vErrors = [err180];
              } else {
                vErrors.push(err180);
              }
              errors++;
            }
          } else {
            const err181 = { instancePath: instancePath + "/alerts/email/" + i4, schemaPath: "#/properties/alerts/properties/email/items/type", keyword: "type", params: { type: "string" }, schema: schema31.properties.alerts.properties.email.items.type, parentSchema: schema31.properties.alerts.properties.email.items, data: data80 };
            if (vErrors === null) {
              vErrors = [err181];
            } else {
              vErrors.push(err181);
            }
            errors++;
          }
        }
      } else {
        const err182 = { instancePath: instancePath + "/alerts/email", schemaPath: "#/properties/alerts/properties/email/type", keyword: "type", params: { type: "array" }, schema: schema31.properties.alerts.properties.email.type, parentSchema: schema31.properties.alerts.properties.email, data: data79 };
        if (vErrors === null) {
          vErrors = [err182];
        } else {
          vErrors.push(err182);
        }
        errors++;
      }
      let data81 = data77.off;
      if (Array.isArray(data81)) {
        if (data81.length > 20) {
          const err183 = { instancePath: instancePath + "/alerts/off", schemaPath: "#/properties/alerts/properties/off/maxItems", keyword: "maxItems", params: { limit: 20 }, schema: 20, parentSchema: schema31.properties.alerts.properties.off, data: data81 };
          if (vErrors === null) {
            vErrors = [err183];
          } else {
            vErrors.push(err183);
          }
          errors++;
        }
        const len4 = data81.length;
        for (let i5 = 0; i5 < len4; i5++) {
          let data82 = data81[i5];
          if (typeof data82 !== "string") {
            const err184 = { instancePath: instancePath + "/alerts/off/" + i5, schemaPath: "#/properties/alerts/properties/off/items/type", keyword: "type", params: { type: "string" }, schema: schema31.properties.alerts.properties.off.items.type, parentSchema: schema31.properties.alerts.properties.off.items, data: data82 };
            if (vErrors === null) {
              vErrors = [err184];
            } else {
              vErrors.push(err184);
            }
            errors++;
          }
          if (!(data82 === "run_failed" || data82 === "run_long" || data82 === "many_changes" || data82 === "deletes_held" || data82 === "dead_jobs" || data82 === "quarantine_grew" || data82 === "backlog" || data82 === "failure_rate" || data82 === "no_success" || data82 === "overlap" || data82 === "schema_drift" || data82 === "archive_failed")) {
            const err185 = { instancePath: instancePath + "/alerts/off/" + i5, schemaPath: "#/properties/alerts/properties/off/items/enum", keyword: "enum", params: { allowedValues: schema31.properties.alerts.properties.off.items.enum }, schema: schema31.properties.alerts.properties.off.items.enum, parentSchema: schema31.properties.alerts.properties.off.items, data: data82 };
            if (vErrors === null) {
              vErrors = [err185];
            } else {
              vErrors.push(err185);
            }
            errors++;
          }
        }
      } else {
        const err186 = { instancePath: instancePath + "/alerts/off", schemaPath: "#/properties/alerts/properties/off/type", keyword: "type", params: { type: "array" }, schema: schema31.properties.alerts.properties.off.type, parentSchema: schema31.properties.alerts.properties.off, data: data81 };
        if (vErrors === null) {
          vErrors = [err186];
        } else {
          vErrors.push(err186);
        }
        errors++;
      }
      let data83 = data77.long_minutes;
      if (!(typeof data83 == "number" && (!(data83 % 1) && !isNaN(data83)) && isFinite(data83))) {
        const err187 = { instancePath: instancePath + "/alerts/long_minutes", schemaPath: "#/properties/alerts/properties/long_minutes/type", keyword: "type", params: { type: "integer" }, schema: schema31.properties.alerts.properties.long_minutes.type, parentSchema: schema31.properties.alerts.properties.long_minutes, data: data83 };
        if (vErrors === null) {
          vErrors = [err187];
        } else {
          vErrors.push(err187);
        }
        errors++;
      }
      if (typeof data83 == "number" && isFinite(data83)) {
        if (data83 > 10080 || isNaN(data83)) {
          const err188 = { instancePath: instancePath + "/alerts/long_minutes", schemaPath: "#/properties/alerts/properties/long_minutes/maximum", keyword: "maximum", params: { comparison: "<=", limit: 10080 }, schema: 10080, parentSchema: schema31.properties.alerts.properties.long_minutes, data: data83 };
          if (vErrors === null) {
            vErrors = [err188];
          } else {
            vErrors.push(err188);
          }
          errors++;
        }
        if (data83 < 1 || isNaN(data83)) {
          const err189 = { instancePath: instancePath + "/alerts/long_minutes", schemaPath: "#/properties/alerts/properties/long_minutes/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, schema: 1, parentSchema: schema31.properties.alerts.properties.long_minutes, data: data83 };
          if (vErrors === null) {
            vErrors = [err189];
          } else {
            vErrors.push(err189);
          }
          errors++;
        }
      }
      let data84 = data77.many_changes;
      if (!(typeof data84 == "number" && (!(data84 % 1) && !isNaN(data84)) && isFinite(data84))) {
        const err190 = { instancePath: instancePath + "/alerts/many_changes", schemaPath: "#/properties/alerts/properties/many_changes/type", keyword: "type", params: { type: "integer" }, schema: schema31.properties.alerts.properties.many_changes.type, parentSchema: schema31.properties.alerts.properties.many_changes, data: data84 };
        if (vErrors === null) {
          vErrors = [err190];
        } else {
          vErrors.push(err190);
        }
        errors++;
      }
      if (typeof data84 == "number" && isFinite(data84)) {
        if (data84 > 1e9 || isNaN(data84)) {
          const err191 = { instancePath: instancePath + "/alerts/many_changes", schemaPath: "#/properties/alerts/properties/many_changes/maximum", keyword: "maximum", params: { comparison: "<=", limit: 1e9 }, schema: 1e9, parentSchema: schema31.properties.alerts.properties.many_changes, data: data84 };
          if (vErrors === null) {
            vErrors = [err191];
          } else {
            vErrors.push(err191);
          }
          errors++;
        }
        if (data84 < 0 || isNaN(data84)) {
          const err192 = { instancePath: instancePath + "/alerts/many_changes", schemaPath: "#/properties/alerts/properties/many_changes/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, schema: 0, parentSchema: schema31.properties.alerts.properties.many_changes, data: data84 };
          if (vErrors === null) {
            vErrors = [err192];
          } else {
            vErrors.push(err192);
          }
          errors++;
        }
      }
      let data85 = data77.backlog_minutes;
      if (!(typeof data85 == "number" && (!(data85 % 1) && !isNaN(data85)) && isFinite(data85))) {
        const err193 = { instancePath: instancePath + "/alerts/backlog_minutes", schemaPath: "#/properties/alerts/properties/backlog_minutes/type", keyword: "type", params: { type: "integer" }, schema: schema31.properties.alerts.properties.backlog_minutes.type, parentSchema: schema31.properties.alerts.properties.backlog_minutes, data: data85 };
        if (vErrors === null) {
          vErrors = [err193];
        } else {
          vErrors.push(err193);
        }
        errors++;
      }
      if (typeof data85 == "number" && isFinite(data85)) {
        if (data85 > 525600 || isNaN(data85)) {
          const err194 = { instancePath: instancePath + "/alerts/backlog_minutes", schemaPath: "#/properties/alerts/properties/backlog_minutes/maximum", keyword: "maximum", params: { comparison: "<=", limit: 525600 }, schema: 525600, parentSchema: schema31.properties.alerts.properties.backlog_minutes, data: data85 };
          if (vErrors === null) {
            vErrors = [err194];
          } else {
            vErrors.push(err194);
          }
          errors++;
        }
        if (data85 < 1 || isNaN(data85)) {
          const err195 = { instancePath: instancePath + "/alerts/backlog_minutes", schemaPath: "#/properties/alerts/properties/backlog_minutes/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, schema: 1, parentSchema: schema31.properties.alerts.properties.backlog_minutes, data: data85 };
          if (vErrors === null) {
            vErrors = [err195];
          } else {
            vErrors.push(err195);
          }
          errors++;
        }
      }
      let data86 = data77.failure_percent;
      if (typeof data86 == "number" && isFinite(data86)) {
        if (data86 > 100 || isNaN(data86)) {
          const err196 = { instancePath: instancePath + "/alerts/failure_percent", schemaPath: "#/properties/alerts/properties/failure_percent/maximum", keyword: "maximum", params: { comparison: "<=", limit: 100 }, schema: 100, parentSchema: schema31.properties.alerts.properties.failure_percent, data: data86 };
          if (vErrors === null) {
            vErrors = [err196];
          } else {
            vErrors.push(err196);
          }
          errors++;
        }
        if (data86 < 0 || isNaN(data86)) {
          const err197 = { instancePath: instancePath + "/alerts/failure_percent", schemaPath: "#/properties/alerts/properties/failure_percent/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, schema: 0, parentSchema: schema31.properties.alerts.properties.failure_percent, data: data86 };
          if (vErrors === null) {
            vErrors = [err197];
          } else {
            vErrors.push(err197);
          }
          errors++;
        }
      } else {
        const err198 = { instancePath: instancePath + "/alerts/failure_percent", schemaPath: "#/properties/alerts/properties/failure_percent/type", keyword: "type", params: { type: "number" }, schema: schema31.properties.alerts.properties.failure_percent.type, parentSchema: schema31.properties.alerts.properties.failure_percent, data: data86 };
        if (vErrors === null) {
          vErrors = [err198];
        } else {
          vErrors.push(err198);
        }
        errors++;
      }
      let data87 = data77.no_success_hours;
      if (!(typeof data87 == "number" && (!(data87 % 1) && !isNaN(data87)) && isFinite(data87))) {
        const err199 = { instancePath: instancePath + "/alerts/no_success_hours", schemaPath: "#/properties/alerts/properties/no_success_hours/type", keyword: "type", params: { type: "integer" }, schema: schema31.properties.alerts.properties.no_success_hours.type, parentSchema: schema31.properties.alerts.properties.no_success_hours, data: data87 };
        if (vErrors === null) {
          vErrors = [err199];
        } else {
          vErrors.push(err199);
        }
        errors++;
      }
      if (typeof data87 == "number" && isFinite(data87)) {
        if (data87 > 8760 || isNaN(data87)) {
          const err200 = { instancePath: instancePath + "/alerts/no_success_hours", schemaPath: "#/properties/alerts/properties/no_success_hours/maximum", keyword: "maximum", params: { comparison: "<=", limit: 8760 }, schema: 8760, parentSchema: schema31.properties.alerts.properties.no_success_hours, data: data87 };
          if (vErrors === null) {
            vErrors = [err200];
          } else {
            vErrors.push(err200);
          }
          errors++;
        }
        if (data87 < 0 || isNaN(data87)) {
          const err201 = { instancePath: instancePath + "/alerts/no_success_hours", schemaPath: "#/properties/alerts/properties/no_success_hours/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, schema: 0, parentSchema: schema31.properties.alerts.properties.no_success_hours, data: data87 };
          if (vErrors === null) {
            vErrors = [err201];
          } else {
            vErrors.push(err201);
          }
          errors++;
        }
      }
      let data88 = data77.daily_summary_at;
      if (typeof data88 === "string") {
        if (!pattern29.test(data88)) {
          const err202 = { instancePath: instancePath + "/alerts/daily_summary_at", schemaPath: "#/properties/alerts/properties/daily_summary_at/pattern", keyword: "pattern", params: { pattern: "^(([01][0-9]|2[0-3]):[0-5][0-9])?$" }, schema: "^(([01][0-9]|2[0-3]):[0-5][0-9])?$", parentSchema: schema31.properties.alerts.properties.daily_summary_at, data: data88 };
          if (vErrors === null) {
            vErrors = [err202];
          } else {
            vErrors.push(err202);
          }
          errors++;
        }
      } else {
        const err203 = { instancePath: instancePath + "/alerts/daily_summary_at", schemaPath: "#/properties/alerts/properties/daily_summary_at/type", keyword: "type", params: { type: "string" }, schema: schema31.properties.alerts.properties.daily_summary_at.type, parentSchema: schema31.properties.alerts.properties.daily_summary_at, data: data88 };
        if (vErrors === null) {
          vErrors = [err203];
        } else {
          vErrors.push(err203);
        }
        errors++;
      }
      let data89 = data77.on_finish;
      if (typeof data89 === "string") {
        if (!pattern30.test(data89)) {
          const err204 = { instancePath: instancePath + "/alerts/on_finish", schemaPath: "#/properties/alerts/properties/on_finish/pattern", keyword: "pattern", params: { pattern: "^(\\S+)?$" }, schema: "^(\\S+)?$", parentSchema: schema31.properties.alerts.properties.on_finish, data: data89 };
          if (vErrors === null) {
            vErrors = [err204];
          } else {
            vErrors.push(err204);
          }
          errors++;
        }
      } else {
        const err205 = { instancePath: instancePath + "/alerts/on_finish", schemaPath: "#/properties/alerts/properties/on_finish/type", keyword: "type", params: { type: "string" }, schema: schema31.properties.alerts.properties.on_finish.type, parentSchema: schema31.properties.alerts.properties.on_finish, data: data89 };
        if (vErrors === null) {
          vErrors = [err205];
        } else {
          vErrors.push(err205);
        }
        errors++;
      }
    } else {
      const err206 = { instancePath: instancePath + "/alerts", schemaPath: "#/properties/alerts/type", keyword: "type", params: { type: "object" }, schema: schema31.properties.alerts.type, parentSchema: schema31.properties.alerts, data: data77 };
      if (vErrors === null) {
        vErrors = [err206];
      } else {
        vErrors.push(err206);
      }
      errors++;
    }
    let data90 = data.archive;
    if (data90 && typeof data90 == "object" && !Array.isArray(data90)) {
      if (data90.to === void 0) {
        data90.to = "none";
      }
      if (data90.prefix === void 0) {
        data90.prefix = "erp";
      }
      if (data90.days === void 0) {
        data90.days = 30;
      }
      if (data90.required === void 0) {
        data90.required = false;
      }
      if (data90.timeout_seconds === void 0) {
        data90.timeout_seconds = 120;
      }
      for (const key20 in data90) {
        if (!(key20 === "to" || key20 === "prefix" || key20 === "days" || key20 === "required" || key20 === "timeout_seconds")) {
          const err207 = { instancePath: instancePath + "/archive", schemaPath: "#/properties/archive/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key20 }, schema: false, parentSchema: schema31.properties.archive, data: data90 };
          if (vErrors === null) {
            vErrors = [err207];
          } else {
            vErrors.push(err207);
          }
          errors++;
        }
      }
      let data91 = data90.to;
      if (typeof data91 !== "string") {
        const err208 = { instancePath: instancePath + "/archive/to", schemaPath: "#/properties/archive/properties/to/type", keyword: "type", params: { type: "string" }, schema: schema31.properties.archive.properties.to.type, parentSchema: schema31.properties.archive.properties.to, data: data91 };
        if (vErrors === null) {
          vErrors = [err208];
        } else {
          vErrors.push(err208);
        }
        errors++;
      }
      if (!(data91 === "none" || data91 === "local" || data91 === "s3")) {
        const err209 = { instancePath: instancePath + "/archive/to", schemaPath: "#/properties/archive/properties/to/enum", keyword: "enum", params: { allowedValues: schema31.properties.archive.properties.to.enum }, schema: schema31.properties.archive.properties.to.enum, parentSchema: schema31.properties.archive.properties.to, data: data91 };
        if (vErrors === null) {
          vErrors = [err209];
        } else {
          vErrors.push(err209);
        }
        errors++;
      }
      let data92 = data90.prefix;
      if (typeof data92 === "string") {
        if (!pattern31.test(data92)) {
          const err210 = { instancePath: instancePath + "/archive/prefix", schemaPath: "#/properties/archive/properties/prefix/pattern", keyword: "pattern", params: { pattern: "^([A-Za-z0-9][A-Za-z0-9_.-]*(/[A-Za-z0-9][A-Za-z0-9_.-]*)*)?$" }, schema: "^([A-Za-z0-9][A-Za-z0-9_.-]*(/[A-Za-z0-9][A-Za-z0-9_.-]*)*)?$", parentSchema: schema31.properties.archive.properties.prefix, data: data92 };
          if (vErrors === null) {
            vErrors = [err210];
          } else {
            vErrors.push(err210);
          }
          errors++;
        }
      } else {
        const err211 = { instancePath: instancePath + "/archive/prefix", schemaPath: "#/properties/archive/properties/prefix/type", keyword: "type", params: { type: "string" }, schema: schema31.properties.archive.properties.prefix.type, parentSchema: schema31.properties.archive.properties.prefix, data: data92 };
        if (vErrors === null) {
          vErrors = [err211];
        } else {
          vErrors.push(err211);
        }
        errors++;
      }
      let data93 = data90.days;
      if (!(typeof data93 == "number" && (!(data93 % 1) && !isNaN(data93)) && isFinite(data93))) {
        const err212 = { instancePath: instancePath + "/archive/days", schemaPath: "#/properties/archive/properties/days/type", keyword: "type", params: { type: "integer" }, schema: schema31.properties.archive.properties.days.type, parentSchema: schema31.properties.archive.properties.days, data: data93 };
        if (vErrors === null) {
          vErrors = [err212];
        } else {
          vErrors.push(err212);
        }
        errors++;
      }
      if (typeof data93 == "number" && isFinite(data93)) {
        if (data93 > 36500 || isNaN(data93)) {
          const err213 = { instancePath: instancePath + "/archive/days", schemaPath: "#/properties/archive/properties/days/maximum", keyword: "maximum", params: { comparison: "<=", limit: 36500 }, schema: 36500, parentSchema: schema31.properties.archive.properties.days, data: data93 };
          if (vErrors === null) {
            vErrors = [err213];
          } else {
            vErrors.push(err213);
          }
          errors++;
        }
        if (data93 < 0 || isNaN(data93)) {
          const err214 = { instancePath: instancePath + "/archive/days", schemaPath: "#/properties/archive/properties/days/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, schema: 0, parentSchema: schema31.properties.archive.properties.days, data: data93 };
          if (vErrors === null) {
            vErrors = [err214];
          } else {
            vErrors.push(err214);
          }
          errors++;
        }
      }
      let data94 = data90.required;
      if (typeof data94 !== "boolean") {
        const err215 = { instancePath: instancePath + "/archive/required", schemaPath: "#/properties/archive/properties/required/type", keyword: "type", params: { type: "boolean" }, schema: schema31.properties.archive.properties.required.type, parentSchema: schema31.properties.archive.properties.required, data: data94 };
        if (vErrors === null) {
          vErrors = [err215];
        } else {
          vErrors.push(err215);
        }
        errors++;
      }
      let data95 = data90.timeout_seconds;
      if (!(typeof data95 == "number" && (!(data95 % 1) && !isNaN(data95)) && isFinite(data95))) {
        const err216 = { instancePath: instancePath + "/archive/timeout_seconds", schemaPath: "#/properties/archive/properties/timeout_seconds/type", keyword: "type", params: { type: "integer" }, schema: schema31.properties.archive.properties.timeout_seconds.type, parentSchema: schema31.properties.archive.properties.timeout_seconds, data: data95 };
        if (vErrors === null) {
          vErrors = [err216];
        } else {
          vErrors.push(err216);
        }
        errors++;
      }
      if (typeof data95 == "number" && isFinite(data95)) {
        if (data95 > 3600 || isNaN(data95)) {
          const err217 = { instancePath: instancePath + "/archive/timeout_seconds", schemaPath: "#/properties/archive/properties/timeout_seconds/maximum", keyword: "maximum", params: { comparison: "<=", limit: 3600 }, schema: 3600, parentSchema: schema31.properties.archive.properties.timeout_seconds, data: data95 };
          if (vErrors === null) {
            vErrors = [err217];
          } else {
            vErrors.push(err217);
          }
          errors++;
        }
        if (data95 < 1 || isNaN(data95)) {
          const err218 = { instancePath: instancePath + "/archive/timeout_seconds", schemaPath: "#/properties/archive/properties/timeout_seconds/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, schema: 1, parentSchema: schema31.properties.archive.properties.timeout_seconds, data: data95 };
          if (vErrors === null) {
            vErrors = [err218];
          } else {
            vErrors.push(err218);
          }
          errors++;
        }
      }
    } else {
      const err219 = { instancePath: instancePath + "/archive", schemaPath: "#/properties/archive/type", keyword: "type", params: { type: "object" }, schema: schema31.properties.archive.type, parentSchema: schema31.properties.archive, data: data90 };
      if (vErrors === null) {
        vErrors = [err219];
      } else {
        vErrors.push(err219);
      }
      errors++;
    }
    let data96 = data.run;
    if (data96 && typeof data96 == "object" && !Array.isArray(data96)) {
      if (data96.max_minutes === void 0) {
        data96.max_minutes = 0;
      }
      for (const key21 in data96) {
        if (!(key21 === "max_minutes")) {
          const err220 = { instancePath: instancePath + "/run", schemaPath: "#/properties/run/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key21 }, schema: false, parentSchema: schema31.properties.run, data: data96 };
          if (vErrors === null) {
            vErrors = [err220];
          } else {
            vErrors.push(err220);
          }
          errors++;
        }
      }
      let data97 = data96.max_minutes;
      if (!(typeof data97 == "number" && (!(data97 % 1) && !isNaN(data97)) && isFinite(data97))) {
        const err221 = { instancePath: instancePath + "/run/max_minutes", schemaPath: "#/properties/run/properties/max_minutes/type", keyword: "type", params: { type: "integer" }, schema: schema31.properties.run.properties.max_minutes.type, parentSchema: schema31.properties.run.properties.max_minutes, data: data97 };
        if (vErrors === null) {
          vErrors = [err221];
        } else {
          vErrors.push(err221);
        }
        errors++;
      }
      if (typeof data97 == "number" && isFinite(data97)) {
        if (data97 > 1440 || isNaN(data97)) {
          const err222 = { instancePath: instancePath + "/run/max_minutes", schemaPath: "#/properties/run/properties/max_minutes/maximum", keyword: "maximum", params: { comparison: "<=", limit: 1440 }, schema: 1440, parentSchema: schema31.properties.run.properties.max_minutes, data: data97 };
          if (vErrors === null) {
            vErrors = [err222];
          } else {
            vErrors.push(err222);
          }
          errors++;
        }
        if (data97 < 0 || isNaN(data97)) {
          const err223 = { instancePath: instancePath + "/run/max_minutes", schemaPath: "#/properties/run/properties/max_minutes/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, schema: 0, parentSchema: schema31.properties.run.properties.max_minutes, data: data97 };
          if (vErrors === null) {
            vErrors = [err223];
          } else {
            vErrors.push(err223);
          }
          errors++;
        }
      }
    } else {
      const err224 = { instancePath: instancePath + "/run", schemaPath: "#/properties/run/type", keyword: "type", params: { type: "object" }, schema: schema31.properties.run.type, parentSchema: schema31.properties.run, data: data96 };
      if (vErrors === null) {
        vErrors = [err224];
      } else {
        vErrors.push(err224);
      }
      errors++;
    }
  } else {
    const err225 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, schema: schema31.type, parentSchema: schema31, data };
    if (vErrors === null) {
      vErrors = [err225];
    } else {
      vErrors.push(err225);
    }
    errors++;
  }
  validate20.errors = vErrors;
  return errors === 0;
}
validate20.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
export {
  options_validator_default as default,
  validate
};
