import { useEffect } from "preact/hooks";
import type { RowsPage as Answer } from "../../operate/list-rows";
import { ask } from "../api";
import { useLoaded } from "../loading";
import { Badge } from "../parts/badge";
import { Filters, SelectFilter, StreamFilter, setFilter, TextFilter } from "../parts/filters";
import { Page } from "../parts/page";
import { Pager, pageIn } from "../parts/pager";
import { RowLink } from "../parts/row-link";
import { Empty, Loading, Shown } from "../parts/states";
import { type Column, Table } from "../parts/table";
import { Time } from "../parts/time";
import { streamNames } from "../streams";

type Row = Answer["items"][number];

const STATES = [
  { value: "", label: "Every state" },
  { value: "pending", label: "Target is behind" },
  { value: "left", label: "No longer in the ERP" },
  { value: "held", label: "Delete held" },
];

/** Finding a row by its erp_id, or by what it waits for. */
export function RowsPage({ query }: { query: Record<string, string> }) {
  const [first = ""] = streamNames.value;
  const stream = query.stream ?? "";
  useEffect(() => {
    if (stream === "" && first !== "") setFilter("stream", first);
  }, [stream, first]);
  return (
    <Page title="Rows">
      <Filters>
        <StreamFilter isRequired />
        <TextFilter label="Find a row" hint="its beginning, or words: AW-122573 PO-31" />
        <SelectFilter name="state" label="State" choices={STATES} />
      </Filters>
      {stream === "" ? <Loading /> : <Found stream={stream} query={query} />}
    </Page>
  );
}

function Found({ stream, query }: { stream: string; query: Record<string, string> }) {
  const { text = "", state = "" } = query;
  const page = pageIn(query);
  const rows = useLoaded(
    `rows ${stream} ${text} ${state} ${page}`,
    () => ask<Answer>(`streams/${encodeURIComponent(stream)}/rows`, { text, state, page }),
    { live: true },
  );
  return (
    <Shown of={rows}>
      {({ items, more }) =>
        items.length === 0 ? (
          <Empty page={page} title="No row found">
            {emptyText(text, state)}
          </Empty>
        ) : (
          <>
            <Table caption="Rows" columns={columns(stream)} items={items} keyOf={(row) => row.id} />
            <Pager page={page} more={more} />
          </>
        )
      }
    </Shown>
  );
}

function emptyText(text: string, state: string): string {
  if (text !== "") return `No erp_id of this stream holds “${text}”. It is made of the key fields, joined with |.`;
  if (state === "pending") return "The target has everything that the ERP sent.";
  if (state !== "") return "No row is in this state.";
  return "The first run stores what the ERP sends.";
}

function columns(stream: string): Column<Row>[] {
  return [
    { title: "Row", cell: (row) => <RowLink stream={stream} erpId={row.erp_id} />, isWide: true },
    { title: "State", cell: (row) => <RowBadge row={row} />, isPlain: true },
    { title: "The ERP sent it", cell: (row) => <Time at={row.fetched_at} /> },
  ];
}

function RowBadge({ row }: { row: Row }) {
  if (row.held_by !== "") return <Badge label="Delete held" tone="warn" />;
  if (row.given_up) return <Badge label="Given up" tone="bad" />;
  if (row.quarantine === "open") return <Badge label="In quarantine" tone="warn" />;
  if (row.pending) return <Badge label="Target is behind" tone="info" />;
  if (row.quarantine === "ignored") return <Badge label="Quarantine ignored" tone="neutral" />;
  if (row.missing_since !== "") return <Badge label="No longer in the ERP" tone="neutral" />;
  return row.edited_at === "" ? <Badge label="As sent" tone="ok" /> : <Badge label="Mended by hand" tone="info" />;
}
