import type { Alert, AlertsPage as Answer } from "../../operate/alerts";
import { act, ask } from "../api";
import { happened, now } from "../live";
import { useLoaded } from "../loading";
import { alertLink } from "../model/alert-link";
import { inLocalTime, timeOf } from "../model/format";
import { linkTo } from "../model/route";
import { attempt } from "../notices";
import { Badge } from "../parts/badge";
import { Page } from "../parts/page";
import { Pager, pageIn } from "../parts/pager";
import { Empty, Shown } from "../parts/states";
import { Time } from "../parts/time";

const A_PAGE = 25;
const MUTED_HOURS = 24;

/** What people were warned of: what is wrong now stands first, what is over after it. */
export function AlertsPage({ query }: { query: Record<string, string> }) {
  const page = pageIn(query);
  const alerts = useLoaded(`alerts ${page}`, () => ask<Answer>("alerts", { page, page_size: A_PAGE }), {
    everyMs: 15_000,
    live: true,
  });
  return (
    <Page title="Alerts">
      <Shown of={alerts}>
        {({ items, total_count: total }) =>
          items.length === 0 ? (
            <Empty page={page} title="No alert yet">
              When something goes wrong, it stands here, and whoever is to be told is told.
            </Empty>
          ) : (
            <>
              <ul class="streams">
                {items.map((alert) => (
                  <li key={alert.id}>
                    <AlertCard alert={alert} onDone={alerts.reload} />
                  </li>
                ))}
              </ul>
              <Pager page={page} pages={Math.ceil(total / A_PAGE)} more={page * A_PAGE < total} />
            </>
          )
        }
      </Shown>
    </Page>
  );
}

function AlertCard({ alert, onDone }: { alert: Alert; onDone: () => void }) {
  const { stream, title, text, advice, closed_at: closed } = alert;
  return (
    <article class="card" aria-label={`${stream}: ${title}`}>
      <div class="card-head">
        <h2>
          <a href={linkTo(["stream", stream])}>{stream}</a>: {title}
        </h2>
        {closed === "" ? <Badge label="Open" tone="bad" /> : <Badge label="Over" tone="ok" />}
        {alert.acknowledged_at !== "" && <Badge label="Acknowledged" tone="neutral" />}
        {closed === "" && isMuted(alert) && <Badge label="Muted" tone="warn" />}
        {closed === "" && <AlertButtons alert={alert} onDone={onDone} />}
      </div>
      <p class="wrap-anywhere">{said(text)}</p>
      {closed === "" && advice !== "" && <p class="sub wrap-anywhere">{said(advice)}</p>}
      {alert.end_text !== "" && <p class="wrap-anywhere">{said(alert.end_text)}</p>}
      <AlertLinks alert={alert} />
      <AlertTimes alert={alert} />
      {alert.delivery_error !== "" && <p class="note tone-warn">Nobody could be told: {alert.delivery_error}</p>}
    </article>
  );
}

/** Nobody is told of it for now. */
function isMuted({ muted_until: until }: Alert): boolean {
  return timeOf(until) > now.value;
}

/** A message's sentence goes on after the stream's name; here it stands alone. */
function said(text: string): string {
  const local = inLocalTime(text, now.value);
  return `${local.slice(0, 1).toUpperCase()}${local.slice(1)}`;
}

/** The pages on which a person sees what it is about and does something. */
function AlertLinks({ alert }: { alert: Alert }) {
  const link = alert.closed_at === "" ? alertLink(alert.kind, alert.stream) : null;
  if (!link && alert.run === "") return null;
  return (
    <p class="links">
      {link && <a href={link.href}>{link.act}</a>}
      {alert.run !== "" && <a href={linkTo(["run", alert.run])}>The run</a>}
    </p>
  );
}

function AlertTimes({ alert }: { alert: Alert }) {
  const { closed_at: closed, acknowledged_at: seen, acknowledged_by: by } = alert;
  return (
    <p class="sub">
      Since <Time at={alert.opened_at} />
      {closed !== "" && (
        <>
          , over <Time at={closed} />
        </>
      )}
      {seen !== "" && `, acknowledged by ${by}`}
      {closed === "" && isMuted(alert) && (
        <>
          , nothing is sent until <Time at={alert.muted_until} />
        </>
      )}
    </p>
  );
}

function AlertButtons({ alert, onDone }: { alert: Alert; onDone: () => void }) {
  const { id, stream, kind, title } = alert;
  const doing = (what: () => Promise<string>) => async () => {
    await attempt(what);
    happened.value++;
    onDone();
  };
  const acknowledge = doing(async () => {
    await act(`alerts/${encodeURIComponent(id)}/acknowledge`);
    return "Acknowledged: everybody sees that you look after it.";
  });
  const mute = doing(async () => {
    await act(`streams/${encodeURIComponent(stream)}/mute`, { kind, hours: MUTED_HOURS });
    return `Nothing is sent about it for ${MUTED_HOURS} hours.`;
  });
  const of = `: ${stream}, ${title}`;
  return (
    <div class="actions">
      {alert.acknowledged_at === "" && (
        <button type="button" class="primary" aria-label={`Acknowledge${of}`} onClick={acknowledge}>
          Acknowledge
        </button>
      )}
      {!isMuted(alert) && (
        <button type="button" aria-label={`Mute for a day${of}`} onClick={mute}>
          Mute for a day
        </button>
      )}
    </div>
  );
}
