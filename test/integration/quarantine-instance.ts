import type { RecordModel } from "pocketbase";
import { beforeAll, beforeEach, expect } from "vitest";
import type { ErpRow } from "../erp/row";
import { type Installation, startWithErp } from "./answers-instance";

/** One installation for a test file; every test begins with a target that is what the ERP has. */
export class Quarantine {
  private installed: Installation | undefined;

  constructor() {
    beforeAll(async () => {
      this.installed = await startWithErp();
    });
    beforeEach(async () => {
      this.erp.setRows(null);
      await this.server.updateSettings({ schedule: "", mapping: {}, on_missing: "keep" });
      await this.server.action("replay", {}, undefined, { wait: true });
      expect(await this.server.runSync()).toMatchObject({ status: "succeeded" });
      await this.server.expectTarget(this.rows());
    });
  }

  private get here(): Installation {
    if (!this.installed) throw new Error("the installation is not there before the first test");
    return this.installed;
  }

  get server() {
    return this.here.server;
  }

  get factory() {
    return this.here.factory;
  }

  get erp() {
    return this.here.erp;
  }

  rows(): ErpRow[] {
    return this.factory.rows();
  }

  get failed() {
    return this.server.pb.collection("failed_records");
  }

  open(): Promise<RecordModel[]> {
    return this.server.rows("failed_records", "resolved_at = ''");
  }

  /** The only open record. */
  async only(): Promise<RecordModel> {
    const records = await this.open();
    expect(records).toHaveLength(1);
    return records[0] as RecordModel;
  }

  /** The ERP answers its rows, with another one in place of row `at`. */
  answer(at: number, instead: unknown): void {
    this.erp.setRows(JSON.stringify(this.rows().map((row, n) => (n === at ? instead : row))));
  }

  /** `POST /api/erp/failed/{id}/{action}`. */
  on(record: RecordModel, action: string, query: Record<string, unknown> = {}): Promise<RecordModel> {
    return this.server.pb.send(`/api/erp/failed/${record.id}/${action}`, { method: "POST", query });
  }
}

/** A key that cannot be read: not even the group is known. */
export const withoutKey = (row: ErpRow) => ({ ...row, BOM_PIECE_NO: { no: row.BOM_PIECE_NO } });
