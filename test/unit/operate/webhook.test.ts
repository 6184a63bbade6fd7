import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { judgeCall, type WebhookCall, type WebhookPorts } from "../../../src/operate/webhook";

const SECRET = "a secret of some length";
const NOW = Date.parse("2026-11-22T08:00:00.000Z");
const SECONDS = NOW / 1000;
const hmacSha256 = (text: string, secret: string) => createHmac("sha256", secret).update(text).digest("hex");

function signed(timestamp: string | number, body: string, secret = SECRET): WebhookCall {
  return { timestamp: `${timestamp}`, signature: `sha256=${hmacSha256(`${timestamp}.${body}`, secret)}`, body };
}

function judge(call: WebhookCall, ports: Partial<WebhookPorts> = {}) {
  return judgeCall(call, { secret: SECRET, now: NOW, hmacSha256, equal: (a, b) => a === b, ...ports });
}

describe("judgeCall", () => {
  const good = signed(SECONDS, '{"order":1}');

  it.each<[string, WebhookCall]>([
    ["a signed call", good],
    ["an empty body", signed(SECONDS, "")],
    ["a body beyond ASCII", signed(SECONDS, "Schraube Ø 10 – €")],
    ["a signature in capitals", { ...good, signature: `SHA256=${good.signature.slice(7).toUpperCase()}` }],
    ["a clock 5 minutes behind", signed(SECONDS - 300, "x")],
    ["a clock 5 minutes ahead", signed(SECONDS + 300, "x")],
  ])("takes %s", (_, call) => {
    expect(judge(call)).toEqual({ ok: true, signature: hmacSha256(`${call.timestamp}.${call.body}`, SECRET) });
  });

  const unsigned = judge({ timestamp: "", signature: "", body: "" });
  it.each<[string, WebhookCall]>([
    ["no headers", { timestamp: "", signature: "", body: good.body }],
    ["another secret", signed(SECONDS, good.body, "another")],
    ["another body", { ...good, body: `${good.body} ` }],
    ["another timestamp", { ...good, timestamp: `${SECONDS + 1}` }],
    ["a signature of the body alone", { ...good, signature: `sha256=${hmacSha256(good.body, SECRET)}` }],
    ["no prefix", { ...good, signature: good.signature.slice(7) }],
    ["another method", { ...good, signature: good.signature.replace("sha256", "sha1") }],
    ["a signature cut short", { ...good, signature: good.signature.slice(0, -1) }],
    ["more after the signature", { ...good, signature: `${good.signature}0` }],
    ["an old timestamp that is not signed", { timestamp: "1", signature: "sha256=", body: "" }],
  ])("refuses %s, always in the same words", (_, call) => {
    expect(judge(call)).toEqual(unsigned);
    expect(unsigned).toMatchObject({ ok: false, status: 401 });
  });

  it.each([SECONDS - 301, SECONDS + 301, 0, `${SECONDS}.5`, `-${SECONDS}`, `${NOW}`, "1e9", "now", "", " "])(
    "refuses the signed timestamp %s",
    (timestamp) => {
      const verdict = judge(signed(timestamp, "x"));
      expect(verdict).toMatchObject({ ok: false, status: 401 });
      expect(verdict).toMatchObject({ error: expect.stringContaining(`"${timestamp}" is not within 5 minutes`) });
    },
  );

  it("refuses the sync's own message, which is signed with the same secret: it would start a run at the end of each run", () => {
    const body = JSON.stringify({ event: "run.finished", id: "1", stream: "aswan_bom", run: {} });
    expect(judge(signed(SECONDS, body))).toMatchObject({ ok: false, status: 400 });
  });

  it("compares only by what takes the same time for every signature", () => {
    const compared: string[][] = [];
    const equal = (a: string, b: string) => compared.push([a, b]) > 99;
    expect(judge(good, { equal })).toMatchObject({ ok: false });
    expect(compared).toEqual([[good.signature.slice(7), good.signature.slice(7)]]);
  });
});
