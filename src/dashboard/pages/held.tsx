import { useState } from "preact/hooks";
import type { RowsPage as Answer } from "../../operate/list-rows";
import { act, ask } from "../api";
import { happened } from "../live";
import { useLoaded } from "../loading";
import { counted } from "../model/format";
import { linkTo } from "../model/route";
import { attempt } from "../notices";
import { confirm } from "../parts/dialog";
import { Page } from "../parts/page";
import { Pager, pageIn } from "../parts/pager";
import { RowLink } from "../parts/row-link";
import { Empty, Shown } from "../parts/states";
import { type Column, Table } from "../parts/table";
import { Time } from "../parts/time";

type Row = Answer["items"][number];
type Hold = Answer["holds"][number];

/** Deletes that were held because they are suspiciously many: which rows, and approving them run by run. */
export function HeldPage({ stream, query }: { stream: string; query: Record<string, string> }) {
  const page = pageIn(query);
  const rows = useLoaded(
    `held ${stream} ${page}`,
    () => ask<Answer>(`streams/${encodeURIComponent(stream)}/rows`, { state: "held", page }),
    { live: true },
  );
  return (
    <Page title="Held deletes" back={{ href: linkTo(["stream", stream]), label: stream }}>
      <Shown of={rows}>
        {({ items, holds, more }) =>
          holds.length === 0 ? (
            <Empty page={page} title="No deletes are held">
              More deletes at once than <code>options.diff.max_shrink_percent</code> allows would wait here for a
              person.
            </Empty>
          ) : (
            <>
              <p>
                The ERP no longer sent these rows. They are so many that a fault of the ERP is as likely as the truth,
                so the target keeps them. A row that comes back is no longer held.
              </p>
              {holds.map((hold) => (
                <HoldCard key={hold.run} stream={stream} hold={hold} onDone={rows.reload} />
              ))}
              <Table
                caption="Rows whose delete is held"
                columns={columns(stream)}
                items={items}
                keyOf={(row) => row.id}
              />
              <Pager page={page} more={more} />
            </>
          )
        }
      </Shown>
    </Page>
  );
}

function HoldCard({ stream, hold, onDone }: { stream: string; hold: Hold; onDone: () => void }) {
  const [busy, setBusy] = useState(false);
  const approve = async () => {
    const title = `Delete ${counted(hold.rows, "record")} of the target?`;
    const text = `The rows that this run of ${stream} missed, and that the ERP still misses, are deleted from the target within a minute. This cannot be undone here.`;
    if (!(await confirm({ title, text, yes: "Approve deletes", isDanger: true }))) return;
    setBusy(true);
    await attempt(async () => {
      const path = `streams/${encodeURIComponent(stream)}/approve-deletes`;
      const { approved } = await act<{ approved: number }>(path, { run: hold.run });
      happened.value++;
      return `${counted(approved, "delete")} approved; the worker does them within a minute.`;
    });
    setBusy(false);
    onDone();
  };
  return (
    <section class="card card-head">
      <p>
        <strong>{counted(hold.rows, "delete")}</strong> held by the run of{" "}
        <a href={linkTo(["run", hold.run])}>
          <Time at={hold.started_at} blank="a run that is no longer kept" />
        </a>
      </p>
      <div class="actions">
        <button type="button" class="danger" disabled={busy} onClick={approve}>
          Approve {counted(hold.rows, "delete")}
        </button>
      </div>
    </section>
  );
}

function columns(stream: string): Column<Row>[] {
  return [
    { title: "Row", cell: (row) => <RowLink stream={stream} erpId={row.erp_id} />, isWide: true },
    { title: "Missing since", cell: (row) => <Time at={row.missing_since} /> },
    { title: "Held by run", cell: (row) => <a href={linkTo(["run", row.held_by])}>{row.held_by}</a> },
  ];
}
