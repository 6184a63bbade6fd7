import { useState } from "preact/hooks";
import type { Listing } from "../../mirror/listing";
import type { Difference, LocalComparison } from "../../mirror/local";
import { PLANNED_KINDS, type Planned } from "../../mirror/planned";
import { act } from "../api";
import { now } from "../live";
import { counted, formatNumber } from "../model/format";
import { DIFFERENCE_WORDS, KIND_WORDS } from "../model/plan-words";
import { linkTo } from "../model/route";
import { whyText } from "../model/story";
import { attempt } from "../notices";
import { Asked } from "../parts/asked";
import { Badge } from "../parts/badge";
import { confirm } from "../parts/dialog";
import { DiffSection } from "../parts/diff-section";
import { Page } from "../parts/page";

interface Answer {
  equal: boolean;
  run_in_progress: string;
  erp: (Planned & { equal: boolean; rows: number }) | null;
  target: Pick<LocalComparison, "rows" | "matching" | "kept" | "mendable"> & {
    equal: boolean;
    missing: Listing<Difference>;
    extra: Listing<Difference>;
    different: Listing<Difference>;
  };
  duplicates: LocalComparison["duplicates"];
  unowned: LocalComparison["unowned"];
  repair: { queued: number; busy: boolean } | null;
}

const MOST = 1000;
const LISTS = ["missing", "different", "extra"] as const;

/** Compares the ERP, the stored rows and the target, and says of each difference why it is one. */
export function VerifyPage({ stream }: { stream: string }) {
  const [isLocal, setLocal] = useState(false);
  return (
    <Page title={`Verify ${stream}`} back={{ href: linkTo(["stream", stream]), label: stream }}>
      <p>
        Compares what the ERP sends with the stored rows, and the stored rows with the target, one by one. Nothing is
        written unless you repair.
      </p>
      <label class="check">
        <input type="checkbox" checked={isLocal} onChange={(event) => setLocal(event.currentTarget.checked)} />
        Without asking the ERP: only stored rows and target
      </label>
      <Asked<Answer>
        label="Start verifying"
        waiting="Comparing …"
        ask={() => act<Answer>(`streams/${encodeURIComponent(stream)}/verify`, { local: isLocal, limit: MOST })}
      >
        {(answer) => <Verdict stream={stream} answer={answer} />}
      </Asked>
    </Page>
  );
}

function Verdict({ stream, answer }: { stream: string; answer: Answer }) {
  const { equal, erp, target, unowned, duplicates } = answer;
  return (
    <>
      <div class="card-head" aria-live="polite">
        <Badge label={equal ? "Equal" : "Not equal"} tone={equal ? "ok" : "bad"} />
        <p>
          {counted(target.rows, "stored row")}: {formatNumber(target.matching)} equal in the target
          {target.kept > 0 && `, ${formatNumber(target.kept)} kept on purpose`}.
        </p>
        {target.mendable > 0 && <RepairButton stream={stream} count={target.mendable} />}
      </div>
      {erp && <ErpSide stream={stream} erp={erp} />}
      {LISTS.filter((name) => target[name].count > 0).map((name) => (
        <DiffSection<Difference>
          key={name}
          title={`${DIFFERENCE_WORDS[name].label}: ${formatNumber(target[name].count)}`}
          meaning={DIFFERENCE_WORDS[name].meaning}
          stream={stream}
          listing={target[name]}
          entryOf={({ erp_id, state, changes }) => ({
            erpId: erp_id,
            text: whyText(state.sentence, now.value),
            changes,
            isLinked: true,
          })}
        />
      ))}
      {unowned.count > 0 && (
        <DiffSection
          title={`Unowned: ${formatNumber(unowned.count)}`}
          meaning="records of the target that belong to no row; the sync never touches them"
          stream={stream}
          listing={unowned}
          entryOf={({ target_id, same_as }) => ({
            erpId: same_as,
            text: `record ${target_id}${same_as === "" ? "" : ", with the content of this row"}`,
            changes: [],
            isLinked: same_as !== "",
          })}
        />
      )}
      {duplicates.count > 0 && (
        <DiffSection
          title={`Duplicates: ${formatNumber(duplicates.count)}`}
          meaning="rows that share their key with another row"
          stream={stream}
          listing={duplicates}
          entryOf={({ erp_id }) => ({ erpId: erp_id, text: "", changes: [], isLinked: true })}
        />
      )}
    </>
  );
}

function ErpSide({ stream, erp }: { stream: string; erp: NonNullable<Answer["erp"]> }) {
  if (erp.equal) return <p>The ERP's {counted(erp.rows, "row")} are all stored as they are.</p>;
  const parts = PLANNED_KINDS.filter((kind) => erp[kind].count > 0).map(
    (kind) => `${formatNumber(erp[kind].count)} ${KIND_WORDS[kind].label.toLowerCase()}`,
  );
  return (
    <p>
      The ERP has moved on since the last run ({parts.join(", ")}): a run brings that.{" "}
      <a href={linkTo(["dry-run", stream])}>See it in a dry run</a>
    </p>
  );
}

function RepairButton({ stream, count }: { stream: string; count: number }) {
  const [busy, setBusy] = useState(false);
  const repair = async () => {
    const title = `Write ${counted(count, "record")} again?`;
    const text = "What somebody deleted or changed in the target by hand is overwritten with what the ERP sent.";
    if (!(await confirm({ title, text, yes: "Repair" }))) return;
    setBusy(true);
    await attempt(async () => {
      const body = { local: true, repair: true, limit: 1 };
      const { repair: done } = await act<Answer>(`streams/${encodeURIComponent(stream)}/verify`, body);
      const more = done?.busy ? " A run was in progress: verify once more when it has ended." : "";
      return `${counted(done?.queued ?? 0, "row")} queued; the worker writes them within a minute.${more}`;
    });
    setBusy(false);
  };
  return (
    <button type="button" class="primary" disabled={busy} onClick={repair}>
      Repair {counted(count, "record")}
    </button>
  );
}
