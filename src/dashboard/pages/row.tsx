import { act, ask, Refusal } from "../api";
import { now } from "../live";
import { useLoaded } from "../loading";
import { linkTo } from "../model/route";
import type { StoryEvent } from "../model/story";
import { type RowStory, rowWord, storyEvents, whyText } from "../model/story";
import { attempt } from "../notices";
import { Badge } from "../parts/badge";
import { Changes } from "../parts/changes";
import { Icon } from "../parts/icon";
import { Page } from "../parts/page";
import { Pager, pageIn } from "../parts/pager";
import { RowValues } from "../parts/row-values";
import { Shown } from "../parts/states";
import { Time } from "../parts/time";

interface Unknown {
  suggestions: { erp_id: string; was: boolean }[];
}

/** The whole story of one row: why the target shows what it shows, and what happened to it. */
export function RowPage({ stream, erpId, query }: { stream: string; erpId: string; query: Record<string, string> }) {
  const page = pageIn(query);
  const story = useLoaded(`row ${stream} ${erpId} ${page}`, () => load(stream, erpId, page), {
    live: true,
    everyMs: 15_000,
  });
  const known = story.data && "state" in story.data ? story.data : null;
  return (
    <Page
      title={erpId}
      isKey
      back={{ href: linkTo(["rows"], { stream }), label: `Rows of ${stream}` }}
      badge={known && <Badge {...rowWord(known.state.code)} />}
    >
      <Shown of={story}>
        {(data) =>
          "state" in data ? (
            <Story story={data} page={page} onDone={story.reload} />
          ) : (
            <NotThere stream={stream} {...data} />
          )
        }
      </Shown>
    </Page>
  );
}

/** The story, or rows with a similar erp_id where there is none. */
async function load(stream: string, erpId: string, page: number): Promise<RowStory | Unknown> {
  try {
    return await ask<RowStory>("rows", { stream, erp_id: erpId, page });
  } catch (error) {
    const { suggestions } = error instanceof Refusal ? error.answer : {};
    if (Array.isArray(suggestions)) return { suggestions };
    throw error;
  }
}

function NotThere({ stream, suggestions }: { stream: string } & Unknown) {
  return (
    <div class="card">
      <h2>No row has this erp_id</h2>
      {suggestions.length === 0 ? (
        <p>
          Nor a similar one. <a href={linkTo(["rows"], { stream })}>Search the rows of {stream}</a>
        </p>
      ) : (
        <>
          <p>{suggestions[0]?.was ? "A row had it before its key changed:" : "The nearest ones:"}</p>
          <ul class="plain-list">
            {suggestions.map(({ erp_id }) => (
              <li key={erp_id}>
                <a class="mono wrap-anywhere" href={linkTo(["row", stream, erp_id])}>
                  {erp_id}
                </a>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

function Story({ story, page, onDone }: { story: RowStory; page: number; onDone: () => void }) {
  const { tone } = rowWord(story.state.code);
  const { total, limit } = story.history;
  return (
    <>
      <section class={`why tone-${tone}`} aria-label="Why the target shows what it shows">
        <Icon name={tone} />
        <div>
          <p>{whyText(story.state.sentence, now.value)}</p>
          <Remedies story={story} onDone={onDone} />
        </div>
      </section>
      <section class="card">
        <h2>What happened</h2>
        <ol class="timeline">
          {storyEvents(story).map((event) => (
            <Event key={event.key} event={event} />
          ))}
        </ol>
        <Pager page={page} pages={Math.ceil(total / limit)} more={page * limit < total} />
      </section>
      <RowValues story={story} />
    </>
  );
}

function Event({ event }: { event: StoryEvent }) {
  return (
    <li class={`tone-${event.tone}`}>
      <Icon name={event.tone} />
      <div>
        <p class="event-title">
          {event.title} <Time at={event.at} seconds />
        </p>
        {event.text !== "" && <p class="wrap-anywhere">{event.text}</p>}
        <Changes changes={event.changes} caption={event.title} />
        <p class="sub">
          {event.run !== "" && <a href={linkTo(["run", event.run])}>by run {event.run}</a>}
          {event.link && <a href={event.link.href}>{event.link.act}</a>}
        </p>
      </div>
    </li>
  );
}

/** What a person can do about how the row stands. */
function Remedies({ story, onDone }: { story: RowStory; onDone: () => void }) {
  const { stream, state, jobs, quarantine } = story;
  const dead = jobs.find((job) => job.status === "dead" || job.status === "failed");
  const open = quarantine.find((entry) => entry.resolved_at === "" && entry.ignored_at === "");
  const retry = async (job: string) => {
    await attempt(async () => {
      await act("jobs/retry", { job });
      return "The worker tries it again within a minute.";
    });
    onDone();
  };
  return (
    <div class="actions">
      {(state.code === "waits" || state.code === "dead") && dead && (
        <button type="button" class="primary" onClick={() => retry(dead.id)}>
          Retry
        </button>
      )}
      {open && (
        <a class="button" href={linkTo(["quarantine", open.id])}>
          Mend, replay or ignore
        </a>
      )}
      {state.code === "held" && (
        <a class="button" href={linkTo(["held", stream])}>
          Held deletes
        </a>
      )}
      {(state.code === "changed" || state.code === "deleted") && (
        <a class="button" href={linkTo(["verify", stream])}>
          Verify and repair
        </a>
      )}
      {(state.code === "remapped" || state.sentence.includes("paused")) && (
        <a class="button" href={linkTo(["stream", stream])}>
          Open the stream
        </a>
      )}
    </div>
  );
}
