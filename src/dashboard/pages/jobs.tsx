import { useState } from "preact/hooks";
import type { Saga } from "../../operate/jobs";
import type { JobsPage as Answer } from "../../operate/list-jobs";
import { act, ask } from "../api";
import { happened } from "../live";
import { useLoaded } from "../loading";
import { counted, formatNumber } from "../model/format";
import { linkTo } from "../model/route";
import { attempt } from "../notices";
import { JobBadge } from "../parts/badge";
import { confirm } from "../parts/dialog";
import { Filters, SelectFilter, StreamFilter, TextFilter } from "../parts/filters";
import { Page } from "../parts/page";
import { Pager, pageIn } from "../parts/pager";
import { RowLink } from "../parts/row-link";
import { Empty, Shown } from "../parts/states";
import { type Column, Table } from "../parts/table";
import { Time } from "../parts/time";

const A_PAGE = 50;
const CHOICES = [
  { value: "", label: "Every status" },
  { value: "open", label: "Open: queued, pushing, retrying" },
  { value: "dead", label: "Dead letters" },
  { value: "failed", label: "Retrying" },
  { value: "queued", label: "Queued" },
  { value: "processing", label: "Pushing" },
  { value: "done", label: "Done" },
];

/** The queue and its dead letters, and a way to try all of them again that match. */
export function JobsPage({ query }: { query: Record<string, string> }) {
  const { stream = "", status = "", text = "" } = query;
  const page = pageIn(query);
  const filter = { stream, status, text };
  const jobs = useLoaded(
    `jobs ${JSON.stringify(filter)} ${page}`,
    () => ask<Answer>("jobs", { ...filter, page, limit: A_PAGE }),
    {
      // Looking for text may read every job.
      everyMs: text === "" ? 10_000 : 0,
      live: true,
    },
  );
  const canRetry = ["", "open", "dead", "failed"].includes(status);
  return (
    <Page title={status === "dead" ? "Dead letters" : "Queue"}>
      <Filters>
        <StreamFilter />
        <SelectFilter name="status" label="Status" choices={CHOICES} />
        <TextFilter label="Row or error" hint="part of an erp_id or of an error" />
      </Filters>
      <Shown of={jobs}>
        {({ items, total_count: total }) =>
          items.length === 0 ? (
            <Empty page={page} title={status === "dead" ? "No dead letters" : "No job here"}>
              {emptyText(status, text)}
            </Empty>
          ) : (
            <>
              <div class="list-head">
                <p aria-live="polite">{counted(total, "job")}</p>
                {canRetry && <RetryAll filter={filter} total={total} onDone={jobs.reload} />}
              </div>
              <Table
                caption="Jobs"
                columns={columns(jobs.reload, stream === "")}
                items={items}
                keyOf={(job) => job.saga_id}
              />
              <Pager page={page} pages={Math.ceil(total / A_PAGE)} more={page * A_PAGE < total} />
            </>
          )
        }
      </Shown>
    </Page>
  );
}

function emptyText(status: string, text: string): string {
  if (text !== "") return `Nothing holds “${text}”. Another status or stream may.`;
  if (status === "dead") return "Every row that was to be pushed went through, or is still being tried.";
  return "When a run finds something new or changed, a job for each row stands here until it is in the target.";
}

function columns(reload: () => void, showStream: boolean): Column<Saga>[] {
  const list: Column<Saga>[] = [
    { title: "Stream", cell: (job) => job.stream },
    { title: "Status", cell: (job) => <JobBadge status={job.job_status} />, isPlain: true },
    { title: "Row", cell: (job) => <RowLink stream={job.stream} erpId={job.erp_id} />, isWide: true },
    { title: "To do", cell: (job) => job.event_type.replace(/^.*\./, "") },
    { title: "Failed attempts", cell: (job) => formatNumber(job.attempts), isNumber: true },
    {
      title: "When",
      cell: (job) => (
        <>
          <Time at={job.updated_at} />
          {job.job_status === "failed" && (
            <span class="sub">
              again <Time at={job.next_run_at} />
            </span>
          )}
        </>
      ),
    },
    { title: "Error", cell: (job) => <span class="clamp">{job.last_error ?? ""}</span>, isWide: true },
    {
      title: "Actions",
      cell: (job) => (
        <div class="actions">
          <a class="button" href={linkTo(["job", job.saga_id])} aria-label={`Look at the job of ${job.erp_id}`}>
            Look
          </a>
          <RetryOne job={job} onDone={reload} />
        </div>
      ),
      isPlain: true,
    },
  ];
  return showStream ? list : list.slice(1);
}

/** Tries one job again. */
export function RetryOne({
  job,
  onDone,
}: {
  job: Pick<Saga, "saga_id" | "job_status" | "erp_id">;
  onDone: () => void;
}) {
  if (job.job_status !== "dead" && job.job_status !== "failed") return null;
  const retry = async () => {
    await attempt(async () => {
      const { retried } = await act<{ retried: number }>("jobs/retry", { job: job.saga_id });
      return retried === 1
        ? "The worker tries it again within a minute."
        : "A newer job of this row does the work already.";
    });
    onDone();
  };
  return (
    <button type="button" aria-label={`Retry the job of ${job.erp_id}`} onClick={retry}>
      Retry
    </button>
  );
}

type Filter = { stream: string; status: string; text: string };

function RetryAll({ filter, total, onDone }: { filter: Filter; total: number; onDone: () => void }) {
  const [busy, setBusy] = useState(false);
  const retry = async () => {
    const exactly = filter.status === "dead" || filter.status === "failed";
    const title = exactly ? `Try all ${counted(total, "job")} again?` : "Try all failed and dead jobs again?";
    const text =
      "Each gets all its attempts back and is due at once. If what made them fail is still there, they fail again. The worker takes them within a minute.";
    if (!(await confirm({ title, text, yes: "Retry all" }))) return;
    setBusy(true);
    await attempt(async () => {
      const body = { ...filter, status: exactly ? filter.status : "" };
      const { retried } = await act<{ retried: number }>("jobs/retry", body);
      happened.value++;
      return `${counted(retried, "job")} due again; the worker takes them within a minute.`;
    });
    setBusy(false);
    onDone();
  };
  return (
    <button type="button" disabled={busy} onClick={retry}>
      {busy ? "Retrying …" : "Retry all that match"}
    </button>
  );
}
