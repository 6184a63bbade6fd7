import type { TargetChange } from "../../sync/ports";
import { inSentences } from "../api";
import { useLoaded } from "../loading";
import { pushWord } from "../model/story";
import { pb } from "../session";
import { Badge } from "./badge";
import { Changes } from "./changes";
import { Pager } from "./pager";
import { RowLink } from "./row-link";
import { Empty, Shown } from "./states";
import { Time } from "./time";

interface Push {
  id: string;
  stream: string;
  erp_id: string;
  response_code: number;
  response_body: string;
  changes: TargetChange[] | null;
  sent_at: string;
}

const A_PAGE = 20;

/** What one run pushed, row by row, the newest first. */
export function PushList({ run, page }: { run: string; page: number }) {
  const pushes = useLoaded(`pushes ${run} ${page}`, () => load(run, page), { live: true });
  return (
    <section class="card">
      <h2>What it pushed</h2>
      <Shown of={pushes}>
        {({ items, more }) =>
          items.length === 0 ? (
            <Empty page={page} title="Nothing was pushed">
              Either nothing had changed, or the log of it is too old and was deleted.
            </Empty>
          ) : (
            <>
              <ul class="pushes">
                {items.map((push) => (
                  <li key={push.id}>
                    <div class="push-head">
                      <Badge {...pushWord(push)} />
                      <RowLink stream={push.stream} erpId={push.erp_id} />
                      <Time at={push.sent_at} seconds />
                    </div>
                    {push.response_code >= 400 && <p class="wrap-anywhere">{push.response_body}</p>}
                    {push.response_code === 200 && <Changes changes={push.changes ?? []} />}
                  </li>
                ))}
              </ul>
              <Pager page={page} more={more} />
            </>
          )
        }
      </Shown>
    </section>
  );
}

/** By rowid, in the order of the index on `run`: a first load pushed a million. */
async function load(run: string, page: number): Promise<{ items: Push[]; more: boolean }> {
  const filter = pb.filter("run = {:run}", { run });
  const options = { filter, sort: "-@rowid", skipTotal: true };
  const { items } = await inSentences(() => pb.collection("push_log").getList<Push>(page, A_PAGE, options));
  return { items, more: items.length === A_PAGE };
}
