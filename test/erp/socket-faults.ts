import type { Response } from "express";
import type { Fault } from "./faults";

type Cut = Extract<Fault, { kind: "cut" }>;

/**
 * The faults that happen below HTTP, which an msw Response cannot express: connections that end early, hang or crawl.
 * Answers false when the fault is not of that sort; then nothing was sent.
 */
export function answerOnSocket(fault: Fault, response: Response, healthy: string): boolean {
  switch (fault.kind) {
    case "reset":
      response.socket?.destroy();
      return true;
    case "cut":
      sendCut(fault, response, Buffer.from(healthy));
      return true;
    case "hang":
      if (fault.before === "body-end") startBody(response, Buffer.from(healthy));
      return true;
    case "slow":
      sendSlowly(response, Buffer.from(healthy), fault.bytesPerMs);
      return true;
    default:
      return false;
  }
}

const JSON_TYPE = { "Content-Type": "application/json; charset=utf-8" };

function sendCut(cut: Cut, response: Response, body: Buffer): void {
  const part = body.subarray(0, cutPosition(cut, body));
  const socket = response.socket;
  if (cut.framing === "close") {
    socket?.end(Buffer.concat([Buffer.from("HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n"), part]));
    return;
  }
  response.writeHead(200, cut.framing === "length" ? { ...JSON_TYPE, "Content-Length": body.length } : JSON_TYPE);
  response.write(part, () => socket?.destroySoon());
}

/** How many bytes come: a share of the body, or up to the end of the last whole row in that share. */
function cutPosition({ at = 0.5, afterRow = false }: Cut, body: Buffer): number {
  const share = Math.floor(body.length * at);
  if (!afterRow) return share;
  const between = body.lastIndexOf("},{", share);
  if (between < 0) throw new Error(`the answer has no row end in its first ${share} bytes: give "at" a greater share`);
  return between + 1;
}

/** Promises the whole body and sends half of it. */
function startBody(response: Response, body: Buffer): void {
  response.writeHead(200, { ...JSON_TYPE, "Content-Length": body.length });
  response.write(body.subarray(0, Math.floor(body.length / 2)));
}

const SLICE_MS = 10;

function sendSlowly(response: Response, body: Buffer, bytesPerMs: number): void {
  const slice = Math.max(1, Math.round(bytesPerMs * SLICE_MS));
  response.writeHead(200, { ...JSON_TYPE, "Content-Length": body.length });
  let sent = 0;
  const timer = setInterval(() => {
    if (response.writableNeedDrain) return;
    response.write(body.subarray(sent, sent + slice));
    sent += slice;
    if (sent < body.length) return;
    clearInterval(timer);
    response.end();
  }, SLICE_MS);
  response.on("close", () => clearInterval(timer));
}
