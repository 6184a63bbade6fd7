import { useState } from "preact/hooks";
import { PLANNED_KINDS, type Planned, type PlannedKind, type PlannedRow } from "../../mirror/planned";
import { act } from "../api";
import { counted, formatNumber } from "../model/format";
import { KIND_WORDS } from "../model/plan-words";
import { linkTo } from "../model/route";
import { Asked } from "../parts/asked";
import { DiffSection } from "../parts/diff-section";
import { Icon } from "../parts/icon";
import { Page } from "../parts/page";

interface Answer extends Planned {
  run_in_progress: string;
  rows: { rows_fetched: number; rows_unchanged: number };
  notes: string[];
  waiting: number;
}

const MOST = 1000;

/** What a run would do now; nothing is written. */
export function DryRunPage({ stream }: { stream: string }) {
  return (
    <Page title={`Dry run of ${stream}`} back={{ href: linkTo(["stream", stream]), label: stream }}>
      <p>Asks the ERP, compares its answer with what is known, and tells what a run would do. Nothing is written.</p>
      <Asked<Answer>
        label="Start the dry run"
        waiting="Asking the ERP and comparing …"
        ask={() => act<Answer>(`streams/${encodeURIComponent(stream)}/dry-run`, { limit: MOST })}
      >
        {(answer) => <Plan stream={stream} answer={answer} />}
      </Asked>
    </Page>
  );
}

function Plan({ stream, answer }: { stream: string; answer: Answer }) {
  const [open, setOpen] = useState<PlannedKind | null>(null);
  const kinds = PLANNED_KINDS.filter((kind) => answer[kind].count > 0);
  const { rows, notes, waiting, run_in_progress: running } = answer;
  const shown = open ?? kinds[0];
  return (
    <>
      <p aria-live="polite">
        <strong>{counted(rows.rows_fetched, "row")}</strong> from the ERP, {formatNumber(rows.rows_unchanged)} unchanged
        {waiting > 0 && `, ${formatNumber(waiting)} wait to be pushed already`}.
        {kinds.length === 0 && " A run would change nothing."}
      </p>
      {running !== "" && <Note text="A run is in progress: what it stores meanwhile may show here." />}
      {notes.map((note) => (
        <Note key={note} text={note} />
      ))}
      {kinds.length > 0 && (
        <ul class="tiles" aria-label="What a run would do">
          {kinds.map((kind) => (
            <li key={kind}>
              <button
                type="button"
                class={`tile tone-${KIND_WORDS[kind].tone}`}
                aria-pressed={kind === shown}
                onClick={() => setOpen(kind)}
              >
                <span class="tile-count">{formatNumber(answer[kind].count)}</span>
                <span>{KIND_WORDS[kind].label}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      {shown && (
        <DiffSection<PlannedRow>
          key={shown}
          title={KIND_WORDS[shown].label}
          meaning={KIND_WORDS[shown].meaning}
          stream={stream}
          listing={answer[shown]}
          entryOf={(row) => ({
            erpId: row.erp_id,
            text: row.rejection?.message ?? (row.was_erp_id ? `was ${row.was_erp_id}` : ""),
            changes: row.changes ?? [],
            values: row.values,
            isLinked: shown !== "insert" && shown !== "rekey",
          })}
        />
      )}
    </>
  );
}

function Note({ text }: { text: string }) {
  return (
    <p class="note tone-info">
      <Icon name="info" />
      <span>{text}</span>
    </p>
  );
}
