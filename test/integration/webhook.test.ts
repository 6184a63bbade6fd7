import { createHmac } from "node:crypto";
import { request } from "node:http";
import { beforeAll, describe, expect, it } from "vitest";
import type { Erp } from "../erp/server";
import { Factory, type PocketBaseServer, startErp, waitFor } from "./harness";
import { slowAnswer, startQuietly, story, untilQuiet } from "./in-flight";

const SECRET = "webhook-secret-of-the-tests";

let erp: Erp;
let server: PocketBaseServer;
let calls = 0;
beforeAll(async () => {
  erp = await startErp({ factory: new Factory({ rows: 40 }) });
  server = await startQuietly(erp, { env: { ERP_WEBHOOK_SECRET: SECRET, ERP_FETCH_RETRY_SECONDS: "0" } });
});

const now = () => Math.floor(Date.now() / 1000);

/** The headers of a call; each call has a body of its own unless told otherwise. */
function sign(body = `{"call":${++calls}}`, timestamp = now(), secret = SECRET) {
  const mac = createHmac("sha256", secret).update(`${timestamp}.${body}`).digest("hex");
  return { body, headers: { "X-ERP-Timestamp": `${timestamp}`, "X-ERP-Signature": `sha256=${mac}` } };
}

async function call(init: RequestInit = sign(), stream = "aswan_bom") {
  const answer = await fetch(`${server.url}/api/erp/webhook/${stream}`, { method: "POST", ...init });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

describe("a signed call", () => {
  it("starts a run that says so, and is answered at once", async () => {
    slowAnswer(erp, 400);
    const { status, body } = await call();
    expect({ status, body }).toEqual({ status: 202, body: { run: expect.any(String), status: "running" } });
    expect(await server.runs("status = 'running'")).toMatchObject([{ id: body.run }]);
    await untilQuiet(server);
    expect(await server.pb.collection("sync_runs").getOne(String(body.run))).toMatchObject({
      status: "succeeded",
      trigger: "webhook",
      triggered_by: "127.0.0.1",
    });
    await server.expectTarget(erp.factory.rows());
  });

  it("is taken once, also after a restart", async () => {
    const signed = sign();
    expect((await call(signed)).status).toBe(202);
    await untilQuiet(server);
    const before = await story(server);
    const again = {
      status: 409,
      body: { error: "this call came before; sign each call anew, with a body of its own" },
    };
    expect(await call(signed)).toEqual(again);
    await server.restart();
    expect(await call(signed)).toEqual(again);
    const [atOnce, other] = [sign(), sign()];
    const answers = await Promise.all([atOnce, atOnce, other, atOnce].map((each) => call(each)));
    expect(answers.map(({ status }) => status).sort()).toEqual([202, 202, 409, 409]);
    await untilQuiet(server);
    expect((await story(server)).length).toBeGreaterThan(before.length);
  });

  it("is refused for a stream that is not there, and takes nothing else", async () => {
    expect(await call(sign(), "nope")).toEqual({ status: 404, body: { error: 'there is no stream "nope"' } });
  });

  it("starts nothing while the stream is paused, also later", async () => {
    await server.updateSettings({ paused: true });
    const before = await story(server);
    expect(await call()).toEqual({ status: 202, body: { status: "paused" } });
    await server.updateSettings({ paused: false });
    await untilQuiet(server);
    expect(await story(server)).toEqual(before);
  });

  it("is refused when it is old", async () => {
    const { status, body } = await call(sign("{}", now() - 400));
    expect({ status, error: body.error }).toEqual({ status: 401, error: expect.stringContaining("within 5 minutes") });
  });
});

it("makes one run and one rerun of a burst of 100 calls", async () => {
  const before = (await story(server)).length;
  erp.factory.changeRow(3);
  slowAnswer(erp, 8000);
  const asked = erp.requests.length;
  const first = await call();
  expect(first.body.status).toBe("running");
  const others = await Promise.all(Array.from({ length: 99 }, () => call()));
  expect(new Set(others.map(({ status, body }) => `${status} ${body.status} ${body.rerun}`))).toEqual(
    new Set(["202 skipped true"]),
  );
  await untilQuiet(server);
  expect((await story(server)).slice(before)).toEqual(["webhook succeeded", "webhook skipped x99", "rerun succeeded"]);
  expect(erp.requests).toHaveLength(asked + 2);
  await server.expectTarget(erp.factory.rows());
});

describe("an unsigned call", () => {
  it("learns nothing, not even whether the stream is there", async () => {
    const before = await story(server);
    const unsigned = await call({ body: "{}" });
    expect(unsigned.status).toBe(401);
    expect(await call({ body: "{}" }, "nope")).toEqual(unsigned);
    expect(await call(sign("{}", now(), "wrong"))).toEqual(unsigned);
    expect(await call(sign("{}", now(), "wrong"), "nope")).toEqual(unsigned);
    expect(await story(server)).toEqual(before);
  });

  it("cannot send much", async () => {
    const large = "x".repeat(64 * 1024 + 1);
    expect((await call(sign(large))).status).toBe(413);
    expect((await call({ body: large })).status).toBe(413);
    expect(await sendChunked(large)).toBe(413);
    expect((await call(sign("x".repeat(64 * 1024)))).status).toBe(202);
    await untilQuiet(server);
  });

  it("is told nothing but that webhooks are closed where there is no secret", async () => {
    await server.restart({ ERP_WEBHOOK_SECRET: "" });
    const closed = { status: 404, body: { error: "webhooks are not served: ERP_WEBHOOK_SECRET is not set" } };
    expect(await call()).toEqual(closed);
    expect(await call(sign("{}", now(), ""))).toEqual(closed);
    await server.restart({ ERP_WEBHOOK_SECRET: SECRET });
    expect(server.log()).not.toContain(SECRET);
  });
});

/** Sends a body whose length is not told before; answers the status. */
function sendChunked(body: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const sending = request(`${server.url}/api/erp/webhook/aswan_bom`, { method: "POST" }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    sending.once("error", reject);
    sending.write(body.slice(0, 100));
    sending.end(body.slice(100));
  });
}

it("forgets calls that are too old to be taken again", async () => {
  const old = await server.pb.collection("webhook_calls").create({
    signature: "f".repeat(64),
    received_at: new Date(Date.now() - 660_000).toISOString(),
  });
  expect((await call()).status).toBe(202);
  await waitFor(
    async () => (await server.rows("webhook_calls", `id = "${old.id}"`)).length === 0,
    "it to be forgotten",
  );
  await untilQuiet(server);
});
