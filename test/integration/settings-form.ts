import type { ClientResponseError, RecordModel } from "pocketbase";
import type { PocketBaseServer } from "./harness";

type Values = Record<string, unknown>;

/** What a person sees when a form is not saved: the fields with their messages. */
export interface Refusal {
  status: number;
  message: string;
  fields: Record<string, string>;
}

/** Opens a stream's form, as it is now. */
export async function openForm(server: PocketBaseServer, stream = "aswan_bom"): Promise<Values> {
  const { collectionId: _, collectionName: __, ...values } = await server.settings(stream);
  return values;
}

/** Saves as the admin UI does: every field is sent, also those nobody touched. */
export function saveForm(server: PocketBaseServer, form: Values, changes: Values = {}): Promise<RecordModel> {
  return server.pb.collection("sync_settings").update(String(form.id), { ...form, ...changes });
}

/** The refusal of something that must be refused. */
export async function refusalOf(saving: Promise<unknown>): Promise<Refusal> {
  try {
    await saving;
  } catch (error) {
    const { status, response } = error as ClientResponseError;
    const data = Object.entries((response.data ?? {}) as Record<string, { message: string }>);
    return {
      status,
      message: String(response.message),
      fields: Object.fromEntries(data.map(([field, { message }]) => [field, message])),
    };
  }
  throw new Error("it was saved, and should have been refused");
}

/** The cron jobs of all streams as PocketBase has them (id and expression), and what a check of ours left behind. */
export async function crons(server: PocketBaseServer): Promise<Record<string, string>> {
  const jobs = await server.pb.crons.getFullList();
  const ours = jobs.filter(({ id }) => id.startsWith("erp_sync_") || id.startsWith("__erp"));
  return Object.fromEntries(ours.map(({ id, expression }) => [id, expression]));
}

/** A second stream with a target collection of its own, not saved yet. */
export async function secondStream(server: PocketBaseServer, changes: Values = {}): Promise<Values> {
  const fields = [
    { name: "sku", type: "text" },
    { name: "qty", type: "number" },
  ];
  await server.pb.collections.create({ name: "articles", type: "base", fields });
  return {
    name: "inventory",
    paused: false,
    schedule: "",
    source_url: "${ERP_BASE_URL}/api/inventory",
    from_date: "",
    group_fields: null,
    key_fields: ["sku"],
    target_collection: "articles",
    mapping: null,
    timezone: "",
    on_missing: "keep",
    options: null,
    ...changes,
  };
}
