import { ALERT_KINDS } from "../alerts/kinds";
import { toDbTime } from "../sync/clock";
import type { Engine } from "../sync/engine";
import { readSettings } from "../sync/settings";
import { type ActionFlag, type ActionInput, type ActionResult, BadOption, UnknownRecord } from "./action";
import { wholeNumber } from "./window";

const HOUR_MS = 3_600_000;
const MOST_HOURS = 8760;

export const MUTE_FLAGS: ActionFlag[] = [
  { name: "hours", type: "number", default: 24, help: `for so many hours, 0 to ${MOST_HOURS}; 0 ends it` },
];

/** `erp mute`: for some hours nothing is sent about one kind of alert of a stream; it is still written down. */
export function mute(engine: Engine, { stream, id: kind, flags, by }: ActionInput): ActionResult {
  readSettings(engine.store, stream);
  if (!ALERT_KINDS.some((each) => each === kind)) {
    throw new BadOption(`kind: "${kind}" is no kind of alert (expected ${ALERT_KINDS.join(", ")})`);
  }
  const hours = wholeNumber(flags, "hours", MOST_HOURS, 0);
  const until = hours === 0 ? "" : toDbTime(engine.clock() + hours * HOUR_MS);
  const muted = engine.store.run(
    `UPDATE sync_alerts SET muted_until = {:until}, due = CASE WHEN {:until} = '' THEN due ELSE '' END
      WHERE id = (SELECT id FROM sync_alerts WHERE stream = {:stream} AND kind = {:kind} ORDER BY opened_at DESC LIMIT 1)`,
    { stream, kind, until },
  );
  if (muted === 0) {
    throw new BadOption(
      `kind: ${stream} has had no alert ${kind} yet; to never hear of it, add it to options.alerts.off`,
    );
  }
  engine.log.info("alert muted", { stream, kind, until, by });
  const line = until === "" ? "is told again" : `is muted until ${until.slice(0, 16)} UTC`;
  return { ok: true, data: { stream, kind, muted_until: until }, lines: [`${stream}: ${kind} ${line}`] };
}

/** `erp acknowledge`: somebody has seen an alert; the daily summary and the lists say so. */
export function acknowledge(engine: Engine, { id, by }: ActionInput): ActionResult {
  const at = toDbTime(engine.clock());
  const [alert] = engine.store.returning(
    `UPDATE sync_alerts SET acknowledged_at = CASE WHEN acknowledged_at = '' THEN {:at} ELSE acknowledged_at END,
            acknowledged_by = CASE WHEN acknowledged_at = '' THEN {:by} ELSE acknowledged_by END
      WHERE id = {:id} RETURNING stream, kind, acknowledged_at AS at, acknowledged_by AS by`,
    { id, at, by },
    { stream: "", kind: "", at: "", by: "" },
  );
  if (!alert) throw new UnknownRecord("sync_alerts", id);
  const { stream, kind } = alert;
  return {
    ok: true,
    data: { id, stream, kind, acknowledged_at: alert.at, acknowledged_by: alert.by },
    lines: [`${stream}: ${kind} was seen by ${alert.by} at ${alert.at.slice(0, 16)} UTC`],
  };
}
