import type PocketBase from "pocketbase";
import type { RecordModel } from "pocketbase";
import { expectSameRows } from "./compare";

export const STREAM = "aswan_bom";
export const TARGET = "ASWNDUBAI_erpConsolidateData";

/** What tests read and do over HTTP, as a superuser. */
export class EngineClient {
  constructor(readonly pb: PocketBase) {}

  /** All records, every page; sorted by id unless told otherwise. */
  rows(collection: string, filter = "", sort = "id"): Promise<RecordModel[]> {
    return this.pb.collection(collection).getFullList({ batch: 1000, sort, ...(filter && { filter }) });
  }

  targetRows(): Promise<RecordModel[]> {
    return this.rows(TARGET);
  }

  /** Fails with a readable difference unless the target holds exactly these ERP rows. */
  async expectTarget(rows: readonly object[]): Promise<void> {
    expectSameRows(rows, await this.targetRows());
  }

  settings(stream = STREAM): Promise<RecordModel> {
    return this.pb.collection("sync_settings").getFirstListItem(this.pb.filter("name = {:stream}", { stream }));
  }

  async updateSettings(patch: Record<string, unknown>, stream = STREAM): Promise<RecordModel> {
    const { id } = await this.settings(stream);
    return this.pb.collection("sync_settings").update(id, patch);
  }

  /** Runs the stream to its end and answers the run. `body` takes the route's options. */
  runSync(body: Record<string, unknown> = {}, stream = STREAM): Promise<RecordModel> {
    return this.action("sync", body, stream, { wait: true });
  }

  /** `POST /api/erp/streams/{stream}/{action}`. */
  action(
    action: string,
    body: Record<string, unknown> = {},
    stream = STREAM,
    query: Record<string, unknown> = {},
  ): Promise<RecordModel> {
    return this.pb.send(`/api/erp/streams/${stream}/${action}`, { method: "POST", body, query });
  }

  /** The newest first. */
  runs(filter = ""): Promise<RecordModel[]> {
    return this.rows("sync_runs", filter, "-started_at");
  }

  jobs(filter = ""): Promise<RecordModel[]> {
    return this.rows("job_queue", filter);
  }
}
