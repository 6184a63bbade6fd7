import { type IncomingHttpHeaders, request } from "node:http";
import type { Erp } from "../../erp/server";

export interface Answer {
  status: number;
  httpVersion: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
  /** Whether node saw the answer come to its proper end. */
  complete: boolean;
  error?: string;
}

export const BOM_URL = "/api/inprocessjobsBOMmaterialsDetails?txnType=BOM&fromDate=2025-12-01";

/** Asks the ERP with plain node http and tells what came, also when the connection ended early. */
export function ask(erp: Erp, path = BOM_URL, options: { giveUpAfterMs?: number } = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    let answered = false;
    const call = request(erp.url + path, { agent: false }, (response) => {
      answered = true;
      const parts: Buffer[] = [];
      let error: string | undefined;
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("error", (failure) => {
        error = failure.message;
      });
      response.on("close", () =>
        resolve({
          status: response.statusCode ?? 0,
          httpVersion: response.httpVersion,
          headers: response.headers,
          body: Buffer.concat(parts),
          complete: response.complete,
          ...(error !== undefined && { error }),
        }),
      );
    });
    call.on("error", (error) => answered || reject(error));
    call.end();
    if (options.giveUpAfterMs === undefined) return;
    const timer = setTimeout(() => call.destroy(new Error("gave up waiting")), options.giveUpAfterMs);
    call.on("close", () => clearTimeout(timer));
  });
}
