import { signal } from "@preact/signals";
import type { Tone } from "./model/stream-state";
import { Icon } from "./parts/icon";

interface Notice {
  id: number;
  tone: Tone;
  text: string;
  href?: string | undefined;
  act?: string | undefined;
}

const SHOWN_MS = 8000;
const notices = signal<Notice[]>([]);
let nextId = 1;

/** Tells what came of an action. What failed stays until it is closed. */
export function tell(tone: Tone, text: string, link: { href?: string; act?: string } = {}): void {
  const notice: Notice = { id: nextId++, tone, text, ...link };
  notices.value = [...notices.value.slice(-3), notice];
  if (tone !== "bad") setTimeout(() => close(notice.id), SHOWN_MS);
}

/** Does something and tells what came of it; false when it failed. */
export async function attempt(what: () => Promise<string>): Promise<boolean> {
  try {
    const done = await what();
    if (done !== "") tell("ok", done);
    return true;
  } catch (error) {
    tell("bad", error instanceof Error ? error.message : String(error));
    return false;
  }
}

function close(id: number): void {
  notices.value = notices.value.filter((notice) => notice.id !== id);
}

export function Notices() {
  return (
    <section class="notices" aria-label="Notices" aria-live="polite">
      {notices.value.map(({ id, tone, text, href, act }) => (
        <div key={id} class={`notice tone-${tone}`} role={tone === "bad" ? "alert" : "status"}>
          <Icon name={tone} />
          <p>
            {text} {href && <a href={href}>{act}</a>}
          </p>
          <button type="button" class="plain" aria-label="Close notice" onClick={() => close(id)}>
            <Icon name="close" />
          </button>
        </div>
      ))}
    </section>
  );
}
