import { titleOf } from "../alerts/kinds";
import type { Engine } from "../sync/engine";
import { readSettings } from "../sync/settings";
import { type ActionFlag, type ActionInput, type ActionResult, table } from "./action";
import { wholeNumber } from "./window";

const MOST = 200;

export const ALERTS_FLAGS: ActionFlag[] = [
  { name: "open", type: "bool", default: false, help: "only those that are not over" },
  { name: "page", type: "number", default: 1, help: "which page" },
  { name: "page-size", type: "number", default: 50, help: `how many alerts a page, 1 to ${MOST}` },
];

const ALERT = {
  id: "",
  stream: "",
  kind: "",
  text: "",
  advice: "",
  value: 0,
  run: "",
  opened_at: "",
  last_seen_at: "",
  closed_at: "",
  end_text: "",
  acknowledged_at: "",
  acknowledged_by: "",
  muted_until: "",
  due: "",
  notified_at: "",
  delivery_error: "",
};
const COLUMNS = Object.keys(ALERT).join(", ");

export type Alert = typeof ALERT & { title: string };

/** A page of alerts; those that are open stand first. */
export interface AlertsPage {
  items: Alert[];
  open_count: number;
  total_count: number;
  page: number;
  page_size: number;
}

/** Without the POSTs that wait at the end of a run. */
const SHOWN = "({:stream} = '' OR stream = {:stream}) AND kind <> 'run_finished'";

/** `erp alerts`: what is wrong now, and what was. */
export function alertsAction(engine: Engine, { stream, flags }: ActionInput): ActionResult {
  const page = wholeNumber(flags, "page", 1_000_000);
  const size = wholeNumber(flags, "page-size", MOST);
  if (stream !== "") readSettings(engine.store, stream);
  const count = (where: string): number =>
    engine.store.one(`SELECT count(*) AS n FROM sync_alerts WHERE ${SHOWN}${where}`, { stream }, { n: 0 })?.n ?? 0;
  const which = flags.open === true ? " AND closed_at = ''" : "";
  const rows = engine.store.all(
    `SELECT ${COLUMNS} FROM sync_alerts WHERE ${SHOWN}${which}
      ORDER BY closed_at = '' DESC, opened_at DESC, id LIMIT {:limit} OFFSET {:offset}`,
    { stream, limit: size, offset: (page - 1) * size },
    ALERT,
  );
  const data: AlertsPage = {
    items: rows.map((row) => ({ ...row, title: titleOf(row.kind) })),
    open_count: count(" AND closed_at = ''"),
    total_count: count(which),
    page,
    page_size: size,
  };
  return { ok: true, data, lines: linesOf(data) };
}

function linesOf({ items, open_count, total_count }: AlertsPage): string[] {
  if (items.length === 0) return ["no alerts"];
  const rows = items.map((alert) => [
    alert.id,
    alert.stream,
    alert.kind,
    alert.opened_at.slice(0, 16),
    alert.closed_at.slice(0, 16) || "open",
    toldText(alert),
    alert.text.split("\n")[0]?.slice(0, 120) ?? "",
  ]);
  return [
    `${items.length} of ${total_count}, ${open_count} open`,
    ...table([["alert", "stream", "kind", "since (UTC)", "until", "told", "what"], ...rows]),
  ];
}

function toldText({ due, delivery_error, notified_at, muted_until, closed_at }: Alert): string {
  if (delivery_error !== "") return due === "" ? "given up" : "failing";
  if (due !== "") return "due";
  if (muted_until > (closed_at || "")) return "muted";
  return notified_at === "" ? "nobody" : notified_at.slice(0, 16);
}
