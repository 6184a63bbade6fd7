import type { PocketBaseServer } from "./harness";

/** One round of the worker as if it were some minutes later. */
export const LATER_HOOK = `
routerAdd("POST", "/test/later", (e) => {
  const engine = require(\`\${__hooks}/erp_sync/engine.js\`);
  const query = e.request.url.query();
  const live = engine.liveEngine();
  const later = { ...live, clock: () => live.clock() + Number(query.get("minutes")) * 60000 };
  return e.json(200, engine.tick(later, query.get("stream")));
}, $apis.requireSuperuserAuth());`;

/** What the worker did for a stream; nothing when it had no work. Needs LATER_HOOK. */
export function tickLater(
  server: PocketBaseServer,
  stream: string,
  minutes = 0,
): Promise<{ stream: string; did: string; pushed: number; failed: number; error: string }[]> {
  return server.pb.send("/test/later", { method: "POST", query: { minutes, stream } });
}
