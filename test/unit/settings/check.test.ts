import { describe, expect, it } from "vitest";
import type { StreamRecord } from "../../../src/settings/stream";
import { check, dated, notInTheOpen, source, unset } from "./inventory-record";

describe("accepts", () => {
  it.each<[string, StreamRecord]>([
    ["the least a stream needs", {}],
    ["a name of one letter", { name: "a" }],
    ["a name of 41 characters", { name: `a${"_1".repeat(20)}` }],
    ["several schedule lines with comments", { schedule: "0 * * * * # hourly\n\n@daily" }],
    ["no schedule: by hand only", { schedule: "" }],
    ["plain http", { source_url: "http://10.0.0.5/x" }],
    ["an IPv6 address", { source_url: "http://[::1]:8080/x" }],
    ["the highest port", { source_url: "https://erp.test:65535" }],
    ["a default for a variable that is not set", { source_url: "${ERP_OTHER:-https://other.test}/x?y=1" }],
    ["a secret of the environment in the query", { source_url: "https://erp.test/x?api_key=${ERP_TOKEN}" }],
    ["a from_date that is sent", { from_date: "2025-12-01", ...dated }],
    ["a leap day", { from_date: "2024-02-29", ...dated }],
    ["a from_date that moves on, while left rows are kept", { from_date: "-30d", ...dated }],
    [
      "a from_date that moves on, with the date that it is about",
      { from_date: "-30d", on_missing: "delete", options: { ...dated.options, diff: { window_field: "WO_RLS_DATE" } } },
    ],
    ["the leap day of a century", { from_date: "2000-02-29", ...dated }],
    [
      "the time in a date field of the mark",
      { on_missing: "mark", options: { mark: { fields: { gone_at: "@now" } } } },
    ],
    ["a date field to touch", { options: { push: { touch_field: "gone_at" } } }],
    ["a key field with a time window", { key_fields: ["sku", { field: "at", bucket_minutes: 5 }] }],
    [
      "a group field with a time window, by its name",
      { group_fields: ["at"], key_fields: ["sku", { field: "at", bucket_minutes: 1440 }] },
    ],
    ["group fields that are all key fields", { group_fields: '["sku"]', key_fields: '["sku","line"]' }],
    ["group fields that are the key fields", { group_fields: ["sku"] }],
    ["a time zone", { timezone: "Asia/Dubai" }],
    ["delete", { on_missing: "delete" }],
    [
      "mark with a field of the target",
      {
        on_missing: "mark",
        options: { mark: { fields: { is_discontinued: true, qty: 0, state: "gone", gone_at: null } } },
      },
    ],
    [
      "mark with a date",
      { on_missing: "mark", options: { mark: { fields: { gone_at: "2025-01-01T10:00:00+04:00" } } } },
    ],
    ["bearer with its token", source({ auth: { kind: "bearer", token: "${ERP_TOKEN}" } })],
    ["basic with its two parts", source({ auth: { kind: "basic", username: "sync", password: "${ERP_TOKEN}" } })],
    ["header with its two parts", source({ auth: { kind: "header", name: "X-API-Key", value: "${ERP_TOKEN}" } })],
    ["a secret of the environment in a header", source({ headers: { Authorization: "Token ${ERP_TOKEN}" } })],
    ["a CA file for curl", source({ cacert: "/etc/ca.pem" })],
  ])("%s", (_, changes) => {
    expect(check(changes)).toEqual({});
  });

  it("hosts that ERP_ALLOWED_HOSTS names", () => {
    const allow = (list: string) => ({ getenv: (name: string) => (name === "ERP_ALLOWED_HOSTS" ? list : "") });
    for (const list of ["erp.test", "x.test, ERP.test", "erp.test:8088", "*.test"]) {
      expect(check({ source_url: "https://erp.test:8088/x" }, allow(list)), list).toEqual({});
    }
    expect(check({ source_url: "https://erp.test/x" }, allow("erp.test:443"))).toEqual({});
  });

  it("a paused stream whose variables are not set, so that a stream can always be paused", () => {
    const changes = {
      source_url: "${ERP_LOST}/x",
      options: { source: { auth: { kind: "bearer", token: "${ERP_GONE}" } } },
    };
    expect(Object.keys(check(changes))).toEqual(["options", "source_url"]);
    expect(check({ ...changes, paused: true })).toEqual({});
  });
});

const listExample = 'expected a list of ERP field names such as ["BOM_PART_ID", "BOM_PIECE_NO"]';

describe("refuses, under the field to change", () => {
  it.each<[StreamRecord, string, string]>([
    [
      { name: "" },
      "name",
      'name: "" is not a stream name (expected a small letter a-z, then up to 40 of a-z, 0-9 and _)',
    ],
    [{ name: "Inventory" }, "name", 'name: "Inventory" is not a stream name'],
    [{ name: "1st" }, "name", 'name: "1st" is not a stream name'],
    [{ name: "a".repeat(42) }, "name", "is not a stream name"],
    [{ name: 7 }, "name", "name: 7 is not text"],
    [
      { schedule: "0 * * * *\n61 * * * *" },
      "schedule",
      'schedule line 2: "61 * * * *" is not a cron expression (minute must be 0-59)',
    ],
    [
      { source_url: "" },
      "source_url",
      "source_url: it is blank (expected the ERP's address, such as https://host/path)",
    ],
    [{ source_url: "erp.test/x" }, "source_url", 'source_url: "erp.test/x" is not a URL (expected https://host/path)'],
    [
      { source_url: "ftp://erp.test/x" },
      "source_url",
      'source_url: "ftp://erp.test/x" begins with ftp:// (expected http:// or https://)',
    ],
    [{ source_url: "https:///x" }, "source_url", 'source_url: "https:///x" has no valid host name after ://'],
    [{ source_url: "https://erp_.-x/" }, "source_url", "has no valid host name"],
    [{ source_url: "https://erp.test:65536/" }, "source_url", "has the port 65536 (expected 1 to 65535)"],
    [{ source_url: "https://erp.test/a b" }, "source_url", "holds a space or line break (write %20 for a space)"],
    [{ source_url: "https://erp.test/x#y" }, "source_url", "has a part after #, which is never sent"],
    [{ source_url: "${ERP_LOST}/x" }, "source_url", `source_url: ${unset("ERP_LOST")}`],
    [{ source_url: "${HOME}/x" }, "source_url", 'source_url: "${HOME}" is not a reference to the environment'],
    [{ source_url: "${ERP_BASE_URL/x" }, "source_url", "has no closing }"],
    [
      { source_url: "https://me:pw1234@erp.test/" },
      "source_url",
      "source_url: the address holds a user name or password before @",
    ],
    [
      { source_url: "https://erp.test/x?api_key=abc123" },
      "source_url",
      `source_url: the query parameter "api_key" ${notInTheOpen}`,
    ],
    [
      { source_url: "https://erp.test/x?fromDate=2025-01-01", ...dated },
      "source_url",
      'source_url: from_date is sent as "fromDate" (options.source.from_date_param), and the address or options.source.query has this parameter already: remove it there',
    ],
    [
      { source_url: "https://erp.test/x?txnType=BOM", ...source({ query: { txnType: "BOM" } }) },
      "source_url",
      'source_url: the parameter "txnType" stands here and in options.source.query, remove one',
    ],
    [
      { from_date: "2025-02-29", ...dated },
      "from_date",
      'from_date: "2025-02-29" is not a date (expected YYYY-MM-DD of a day that exists',
    ],
    [{ from_date: "1900-02-29", ...dated }, "from_date", 'from_date: "1900-02-29" is not a date'],
    [{ from_date: "2025-04-31", ...dated }, "from_date", 'from_date: "2025-04-31" is not a date'],
    [{ from_date: "01.12.2025", ...dated }, "from_date", 'from_date: "01.12.2025" is not a date'],
    [{ from_date: "-0d", ...dated }, "from_date", "so many days before today, such as -30d; or blank)"],
    [{ from_date: "-30d" }, "from_date", 'from_date: "-30d" would be sent nowhere'],
    ...(["mark", "delete"] as const).map((on_missing): [StreamRecord, string, string] => [
      { from_date: "-30d", on_missing, options: { ...dated.options, mark: { fields: { is_discontinued: true } } } },
      "on_missing",
      `on_missing: "${on_missing}" with the moving from_date "-30d" needs options.diff.window_field, the date field of the ERP's row`,
    ]),
    [
      { from_date: "2025-12-01" },
      "from_date",
      'from_date: "2025-12-01" would be sent nowhere: set options.source.from_date_param',
    ],
    [{ key_fields: "" }, "key_fields", "key_fields: it is blank"],
    [{ key_fields: [] }, "key_fields", "key_fields: it is blank"],
    [{ key_fields: "sku" }, "key_fields", `key_fields: "sku" is not JSON (${listExample})`],
    [{ key_fields: '"sku"' }, "key_fields", `key_fields: "sku" is not a list (${listExample})`],
    [{ key_fields: ["sku", 7] }, "key_fields", "key_fields: entry 2, 7, is not a field name"],
    [
      { key_fields: [{ field: "", bucket_minutes: 5 }] },
      "key_fields",
      'has no field name in "field" (expected one such as',
    ],
    [{ key_fields: [{ field: "at" }] }, "key_fields", "has bucket_minutes undefined (expected whole minutes"],
    [
      { key_fields: [{ field: "at", bucket_minutes: 7 }] },
      "key_fields",
      "has bucket_minutes 7 (expected whole minutes",
    ],
    [{ key_fields: [{ field: "at", bucket_minutes: 0.5 }] }, "key_fields", "that divide a day, such as 1, 5, 15, 60"],
    [{ key_fields: [{ field: "at", bucket_minutes: 5, x: 1 }] }, "key_fields", 'has an unknown "x"'],
    [{ key_fields: ["at", { field: "at", bucket_minutes: 5 }] }, "key_fields", '"at" stands there twice, remove one'],
    [{ group_fields: [{ field: "sku", bucket_minutes: 5 }] }, "group_fields", "is not a field name"],
    [{ key_fields: ["sku", "sku"] }, "key_fields", 'key_fields: "sku" stands there twice, remove one'],
    [
      { group_fields: ["site"] },
      "key_fields",
      'key_fields: the group field "site" is not among the key fields: add it',
    ],
    [{ group_fields: [" sku"] }, "group_fields", 'group_fields: entry 1, " sku", is not a field name'],
    [
      { schedule: "0 5 * * *\n0 0 31 2 *" },
      "schedule",
      'schedule line 2: "0 0 31 2 *" never comes due (no such day in the calendar, or never on that weekday)',
    ],
    [
      { mapping: { order_id: { lookup: { collection: "nope", field: "sku" } } } },
      "mapping",
      'mapping.order_id.lookup.collection: "nope" does not exist (expected a collection: create it first)',
    ],
    [
      { mapping: { order_id: { lookup: { collection: "orders", field: "nr" } } } },
      "mapping",
      'mapping.order_id.lookup.field: "nr" is no field of orders (expected one of id, sku, qty,',
    ],
    [
      source({ headers: { "X-Client": "a\r\nX-Other: b" } }),
      "options",
      "options.source.headers.X-Client: the value holds a line break or control character, which no header may",
    ],
    [
      { options: { alerts: { email: ["x"] } } },
      "options",
      'options.alerts.email.0: "x" does not fit (expected something like "it@example.com")',
    ],
    [{ target_collection: "" }, "target_collection", "target_collection: it is blank"],
    [{ target_collection: "missing" }, "target_collection", 'target_collection: "missing" does not exist'],
    [
      { target_collection: "users" },
      "target_collection",
      'target_collection: "users" is a collection of type auth (expected a base collection)',
    ],
    [{ target_collection: "stock_view" }, "target_collection", "is a collection of type view"],
    [{ target_collection: "sync_alerts" }, "target_collection", "belongs to the sync or to PocketBase itself"],
    [{ target_collection: "sync_fields" }, "target_collection", "belongs to the sync or to PocketBase itself"],
    [{ target_collection: "webhook_calls" }, "target_collection", "belongs to the sync or to PocketBase itself"],
    [{ target_collection: "job_queue" }, "target_collection", "belongs to the sync or to PocketBase itself"],
    [{ target_collection: "_mfas" }, "target_collection", "belongs to the sync or to PocketBase itself"],
    [
      { target_collection: "orders" },
      "target_collection",
      'target_collection: "orders" is the target of stream "aswan_bom" already, and two streams into one target collection are refused',
    ],
    [{ mapping: "[1" }, "mapping", 'mapping: "[1" is not JSON'],
    [{ mapping: ["sku"] }, "mapping", 'mapping: ["sku"] is not an object'],
    [
      { timezone: "Asia/Dubay" },
      "timezone",
      'timezone: "Asia/Dubay" is not a time zone (unknown time zone; expected a name such as UTC or Asia/Dubai)',
    ],
    [{ on_missing: "drop" }, "on_missing", 'on_missing: "drop" is not a choice (expected keep, mark, delete)'],
  ])("%j", (changes, field, message) => {
    const problems = check(changes);
    expect(Object.keys(problems)).toEqual([field]);
    expect(problems[field]).toEqual({ code: `invalid_${field}`, message: expect.stringContaining(message) });
  });

  it.each(["other.test", "*.erp.test", "erp.test:443"])("a host that ERP_ALLOWED_HOSTS (%s) does not name", (list) => {
    const problems = check(
      { source_url: "https://erp.test:8088/x" },
      { getenv: (name) => (name === "ERP_ALLOWED_HOSTS" ? list : "") },
    );
    expect(problems.source_url?.message).toContain("leads to a host that ERP_ALLOWED_HOSTS does not name");
  });

  it("the faults of the mapping, at most three of them in words", () => {
    const faults = [1, 2, 3, 4, 5].map((n) => ({ path: `mapping.f${n}`, message: "is wrong" }));
    expect(check({}, { checkMapping: () => faults }).mapping?.message).toBe(
      "mapping.f1: is wrong; mapping.f2: is wrong; mapping.f3: is wrong; and 2 more",
    );
  });

  it("a password that a variable brings into the address, by what it is", () => {
    const problems = check({}, { getenv: (name) => (name === "ERP_BASE_URL" ? "https://me:pw1234@erp.test" : "") });
    expect(problems.source_url?.message).toBe(
      'source_url: "${ERP_BASE_URL}/inventory" holds a user name or password before @: take them out and use options.source.auth (kind basic)',
    );
  });

  it("every bad field at once", () => {
    const problems = check({
      name: "X",
      schedule: "61 * * * *",
      source_url: "",
      key_fields: [],
      target_collection: "",
      options: { x: 1 },
    });
    expect(Object.keys(problems).sort()).toEqual([
      "key_fields",
      "name",
      "options",
      "schedule",
      "source_url",
      "target_collection",
    ]);
  });

  it("a target that another stream writes in another spelling", () => {
    const problems = check(
      {},
      { otherStreams: () => [{ name: "b", targetCollection: "Inventory", keyFields: ["sku"], parent: "" }] },
    );
    expect(problems.target_collection?.message).toContain('stream "b"');
  });

  it("a password or value of the environment without showing it", () => {
    const changes = {
      source_url: "${ERP_BASE_URL}/x#${ERP_TOKEN}",
      options: { source: { headers: { Cookie: "session=tok_live" }, query: { api_key: "tok_live" } } },
    };
    const said = JSON.stringify([
      check(changes),
      check({ source_url: "https://me:pw1234@erp.test:x/?token=tok_live" }),
    ]);
    expect(said).not.toMatch(/s3cret|tok_live|pw1234/);
  });
});
