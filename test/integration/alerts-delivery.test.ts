import { createHmac } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { startReceiver } from "./alert-receivers";
import { alertOf, failingRun, lookAndDeliver, makeDue, startAlerted } from "./alerts-instance";
import { waitFor } from "./harness";
import { setOptions } from "./in-flight";

const SECRET_PATH = "/services/T0SECRET/B0SECRET/xyz";

describe("a webhook that does not take messages", () => {
  it("fails no run, holds no lease, is tried again and told elsewhere, and its address stays secret", async () => {
    const slack = await startReceiver();
    slack.answer = "hang";
    const here = await startAlerted({ env: { ERP_ALERT_WEBHOOK_URL: slack.url + SECRET_PATH } });
    const { server } = here;
    await server.runSync();
    expect((await failingRun(here)).status).toBe("failed");
    await server.pb.crons.run("erp_alerts");
    await waitFor(() => slack.received.length === 1, "the webhook to be asked");
    // While it hangs: nobody holds the stream, and runs go on.
    expect((await server.settings()).lock_owner).toBe("");
    expect(await server.runSync()).toMatchObject({ status: "succeeded" });
    await failingRun(here);

    const first = await waitFor(async () => {
      const alert = await alertOf(server, "run_failed");
      return alert.delivery_error !== "" && alert;
    }, "the attempt to end");
    expect(first).toMatchObject({ due: "opened", attempts: 1, notified_at: "" });
    expect(first.delivery_error).toMatch(/^webhook: 127\.0\.0\.1 did not answer: .*(deadline|timeout)/i);

    slack.answer = "refuse";
    await makeDue(server);
    await lookAndDeliver(server);
    const second = await alertOf(server, "run_failed");
    expect(second).toMatchObject({ due: "opened", attempts: 2, delivery_error: "webhook: 127.0.0.1 answered 500" });
    const health = await server.pb.send("/api/erp/health/alerts", {});
    expect(health).toMatchObject({
      status: "degraded",
      reasons: [
        "aswan_bom: 1 alert could not be sent: webhook: 127.0.0.1 answered 500; when it is mended: erp test-alert aswan_bom",
      ],
    });
    const doctor = JSON.parse((await server.cli(["doctor", "--json"])).stdout);
    expect(doctor.checks).toContainEqual({
      name: "aswan_bom alerts",
      level: "warning",
      message: "1 message could not be sent: webhook: 127.0.0.1 answered 500",
    });

    slack.answer = "take";
    await makeDue(server);
    await lookAndDeliver(server);
    expect(slack.texts()).toHaveLength(1);
    expect(await alertOf(server, "run_failed")).toMatchObject({ due: "", delivery_error: "", attempts: 0 });
    expect(await server.pb.send("/api/erp/health/alerts", {})).toMatchObject({ status: "ok" });
    expect(slack.received.every(({ path }) => path === SECRET_PATH)).toBe(true);

    // PocketBase writes its Logs page some seconds later; stopping flushes it.
    await server.stop();
    expect(server.log()).not.toContain("T0SECRET");
    for (const file of readdirSync(server.dataDir).filter((name) => name.includes(".db"))) {
      expect(readFileSync(join(server.dataDir, file)).includes("T0SECRET"), file).toBe(false);
    }
    await server.start();
  });

  it("is given up after a day of attempts, and the alert still stands", async () => {
    const slack = await startReceiver();
    slack.answer = "refuse";
    const here = await startAlerted({ env: { ERP_ALERT_WEBHOOK_URL: slack.url } });
    await failingRun(here);
    for (let attempt = 1; attempt <= 8; attempt++) {
      await lookAndDeliver(here.server);
      await makeDue(here.server);
    }
    await lookAndDeliver(here.server);
    expect(slack.received).toHaveLength(8);
    expect(await alertOf(here.server, "run_failed")).toMatchObject({ due: "", closed_at: "", notified_at: "" });
    expect((await here.server.cli(["alerts"])).stdout).toContain("given up");
    expect(await here.server.pb.send("/api/erp/health/alerts", {})).toMatchObject({ status: "degraded" });
    // Nobody heard that it began, so nobody needs an all-clear.
    slack.answer = "take";
    await here.server.runSync();
    await lookAndDeliver(here.server);
    expect(slack.texts()).toEqual([]);
  });
});

describe("a message whose sender was killed", () => {
  it("is sent again after the restart", async () => {
    const slack = await startReceiver();
    slack.answer = "hang";
    const here = await startAlerted({ env: { ERP_ALERT_WEBHOOK_URL: slack.url } });
    await failingRun(here);
    await here.server.pb.crons.run("erp_alerts");
    await waitFor(() => slack.received.length === 1, "the webhook to be asked");
    await here.server.kill();
    slack.answer = "take";
    await here.server.restart();
    expect(await alertOf(here.server, "run_failed")).toMatchObject({ due: "opened", attempts: 1 });
    await makeDue(here.server);
    await lookAndDeliver(here.server);
    expect(slack.texts()).toHaveLength(1);
  });
});

describe("options.alerts.on_finish", () => {
  it("posts each run that has ended, signed, and again until it arrives", async () => {
    const secret = "a shared secret";
    const hook = await startReceiver();
    const here = await startAlerted({ env: { ERP_WEBHOOK_SECRET: secret } });
    const { server } = here;
    await setOptions(server, { alerts: { on_finish: `${hook.url}/finished` } });
    const good = await server.runSync();
    await lookAndDeliver(server);
    hook.answer = "refuse";
    const bad = await failingRun(here);
    await lookAndDeliver(server);
    expect(await alertOf(server, "run_finished")).toMatchObject({ run: bad.id, due: "opened", attempts: 1 });
    hook.answer = "take";
    await makeDue(server);
    await lookAndDeliver(server);
    expect(await server.rows("sync_alerts", 'kind = "run_finished"')).toEqual([]);

    expect(hook.received).toHaveLength(3);
    for (const { path, headers, body } of hook.received) {
      expect(path).toBe("/finished");
      const timestamp = String(headers["x-erp-timestamp"]);
      expect(Math.abs(Number(timestamp) - Date.now() / 1000)).toBeLessThan(300);
      const signature = createHmac("sha256", secret).update(`${timestamp}.${body}`).digest("hex");
      expect(headers["x-erp-signature"]).toBe(`sha256=${signature}`);
    }
    const [first, , third] = hook.received.map(({ body }) => JSON.parse(body));
    expect(first).toMatchObject({
      event: "run.finished",
      stream: "aswan_bom",
      run: { id: good.id, status: "succeeded", rows_new: here.erp.factory.rows().length },
    });
    expect(third).toMatchObject({ run: { id: bad.id, status: "failed", error: expect.stringContaining("404") } });
    // The same message again has the same id, for a receiver that wants each once.
    expect(JSON.parse(hook.received[1]?.body ?? "{}").id).toBe(third.id);
  });
});
