import { describe, expect, it } from "vitest";
import { startMailbox, startReceiver } from "./alert-receivers";
import { alertOf, episodes, failingRun, lookAndDeliver, startAlerted } from "./alerts-instance";
import { setOptions } from "./in-flight";

describe("an alert", () => {
  it("is told once an episode, by webhook and mail, over several runs and a restart, with one all-clear", async () => {
    const slack = await startReceiver();
    const mailbox = await startMailbox();
    const here = await startAlerted({ env: { ERP_ALERT_WEBHOOK_URL: `${slack.url}/services/T0/B0` } });
    const { server } = here;
    await server.pb.settings.update({
      meta: {
        appName: "Plant 7",
        appURL: "https://pb.example.com/",
        senderName: "Plant",
        senderAddress: "pb@example.com",
      },
      smtp: { enabled: true, host: "127.0.0.1", port: mailbox.port, tls: false },
    });
    await setOptions(server, { alerts: { email: ["it@example.com", "planner@example.com"] } });
    expect(await server.runSync()).toMatchObject({ status: "succeeded" });
    await lookAndDeliver(server);
    expect(await episodes(server)).toEqual([]);

    const failed = await failingRun(here);
    expect(failed.status).toBe("failed");
    await lookAndDeliver(server);
    expect(slack.texts()).toHaveLength(1);
    const [text = ""] = slack.texts();
    expect(text).toMatch(
      /^\[Plant 7\] aswan_bom: ALERT, a run failed\nThe run of 20\d\d-\d\d-\d\d \d\d:\d\d UTC failed: .*answered 404/,
    );
    expect(text).toContain("the last good run ended at 20");
    expect(text).toContain("\nWhat to do: see whether the ERP answers: erp test-connection aswan_bom");
    expect(text).toContain(`run ${failed.id}, https://pb.example.com/erp`);
    expect(mailbox.mails).toHaveLength(1);
    expect(mailbox.mails[0]).toMatchObject({ from: "pb@example.com", to: ["it@example.com", "planner@example.com"] });
    expect(mailbox.mails[0]?.text).toContain("Subject: [Plant 7] aswan_bom: ALERT, a run failed");
    expect(mailbox.mails[0]?.text).toContain("answered 404");

    await failingRun(here);
    await lookAndDeliver(server);
    await server.restart();
    const third = await failingRun(here);
    await lookAndDeliver(server);
    expect(slack.texts()).toHaveLength(1);
    expect(await episodes(server)).toEqual(["run_failed open"]);
    expect(await alertOf(server, "run_failed")).toMatchObject({ value: 3, run: third.id, due: "", delivery_error: "" });

    expect(await server.runSync()).toMatchObject({ status: "succeeded" });
    await lookAndDeliver(server);
    await server.runSync();
    await lookAndDeliver(server);
    expect(slack.texts()).toHaveLength(2);
    expect(slack.texts()[1]).toMatch(
      /^\[Plant 7\] aswan_bom: ALL CLEAR, it was: a run failed\nThe run of .* ended as succeeded after /,
    );
    expect(mailbox.mails).toHaveLength(2);
    expect(await episodes(server)).toEqual(["run_failed closed"]);

    await failingRun(here);
    await lookAndDeliver(server);
    expect(slack.texts()).toHaveLength(3);
    expect(await episodes(server)).toEqual(["run_failed closed", "run_failed open"]);
  });
});
