import { expect, it } from "vitest";
import { EMPTY_FORM, formOf, settingsOf } from "../../../src/dashboard/model/connection-form";

const options = {
  source: {
    rows_path: "data.items",
    from_date_param: "fromDate",
    timeout_seconds: 300,
    auth: { kind: "jwt_hs256", secret: "${ERP_JWT_SECRET}", claims: { sub: "sync" } },
  },
  push: { batch_size: 500 },
};
const record = { source_url: "${ERP_BASE_URL}/rows", from_date: "2025-12-01", options };

it("gives back the settings of a saved stream as they were", () => {
  expect(settingsOf(formOf(record))).toEqual(record);
});

it("shows what it has fields for in them, and the rest as JSON", () => {
  const form = formOf(record);
  expect(form).toMatchObject({
    rows_path: "data.items",
    auth: "jwt_hs256",
    authFields: { secret: "${ERP_JWT_SECRET}" },
  });
  expect(JSON.parse(form.more)).toEqual({
    source: { timeout_seconds: 300, auth: { claims: { sub: "sync" } } },
    push: { batch_size: 500 },
  });
});

it("sends nothing that was left blank", () => {
  expect(settingsOf({ ...EMPTY_FORM, source_url: " http://erp/rows " })).toEqual({
    source_url: "http://erp/rows",
    from_date: "",
    options: {},
  });
});

it("drops what belongs to another kind of auth", () => {
  const form = { ...EMPTY_FORM, auth: "bearer" as const, authFields: { token: "${ERP_TOKEN}", password: "x" } };
  expect(settingsOf(form).options).toEqual({ source: { auth: { kind: "bearer", token: "${ERP_TOKEN}" } } });
});

it.each(["[]", "nonsense", "null"])("refuses %s as more options", (more) => {
  expect(() => settingsOf({ ...EMPTY_FORM, more })).toThrow("More options: this is no JSON object");
});
