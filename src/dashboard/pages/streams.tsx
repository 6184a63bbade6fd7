import { useEffect } from "preact/hooks";
import type { Status, StreamStatus } from "../../operate/status";
import { progressOf } from "../live";
import { useLoaded } from "../loading";
import { formatDuration, formatNumber } from "../model/format";
import { linkTo } from "../model/route";
import { attentionOf, runWord, triggerText } from "../model/stream-state";
import { AttentionList } from "../parts/attention";
import { StreamBadge } from "../parts/badge";
import { Page } from "../parts/page";
import { RunProgress } from "../parts/run-progress";
import { Empty, Shown } from "../parts/states";
import { StreamButtons } from "../parts/stream-buttons";
import { Time } from "../parts/time";
import { settingsProblems } from "../sources";
import { useStatus } from "../status";
import { tellEnds } from "../watched-runs";

/** Every stream at a glance: does it run, is all well, and if not what to do. */
export function StreamsPage() {
  const status = useStatus();
  const problems = useLoaded("problems", settingsProblems, { live: true });
  useEndTold(status.data);
  return (
    <Page
      title="Streams"
      actions={
        <a class="button" href={linkTo(["test"])}>
          Test a connection
        </a>
      }
    >
      <Shown of={status}>
        {({ streams }) =>
          streams.length === 0 ? (
            <Empty title="No stream yet">
              A stream is one ERP feed into one collection. <a href={linkTo(["test"])}>Test a connection</a>, then save
              it as a record of <code>sync_settings</code>.
            </Empty>
          ) : (
            <ul class="streams">
              {streams.map((stream) => (
                <li key={stream.name}>
                  <StreamCard stream={stream} problem={problems.data?.[stream.name] ?? ""} />
                </li>
              ))}
            </ul>
          )
        }
      </Shown>
    </Page>
  );
}

function StreamCard({ stream, problem }: { stream: StreamStatus; problem: string }) {
  const { name, running, last_run: last } = stream;
  const href = linkTo(["stream", name]);
  return (
    <article class="card" aria-label={`Stream ${name}`}>
      <div class="card-head">
        <h2>
          <a href={href}>{name}</a>
        </h2>
        <StreamBadge stream={stream} />
        <StreamButtons stream={stream} />
      </div>
      {stream.state === "running" && <RunProgress live={progressOf.value[name] ?? stream.progress} run={running} />}
      <AttentionList items={attentionOf(stream, problem)} />
      <dl class="facts">
        <div>
          <dt>Last run</dt>
          <dd>
            {last ? (
              <>
                <Time at={last.started_at} />
                <span class="sub">
                  <a href={linkTo(["run", last.id])}>{runWord(last.status).label}</a> in{" "}
                  {formatDuration(last.duration_ms)}, {triggerText(last.trigger, "")}
                </span>
              </>
            ) : (
              "never"
            )}
          </dd>
        </div>
        <div>
          <dt>Next run</dt>
          <dd>
            <Time at={stream.next_run_at} blank={stream.paused ? "paused" : "by hand only"} />
          </dd>
        </div>
        <div>
          <dt>Last success</dt>
          <dd>
            <Time at={stream.last_success_at} />
          </dd>
        </div>
        <Count label="Rows" count={stream.rows} href={linkTo(["rows"], { stream: name })} />
        <Count
          label="In the queue"
          count={stream.jobs.queued + stream.jobs.processing + stream.jobs.failed}
          href={linkTo(["jobs"], { stream: name, status: "open" })}
        />
        <Count label="Dead" count={stream.jobs.dead} href={linkTo(["jobs"], { stream: name, status: "dead" })} isBad />
        <Count label="Quarantine" count={stream.quarantine} href={linkTo(["quarantine"], { stream: name })} isBad />
        <Count label="Held deletes" count={stream.held} href={linkTo(["held", name])} isBad />
      </dl>
    </article>
  );
}

function Count({ label, count, href, isBad = false }: { label: string; count: number; href: string; isBad?: boolean }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        <a href={href} class={`count${isBad && count > 0 ? " is-bad" : ""}${count === 0 ? " is-zero" : ""}`}>
          {formatNumber(count)}
        </a>
      </dd>
    </div>
  );
}

/** Whoever watched a run, or started it here, hears how it ended. */
export function useEndTold(status: Status | null): void {
  useEffect(() => {
    if (status) tellEnds(status);
  }, [status]);
}
