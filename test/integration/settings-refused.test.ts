import { beforeAll, expect, it } from "vitest";
import { type PocketBaseServer, startPocketBase } from "./harness";
import { crons, openForm, refusalOf, saveForm } from "./settings-form";

let server: PocketBaseServer;
let form: Record<string, unknown>;
beforeAll(async () => {
  const env = { ERP_TOKEN: "s3cret", ERP_ALLOWED_HOSTS: "aswanservice.aswan.com" };
  server = await startPocketBase({ env });
  form = await openForm(server);
});

const source = (value: Record<string, unknown>) => ({ source: value });

/** Field, bad value, what stands under the field in the form, and which field that is when it is another one. */
const badValues: [string, unknown, string, string?][] = [
  ["name", "", '"" is not a stream name (expected'],
  [
    "name",
    "Aswan BOM",
    '"Aswan BOM" is not a stream name (expected a small letter a-z, then up to 40 of a-z, 0-9 and _)',
  ],
  ["name", "aswan-bom", '"aswan-bom" is not a stream name'],
  ["schedule", "61 * * * *", 'Schedule line 1: "61 * * * *" is not a cron expression (minute must be 0-59).'],
  ["schedule", "0 * * * *\n\nhourly", 'Schedule line 3: "hourly" is not a cron expression (it has 1 part, expected 5'],
  ["schedule", "0 * * * *\n0 * * * *", 'Schedule line 2: "0 * * * *" repeats line 1, remove one.'],
  ["source_url", "", "It is blank (expected the ERP's address, such as https://host/path)."],
  [
    "source_url",
    "aswanservice.aswan.com/api",
    '"aswanservice.aswan.com/api" is not a URL (expected https://host/path).',
  ],
  ["source_url", "ftp://aswanservice.aswan.com/api", '"ftp://aswanservice.aswan.com/api" begins with ftp://'],
  [
    "source_url",
    "https://evil.example.com/api",
    '"https://evil.example.com/api" leads to a host that ERP_ALLOWED_HOSTS',
  ],
  ["source_url", "https://sync:s3cret@aswanservice.aswan.com", "The address holds a user name or password before @"],
  [
    "source_url",
    "https://aswanservice.aswan.com/?token=abc",
    'The query parameter "token" must hold an environment ref',
  ],
  ["source_url", "${ERP_NOT_SET}/api", "Environment variable ERP_NOT_SET is not set: set it in the environment"],
  ["source_url", "${HOME}/api", '"${HOME}" is not a reference to the environment (expected ${ERP_NAME}'],
  ["from_date", "2025-02-30", '"2025-02-30" is not a date (expected YYYY-MM-DD of a day that exists'],
  ["from_date", "yesterday", '"yesterday" is not a date'],
  ["group_fields", ["CUST_ORDER_ID"], 'The group field "CUST_ORDER_ID" is not among the key fields', "key_fields"],
  ["group_fields", { a: 1 }, '{"a":1} is not a list (expected a list of ERP field names'],
  ["key_fields", [], "It is blank (expected the ERP fields that tell the rows apart"],
  ["key_fields", "PURC_REQ_ID", '"PURC_REQ_ID" is not'],
  ["key_fields", "[PURC_REQ_ID]", '"[PURC_REQ_ID]" is not a list'],
  ["key_fields", ["PURC_REQ_ID", ""], 'Entry 2, "", is not a field name'],
  ["key_fields", ["PURC_REQ_ID", "PURC_REQ_ID"], '"PURC_REQ_ID" stands there twice, remove one.'],
  ["target_collection", "", "It is blank"],
  ["target_collection", "nowhere", '"nowhere" does not exist (expected the exact name of a base collection'],
  ["target_collection", "users", '"users" is a collection of type auth (expected a base collection).'],
  ["target_collection", "sync_overview", '"sync_overview" belongs to the sync or to PocketBase itself'],
  ["target_collection", "job_queue", '"job_queue" belongs to the sync'],
  ["target_collection", "_superusers", '"_superusers" belongs to the sync'],
  ["mapping", [], "[] is not an object (expected an object such as"],
  ["mapping", "{", '"{" is not'],
  [
    "mapping",
    { BOM_QUANTITY: {} },
    'Mapping.BOM_QUANTITY: "BOM_QUANTITY" is not a field of the target collection; exp',
  ],
  ["mapping", { BOM_QTY: { form: "QTY" } }, 'Mapping.BOM_QTY.form: "form" is not an option; expected one of skip,'],
  ["mapping", { BOM_QTY: { min: 5, max: 1 } }, "Mapping.BOM_QTY.min: 5 is more than max; expected at most 1."],
  ["mapping", { BOM_PART_ID: { pattern: "(" } }, "Mapping.BOM_PART_ID.pattern: "],
  ["timezone", "Dubai", '"Dubai" is not a time zone ('],
  ["timezone", "asia/dubai", '"asia/dubai" is not a time zone ('],
  ["on_missing", "", "Cannot be blank."],
  ["on_missing", "archive", '"archive" is not a choice (expected keep, mark, delete).'],
  ["on_missing", "mark", 'Options.mark.fields: on_missing is "mark", so name the target fields to set', "options"],
  ["options", [], 'Not a JSON object (expected one such as {"push": {"batch_size": 500}}).'],
  ["options", "{push: 1}", "Not a JSON object"],
  ["options", { push: { batchsize: 1 } }, 'Options.push.batchsize: unknown option, did you mean "batch_size"?'],
  [
    "options",
    source({ timeout_seconds: 0 }),
    "Options.source.timeout_seconds: 0 is out of range (expected 1 to 7200).",
  ],
  [
    "options",
    source({ timeout_seconds: "300" }),
    'Options.source.timeout_seconds: "300" is not a whole number (expected 1',
  ],
  ["options", source({ transport: "wget" }), 'Options.source.transport: "wget" is not one of auto, curl, http.'],
  ["options", source({ auth: { kind: "bearer" } }), 'Options.source.auth.token is blank, but auth.kind "bearer" needs'],
  [
    "options",
    source({ auth: { kind: "bearer", token: "s3cret" } }),
    "Options.source.auth.token must be an environment ref",
  ],
  [
    "options",
    source({ headers: { "X-API-Key": "s3cret" } }),
    "Options.source.headers.X-API-Key must hold an environment",
  ],
  [
    "options",
    source({ transport: "http", cacert: "/ca.pem" }),
    'Options.source.cacert: "/ca.pem" is read by curl only',
  ],
  ["options", { push: { batch_size: 0 } }, "Options.push.batch_size: 0 is out of range (expected 1 to 1000)."],
  [
    "options",
    { retry: { delays_seconds: [] } },
    "Options.retry.delays_seconds: the list has 0 entries (expected 1 to 20",
  ],
];

it.each(badValues)("refuses %s: %j", async (field, value, message, place = field) => {
  const before = await server.settings();
  const registered = await crons(server);
  const refusal = await refusalOf(saveForm(server, form, { ...besides(field), [field]: value }));
  expect(refusal).toEqual({ status: 400, message: expect.any(String), fields: { [place]: expect.any(String) } });
  expect(refusal.fields[place]).toContain(message);
  expect(JSON.stringify(refusal)).not.toContain("s3cret");
  expect(await server.settings()).toEqual(before);
  expect(await crons(server)).toEqual(registered);
});

/** from_date needs options.source.from_date_param: without it there would be a second problem, rightly. */
function besides(field: string): Record<string, unknown> {
  return field === "options" ? { from_date: "" } : {};
}

it("tells every field that is wrong at once", async () => {
  const refusal = await refusalOf(saveForm(server, form, { schedule: "x", timezone: "Dubai", mapping: { NO: {} } }));
  expect(refusal.message).toBe("The stream's settings were not saved; see the fields.");
  expect(Object.keys(refusal.fields).sort()).toEqual(["mapping", "schedule", "timezone"]);
});

it("refuses the same in a new stream", async () => {
  const { id: _, ...rest } = form;
  const create = server.pb.collection("sync_settings").create({ ...rest, name: "second", schedule: "x" });
  const { fields } = await refusalOf(create);
  expect(fields.schedule).toContain('"x" is not a cron expression');
  expect(fields.target_collection).toBe(
    '"ASWNDUBAI_erpConsolidateData" is the target of stream "aswan_bom" already, and two streams into one target collection are refused.',
  );
  expect(await server.rows("sync_settings")).toHaveLength(1);
});

it("takes the form as it was, and every field when it is right", async () => {
  await saveForm(server, form);
  expect(await openForm(server)).toEqual(form);
  const right = {
    schedule: "0 * * * * # hourly\n30 6 * * 1-5",
    from_date: "2024-02-29",
    mapping: { BOM_QTY: { min: 0 } },
    timezone: "Asia/Dubai",
    on_missing: "delete",
    options: { source: { from_date_param: "from", auth: { kind: "bearer", token: "${ERP_TOKEN}" } } },
  };
  await saveForm(server, form, right);
  expect(await openForm(server)).toEqual({ ...form, ...right });
});
