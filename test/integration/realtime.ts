import type PocketBase from "pocketbase";
import { atEndOfFile, type PocketBaseServer, waitFor } from "./harness";

/** Realtime messages of these subscriptions, as a browser gets them: `action id`. */
export async function listen(server: PocketBaseServer, ...subscriptions: string[]): Promise<string[]> {
  const heard: string[] = [];
  await subscribe(server.pb, subscriptions, (data) => heard.push(`${data.action} ${data.record?.id}`));
  return heard;
}

/** What is told under one subscription of a client, as it comes. */
export async function listenTo<T>(pb: PocketBase, subscription: string): Promise<T[]> {
  const heard: T[] = [];
  await subscribe(pb, [subscription], (data) => heard.push(data as T));
  return heard;
}

async function subscribe(pb: PocketBase, subscriptions: string[], each: (data: EventData) => void): Promise<void> {
  const abort = new AbortController();
  atEndOfFile(() => abort.abort());
  const response = await fetch(pb.buildURL("/api/realtime"), { signal: abort.signal });
  if (!response.body) throw new Error("PocketBase sent no event stream");
  let clientId = "";
  readEvents(response.body, (event, data) => {
    if (event === "PB_CONNECT") clientId = data.clientId ?? "";
    else each(data);
  });
  await waitFor(() => clientId, "the realtime connection");
  await pb.send("/api/realtime", { method: "POST", body: { clientId, subscriptions } });
}

interface EventData {
  clientId?: string;
  action?: string;
  record?: { id: string };
}

async function readEvents(body: ReadableStream<Uint8Array>, each: (event: string, data: EventData) => void) {
  let text = "";
  const decoder = new TextDecoder();
  try {
    for await (const piece of body) {
      text += decoder.decode(piece, { stream: true });
      const events = text.split("\n\n");
      text = events.pop() ?? "";
      for (const event of events) each(lineOf(event, "event"), JSON.parse(lineOf(event, "data")));
    }
  } catch {
    // The test file ended, or the server did.
  }
}

function lineOf(event: string, name: string): string {
  const line = event.split("\n").find((each) => each.startsWith(`${name}:`));
  return line?.slice(name.length + 1).trim() ?? "";
}
