import { createServer } from "node:http";

/**
 * An ERP that costs nothing: it answers every request with the same prepared bytes.
 * @typedef {{ url: string, serve: (body: Buffer) => void, close: () => void }} BenchErp
 */

/** @returns {Promise<BenchErp>} */
export async function startErp() {
  /** @type {Buffer} */
  let body = Buffer.from("[]");
  const server = createServer((_request, response) => {
    response.writeHead(200, { "Content-Type": "application/json", "Content-Length": body.length });
    response.end(body);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", () => done(undefined)));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the bench's ERP has no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    serve: (next) => {
      body = next;
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
