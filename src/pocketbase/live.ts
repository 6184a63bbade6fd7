import type { LiveBoard, LiveProgress } from "../sync/live";

/** The store is shared by all runtimes of this process and holds texts. */
const KEY = "erp_live:";

/** What the dashboard subscribes to: a stream's progress, or that a run of it began or ended. */
export const LIVE_TOPIC = "erp/live";

export const liveBoard: LiveBoard = {
  put(stream, progress) {
    if (progress) $app.store().set(KEY + stream, JSON.stringify(progress));
    else $app.store().remove(KEY + stream);
    tellSuperusers({ stream, progress });
  },
  get(stream) {
    const text: unknown = $app.store().get(KEY + stream);
    return typeof text === "string" ? (JSON.parse(text) as LiveProgress) : null;
  },
};

function tellSuperusers(data: Record<string, unknown>): void {
  const clients = $app.subscriptionsBroker().clients();
  const watching = Object.keys(clients).filter((id) => {
    const client = clients[id];
    return client?.hasSubscription(LIVE_TOPIC) && isSuperuser(client.get("auth"));
  });
  if (watching.length === 0) return;
  const message = new SubscriptionMessage({ name: LIVE_TOPIC, data: toBytes(JSON.stringify(data)) });
  for (const id of watching) clients[id]?.send(message);
}

function isSuperuser(auth: unknown): boolean {
  return auth !== null && auth !== undefined && (auth as core.Record).isSuperuser();
}
