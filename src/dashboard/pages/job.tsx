import type { Saga } from "../../operate/jobs";
import type { TargetChange } from "../../sync/ports";
import { ask } from "../api";
import { useLoaded } from "../loading";
import { formatDuration, formatNumber } from "../model/format";
import { linkTo } from "../model/route";
import { pushWord } from "../model/story";
import { Badge, JobBadge } from "../parts/badge";
import { Changes } from "../parts/changes";
import { Facts } from "../parts/facts";
import { Icon } from "../parts/icon";
import { Page } from "../parts/page";
import { RowLink } from "../parts/row-link";
import { Shown } from "../parts/states";
import { Time } from "../parts/time";
import { RetryOne } from "./jobs";

interface Detail extends Saga {
  result_payload: {
    response_code: number;
    response_body: string;
    changes: TargetChange[];
    sent_at: string;
    run: string;
  } | null;
  processing_started_at: string | null;
  processed_at: string | null;
  time_in_queue_seconds: number | null;
}

/** One job: which row, how often it was tried, and what the target said. */
export function JobPage({ id }: { id: string }) {
  const job = useLoaded(`job ${id}`, () => ask<Detail>(`jobs/${encodeURIComponent(id)}`), {
    live: true,
    everyMs: 5000,
  });
  return (
    <Page
      title="Job"
      back={{ href: linkTo(["jobs"]), label: "Queue" }}
      badge={job.data && <JobBadge status={job.data.job_status} />}
      actions={job.data && <RetryOne job={job.data} onDone={job.reload} />}
    >
      <Shown of={job}>{(data) => <JobDetail job={data} />}</Shown>
    </Page>
  );
}

function JobDetail({ job }: { job: Detail }) {
  const { result_payload: push } = job;
  return (
    <>
      {job.last_error && (
        <p class={`note tone-${job.job_status === "dead" ? "bad" : "warn"}`}>
          <Icon name={job.job_status === "dead" ? "bad" : "warn"} />
          <span>{job.last_error}</span>
        </p>
      )}
      <section class="card" aria-label="Facts">
        <Facts
          items={[
            ["Row", <RowLink key="row" stream={job.stream} erpId={job.erp_id} />],
            [
              "Stream",
              <a key="stream" href={linkTo(["stream", job.stream])}>
                {job.stream}
              </a>,
            ],
            ["To do", job.event_type.replace(/^.*\./, "")],
            ["Failed attempts", formatNumber(job.attempts)],
            ["Queued", <Time key="queued" at={job.created_at} seconds />],
            ["Last attempt", <Time key="attempt" at={job.processing_started_at} seconds />],
            ["Next attempt", job.next_run_at === null ? "" : <Time key="next" at={job.next_run_at} seconds />],
            ["Done", job.processed_at === null ? "" : <Time key="done" at={job.processed_at} seconds />],
            ["Took in all", job.time_in_queue_seconds === null ? "" : formatDuration(job.time_in_queue_seconds * 1000)],
            [
              "Run",
              job.run === "" ? (
                "the worker"
              ) : (
                <a key="run" href={linkTo(["run", job.run])}>
                  {job.run}
                </a>
              ),
            ],
            ["Id", <code key="id">{job.saga_id}</code>],
          ]}
        />
      </section>
      {push && (
        <section class="card">
          <div class="card-head">
            <h2>Newest attempt</h2>
            <Badge {...pushWord(push)} />
            <Time at={push.sent_at} seconds />
          </div>
          {push.response_code >= 400 && <p class="wrap-anywhere">{push.response_body}</p>}
          {push.response_code === 200 && <Changes changes={push.changes} />}
        </section>
      )}
    </>
  );
}
