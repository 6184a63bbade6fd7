import { ClientResponseError } from "pocketbase";
import { logOut, pb } from "./session";

export const UNREACHABLE = "The server does not answer. Is PocketBase running, and is this device online?";

/** A request that did not do what it should, in a sentence. */
export class Refusal extends Error {
  constructor(
    message: string,
    readonly status: number,
    /** What the server answered besides. */
    readonly answer: Record<string, unknown>,
  ) {
    super(message);
    this.name = "Refusal";
  }
}

export type Query = Record<string, string | number | boolean | undefined>;

/** `GET /api/erp/…`. Throws Refusal. */
export function ask<T>(path: string, query: Query = {}): Promise<T> {
  return send<T>("GET", path, { query });
}

/** `POST /api/erp/…`. Throws Refusal. */
export function act<T>(path: string, body: Record<string, unknown> = {}): Promise<T> {
  return send<T>("POST", path, { body });
}

function send<T>(method: string, path: string, options: { query?: Query; body?: Record<string, unknown> }): Promise<T> {
  return inSentences(() => pb.send<T>(`/api/erp/${path}`, { method, ...options }));
}

/** Does a request of PocketBase's client; what goes wrong is told in a sentence. Throws Refusal. */
export async function inSentences<T>(request: () => Promise<T>): Promise<T> {
  try {
    return await request();
  } catch (error) {
    throw refusalOf((await isLoginOver(error)) ? new ClientResponseError({ status: 401 }) : error);
  }
}

/** PocketBase answers 403 to a login that has ended, as to one that may not, where only superusers may read. */
async function isLoginOver(error: unknown): Promise<boolean> {
  if (!(error instanceof ClientResponseError) || error.status !== 403) return false;
  try {
    await pb.send("/api/collections/_superusers/auth-refresh", { method: "POST" });
    return false;
  } catch (refused) {
    return refused instanceof ClientResponseError && refused.status === 401;
  }
}

function refusalOf(error: unknown): Refusal {
  if (!(error instanceof ClientResponseError)) return new Refusal(String(error), 0, {});
  const answer = error.response as Record<string, unknown>;
  if (error.status === 401) {
    logOut("Your login has ended. Log in again to go on where you were.");
    return new Refusal("Your login has ended.", 401, answer);
  }
  if (error.status === 0) {
    return new Refusal(UNREACHABLE, 0, answer);
  }
  return new Refusal(sentenceOf(answer, error), error.status, answer);
}

function sentenceOf(answer: Record<string, unknown>, { status, url }: ClientResponseError): string {
  const fields = fieldMessages(answer);
  if (fields !== "") return fields;
  for (const text of [answer.error, answer.message]) if (typeof text === "string" && text !== "") return text;
  return `The server answered ${status} to ${new URL(url, location.href).pathname}.`;
}

/** `payload_json: BOM_QTY is not a number`, for a record that was not saved. */
function fieldMessages({ data }: Record<string, unknown>): string {
  if (typeof data !== "object" || data === null) return "";
  return Object.entries(data as Record<string, { message?: string }>)
    .filter(([, problem]) => typeof problem?.message === "string")
    .map(([field, problem]) => `${field}: ${problem.message}`)
    .join(" ");
}

/** The text of an answer of PocketBase's API, for JSON whose numbers must stay as they are written. Throws Refusal. */
export async function askText(path: string): Promise<string> {
  const answer = await fetch(pb.buildURL(`/api/${path}`), { headers: { Authorization: pb.authStore.token } }).catch(
    () => null,
  );
  if (answer === null) throw new Refusal(UNREACHABLE, 0, {});
  const text = await answer.text();
  if (answer.ok) return text;
  throw new Refusal(
    answer.status === 404 ? "There is no such record any more." : `The server answered ${answer.status}.`,
    answer.status,
    {},
  );
}
