import { readHealth } from "../operate/health";
import type { Part } from "../operate/health-verdict";
import { prometheusMetrics } from "../operate/prometheus";
import { EXPOSITION_TYPE } from "../operate/prometheus-text";
import { doctorPorts } from "./doctor";
import { liveEngine } from "./engine";

const TOKEN = "ERP_METRICS_TOKEN";

/** `GET /api/erp/health` and its parts: 503 when the sync cannot work. Only superusers learn why. */
export function onHealth(e: core.RequestEvent, part: Part | ""): void {
  const report = readHealth(liveEngine(), doctorPorts, part);
  e.response.header().set("Cache-Control", "no-store");
  e.json(report.status === "failed" ? 503 : 200, e.hasSuperuserAuth() ? report : { status: report.status });
}

/** `GET /api/erp/metrics/prometheus`: closed as long as there is no token to ask for. */
export function onPrometheus(e: core.RequestEvent): void {
  const token = $os.getenv(TOKEN);
  if (token === "") {
    e.json(404, { error: `metrics are not served: ${TOKEN} is not set` });
  } else if (!isToken(e.request?.header.get("Authorization") ?? "", token)) {
    e.response.header().set("WWW-Authenticate", "Bearer");
    e.json(401, { error: `expected the header "Authorization: Bearer …" with the value of ${TOKEN}` });
  } else {
    e.blob(200, EXPOSITION_TYPE, toBytes(prometheusMetrics(liveEngine())));
  }
}

/** Compared as hashes: the time it takes tells neither a token's beginning nor its length. */
function isToken(header: string, token: string): boolean {
  const given = /^Bearer +(.+)$/i.exec(header)?.[1] ?? "";
  return $security.equal($security.sha256(given), $security.sha256(token));
}
