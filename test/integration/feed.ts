import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import type { RecordModel } from "pocketbase";
import { atEndOfFile, type PocketBaseServer } from "./harness";

/** A schedule that does not come due while tests run. */
export const NEW_YEAR = "0 0 1 1 *";

/** An ERP with feeds of a few rows each, whatever the rows are. */
export interface Feed {
  url: string;
  /** What each path answers, such as "/inventory"; anything else is 404. */
  rows: Record<string, unknown[]>;
  /** Headers of every request, the oldest first. */
  requests: IncomingHttpHeaders[];
}

export async function startFeed(rows: Record<string, unknown[]> = {}): Promise<Feed> {
  const feed: Feed = { url: "", rows, requests: [] };
  const server = createServer((request, response) => {
    feed.requests.push(request.headers);
    const found = feed.rows[(request.url ?? "").split("?")[0] ?? ""];
    response.writeHead(found ? 200 : 404, { "Content-Type": "application/json" }).end(JSON.stringify(found ?? null));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  feed.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  atEndOfFile(() => {
    server.closeAllConnections();
    server.close();
  });
  return feed;
}

/** A stream of its own that runs only when a test asks for it. */
export function createStream(server: PocketBaseServer, settings: Record<string, unknown>): Promise<RecordModel> {
  return server.pb.collection("sync_settings").create({ schedule: NEW_YEAR, on_missing: "keep", ...settings });
}

/** Raw rows of a stream, by erp_id. */
export async function rawRows(server: PocketBaseServer, stream: string): Promise<Map<string, RecordModel>> {
  const rows = await server.rows("erp_raw_data", `stream = "${stream}"`, "erp_id");
  return new Map(rows.map((row) => [String(row.erp_id), row]));
}
