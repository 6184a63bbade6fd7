import { describe, expect, it } from "vitest";
import type { StreamRecord } from "../../../src/settings/stream";
import { check, notInTheOpen, source, unset } from "./inventory-record";

describe("refuses under options", () => {
  it.each<[StreamRecord, string, string]>([
    [{ on_missing: "mark" }, "options", 'options.mark.fields: on_missing is "mark", so name the target fields to set'],
    [
      { on_missing: "mark", options: { mark: { fields: { is_discontinud: true } } } },
      "options",
      'options.mark.fields.is_discontinud: the target collection has no such field, did you mean "is_discontinued"?',
    ],
    [
      { on_missing: "mark", options: { mark: { fields: { is_discontinued: "yes" } } } },
      "options",
      '"yes" is not true or false, as its field needs',
    ],
    [
      { on_missing: "mark", options: { mark: { fields: { qty: "0" } } } },
      "options",
      '"0" is not a number, as its field needs',
    ],
    [
      { on_missing: "mark", options: { mark: { fields: { state: "dead" } } } },
      "options",
      '"dead" is not a choice of its field (expected one of live, gone)',
    ],
    [
      { on_missing: "mark", options: { mark: { fields: { gone_at: 5 } } } },
      "options",
      "5 is not text, as its field needs",
    ],
    [
      { on_missing: "mark", options: { mark: { fields: { gone_at: "soon" } } } },
      "options",
      'options.mark.fields.gone_at: "soon" is not a date, as its field needs',
    ],
    [
      { on_missing: "mark", mapping: { gone_at: { skip: true } }, options: { mark: { fields: { gone_at: "@now" } } } },
      "options",
      'options.mark.fields.gone_at: its mapping says "skip"',
    ],
    [
      { on_missing: "mark", options: { mark: { fields: { sku: null } } } },
      "options",
      "null is no value for a required field",
    ],
    [
      source({ daily_rows: 1_000_000 }),
      "options",
      'options.source.daily_rows: 1000000 rows a day need an ERP that answers in pages, and options.source.paging.kind is "none": set it, or daily_rows to 0',
    ],
    [
      { options: { source: { paging: { kind: "page" }, daily_rows: 100 }, archive: { to: "local" } } },
      "options",
      'options.archive.to: "local" keeps whole answers, and options.source.daily_rows spreads one over several runs',
    ],
    [source({ paging: { kind: "page" }, daily_rows: -1 }), "options", "options.source.daily_rows: -1"],
    [{ options: { sorce: 1 } }, "options", 'options.sorce: unknown option, did you mean "source"?'],
    [
      source({ auth: { kind: "bearer" } }),
      "options",
      'options.source.auth.token is blank, but auth.kind "bearer" needs token',
    ],
    [
      source({ auth: { kind: "basic", username: "a" } }),
      "options",
      'options.source.auth.password is blank, but auth.kind "basic" needs username and password',
    ],
    [
      source({ auth: { token: "${ERP_TOKEN}" } }),
      "options",
      'options.source.auth.token is set, but auth.kind "none" does not use it: set auth.kind to "bearer" or leave token out',
    ],
    [
      source({ auth: { kind: "bearer", token: "${ERP_LOST}" } }),
      "options",
      `options.source.auth.token: ${unset("ERP_LOST")}`,
    ],
    [
      source({ headers: { Authorization: "Bearer tok_live" } }),
      "options",
      `options.source.headers.Authorization ${notInTheOpen}`,
    ],
    [
      source({ headers: { "X-Tenant": "${TENANT}" } }),
      "options",
      'options.source.headers.X-Tenant: "${TENANT}" is not a reference to the environment',
    ],
    [source({ query: { access_token: "abc" } }), "options", `options.source.query.access_token ${notInTheOpen}`],
    [source({ query: { access_token: "${ERP_TOKEN:-abc}" } }), "options", notInTheOpen],
    [
      source({ headers: { authorization: "${ERP_TOKEN}" }, auth: { kind: "bearer", token: "${ERP_TOKEN}" } }),
      "options",
      "options.source.headers.authorization: options.source.auth sends this header already, remove one of the two",
    ],
    [
      source({ transport: "http", cacert: "/etc/ca.pem" }),
      "options",
      'options.source.cacert: "/etc/ca.pem" is read by curl only, and transport is "http"',
    ],
  ])("%j", (changes, field, message) => {
    const problems = check(changes);
    expect(Object.keys(problems)).toEqual([field]);
    expect(problems[field]).toEqual({ code: `invalid_${field}`, message: expect.stringContaining(message) });
  });
});
