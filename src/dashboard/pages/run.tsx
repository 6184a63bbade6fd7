import type { RunRecord } from "../../operate/runs";
import { inSentences } from "../api";
import { progressOf } from "../live";
import { useLoaded } from "../loading";
import { formatBytes, formatDuration, formatNumber } from "../model/format";
import { linkTo } from "../model/route";
import { runWord, triggerText } from "../model/stream-state";
import { RunBadge } from "../parts/badge";
import { Facts } from "../parts/facts";
import { Icon } from "../parts/icon";
import { Page } from "../parts/page";
import { pageIn } from "../parts/pager";
import { PushList } from "../parts/push-list";
import { RunProgress } from "../parts/run-progress";
import { Shown } from "../parts/states";
import { Time } from "../parts/time";
import { pb } from "../session";

type Run = RunRecord & { approved_at: string; approved_by: string; archive_path: string };

const ROWS: [keyof RunRecord, string, string][] = [
  ["rows_fetched", "Fetched", "rows in the ERP's answer"],
  ["rows_unchanged", "Unchanged", "equal to what is known"],
  ["rows_new", "New", "never seen before"],
  ["rows_changed", "Changed", "known, with other values"],
  ["rows_rekeyed", "Rekeyed", "their key changed, their record stays"],
  ["rows_touched", "Touched", "changed only in what the target lacks"],
  ["rows_duplicate", "Duplicate", "share their key with another row"],
  ["rows_superseded", "Superseded", "gone from a group that is still there"],
  ["rows_left", "Left", "their whole group is gone"],
  ["rows_held", "Held", "would go, wait for approval"],
  ["rows_invalid", "Invalid", "went to quarantine"],
];

const PUSHES: [keyof RunRecord, string, string][] = [
  ["pushed_inserted", "Inserted", "records created"],
  ["pushed_updated", "Updated", "records changed"],
  ["pushed_deleted", "Deleted", "records deleted"],
  ["pushed_unchanged", "Right already", "nothing to change"],
  ["pushed_failed", "Failed", "attempts the target did not take"],
];

/** One run: what it fetched, what was different, what it pushed, and why it ended as it did. */
export function RunPage({ id, query }: { id: string; query: Record<string, string> }) {
  const run = useLoaded(`run ${id}`, () => inSentences(() => pb.collection("sync_runs").getOne<Run>(id)), {
    live: true,
    everyMs: 5000,
  });
  const stream = run.data?.stream ?? "";
  return (
    <Page
      title={run.data ? `Run of ${stream}` : "Run"}
      back={stream ? { href: linkTo(["stream", stream]), label: stream } : { href: linkTo(["runs"]), label: "Runs" }}
      badge={run.data && <RunBadge status={run.data.status} />}
    >
      <Shown of={run}>{(data) => <Detail run={data} page={pageIn(query)} />}</Shown>
    </Page>
  );
}

function Detail({ run, page }: { run: Run; page: number }) {
  const { tone } = runWord(run.status);
  return (
    <>
      {run.status === "running" && (
        <div class="card">
          <RunProgress live={progressOf.value[run.stream] ?? null} run={run} />
        </div>
      )}
      {run.error !== "" && (
        <p class={`note tone-${tone}`}>
          <Icon name={tone} />
          <span>{run.error}</span>
        </p>
      )}
      <NextPlaces run={run} />
      <section class="card" aria-label="Facts">
        <Facts
          items={[
            ["Began", <Time key="began" at={run.started_at} seconds />],
            ["Ended", <Time key="ended" at={run.finished_at} blank="still running" seconds />],
            ["Took", run.finished_at === "" ? "" : formatDuration(run.duration_ms)],
            ["Started", triggerText(run.trigger, run.triggered_by)],
            ["Asked for", run.sync_type === "incremental" ? "what is new since the last run" : "everything"],
            ["Answer", run.bytes > 0 ? `${formatBytes(run.bytes)} by ${run.transport}` : ""],
            ["First byte after", run.latency_ms > 0 ? formatDuration(run.latency_ms) : ""],
            ["Written", run.push_mode === "bulk" ? "in bulk" : run.push_mode === "records" ? "record by record" : ""],
            ["Cursor", run.cursor],
            ["Archived as", run.archive_path],
            ["Deletes approved", run.approved_at ? <Time key="approved" at={run.approved_at} /> : ""],
            ["Approved by", run.approved_by],
            ["Id", <code key="id">{run.id}</code>],
          ]}
        />
      </section>
      <div class="columns">
        <Counts title="Rows" counts={ROWS} run={run} />
        <Counts title="Pushes" counts={PUSHES} run={run} />
      </div>
      <PushList run={run.id} page={page} />
    </>
  );
}

/** Where a person goes from a run that did not end well. */
function NextPlaces({ run }: { run: Run }) {
  const { stream } = run;
  const places: [wanted: boolean, href: string, act: string][] = [
    [run.status === "failed", linkTo(["test", stream]), "Test the connection"],
    [run.pushed_failed > 0, linkTo(["jobs"], { stream }), "Queue"],
    [run.rows_invalid > 0, linkTo(["quarantine"], { stream }), "Quarantine"],
    [run.rows_held > 0 && run.approved_at === "", linkTo(["held", stream]), "Held deletes"],
  ];
  const wanted = places.filter(([isWanted]) => isWanted);
  if (wanted.length === 0) return null;
  return (
    <p class="links">
      {wanted.map(([, href, act]) => (
        <a key={act} href={href}>
          {act}
        </a>
      ))}
    </p>
  );
}

function Counts({
  title,
  counts,
  run,
}: {
  title: string;
  counts: [keyof RunRecord, string, string][];
  run: RunRecord;
}) {
  return (
    <section class="card">
      <h2>{title}</h2>
      <table class="counts">
        <caption class="visually-hidden">{title} of this run</caption>
        <tbody>
          {counts.map(([field, name, meaning]) => (
            <tr key={field} class={run[field] === 0 ? "is-zero" : undefined}>
              <th scope="row">
                {name} <span class="sub">{meaning}</span>
              </th>
              <td class="number">{formatNumber(Number(run[field]))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
