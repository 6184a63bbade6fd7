import type { ComponentChildren } from "preact";
import type { AlertsPage } from "../operate/alerts";
import { ask } from "./api";
import { isLive } from "./live";
import { useLoaded } from "./loading";
import { linkTo } from "./model/route";
import { route } from "./navigation";
import { Icon } from "./parts/icon";
import { logOut, user } from "./session";
import { nextTheme, theme } from "./theme";

/** Each place, and the first parts of the paths that belong to it. */
const PLACES = [
  { label: "Streams", path: [], of: ["", "stream", "held", "dry-run", "verify", "test"] },
  { label: "Runs", path: ["runs"], of: ["runs", "run"] },
  { label: "Queue", path: ["jobs"], of: ["jobs", "job"] },
  { label: "Quarantine", path: ["quarantine"], of: ["quarantine"] },
  { label: "Rows", path: ["rows"], of: ["rows", "row"] },
];

const THEME_NAMES = { system: "as the system", light: "light", dark: "dark" } as const;
const THEME_ICONS = { system: "system", light: "sun", dark: "moon" } as const;

/** What surrounds each page. */
export function Shell({ children }: { children: ComponentChildren }) {
  const first = route.value.path[0] ?? "";
  return (
    <>
      <button type="button" class="skip" onClick={() => document.querySelector<HTMLElement>("main h1")?.focus()}>
        Skip to the content
      </button>
      <header class="top">
        <a class="brand" href="#/">
          ERP sync
        </a>
        <nav aria-label="Main">
          {PLACES.map(({ label, path, of }) => (
            <a key={label} href={linkTo(path)} aria-current={of.includes(first) ? "page" : undefined}>
              {label}
            </a>
          ))}
        </nav>
        <div class="top-end">
          <Connection />
          <AlertsLink />
          <button
            type="button"
            class="plain"
            aria-label={`Colours: ${THEME_NAMES[theme.value]}. Change`}
            title={`Colours: ${THEME_NAMES[theme.value]}`}
            onClick={nextTheme}
          >
            <Icon name={THEME_ICONS[theme.value]} />
          </button>
          <button type="button" class="plain" title={user.value} onClick={() => logOut()}>
            Log out
          </button>
        </div>
      </header>
      <main id="main">{children}</main>
    </>
  );
}

/** How many things are wrong now; the way to them is there when nothing is, too. */
function AlertsLink() {
  const alerts = useLoaded("open alerts", () => ask<AlertsPage>("alerts", { open: true, page_size: 1 }), {
    everyMs: 60_000,
    live: true,
  });
  const open = alerts.data?.open_count ?? 0;
  return (
    <a class={`alerts-link tone-${open > 0 ? "bad" : "neutral"}`} href={linkTo(["alerts"])}>
      <Icon name="bell" />
      <span class="visually-hidden">Alerts: </span>
      {open} <span class="visually-hidden">open</span>
    </a>
  );
}

function Connection() {
  const text = isLive.value ? "Live" : "Polling";
  const title = isLive.value
    ? "Changes are shown as they happen"
    : "No realtime connection: this page asks every few seconds";
  return (
    <span class={`connection tone-${isLive.value ? "ok" : "warn"}`} title={title} role="status">
      <span class="dot" aria-hidden="true" />
      {text}
    </span>
  );
}
