import type { RunRecord } from "../../operate/runs";
import { inSentences } from "../api";
import { useLoaded } from "../loading";
import { formatDuration, formatNumber } from "../model/format";
import { linkTo } from "../model/route";
import { triggerText } from "../model/stream-state";
import { pb } from "../session";
import { RunBadge } from "./badge";
import { Pager, pageIn } from "./pager";
import { Empty, Shown } from "./states";
import { type Column, Table } from "./table";
import { Time } from "./time";

const A_PAGE = 25;
const EVERY_MS = 15_000;

/** Runs, the newest first: of one stream or of all, of one status or of every. */
export function RunsTable({ query, showStream = false }: { query: Record<string, string>; showStream?: boolean }) {
  const { stream = "", status = "" } = query;
  const page = pageIn(query);
  const runs = useLoaded(`runs ${stream} ${status} ${page}`, () => load(stream, status, page), {
    everyMs: EVERY_MS,
    live: true,
  });
  return (
    <Shown of={runs}>
      {({ items, totalPages }) =>
        items.length === 0 ? (
          <Empty page={page} title="No run here">
            {status === "" ? "A run begins by its schedule, or with “Sync now”." : "No run has this status."}
          </Empty>
        ) : (
          <>
            <Table caption="Runs" columns={columns(showStream)} items={items} keyOf={(run) => run.id} />
            <Pager page={page} pages={totalPages} more={page < totalPages} />
          </>
        )
      }
    </Shown>
  );
}

function load(stream: string, status: string, page: number) {
  const filters = [
    stream && pb.filter("stream = {:stream}", { stream }),
    status && pb.filter("status = {:status}", { status }),
  ];
  const filter = filters.filter(Boolean).join(" && ");
  return inSentences(() =>
    pb.collection("sync_runs").getList<RunRecord>(page, A_PAGE, { filter, sort: "-started_at" }),
  );
}

function columns(showStream: boolean): Column<RunRecord>[] {
  const list: Column<RunRecord>[] = [
    {
      title: "Began",
      cell: (run) => (
        <a href={linkTo(["run", run.id])}>
          <Time at={run.started_at} />
        </a>
      ),
      isPlain: true,
    },
    { title: "Stream", cell: (run) => <a href={linkTo(["stream", run.stream])}>{run.stream}</a>, isPlain: true },
    { title: "Status", cell: (run) => <RunBadge status={run.status} />, isPlain: true },
    { title: "Took", cell: (run) => (run.finished_at === "" ? "" : formatDuration(run.duration_ms)), isNumber: true },
    { title: "Rows", cell: (run) => formatNumber(run.rows_fetched), isNumber: true },
    { title: "New", cell: (run) => quiet(run.rows_new), isNumber: true },
    { title: "Changed", cell: (run) => quiet(run.rows_changed + run.rows_rekeyed), isNumber: true },
    { title: "Gone", cell: (run) => quiet(run.rows_superseded + run.rows_left), isNumber: true },
    { title: "Invalid", cell: (run) => quiet(run.rows_invalid), isNumber: true },
    { title: "Why", cell: (run) => <Why run={run} />, isWide: true },
  ];
  return showStream ? list : list.filter((column) => column.title !== "Stream");
}

function Why({ run }: { run: RunRecord }) {
  const by = run.status === "skipped" ? `${run.skipped_count} triggers` : triggerText(run.trigger, "");
  return (
    <>
      <span class="sub">{by}</span>
      {run.error !== "" && <span class="clamp">{run.error}</span>}
    </>
  );
}

function quiet(count: number) {
  return count === 0 ? <span class="muted">0</span> : formatNumber(count);
}
