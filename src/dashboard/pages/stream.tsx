import type { RunRecord } from "../../operate/runs";
import type { StreamStatus } from "../../operate/status";
import { act, inSentences } from "../api";
import { happened, progressOf } from "../live";
import { useLoaded } from "../loading";
import { formatNumber } from "../model/format";
import { linkTo } from "../model/route";
import { attentionOf } from "../model/stream-state";
import { attempt } from "../notices";
import { AttentionList } from "../parts/attention";
import { StreamBadge } from "../parts/badge";
import { RunChart } from "../parts/chart";
import { confirm } from "../parts/dialog";
import { Facts } from "../parts/facts";
import { Page } from "../parts/page";
import { RunProgress } from "../parts/run-progress";
import { RunsTable } from "../parts/runs-table";
import { ShiftSchedule } from "../parts/shift-schedule";
import { Empty, Shown } from "../parts/states";
import { StreamButtons } from "../parts/stream-buttons";
import { Time } from "../parts/time";
import { adminLink, pb } from "../session";
import { settingsProblems } from "../sources";
import { useStatus } from "../status";
import { useEndTold } from "./streams";

const CHARTED = 60;

interface Settings {
  id: string;
  name: string;
  source_url: string;
  schedule: string;
  target_collection: string;
  timezone: string;
  on_missing: string;
  key_fields: string[] | null;
}

/** One stream: how it stands, what it did lately, and everything one can do with it. */
export function StreamPage({ name, query }: { name: string; query: Record<string, string> }) {
  const status = useStatus();
  useEndTold(status.data);
  const stream = status.data?.streams.find((each) => each.name === name);
  return (
    <Page
      title={name}
      back={{ href: "#/", label: "Streams" }}
      badge={stream && <StreamBadge stream={stream} />}
      actions={stream && <StreamButtons stream={stream} />}
    >
      <Shown of={status}>
        {() =>
          stream ? (
            <Stream stream={stream} query={query} onDone={status.reload} />
          ) : (
            <Empty title="There is no such stream" />
          )
        }
      </Shown>
    </Page>
  );
}

function Stream({
  stream,
  query,
  onDone,
}: {
  stream: StreamStatus;
  query: Record<string, string>;
  onDone: () => void;
}) {
  const { name } = stream;
  const problems = useLoaded("problems", settingsProblems, { live: true });
  return (
    <>
      {stream.state === "running" && (
        <div class="card">
          <RunProgress live={progressOf.value[name] ?? stream.progress} run={stream.running} />
        </div>
      )}
      <AttentionList items={attentionOf(stream, problems.data?.[name] ?? "")} here={linkTo(["stream", name])} />
      <section class="card" aria-label="At a glance">
        <Facts
          items={[
            ["Last run", <Time key="last" at={stream.last_run?.started_at} />],
            ["Next run", <Time key="next" at={stream.next_run_at} blank={stream.paused ? "paused" : "by hand only"} />],
            ["Last success", <Time key="success" at={stream.last_success_at} />],
            [
              "Rows",
              <a key="rows" href={linkTo(["rows"], { stream: name })}>
                {formatNumber(stream.rows)}
              </a>,
            ],
            [
              "No longer in the ERP",
              <a key="left" href={linkTo(["rows"], { stream: name, state: "left" })}>
                {formatNumber(stream.tombstones)}
              </a>,
            ],
            [
              "In the queue",
              <a key="queue" href={linkTo(["jobs"], { stream: name, status: "open" })}>
                {formatNumber(stream.jobs.queued + stream.jobs.processing + stream.jobs.failed)}
              </a>,
            ],
            [
              "Dead",
              <a key="dead" href={linkTo(["jobs"], { stream: name, status: "dead" })}>
                {formatNumber(stream.jobs.dead)}
              </a>,
            ],
            [
              "Quarantine",
              <a key="quarantine" href={linkTo(["quarantine"], { stream: name })}>
                {formatNumber(stream.quarantine)}
              </a>,
            ],
          ]}
        />
        <div class="actions">
          <a class="button" href={linkTo(["dry-run", name])}>
            Dry run
          </a>
          <a class="button" href={linkTo(["verify", name])}>
            Verify
          </a>
          <a class="button" href={linkTo(["test", name])}>
            Test connection
          </a>
          {stream.held > 0 && (
            <a class="button" href={linkTo(["held", name])}>
              Held deletes
            </a>
          )}
          <ReplayButton stream={stream} onDone={onDone} />
        </div>
      </section>
      <Charted stream={name} />
      <section class="stack" aria-label="Runs">
        <h2>Runs</h2>
        <RunsTable query={{ ...query, stream: name }} />
      </section>
      <SettingsCard name={name} />
    </>
  );
}

function ReplayButton({ stream, onDone }: { stream: StreamStatus; onDone: () => void }) {
  const due = stream.replay_due ?? 0;
  if (due === 0) return null;
  const replay = async () => {
    const title = `Map ${formatNumber(due)} rows of ${stream.name} again?`;
    const text =
      "They were mapped with an earlier mapping. What comes out differently now is pushed; the ERP is not asked.";
    if (!(await confirm({ title, text, yes: "Replay" }))) return;
    await attempt(async () => {
      await act(`streams/${encodeURIComponent(stream.name)}/replay`, { force: stream.paused });
      happened.value++;
      return "Replaying; what comes out differently is pushed.";
    });
    onDone();
  };
  return (
    <button type="button" onClick={replay}>
      Replay {formatNumber(due)} rows
    </button>
  );
}

/** Runs that were skipped or are in progress are no bars. */
function Charted({ stream }: { stream: string }) {
  const runs = useLoaded(
    `chart ${stream}`,
    async () => {
      const filter = pb.filter("stream = {:stream} && status != 'skipped' && status != 'running'", { stream });
      const options = { filter, sort: "-started_at", skipTotal: true };
      const { items } = await inSentences(() => pb.collection("sync_runs").getList<RunRecord>(1, CHARTED, options));
      return items.reverse();
    },
    { live: true },
  );
  if (!runs.data || runs.data.length < 2) return null;
  return (
    <section class="card" aria-label="History">
      <RunChart runs={runs.data} />
    </section>
  );
}

function SettingsCard({ name }: { name: string }) {
  const settings = useLoaded(
    `settings ${name}`,
    () =>
      inSentences(() =>
        pb.collection("sync_settings").getFirstListItem<Settings>(pb.filter("name = {:name}", { name })),
      ),
    { live: true },
  );
  return (
    <section class="card">
      <div class="card-head">
        <h2>Settings</h2>
        {settings.data && (
          <div class="actions">
            <a class="button" href={adminLink("sync_settings", settings.data.id)}>
              Change in the admin UI
            </a>
          </div>
        )}
      </div>
      <Shown of={settings}>
        {(record) => (
          <>
            <Facts
              items={[
                [
                  "Source",
                  <code key="source" class="wrap-anywhere">
                    {record.source_url}
                  </code>,
                  true,
                ],
                [
                  "Target",
                  <code key="target" class="wrap-anywhere">
                    {record.target_collection}
                  </code>,
                ],
                [
                  "Schedule (UTC)",
                  record.schedule ? (
                    <code key="schedule" class="pre">
                      {record.schedule}
                    </code>
                  ) : (
                    "by hand only"
                  ),
                ],
                ["Dates without a zone are in", record.timezone || "UTC"],
                [
                  "A row that leaves the ERP is",
                  { keep: "kept", mark: "marked", delete: "deleted" }[record.on_missing] ?? record.on_missing,
                ],
                [
                  "Key fields",
                  <span key="key" class="wrap-anywhere">
                    {(record.key_fields ?? [])
                      .map((each) => (typeof each === "string" ? each : JSON.stringify(each)))
                      .join(", ")}
                  </span>,
                  true,
                ],
              ]}
            />
            <ShiftSchedule zone={record.timezone || "UTC"} />
          </>
        )}
      </Shown>
    </section>
  );
}
