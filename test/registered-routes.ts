import { readFileSync } from "node:fs";
import { join } from "node:path";

export interface Route {
  method: string;
  /** As registered, with {name} and {id} in it. */
  path: string;
}

/** Every route that the hooks register, in their order. */
export function registeredRoutes(): Route[] {
  const entry = readFileSync(join(import.meta.dirname, "../src/hooks/erp_sync.pb.ts"), "utf8");
  const routes = Array.from(entry.matchAll(/routerAdd\(\s*"([A-Z]+)",\s*"([^"]+)"/g), ([, method = "", path = ""]) => ({
    method,
    path,
  }));
  const calls = entry.split("routerAdd(").length - 1;
  if (routes.length !== calls || calls === 0) throw new Error(`${routes.length} of ${calls} routerAdd calls were read`);
  return routes;
}

/** For everybody: what the health and the page say to a stranger is nothing, the others ask for a secret of their own. */
export const OPEN_ROUTES = [
  "GET /erp",
  "GET /erp/{path...}",
  "GET /api/erp/health",
  "GET /api/erp/health/database",
  "GET /api/erp/health/source",
  "GET /api/erp/health/target",
  "GET /api/erp/health/alerts",
  "GET /api/erp/metrics/prometheus",
  "POST /api/erp/webhook/{stream}",
  "GET /erp",
  "GET /erp/{path...}",
];
