/** Sends one realtime message to every client that subscribed to the topic. It tells that rows changed, not which. */
export function announce(topic: string, data: Record<string, unknown>): void {
  const message = new SubscriptionMessage({ name: topic, data: toBytes(JSON.stringify(data)) });
  const clients = $app.subscriptionsBroker().clients();
  for (const id of Object.keys(clients)) {
    const client = clients[id];
    if (client?.hasSubscription(topic) && client.get("auth")) client.send(message);
  }
}
