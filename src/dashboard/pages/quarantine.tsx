import { inSentences } from "../api";
import { useLoaded } from "../loading";
import { counted, formatNumber } from "../model/format";
import { type Quarantined, type QuarantineState, stageText } from "../model/quarantine";
import { linkTo } from "../model/route";
import { Filters, SelectFilter, StreamFilter, TextFilter } from "../parts/filters";
import { Page } from "../parts/page";
import { Pager, pageIn } from "../parts/pager";
import { ReplayAll } from "../parts/replay-all";
import { Empty, Shown } from "../parts/states";
import { type Column, Table } from "../parts/table";
import { Time } from "../parts/time";
import { pb } from "../session";

const A_PAGE = 50;

/** Written so that the index on stream, resolved_at and ignored_at is of use. */
const STATES: Record<QuarantineState, string> = {
  open: "resolved_at = '' && ignored_at = ''",
  ignored: "resolved_at = '' && ignored_at != ''",
  resolved: "resolved_at != ''",
};
const CHOICES = [
  { value: "", label: "Open" },
  { value: "ignored", label: "Ignored" },
  { value: "resolved", label: "Resolved" },
];
const STAGES = ["fetch", "key", "normalize", "validate", "push"].map((stage) => ({
  value: stage,
  label: stageText(stage),
}));

/** Rows that could not go on, each with what is wrong and what was expected. */
export function QuarantinePage({ query }: { query: Record<string, string> }) {
  const page = pageIn(query);
  const records = useLoaded(`quarantine ${JSON.stringify(query)}`, () => load(query, page), {
    live: true,
    everyMs: 15_000,
  });
  return (
    <Page title="Quarantine" actions={query.stream && <ReplayAll stream={query.stream} onDone={records.reload} />}>
      <Filters>
        <StreamFilter />
        <SelectFilter name="state" label="State" choices={CHOICES} />
        <SelectFilter name="stage" label="Failed at" choices={[{ value: "", label: "Every stage" }, ...STAGES]} />
        <TextFilter label="Row, field or value" hint="part of an erp_id, a field, a value" />
      </Filters>
      <Shown of={records}>
        {({ items, totalItems, totalPages }) =>
          items.length === 0 ? (
            <Empty page={page} title="Nothing in quarantine">
              {query.text || query.stage || query.state
                ? "No record matches."
                : "Every row the ERP sent could be read, keyed, mapped and pushed."}
            </Empty>
          ) : (
            <>
              <div class="list-head">
                <p aria-live="polite">{counted(totalItems, "row")}</p>
              </div>
              <Table
                caption="Rows in quarantine"
                columns={query.stream ? COLUMNS.slice(1) : COLUMNS}
                items={items}
                keyOf={(record) => record.id}
              />
              <Pager page={page} pages={totalPages} more={page < totalPages} />
            </>
          )
        }
      </Shown>
    </Page>
  );
}

function load({ stream = "", state = "", stage = "", text = "" }: Record<string, string>, page: number) {
  const filters = [
    stream && pb.filter("stream = {:stream}", { stream }),
    STATES[state as QuarantineState] ?? STATES.open,
    stage && pb.filter("stage = {:stage}", { stage }),
    text && pb.filter("(erp_id ~ {:text} || field ~ {:text} || value ~ {:text} || error_message ~ {:text})", { text }),
  ];
  return inSentences(() =>
    pb.collection("failed_records").getList<Quarantined>(page, A_PAGE, {
      filter: filters.filter(Boolean).join(" && "),
      sort: "-last_seen_at",
      fields:
        "id,stream,erp_id,stage,error_type,error_message,field,value,expected,count,last_seen_at,resolved_at,ignored_at",
    }),
  );
}

const COLUMNS: Column<Quarantined>[] = [
  { title: "Stream", cell: (record) => record.stream },
  {
    title: "Row",
    cell: (record) => (
      <a class="mono wrap-anywhere" href={linkTo(["quarantine", record.id])}>
        {record.erp_id || "its key cannot be read"}
      </a>
    ),
    isWide: true,
  },
  { title: "Field", cell: (record) => (record.field ? <code>{record.field}</code> : "") },
  { title: "Value", cell: (record) => (record.field ? <span class="clamp wrap-anywhere">“{record.value}”</span> : "") },
  { title: "Expected", cell: (record) => <span class="clamp">{record.expected || record.error_message}</span> },
  { title: "Failed at", cell: (record) => stageText(record.stage) },
  { title: "Times", cell: (record) => formatNumber(record.count), isNumber: true },
  { title: "Last seen", cell: (record) => <Time at={record.last_seen_at} /> },
];
