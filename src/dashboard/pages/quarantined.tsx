import { useState } from "preact/hooks";
import { act, askText, inSentences } from "../api";
import { happened } from "../live";
import { useLoaded } from "../loading";
import { formatExact, parseExact } from "../model/exact-json";
import { counted } from "../model/format";
import { type Quarantined, quarantineState, stageText } from "../model/quarantine";
import { linkTo } from "../model/route";
import { attempt } from "../notices";
import { Badge } from "../parts/badge";
import { Facts } from "../parts/facts";
import { JsonEditor } from "../parts/json-editor";
import { Page } from "../parts/page";
import { RowLink } from "../parts/row-link";
import { Shown } from "../parts/states";
import { Time } from "../parts/time";
import { pb } from "../session";

interface Loaded {
  record: Quarantined;
  /** The row as JSON text, every number as it is written. */
  text: string;
}

const WORDS = {
  open: { label: "Open", tone: "warn" },
  ignored: { label: "Ignored", tone: "neutral" },
  resolved: { label: "Resolved", tone: "ok" },
} as const;

/** One row in quarantine: what is wrong with it, and the ways out: mend it, replay it, or ignore it. */
export function QuarantinedPage({ id }: { id: string }) {
  const loaded = useLoaded(`quarantined ${id}`, () => load(id));
  const record = loaded.data?.record;
  return (
    <Page
      title="Row in quarantine"
      back={{ href: linkTo(["quarantine"], { stream: record?.stream }), label: "Quarantine" }}
      badge={record && <Badge {...WORDS[quarantineState(record)]} />}
    >
      <Shown of={loaded}>{(data) => <Detail key={data.text} {...data} onDone={loaded.reload} />}</Shown>
    </Page>
  );
}

async function load(id: string): Promise<Loaded> {
  const answer = parseExact(await askText(`collections/failed_records/records/${encodeURIComponent(id)}`));
  const record = answer as Quarantined & { raw_data: unknown };
  const text = record.raw_row === "" ? null : await rawText(record.raw_row);
  return { record: { ...record, count: Number(record.count) }, text: text ?? formatExact(record.raw_data) };
}

/** The raw row is what is mended where there is one; it may have been pruned. */
async function rawText(id: string): Promise<string | null> {
  try {
    const raw = parseExact(await askText(`collections/erp_raw_data/records/${encodeURIComponent(id)}`));
    return formatExact((raw as { payload_json: unknown }).payload_json);
  } catch {
    return null;
  }
}

function Detail({ record, text, onDone }: Loaded & { onDone: () => void }) {
  const state = quarantineState(record);
  const [busy, setBusy] = useState(false);
  const doing = async (what: () => Promise<string>) => {
    setBusy(true);
    await attempt(what);
    setBusy(false);
    happened.value++;
    onDone();
  };
  const replay = () =>
    doing(async () => {
      await act(`failed/${record.id}/replay`);
      return "The row is right now and goes to the target.";
    });
  const ignore = (undo: boolean) => () =>
    doing(async () => {
      await act(`failed/${record.id}/ignore`, { undo });
      return undo ? "It waits in quarantine again." : "It is ignored until the ERP sends another text for it.";
    });
  const save = async (mended: string) => {
    await store(record, mended);
    if (record.raw_row === "") await act(`failed/${record.id}/replay`);
    happened.value++;
    onDone();
    return "Mended: the row goes to the target. The edit stands until the ERP sends another text for it.";
  };
  return (
    <>
      <section class={`why tone-${WORDS[state].tone}`} aria-label="What is wrong">
        <div>
          <p>{record.error_message}</p>
          <Facts
            items={[
              ["Field", record.field && <code key="field">{record.field}</code>],
              [
                "Value",
                record.field && (
                  <span key="value" class="mono wrap-anywhere">
                    “{record.value}”
                  </span>
                ),
              ],
              ["Expected", record.expected],
              ["Failed at", stageText(record.stage)],
            ]}
          />
        </div>
      </section>
      <section class="card" aria-label="Facts">
        <Facts
          items={[
            [
              "Row",
              record.raw_row === "" ? (
                <code key="row" class="wrap-anywhere">
                  {record.erp_id || "its key cannot be read"}
                </code>
              ) : (
                <RowLink key="row" stream={record.stream} erpId={record.erp_id} />
              ),
            ],
            [
              "Stream",
              <a key="stream" href={linkTo(["stream", record.stream])}>
                {record.stream}
              </a>,
            ],
            ["Seen", counted(record.count, "time")],
            ["Last seen", <Time key="seen" at={record.last_seen_at} />],
            [
              "By run",
              record.run && (
                <a key="run" href={linkTo(["run", record.run])}>
                  {record.run}
                </a>
              ),
            ],
            ["Resolved", record.resolved_at && <Time key="resolved" at={record.resolved_at} />],
            ["Ignored", record.ignored_at && <Time key="ignored" at={record.ignored_at} />],
          ]}
        />
        {state !== "resolved" && (
          <div class="actions">
            <button type="button" disabled={busy} onClick={replay}>
              Replay
            </button>
            <button type="button" disabled={busy} onClick={ignore(state === "ignored")}>
              {state === "ignored" ? "Stop ignoring" : "Ignore"}
            </button>
          </div>
        )}
      </section>
      {record.mapped_data && (
        <details class="card">
          <summary>What the target would have got</summary>
          <pre>{formatExact(record.mapped_data)}</pre>
        </details>
      )}
      <section class="card">
        <h2>The row</h2>
        {state === "resolved" ? (
          <pre class="scroll">{text}</pre>
        ) : (
          <JsonEditor label="The row as the ERP sent it" text={text} saveLabel="Save and push" onSave={save} />
        )}
      </section>
    </>
  );
}

/** The text goes as text, so that no number loses a digit on the way. */
function store(record: Quarantined, text: string): Promise<unknown> {
  return inSentences(() =>
    record.raw_row === ""
      ? pb.collection("failed_records").update(record.id, { raw_data: text })
      : pb.collection("erp_raw_data").update(record.raw_row, { payload_json: text }),
  );
}
