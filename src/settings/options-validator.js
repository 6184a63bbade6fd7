// Generated from options.schema.json by scripts/build/schema.mjs. DO NOT EDIT.
// biome-ignore-all lint: generated
// biome-ignore-all format: generated
// biome-ignore-all assist: generated
const validate = validate20;
var options_validator_default = validate20;
const schema31 = { "$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Options of a stream", "description": "The field options of a sync_settings record: everything about a stream that is set rarely. Every option may be left out.", "type": "object", "additionalProperties": false, "properties": { "source": { "description": "Where the rows come from and how they are asked for.", "type": "object", "additionalProperties": false, "default": {}, "properties": { "rows_path": { "description": "Where the list of rows stands in the answer: $ when the answer is the list itself, else names joined with dots.", "type": "string", "pattern": "^(\\$|[^.$\\s][^.\\s]*(\\.[^.\\s]+)*)$", "default": "$", "examples": ["data.items"] }, "from_date_param": { "description": "Name of the query parameter that from_date is sent in. Blank: from_date is not sent.", "type": "string", "pattern": "^[^\\s&=#?]*$", "default": "", "examples": ["fromDate"] }, "query": { "description": "Query parameters added to source_url, name to value. Values may hold ${ERP_…} references.", "type": "object", "propertyNames": { "pattern": "^[^\\s&=#?]+$" }, "additionalProperties": { "type": ["string", "number", "boolean"] }, "default": {}, "examples": [{ "txnType": "BOM" }] }, "headers": { "description": "HTTP headers sent to the ERP, name to value. Values may hold ${ERP_…} references.", "type": "object", "propertyNames": { "pattern": "^[A-Za-z0-9!#$%&'*+.^_`|~-]+$" }, "additionalProperties": { "type": "string" }, "default": {}, "examples": [{ "X-Tenant": "dubai" }] }, "timeout_seconds": { "description": "Seconds until a fetch that has not finished is given up and retried.", "type": "integer", "minimum": 1, "maximum": 7200, "default": 300, "examples": [1800] }, "connect_timeout_seconds": { "description": "Seconds until an ERP that does not take the connection is given up and retried.", "type": "integer", "minimum": 1, "maximum": 7200, "default": 10, "examples": [30] }, "transport": { "description": "Program that fetches: curl (large answers, own CA files), http (PocketBase itself), auto (curl where the machine has it).", "type": "string", "enum": ["auto", "curl", "http"], "default": "auto", "examples": ["curl"] }, "cacert": { "description": "Path of a file with the certificate authority of the ERP, for curl. With transport http set the environment variable SSL_CERT_FILE instead.", "type": "string", "pattern": "^[^\\r\\n]*$", "default": "", "examples": ["/etc/ssl/erp-ca.pem"] }, "max_bytes": { "description": "Largest answer that is accepted, in bytes. A larger one fails the run and changes nothing.", "type": "integer", "minimum": 1, "maximum": 1099511627776, "default": 2147483648, "examples": [536870912] }, "auth": { "description": "How the stream proves to the ERP who it is. Secrets are references to the environment, never the secret itself.", "type": "object", "additionalProperties": false, "default": {}, "properties": { "kind": { "description": "none, bearer (needs token), basic (needs username and password) or header (needs name and value).", "type": "string", "enum": ["none", "bearer", "basic", "header"], "default": "none", "examples": ["bearer"] }, "token": { "description": "The bearer token: a reference such as ${ERP_TOKEN}.", "type": "string", "pattern": "^(\\$\\{ERP_[A-Z0-9_]+\\})?$", "writeOnly": true, "default": "", "examples": ["${ERP_TOKEN}"] }, "username": { "description": "The user name for basic. May be a reference.", "type": "string", "pattern": "^[^:\\r\\n]*$", "default": "", "examples": ["sync"] }, "password": { "description": "The password for basic: a reference such as ${ERP_PASSWORD}.", "type": "string", "pattern": "^(\\$\\{ERP_[A-Z0-9_]+\\})?$", "writeOnly": true, "default": "", "examples": ["${ERP_PASSWORD}"] }, "name": { "description": "The header's name for header.", "type": "string", "pattern": "^[A-Za-z0-9!#$%&'*+.^_`|~-]*$", "default": "", "examples": ["X-API-Key"] }, "value": { "description": "The header's value for header: a reference such as ${ERP_API_KEY}.", "type": "string", "pattern": "^(\\$\\{ERP_[A-Z0-9_]+\\})?$", "writeOnly": true, "default": "", "examples": ["${ERP_API_KEY}"] } } } } }, "diff": { "description": "How the rows of an answer are compared with those known.", "type": "object", "additionalProperties": false, "default": {}, "properties": { "on_duplicate": { "description": "Rows of one answer that share their key: keep them all, keep the last one, or reject them all into quarantine.", "type": "string", "enum": ["keep", "last", "reject"], "default": "keep", "examples": ["last"] }, "max_shrink_percent": { "description": "Largest part of the known rows, in percent, that one run may delete without a person's approval.", "type": "number", "minimum": 0, "maximum": 100, "default": 20, "examples": [5] } } }, "mark": { "description": "What on_missing mark does to a target record whose row has left the ERP.", "type": "object", "additionalProperties": false, "default": {}, "properties": { "fields": { "description": "Target fields to set, name to constant value.", "type": "object", "additionalProperties": { "type": ["string", "number", "boolean", "null"] }, "default": {}, "examples": [{ "is_discontinued": true }] } } }, "push": { "description": "How rows are written to the target collection.", "type": "object", "additionalProperties": false, "default": {}, "properties": { "mode": { "description": "How rows are written. records: one after the other through PocketBase, so that hooks and realtime of the target fire. bulk: many with one statement, much faster, without hooks; one realtime message for each batch. auto: bulk for the first load and above 1,000 pending rows, where the target allows it.", "type": "string", "enum": ["records", "bulk", "auto"], "default": "records", "examples": ["records"] }, "batch_size": { "description": "Most rows written in one transaction.", "type": "integer", "minimum": 1, "maximum": 1e3, "default": 200, "examples": [500] } } }, "retry": { "description": "When a row that could not be pushed is tried again.", "type": "object", "additionalProperties": false, "default": {}, "properties": { "strategy": { "description": "Waits between tries: custom (the list delays_seconds), fixed (base_seconds each time), linear (base_seconds times 1, 2, 3 …) or exponential (times 1, 2, 4 …).", "type": "string", "enum": ["exponential", "linear", "fixed", "custom"], "default": "custom", "examples": ["exponential"] }, "delays_seconds": { "description": "For custom: seconds before retry 1, 2, 3 …; the last one repeats when max_retries is larger than the list.", "type": "array", "minItems": 1, "maxItems": 20, "items": { "type": "integer", "minimum": 0, "maximum": 86400 }, "default": [30, 120, 600, 1800, 3600], "examples": [[60, 300]] }, "max_retries": { "description": "Retries before a job is dead and waits for a person. 0: dead at the first failure.", "type": "integer", "minimum": 0, "maximum": 20, "default": 5, "examples": [3] }, "base_seconds": { "description": "For exponential, linear and fixed: seconds before the first retry. No wait is longer than a day.", "type": "integer", "minimum": 1, "maximum": 86400, "default": 60, "examples": [30] } } }, "retention": { "description": "How long what is over is kept. Rows that the target still has, open jobs, and open quarantine are never deleted.", "type": "object", "additionalProperties": false, "default": {}, "properties": { "jobs_days": { "description": "Days that finished jobs are kept.", "type": "integer", "minimum": 1, "maximum": 3650, "default": 14, "examples": [30] }, "log_days": { "description": "Days that push_log entries without changes are kept.", "type": "integer", "minimum": 1, "maximum": 3650, "default": 30, "examples": [90] }, "history_days": { "description": "Days that push_log entries with changes are kept, which tell a row's story; 0 keeps them.", "type": "integer", "minimum": 0, "maximum": 36500, "default": 0, "examples": [730] }, "runs_days": { "description": "Days that runs are kept.", "type": "integer", "minimum": 1, "maximum": 36500, "default": 180, "examples": [365] }, "quarantine_days": { "description": "Days that resolved quarantine is kept.", "type": "integer", "minimum": 1, "maximum": 36500, "default": 90, "examples": [30] }, "tombstones_days": { "description": "Days that raw rows are kept which neither the ERP nor the target has any more.", "type": "integer", "minimum": 1, "maximum": 36500, "default": 365, "examples": [90] }, "max_runs": { "description": "Keep at most so many runs, and the jobs and log entries since the oldest of them; 0 is no limit.", "type": "integer", "minimum": 0, "maximum": 1e6, "default": 0, "examples": [1e3] } } }, "run": { "description": "Limits of a whole run.", "type": "object", "additionalProperties": false, "default": {}, "properties": { "max_minutes": { "description": "Minutes after which a run stops and leaves its remaining jobs to the worker. 0: no limit.", "type": "integer", "minimum": 0, "maximum": 1440, "default": 0, "examples": [30] } } } } };
const func1 = Object.prototype.hasOwnProperty;
const pattern4 = new RegExp("^(\\$|[^.$\\s][^.\\s]*(\\.[^.\\s]+)*)$", "");
const pattern5 = new RegExp("^[^\\s&=#?]*$", "");
const pattern6 = new RegExp("^[^\\s&=#?]+$", "");
const pattern7 = new RegExp("^[A-Za-z0-9!#$%&'*+.^_`|~-]+$", "");
const pattern8 = new RegExp("^[^\\r\\n]*$", "");
const pattern9 = new RegExp("^(\\$\\{ERP_[A-Z0-9_]+\\})?$", "");
const pattern10 = new RegExp("^[^:\\r\\n]*$", "");
const pattern12 = new RegExp("^[A-Za-z0-9!#$%&'*+.^_`|~-]*$", "");
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
    if (data.run === void 0) {
      data.run = {};
    }
    for (const key0 in data) {
      if (!(key0 === "source" || key0 === "diff" || key0 === "mark" || key0 === "push" || key0 === "retry" || key0 === "retention" || key0 === "run")) {
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
      let data12 = data0.auth;
      if (data12 && typeof data12 == "object" && !Array.isArray(data12)) {
        if (data12.kind === void 0) {
          data12.kind = "none";
        }
        if (data12.token === void 0) {
          data12.token = "";
        }
        if (data12.username === void 0) {
          data12.username = "";
        }
        if (data12.password === void 0) {
          data12.password = "";
        }
        if (data12.name === void 0) {
          data12.name = "";
        }
        if (data12.value === void 0) {
          data12.value = "";
        }
        for (const key6 in data12) {
          if (!(key6 === "kind" || key6 === "token" || key6 === "username" || key6 === "password" || key6 === "name" || key6 === "value")) {
            const err27 = { instancePath: instancePath + "/source/auth", schemaPath: "#/properties/source/properties/auth/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key6 }, schema: false, parentSchema: schema31.properties.source.properties.auth, data: data12 };
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
          const err28 = { instancePath: instancePath + "/source/auth/kind", schemaPath: "#/properties/source/properties/auth/properties/kind/type", keyword: "type", params: { type: "string" }, schema: schema31.properties.source.properties.auth.properties.kind.type, parentSchema: schema31.properties.source.properties.auth.properties.kind, data: data13 };
          if (vErrors === null) {
            vErrors = [err28];
          } else {
            vErrors.push(err28);
          }
          errors++;
        }
        if (!(data13 === "none" || data13 === "bearer" || data13 === "basic" || data13 === "header")) {
          const err29 = { instancePath: instancePath + "/source/auth/kind", schemaPath: "#/properties/source/properties/auth/properties/kind/enum", keyword: "enum", params: { allowedValues: schema31.properties.source.properties.auth.properties.kind.enum }, schema: schema31.properties.source.properties.auth.properties.kind.enum, parentSchema: schema31.properties.source.properties.auth.properties.kind, data: data13 };
          if (vErrors === null) {
            vErrors = [err29];
          } else {
            vErrors.push(err29);
          }
          errors++;
        }
        let data14 = data12.token;
        if (typeof data14 === "string") {
          if (!pattern9.test(data14)) {
            const err30 = { instancePath: instancePath + "/source/auth/token", schemaPath: "#/properties/source/properties/auth/properties/token/pattern", keyword: "pattern", params: { pattern: "^(\\$\\{ERP_[A-Z0-9_]+\\})?$" }, schema: "^(\\$\\{ERP_[A-Z0-9_]+\\})?$", parentSchema: schema31.properties.source.properties.auth.properties.token, data: data14 };
            if (vErrors === null) {
              vErrors = [err30];
            } else {
              vErrors.push(err30);
            }
            errors++;
          }
        } else {
          const err31 = { instancePath: instancePath + "/source/auth/token", schemaPath: "#/properties/source/properties/auth/properties/token/type", keyword: "type", params: { type: "string" }, schema: schema31.properties.source.properties.auth.properties.token.type, parentSchema: schema31.properties.source.properties.auth.properties.token, data: data14 };
          if (vErrors === null) {
            vErrors = [err31];
          } else {
            vErrors.push(err31);
          }
          errors++;
        }
        let data15 = data12.username;
        if (typeof data15 === "string") {
          if (!pattern10.test(data15)) {
            const err32 = { instancePath: instancePath + "/source/auth/username", schemaPath: "#/properties/source/properties/auth/properties/username/pattern", keyword: "pattern", params: { pattern: "^[^:\\r\\n]*$" }, schema: "^[^:\\r\\n]*$", parentSchema: schema31.properties.source.properties.auth.properties.username, data: data15 };
            if (vErrors === null) {
              vErrors = [err32];
            } else {
              vErrors.push(err32);
            }
            errors++;
          }
        } else {
          const err33 = { instancePath: instancePath + "/source/auth/username", schemaPath: "#/properties/source/properties/auth/properties/username/type", keyword: "type", params: { type: "string" }, schema: schema31.properties.source.properties.auth.properties.username.type, parentSchema: schema31.properties.source.properties.auth.properties.username, data: data15 };
          if (vErrors === null) {
            vErrors = [err33];
          } else {
            vErrors.push(err33);
          }
          errors++;
        }
        let data16 = data12.password;
        if (typeof data16 === "string") {
          if (!pattern9.test(data16)) {
            const err34 = { instancePath: instancePath + "/source/auth/password", schemaPath: "#/properties/source/properties/auth/properties/password/pattern", keyword: "pattern", params: { pattern: "^(\\$\\{ERP_[A-Z0-9_]+\\})?$" }, schema: "^(\\$\\{ERP_[A-Z0-9_]+\\})?$", parentSchema: schema31.properties.source.properties.auth.properties.password, data: data16 };
            if (vErrors === null) {
              vErrors = [err34];
            } else {
              vErrors.push(err34);
            }
            errors++;
          }
        } else {
          const err35 = { instancePath: instancePath + "/source/auth/password", schemaPath: "#/properties/source/properties/auth/properties/password/type", keyword: "type", params: { type: "string" }, schema: schema31.properties.source.properties.auth.properties.password.type, parentSchema: schema31.properties.source.properties.auth.properties.password, data: data16 };
          if (vErrors === null) {
            vErrors = [err35];
          } else {
            vErrors.push(err35);
          }
          errors++;
        }
        let data17 = data12.name;
        if (typeof data17 === "string") {
          if (!pattern12.test(data17)) {
            const err36 = { instancePath: instancePath + "/source/auth/name", schemaPath: "#/properties/source/properties/auth/properties/name/pattern", keyword: "pattern", params: { pattern: "^[A-Za-z0-9!#$%&'*+.^_`|~-]*$" }, schema: "^[A-Za-z0-9!#$%&'*+.^_`|~-]*$", parentSchema: schema31.properties.source.properties.auth.properties.name, data: data17 };
            if (vErrors === null) {
              vErrors = [err36];
            } else {
              vErrors.push(err36);
            }
            errors++;
          }
        } else {
          const err37 = { instancePath: instancePath + "/source/auth/name", schemaPath: "#/properties/source/properties/auth/properties/name/type", keyword: "type", params: { type: "string" }, schema: schema31.properties.source.properties.auth.properties.name.type, parentSchema: schema31.properties.source.properties.auth.properties.name, data: data17 };
          if (vErrors === null) {
            vErrors = [err37];
          } else {
            vErrors.push(err37);
          }
          errors++;
        }
        let data18 = data12.value;
        if (typeof data18 === "string") {
          if (!pattern9.test(data18)) {
            const err38 = { instancePath: instancePath + "/source/auth/value", schemaPath: "#/properties/source/properties/auth/properties/value/pattern", keyword: "pattern", params: { pattern: "^(\\$\\{ERP_[A-Z0-9_]+\\})?$" }, schema: "^(\\$\\{ERP_[A-Z0-9_]+\\})?$", parentSchema: schema31.properties.source.properties.auth.properties.value, data: data18 };
            if (vErrors === null) {
              vErrors = [err38];
            } else {
              vErrors.push(err38);
            }
            errors++;
          }
        } else {
          const err39 = { instancePath: instancePath + "/source/auth/value", schemaPath: "#/properties/source/properties/auth/properties/value/type", keyword: "type", params: { type: "string" }, schema: schema31.properties.source.properties.auth.properties.value.type, parentSchema: schema31.properties.source.properties.auth.properties.value, data: data18 };
          if (vErrors === null) {
            vErrors = [err39];
          } else {
            vErrors.push(err39);
          }
          errors++;
        }
      } else {
        const err40 = { instancePath: instancePath + "/source/auth", schemaPath: "#/properties/source/properties/auth/type", keyword: "type", params: { type: "object" }, schema: schema31.properties.source.properties.auth.type, parentSchema: schema31.properties.source.properties.auth, data: data12 };
        if (vErrors === null) {
          vErrors = [err40];
        } else {
          vErrors.push(err40);
        }
        errors++;
      }
    } else {
      const err41 = { instancePath: instancePath + "/source", schemaPath: "#/properties/source/type", keyword: "type", params: { type: "object" }, schema: schema31.properties.source.type, parentSchema: schema31.properties.source, data: data0 };
      if (vErrors === null) {
        vErrors = [err41];
      } else {
        vErrors.push(err41);
      }
      errors++;
    }
    let data19 = data.diff;
    if (data19 && typeof data19 == "object" && !Array.isArray(data19)) {
      if (data19.on_duplicate === void 0) {
        data19.on_duplicate = "keep";
      }
      if (data19.max_shrink_percent === void 0) {
        data19.max_shrink_percent = 20;
      }
      for (const key7 in data19) {
        if (!(key7 === "on_duplicate" || key7 === "max_shrink_percent")) {
          const err42 = { instancePath: instancePath + "/diff", schemaPath: "#/properties/diff/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key7 }, schema: false, parentSchema: schema31.properties.diff, data: data19 };
          if (vErrors === null) {
            vErrors = [err42];
          } else {
            vErrors.push(err42);
          }
          errors++;
        }
      }
      let data20 = data19.on_duplicate;
      if (typeof data20 !== "string") {
        const err43 = { instancePath: instancePath + "/diff/on_duplicate", schemaPath: "#/properties/diff/properties/on_duplicate/type", keyword: "type", params: { type: "string" }, schema: schema31.properties.diff.properties.on_duplicate.type, parentSchema: schema31.properties.diff.properties.on_duplicate, data: data20 };
        if (vErrors === null) {
          vErrors = [err43];
        } else {
          vErrors.push(err43);
        }
        errors++;
      }
      if (!(data20 === "keep" || data20 === "last" || data20 === "reject")) {
        const err44 = { instancePath: instancePath + "/diff/on_duplicate", schemaPath: "#/properties/diff/properties/on_duplicate/enum", keyword: "enum", params: { allowedValues: schema31.properties.diff.properties.on_duplicate.enum }, schema: schema31.properties.diff.properties.on_duplicate.enum, parentSchema: schema31.properties.diff.properties.on_duplicate, data: data20 };
        if (vErrors === null) {
          vErrors = [err44];
        } else {
          vErrors.push(err44);
        }
        errors++;
      }
      let data21 = data19.max_shrink_percent;
      if (typeof data21 == "number" && isFinite(data21)) {
        if (data21 > 100 || isNaN(data21)) {
          const err45 = { instancePath: instancePath + "/diff/max_shrink_percent", schemaPath: "#/properties/diff/properties/max_shrink_percent/maximum", keyword: "maximum", params: { comparison: "<=", limit: 100 }, schema: 100, parentSchema: schema31.properties.diff.properties.max_shrink_percent, data: data21 };
          if (vErrors === null) {
            vErrors = [err45];
          } else {
            vErrors.push(err45);
          }
          errors++;
        }
        if (data21 < 0 || isNaN(data21)) {
          const err46 = { instancePath: instancePath + "/diff/max_shrink_percent", schemaPath: "#/properties/diff/properties/max_shrink_percent/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, schema: 0, parentSchema: schema31.properties.diff.properties.max_shrink_percent, data: data21 };
          if (vErrors === null) {
            vErrors = [err46];
          } else {
            vErrors.push(err46);
          }
          errors++;
        }
      } else {
        const err47 = { instancePath: instancePath + "/diff/max_shrink_percent", schemaPath: "#/properties/diff/properties/max_shrink_percent/type", keyword: "type", params: { type: "number" }, schema: schema31.properties.diff.properties.max_shrink_percent.type, parentSchema: schema31.properties.diff.properties.max_shrink_percent, data: data21 };
        if (vErrors === null) {
          vErrors = [err47];
        } else {
          vErrors.push(err47);
        }
        errors++;
      }
    } else {
      const err48 = { instancePath: instancePath + "/diff", schemaPath: "#/properties/diff/type", keyword: "type", params: { type: "object" }, schema: schema31.properties.diff.type, parentSchema: schema31.properties.diff, data: data19 };
      if (vErrors === null) {
        vErrors = [err48];
      } else {
        vErrors.push(err48);
      }
      errors++;
    }
    let data22 = data.mark;
    if (data22 && typeof data22 == "object" && !Array.isArray(data22)) {
      if (data22.fields === void 0) {
        data22.fields = {};
      }
      for (const key8 in data22) {
        if (!(key8 === "fields")) {
          const err49 = { instancePath: instancePath + "/mark", schemaPath: "#/properties/mark/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key8 }, schema: false, parentSchema: schema31.properties.mark, data: data22 };
          if (vErrors === null) {
            vErrors = [err49];
          } else {
            vErrors.push(err49);
          }
          errors++;
        }
      }
      let data23 = data22.fields;
      if (data23 && typeof data23 == "object" && !Array.isArray(data23)) {
        for (const key9 in data23) {
          let data24 = data23[key9];
          if (typeof data24 !== "string" && !(typeof data24 == "number" && isFinite(data24)) && typeof data24 !== "boolean" && data24 !== null) {
            const err50 = { instancePath: instancePath + "/mark/fields/" + key9.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/mark/properties/fields/additionalProperties/type", keyword: "type", params: { type: schema31.properties.mark.properties.fields.additionalProperties.type }, schema: schema31.properties.mark.properties.fields.additionalProperties.type, parentSchema: schema31.properties.mark.properties.fields.additionalProperties, data: data24 };
            if (vErrors === null) {
              vErrors = [err50];
            } else {
              vErrors.push(err50);
            }
            errors++;
          }
        }
      } else {
        const err51 = { instancePath: instancePath + "/mark/fields", schemaPath: "#/properties/mark/properties/fields/type", keyword: "type", params: { type: "object" }, schema: schema31.properties.mark.properties.fields.type, parentSchema: schema31.properties.mark.properties.fields, data: data23 };
        if (vErrors === null) {
          vErrors = [err51];
        } else {
          vErrors.push(err51);
        }
        errors++;
      }
    } else {
      const err52 = { instancePath: instancePath + "/mark", schemaPath: "#/properties/mark/type", keyword: "type", params: { type: "object" }, schema: schema31.properties.mark.type, parentSchema: schema31.properties.mark, data: data22 };
      if (vErrors === null) {
        vErrors = [err52];
      } else {
        vErrors.push(err52);
      }
      errors++;
    }
    let data25 = data.push;
    if (data25 && typeof data25 == "object" && !Array.isArray(data25)) {
      if (data25.mode === void 0) {
        data25.mode = "records";
      }
      if (data25.batch_size === void 0) {
        data25.batch_size = 200;
      }
      for (const key10 in data25) {
        if (!(key10 === "mode" || key10 === "batch_size")) {
          const err53 = { instancePath: instancePath + "/push", schemaPath: "#/properties/push/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key10 }, schema: false, parentSchema: schema31.properties.push, data: data25 };
          if (vErrors === null) {
            vErrors = [err53];
          } else {
            vErrors.push(err53);
          }
          errors++;
        }
      }
      let data26 = data25.mode;
      if (typeof data26 !== "string") {
        const err54 = { instancePath: instancePath + "/push/mode", schemaPath: "#/properties/push/properties/mode/type", keyword: "type", params: { type: "string" }, schema: schema31.properties.push.properties.mode.type, parentSchema: schema31.properties.push.properties.mode, data: data26 };
        if (vErrors === null) {
          vErrors = [err54];
        } else {
          vErrors.push(err54);
        }
        errors++;
      }
      if (!(data26 === "records" || data26 === "bulk" || data26 === "auto")) {
        const err55 = { instancePath: instancePath + "/push/mode", schemaPath: "#/properties/push/properties/mode/enum", keyword: "enum", params: { allowedValues: schema31.properties.push.properties.mode.enum }, schema: schema31.properties.push.properties.mode.enum, parentSchema: schema31.properties.push.properties.mode, data: data26 };
        if (vErrors === null) {
          vErrors = [err55];
        } else {
          vErrors.push(err55);
        }
        errors++;
      }
      let data27 = data25.batch_size;
      if (!(typeof data27 == "number" && (!(data27 % 1) && !isNaN(data27)) && isFinite(data27))) {
        const err56 = { instancePath: instancePath + "/push/batch_size", schemaPath: "#/properties/push/properties/batch_size/type", keyword: "type", params: { type: "integer" }, schema: schema31.properties.push.properties.batch_size.type, parentSchema: schema31.properties.push.properties.batch_size, data: data27 };
        if (vErrors === null) {
          vErrors = [err56];
        } else {
          vErrors.push(err56);
        }
        errors++;
      }
      if (typeof data27 == "number" && isFinite(data27)) {
        if (data27 > 1e3 || isNaN(data27)) {
          const err57 = { instancePath: instancePath + "/push/batch_size", schemaPath: "#/properties/push/properties/batch_size/maximum", keyword: "maximum", params: { comparison: "<=", limit: 1e3 }, schema: 1e3, parentSchema: schema31.properties.push.properties.batch_size, data: data27 };
          if (vErrors === null) {
            vErrors = [err57];
          } else {
            vErrors.push(err57);
          }
          errors++;
        }
        if (data27 < 1 || isNaN(data27)) {
          const err58 = { instancePath: instancePath + "/push/batch_size", schemaPath: "#/properties/push/properties/batch_size/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, schema: 1, parentSchema: schema31.properties.push.properties.batch_size, data: data27 };
          if (vErrors === null) {
            vErrors = [err58];
          } else {
            vErrors.push(err58);
          }
          errors++;
        }
      }
    } else {
      const err59 = { instancePath: instancePath + "/push", schemaPath: "#/properties/push/type", keyword: "type", params: { type: "object" }, schema: schema31.properties.push.type, parentSchema: schema31.properties.push, data: data25 };
      if (vErrors === null) {
        vErrors = [err59];
      } else {
        vErrors.push(err59);
      }
      errors++;
    }
    let data28 = data.retry;
    if (data28 && typeof data28 == "object" && !Array.isArray(data28)) {
      if (data28.strategy === void 0) {
        data28.strategy = "custom";
      }
      if (data28.delays_seconds === void 0) {
        data28.delays_seconds = [30, 120, 600, 1800, 3600];
      }
      if (data28.max_retries === void 0) {
        data28.max_retries = 5;
      }
      if (data28.base_seconds === void 0) {
        data28.base_seconds = 60;
      }
      for (const key11 in data28) {
        if (!(key11 === "strategy" || key11 === "delays_seconds" || key11 === "max_retries" || key11 === "base_seconds")) {
          const err60 = { instancePath: instancePath + "/retry", schemaPath: "#/properties/retry/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key11 }, schema: false, parentSchema: schema31.properties.retry, data: data28 };
          if (vErrors === null) {
            vErrors = [err60];
          } else {
            vErrors.push(err60);
          }
          errors++;
        }
      }
      let data29 = data28.strategy;
      if (typeof data29 !== "string") {
        const err61 = { instancePath: instancePath + "/retry/strategy", schemaPath: "#/properties/retry/properties/strategy/type", keyword: "type", params: { type: "string" }, schema: schema31.properties.retry.properties.strategy.type, parentSchema: schema31.properties.retry.properties.strategy, data: data29 };
        if (vErrors === null) {
          vErrors = [err61];
        } else {
          vErrors.push(err61);
        }
        errors++;
      }
      if (!(data29 === "exponential" || data29 === "linear" || data29 === "fixed" || data29 === "custom")) {
        const err62 = { instancePath: instancePath + "/retry/strategy", schemaPath: "#/properties/retry/properties/strategy/enum", keyword: "enum", params: { allowedValues: schema31.properties.retry.properties.strategy.enum }, schema: schema31.properties.retry.properties.strategy.enum, parentSchema: schema31.properties.retry.properties.strategy, data: data29 };
        if (vErrors === null) {
          vErrors = [err62];
        } else {
          vErrors.push(err62);
        }
        errors++;
      }
      let data30 = data28.delays_seconds;
      if (Array.isArray(data30)) {
        if (data30.length > 20) {
          const err63 = { instancePath: instancePath + "/retry/delays_seconds", schemaPath: "#/properties/retry/properties/delays_seconds/maxItems", keyword: "maxItems", params: { limit: 20 }, schema: 20, parentSchema: schema31.properties.retry.properties.delays_seconds, data: data30 };
          if (vErrors === null) {
            vErrors = [err63];
          } else {
            vErrors.push(err63);
          }
          errors++;
        }
        if (data30.length < 1) {
          const err64 = { instancePath: instancePath + "/retry/delays_seconds", schemaPath: "#/properties/retry/properties/delays_seconds/minItems", keyword: "minItems", params: { limit: 1 }, schema: 1, parentSchema: schema31.properties.retry.properties.delays_seconds, data: data30 };
          if (vErrors === null) {
            vErrors = [err64];
          } else {
            vErrors.push(err64);
          }
          errors++;
        }
        const len0 = data30.length;
        for (let i0 = 0; i0 < len0; i0++) {
          let data31 = data30[i0];
          if (!(typeof data31 == "number" && (!(data31 % 1) && !isNaN(data31)) && isFinite(data31))) {
            const err65 = { instancePath: instancePath + "/retry/delays_seconds/" + i0, schemaPath: "#/properties/retry/properties/delays_seconds/items/type", keyword: "type", params: { type: "integer" }, schema: schema31.properties.retry.properties.delays_seconds.items.type, parentSchema: schema31.properties.retry.properties.delays_seconds.items, data: data31 };
            if (vErrors === null) {
              vErrors = [err65];
            } else {
              vErrors.push(err65);
            }
            errors++;
          }
          if (typeof data31 == "number" && isFinite(data31)) {
            if (data31 > 86400 || isNaN(data31)) {
              const err66 = { instancePath: instancePath + "/retry/delays_seconds/" + i0, schemaPath: "#/properties/retry/properties/delays_seconds/items/maximum", keyword: "maximum", params: { comparison: "<=", limit: 86400 }, schema: 86400, parentSchema: schema31.properties.retry.properties.delays_seconds.items, data: data31 };
              if (vErrors === null) {
                vErrors = [err66];
              } else {
                vErrors.push(err66);
              }
              errors++;
            }
            if (data31 < 0 || isNaN(data31)) {
              const err67 = { instancePath: instancePath + "/retry/delays_seconds/" + i0, schemaPath: "#/properties/retry/properties/delays_seconds/items/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, schema: 0, parentSchema: schema31.properties.retry.properties.delays_seconds.items, data: data31 };
              if (vErrors === null) {
                vErrors = [err67];
              } else {
                vErrors.push(err67);
              }
              errors++;
            }
          }
        }
      } else {
        const err68 = { instancePath: instancePath + "/retry/delays_seconds", schemaPath: "#/properties/retry/properties/delays_seconds/type", keyword: "type", params: { type: "array" }, schema: schema31.properties.retry.properties.delays_seconds.type, parentSchema: schema31.properties.retry.properties.delays_seconds, data: data30 };
        if (vErrors === null) {
          vErrors = [err68];
        } else {
          vErrors.push(err68);
        }
        errors++;
      }
      let data32 = data28.max_retries;
      if (!(typeof data32 == "number" && (!(data32 % 1) && !isNaN(data32)) && isFinite(data32))) {
        const err69 = { instancePath: instancePath + "/retry/max_retries", schemaPath: "#/properties/retry/properties/max_retries/type", keyword: "type", params: { type: "integer" }, schema: schema31.properties.retry.properties.max_retries.type, parentSchema: schema31.properties.retry.properties.max_retries, data: data32 };
        if (vErrors === null) {
          vErrors = [err69];
        } else {
          vErrors.push(err69);
        }
        errors++;
      }
      if (typeof data32 == "number" && isFinite(data32)) {
        if (data32 > 20 || isNaN(data32)) {
          const err70 = { instancePath: instancePath + "/retry/max_retries", schemaPath: "#/properties/retry/properties/max_retries/maximum", keyword: "maximum", params: { comparison: "<=", limit: 20 }, schema: 20, parentSchema: schema31.properties.retry.properties.max_retries, data: data32 };
          if (vErrors === null) {
            vErrors = [err70];
          } else {
            vErrors.push(err70);
          }
          errors++;
        }
        if (data32 < 0 || isNaN(data32)) {
          const err71 = { instancePath: instancePath + "/retry/max_retries", schemaPath: "#/properties/retry/properties/max_retries/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, schema: 0, parentSchema: schema31.properties.retry.properties.max_retries, data: data32 };
          if (vErrors === null) {
            vErrors = [err71];
          } else {
            vErrors.push(err71);
          }
          errors++;
        }
      }
      let data33 = data28.base_seconds;
      if (!(typeof data33 == "number" && (!(data33 % 1) && !isNaN(data33)) && isFinite(data33))) {
        const err72 = { instancePath: instancePath + "/retry/base_seconds", schemaPath: "#/properties/retry/properties/base_seconds/type", keyword: "type", params: { type: "integer" }, schema: schema31.properties.retry.properties.base_seconds.type, parentSchema: schema31.properties.retry.properties.base_seconds, data: data33 };
        if (vErrors === null) {
          vErrors = [err72];
        } else {
          vErrors.push(err72);
        }
        errors++;
      }
      if (typeof data33 == "number" && isFinite(data33)) {
        if (data33 > 86400 || isNaN(data33)) {
          const err73 = { instancePath: instancePath + "/retry/base_seconds", schemaPath: "#/properties/retry/properties/base_seconds/maximum", keyword: "maximum", params: { comparison: "<=", limit: 86400 }, schema: 86400, parentSchema: schema31.properties.retry.properties.base_seconds, data: data33 };
          if (vErrors === null) {
            vErrors = [err73];
          } else {
            vErrors.push(err73);
          }
          errors++;
        }
        if (data33 < 1 || isNaN(data33)) {
          const err74 = { instancePath: instancePath + "/retry/base_seconds", schemaPath: "#/properties/retry/properties/base_seconds/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, schema: 1, parentSchema: schema31.properties.retry.properties.base_seconds, data: data33 };
          if (vErrors === null) {
            vErrors = [err74];
          } else {
            vErrors.push(err74);
          }
          errors++;
        }
      }
    } else {
      const err75 = { instancePath: instancePath + "/retry", schemaPath: "#/properties/retry/type", keyword: "type", params: { type: "object" }, schema: schema31.properties.retry.type, parentSchema: schema31.properties.retry, data: data28 };
      if (vErrors === null) {
        vErrors = [err75];
      } else {
        vErrors.push(err75);
      }
      errors++;
    }
    let data34 = data.retention;
    if (data34 && typeof data34 == "object" && !Array.isArray(data34)) {
      if (data34.jobs_days === void 0) {
        data34.jobs_days = 14;
      }
      if (data34.log_days === void 0) {
        data34.log_days = 30;
      }
      if (data34.history_days === void 0) {
        data34.history_days = 0;
      }
      if (data34.runs_days === void 0) {
        data34.runs_days = 180;
      }
      if (data34.quarantine_days === void 0) {
        data34.quarantine_days = 90;
      }
      if (data34.tombstones_days === void 0) {
        data34.tombstones_days = 365;
      }
      if (data34.max_runs === void 0) {
        data34.max_runs = 0;
      }
      for (const key12 in data34) {
        if (!(key12 === "jobs_days" || key12 === "log_days" || key12 === "history_days" || key12 === "runs_days" || key12 === "quarantine_days" || key12 === "tombstones_days" || key12 === "max_runs")) {
          const err76 = { instancePath: instancePath + "/retention", schemaPath: "#/properties/retention/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key12 }, schema: false, parentSchema: schema31.properties.retention, data: data34 };
          if (vErrors === null) {
            vErrors = [err76];
          } else {
            vErrors.push(err76);
          }
          errors++;
        }
      }
      let data35 = data34.jobs_days;
      if (!(typeof data35 == "number" && (!(data35 % 1) && !isNaN(data35)) && isFinite(data35))) {
        const err77 = { instancePath: instancePath + "/retention/jobs_days", schemaPath: "#/properties/retention/properties/jobs_days/type", keyword: "type", params: { type: "integer" }, schema: schema31.properties.retention.properties.jobs_days.type, parentSchema: schema31.properties.retention.properties.jobs_days, data: data35 };
        if (vErrors === null) {
          vErrors = [err77];
        } else {
          vErrors.push(err77);
        }
        errors++;
      }
      if (typeof data35 == "number" && isFinite(data35)) {
        if (data35 > 3650 || isNaN(data35)) {
          const err78 = { instancePath: instancePath + "/retention/jobs_days", schemaPath: "#/properties/retention/properties/jobs_days/maximum", keyword: "maximum", params: { comparison: "<=", limit: 3650 }, schema: 3650, parentSchema: schema31.properties.retention.properties.jobs_days, data: data35 };
          if (vErrors === null) {
            vErrors = [err78];
          } else {
            vErrors.push(err78);
          }
          errors++;
        }
        if (data35 < 1 || isNaN(data35)) {
          const err79 = { instancePath: instancePath + "/retention/jobs_days", schemaPath: "#/properties/retention/properties/jobs_days/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, schema: 1, parentSchema: schema31.properties.retention.properties.jobs_days, data: data35 };
          if (vErrors === null) {
            vErrors = [err79];
          } else {
            vErrors.push(err79);
          }
          errors++;
        }
      }
      let data36 = data34.log_days;
      if (!(typeof data36 == "number" && (!(data36 % 1) && !isNaN(data36)) && isFinite(data36))) {
        const err80 = { instancePath: instancePath + "/retention/log_days", schemaPath: "#/properties/retention/properties/log_days/type", keyword: "type", params: { type: "integer" }, schema: schema31.properties.retention.properties.log_days.type, parentSchema: schema31.properties.retention.properties.log_days, data: data36 };
        if (vErrors === null) {
          vErrors = [err80];
        } else {
          vErrors.push(err80);
        }
        errors++;
      }
      if (typeof data36 == "number" && isFinite(data36)) {
        if (data36 > 3650 || isNaN(data36)) {
          const err81 = { instancePath: instancePath + "/retention/log_days", schemaPath: "#/properties/retention/properties/log_days/maximum", keyword: "maximum", params: { comparison: "<=", limit: 3650 }, schema: 3650, parentSchema: schema31.properties.retention.properties.log_days, data: data36 };
          if (vErrors === null) {
            vErrors = [err81];
          } else {
            vErrors.push(err81);
          }
          errors++;
        }
        if (data36 < 1 || isNaN(data36)) {
          const err82 = { instancePath: instancePath + "/retention/log_days", schemaPath: "#/properties/retention/properties/log_days/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, schema: 1, parentSchema: schema31.properties.retention.properties.log_days, data: data36 };
          if (vErrors === null) {
            vErrors = [err82];
          } else {
            vErrors.push(err82);
          }
          errors++;
        }
      }
      let data37 = data34.history_days;
      if (!(typeof data37 == "number" && (!(data37 % 1) && !isNaN(data37)) && isFinite(data37))) {
        const err83 = { instancePath: instancePath + "/retention/history_days", schemaPath: "#/properties/retention/properties/history_days/type", keyword: "type", params: { type: "integer" }, schema: schema31.properties.retention.properties.history_days.type, parentSchema: schema31.properties.retention.properties.history_days, data: data37 };
        if (vErrors === null) {
          vErrors = [err83];
        } else {
          vErrors.push(err83);
        }
        errors++;
      }
      if (typeof data37 == "number" && isFinite(data37)) {
        if (data37 > 36500 || isNaN(data37)) {
          const err84 = { instancePath: instancePath + "/retention/history_days", schemaPath: "#/properties/retention/properties/history_days/maximum", keyword: "maximum", params: { comparison: "<=", limit: 36500 }, schema: 36500, parentSchema: schema31.properties.retention.properties.history_days, data: data37 };
          if (vErrors === null) {
            vErrors = [err84];
          } else {
            vErrors.push(err84);
          }
          errors++;
        }
        if (data37 < 0 || isNaN(data37)) {
          const err85 = { instancePath: instancePath + "/retention/history_days", schemaPath: "#/properties/retention/properties/history_days/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, schema: 0, parentSchema: schema31.properties.retention.properties.history_days, data: data37 };
          if (vErrors === null) {
            vErrors = [err85];
          } else {
            vErrors.push(err85);
          }
          errors++;
        }
      }
      let data38 = data34.runs_days;
      if (!(typeof data38 == "number" && (!(data38 % 1) && !isNaN(data38)) && isFinite(data38))) {
        const err86 = { instancePath: instancePath + "/retention/runs_days", schemaPath: "#/properties/retention/properties/runs_days/type", keyword: "type", params: { type: "integer" }, schema: schema31.properties.retention.properties.runs_days.type, parentSchema: schema31.properties.retention.properties.runs_days, data: data38 };
        if (vErrors === null) {
          vErrors = [err86];
        } else {
          vErrors.push(err86);
        }
        errors++;
      }
      if (typeof data38 == "number" && isFinite(data38)) {
        if (data38 > 36500 || isNaN(data38)) {
          const err87 = { instancePath: instancePath + "/retention/runs_days", schemaPath: "#/properties/retention/properties/runs_days/maximum", keyword: "maximum", params: { comparison: "<=", limit: 36500 }, schema: 36500, parentSchema: schema31.properties.retention.properties.runs_days, data: data38 };
          if (vErrors === null) {
            vErrors = [err87];
          } else {
            vErrors.push(err87);
          }
          errors++;
        }
        if (data38 < 1 || isNaN(data38)) {
          const err88 = { instancePath: instancePath + "/retention/runs_days", schemaPath: "#/properties/retention/properties/runs_days/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, schema: 1, parentSchema: schema31.properties.retention.properties.runs_days, data: data38 };
          if (vErrors === null) {
            vErrors = [err88];
          } else {
            vErrors.push(err88);
          }
          errors++;
        }
      }
      let data39 = data34.quarantine_days;
      if (!(typeof data39 == "number" && (!(data39 % 1) && !isNaN(data39)) && isFinite(data39))) {
        const err89 = { instancePath: instancePath + "/retention/quarantine_days", schemaPath: "#/properties/retention/properties/quarantine_days/type", keyword: "type", params: { type: "integer" }, schema: schema31.properties.retention.properties.quarantine_days.type, parentSchema: schema31.properties.retention.properties.quarantine_days, data: data39 };
        if (vErrors === null) {
          vErrors = [err89];
        } else {
          vErrors.push(err89);
        }
        errors++;
      }
      if (typeof data39 == "number" && isFinite(data39)) {
        if (data39 > 36500 || isNaN(data39)) {
          const err90 = { instancePath: instancePath + "/retention/quarantine_days", schemaPath: "#/properties/retention/properties/quarantine_days/maximum", keyword: "maximum", params: { comparison: "<=", limit: 36500 }, schema: 36500, parentSchema: schema31.properties.retention.properties.quarantine_days, data: data39 };
          if (vErrors === null) {
            vErrors = [err90];
          } else {
            vErrors.push(err90);
          }
          errors++;
        }
        if (data39 < 1 || isNaN(data39)) {
          const err91 = { instancePath: instancePath + "/retention/quarantine_days", schemaPath: "#/properties/retention/properties/quarantine_days/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, schema: 1, parentSchema: schema31.properties.retention.properties.quarantine_days, data: data39 };
          if (vErrors === null) {
            vErrors = [err91];
          } else {
            vErrors.push(err91);
          }
          errors++;
        }
      }
      let data40 = data34.tombstones_days;
      if (!(typeof data40 == "number" && (!(data40 % 1) && !isNaN(data40)) && isFinite(data40))) {
        const err92 = { instancePath: instancePath + "/retention/tombstones_days", schemaPath: "#/properties/retention/properties/tombstones_days/type", keyword: "type", params: { type: "integer" }, schema: schema31.properties.retention.properties.tombstones_days.type, parentSchema: schema31.properties.retention.properties.tombstones_days, data: data40 };
        if (vErrors === null) {
          vErrors = [err92];
        } else {
          vErrors.push(err92);
        }
        errors++;
      }
      if (typeof data40 == "number" && isFinite(data40)) {
        if (data40 > 36500 || isNaN(data40)) {
          const err93 = { instancePath: instancePath + "/retention/tombstones_days", schemaPath: "#/properties/retention/properties/tombstones_days/maximum", keyword: "maximum", params: { comparison: "<=", limit: 36500 }, schema: 36500, parentSchema: schema31.properties.retention.properties.tombstones_days, data: data40 };
          if (vErrors === null) {
            vErrors = [err93];
          } else {
            vErrors.push(err93);
          }
          errors++;
        }
        if (data40 < 1 || isNaN(data40)) {
          const err94 = { instancePath: instancePath + "/retention/tombstones_days", schemaPath: "#/properties/retention/properties/tombstones_days/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, schema: 1, parentSchema: schema31.properties.retention.properties.tombstones_days, data: data40 };
          if (vErrors === null) {
            vErrors = [err94];
          } else {
            vErrors.push(err94);
          }
          errors++;
        }
      }
      let data41 = data34.max_runs;
      if (!(typeof data41 == "number" && (!(data41 % 1) && !isNaN(data41)) && isFinite(data41))) {
        const err95 = { instancePath: instancePath + "/retention/max_runs", schemaPath: "#/properties/retention/properties/max_runs/type", keyword: "type", params: { type: "integer" }, schema: schema31.properties.retention.properties.max_runs.type, parentSchema: schema31.properties.retention.properties.max_runs, data: data41 };
        if (vErrors === null) {
          vErrors = [err95];
        } else {
          vErrors.push(err95);
        }
        errors++;
      }
      if (typeof data41 == "number" && isFinite(data41)) {
        if (data41 > 1e6 || isNaN(data41)) {
          const err96 = { instancePath: instancePath + "/retention/max_runs", schemaPath: "#/properties/retention/properties/max_runs/maximum", keyword: "maximum", params: { comparison: "<=", limit: 1e6 }, schema: 1e6, parentSchema: schema31.properties.retention.properties.max_runs, data: data41 };
          if (vErrors === null) {
            vErrors = [err96];
          } else {
            vErrors.push(err96);
          }
          errors++;
        }
        if (data41 < 0 || isNaN(data41)) {
          const err97 = { instancePath: instancePath + "/retention/max_runs", schemaPath: "#/properties/retention/properties/max_runs/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, schema: 0, parentSchema: schema31.properties.retention.properties.max_runs, data: data41 };
          if (vErrors === null) {
            vErrors = [err97];
          } else {
            vErrors.push(err97);
          }
          errors++;
        }
      }
    } else {
      const err98 = { instancePath: instancePath + "/retention", schemaPath: "#/properties/retention/type", keyword: "type", params: { type: "object" }, schema: schema31.properties.retention.type, parentSchema: schema31.properties.retention, data: data34 };
      if (vErrors === null) {
        vErrors = [err98];
      } else {
        vErrors.push(err98);
      }
      errors++;
    }
    let data42 = data.run;
    if (data42 && typeof data42 == "object" && !Array.isArray(data42)) {
      if (data42.max_minutes === void 0) {
        data42.max_minutes = 0;
      }
      for (const key13 in data42) {
        if (!(key13 === "max_minutes")) {
          const err99 = { instancePath: instancePath + "/run", schemaPath: "#/properties/run/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key13 }, schema: false, parentSchema: schema31.properties.run, data: data42 };
          if (vErrors === null) {
            vErrors = [err99];
          } else {
            vErrors.push(err99);
          }
          errors++;
        }
      }
      let data43 = data42.max_minutes;
      if (!(typeof data43 == "number" && (!(data43 % 1) && !isNaN(data43)) && isFinite(data43))) {
        const err100 = { instancePath: instancePath + "/run/max_minutes", schemaPath: "#/properties/run/properties/max_minutes/type", keyword: "type", params: { type: "integer" }, schema: schema31.properties.run.properties.max_minutes.type, parentSchema: schema31.properties.run.properties.max_minutes, data: data43 };
        if (vErrors === null) {
          vErrors = [err100];
        } else {
          vErrors.push(err100);
        }
        errors++;
      }
      if (typeof data43 == "number" && isFinite(data43)) {
        if (data43 > 1440 || isNaN(data43)) {
          const err101 = { instancePath: instancePath + "/run/max_minutes", schemaPath: "#/properties/run/properties/max_minutes/maximum", keyword: "maximum", params: { comparison: "<=", limit: 1440 }, schema: 1440, parentSchema: schema31.properties.run.properties.max_minutes, data: data43 };
          if (vErrors === null) {
            vErrors = [err101];
          } else {
            vErrors.push(err101);
          }
          errors++;
        }
        if (data43 < 0 || isNaN(data43)) {
          const err102 = { instancePath: instancePath + "/run/max_minutes", schemaPath: "#/properties/run/properties/max_minutes/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, schema: 0, parentSchema: schema31.properties.run.properties.max_minutes, data: data43 };
          if (vErrors === null) {
            vErrors = [err102];
          } else {
            vErrors.push(err102);
          }
          errors++;
        }
      }
    } else {
      const err103 = { instancePath: instancePath + "/run", schemaPath: "#/properties/run/type", keyword: "type", params: { type: "object" }, schema: schema31.properties.run.type, parentSchema: schema31.properties.run, data: data42 };
      if (vErrors === null) {
        vErrors = [err103];
      } else {
        vErrors.push(err103);
      }
      errors++;
    }
  } else {
    const err104 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, schema: schema31.type, parentSchema: schema31, data };
    if (vErrors === null) {
      vErrors = [err104];
    } else {
      vErrors.push(err104);
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
