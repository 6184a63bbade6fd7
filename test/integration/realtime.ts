import { atEndOfFile, type PocketBaseServer, waitFor } from "./harness";

/** Realtime messages of these subscriptions, as a browser gets them: `action id`. */
export async function listen(server: PocketBaseServer, ...subscriptions: string[]): Promise<string[]> {
  const abort = new AbortController();
  atEndOfFile(() => abort.abort());
  const response = await fetch(`${server.url}/api/realtime`, { signal: abort.signal });
  if (!response.body) throw new Error("PocketBase sent no event stream");
  const heard: string[] = [];
  let clientId = "";
  readEvents(response.body, (event, data) => {
    if (event === "PB_CONNECT") clientId = data.clientId ?? "";
    else heard.push(`${data.action} ${data.record?.id}`);
  });
  await waitFor(() => clientId, "the realtime connection");
  await server.pb.send("/api/realtime", { method: "POST", body: { clientId, subscriptions } });
  return heard;
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
