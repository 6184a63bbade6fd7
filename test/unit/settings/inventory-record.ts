import type { TargetField } from "../../../src/mapping/model";
import { checkSettings, type SettingsPorts } from "../../../src/settings/check";
import type { StreamRecord } from "../../../src/settings/stream";

const fields: TargetField[] = [
  { name: "sku", type: "text", required: true },
  { name: "qty", type: "number", required: false },
  { name: "is_discontinued", type: "bool", required: false },
  { name: "state", type: "select", required: false, values: ["live", "gone"] },
  { name: "gone_at", type: "date", required: false },
  { name: "order", type: "relation", required: true, collectionId: "id_of_orders" },
  { name: "labels", type: "relation", required: false, multiple: true, collectionId: "id_of_orders" },
  { name: "order_id", type: "text", required: false },
];
const types: Record<string, string> = {
  inventory: "base",
  orders: "base",
  users: "auth",
  stock_view: "view",
  job_queue: "base",
  _mfas: "base",
};

const ports = (changes: Partial<SettingsPorts> = {}): SettingsPorts => ({
  getenv: (name) => ({ ERP_BASE_URL: "https://erp.test:8088", ERP_TOKEN: "s3cret" })[name] ?? "",
  cronError: (expression) => (expression.startsWith("61") ? "invalid segment value" : ""),
  timezoneError: (name) => (["UTC", "Asia/Dubai"].includes(name) ? "" : "unknown time zone"),
  collectionType: (name) => types[name] ?? "",
  targetFields: (name) => (types[name] === "base" ? fields : null),
  collectionId: (name) => (types[name] ? `id_of_${name}` : ""),
  otherStreams: () => [
    { name: "aswan_bom", targetCollection: "orders", keyFields: '["NO","LINE"]', parent: "" },
    { name: "plants", targetCollection: "plants", keyFields: ["PLANT"], parent: "" },
    { name: "sites", targetCollection: "sites", keyFields: ["SITE"], parent: "halls" },
    { name: "halls", targetCollection: "halls", keyFields: ["HALL"], parent: "inventory" },
    { name: "shifts", targetCollection: "shifts", keyFields: [{ field: "AT", bucket_minutes: 60 }], parent: "" },
  ],
  checkMapping: () => [],
  ...changes,
});

export const record = (changes: StreamRecord = {}): StreamRecord => ({
  name: "inventory",
  paused: false,
  schedule: "0 2 * * *",
  source_url: "${ERP_BASE_URL}/inventory",
  from_date: "",
  group_fields: null,
  key_fields: ["sku"],
  target_collection: "inventory",
  mapping: null,
  timezone: "",
  on_missing: "keep",
  options: null,
  ...changes,
});

export const check = (changes: StreamRecord, portChanges: Partial<SettingsPorts> = {}) =>
  checkSettings(record(changes), ports(portChanges));

export const dated = { options: { source: { from_date_param: "fromDate" } } };
export const source = (options: Record<string, unknown>) => ({ options: { source: options } });

export const unset = (name: string) =>
  `environment variable ${name} is not set: set it in the environment PocketBase is started with (.env.example lists the variables) and restart PocketBase`;
export const notInTheOpen =
  "must hold an environment reference without a default, such as ${ERP_TOKEN}, so that the secret stays out of the database";
