import { gzipSync } from "node:zlib";
import { HttpResponse, http, type RequestHandler } from "msw";
import type { Fault } from "./faults";
import { jsonText } from "./handlers";

const LOGIN_PAGE = `<!DOCTYPE html>
<html><head><title>Sign in</title></head><body><form method="post" action="/login"><input name="user"></form></body></html>`;

const SHAPES = {
  "error-object": '{"error":"Timeout expired. The server is not responding."}',
  numbers: "[1,2,3]",
  object: '{"data":[]}',
  null: "null",
  "no-body": "",
};

/** The faults an HTTP answer can express. `healthy` is the right answer's text. Goes in front of `erpHandlers`. */
export function faultHandlers(fault: Fault, healthy: string): RequestHandler[] {
  return [http.get("*/api/*", () => answerFault(fault, healthy))];
}

function answerFault(fault: Fault, healthy: string): Response | undefined {
  switch (fault.kind) {
    case "login-page":
      return HttpResponse.html(LOGIN_PAGE);
    case "empty":
      return jsonText("[]");
    case "shape":
      return jsonText(SHAPES[fault.shape]);
    case "status":
      return answerStatus(fault.status, fault.retryAfter, fault.message);
    case "redirect":
      return new HttpResponse(null, { status: 302, headers: { Location: fault.to } });
    case "latin1":
      return bytes(Buffer.from(healthy, "latin1"));
    case "gzip":
      return bytes(gzipSync(healthy), { "Content-Encoding": "gzip" });
    default:
      return undefined;
  }
}

function answerStatus(status: number, retryAfter?: number | string, says?: string): Response {
  const headers: Record<string, string> = {};
  if (retryAfter !== undefined) headers["Retry-After"] = String(retryAfter);
  if (status === 401) headers["WWW-Authenticate"] = "Bearer";
  const message = status === 401 ? "Authorization has been denied for this request." : "An error has occurred.";
  return HttpResponse.json({ Message: says ?? message }, { status, headers });
}

function bytes(body: Buffer, headers: Record<string, string> = {}): Response {
  return new HttpResponse(new Uint8Array(body), {
    headers: { "Content-Type": "application/json", "Content-Length": String(body.length), ...headers },
  });
}
