import type { RecordModel } from "pocketbase";
import { expect } from "vitest";
import { createStream, type Feed, rawRows, startFeed } from "./feed";
import { hooksWith, type PocketBaseServer, startPocketBase } from "./harness";
import { LATER_HOOK, tickLater } from "./later";

export interface Order {
  NO: string;
  REV: number;
  CUSTOMER: string;
}
export interface Line {
  NO: string;
  ORDER: string | null;
  ORDER_REV: number;
  ITEM: string;
}

/** `of`: the number of an order, and its revision if it has one: "SO-1/2". */
const parts = (of: string): [string, number] => [of.split("/")[0] as string, Number(of.split("/")[1] ?? 0)];

export function order(of: string, CUSTOMER = `Customer of ${of}`): Order {
  const [NO, REV] = parts(of);
  return { NO, REV, CUSTOMER };
}

export function line(NO: string, of: string | null, ITEM = "bolt"): Line {
  const [ORDER, ORDER_REV] = of === null ? [null, 0] : parts(of);
  return { NO, ORDER, ORDER_REV, ITEM };
}

export interface FamilyOptions {
  /** The type of the child's field `order`. */
  field?: "relation" | "text";
  required?: boolean;
  cascadeDelete?: boolean;
  /** options.push.mode of the child. */
  mode?: "records" | "bulk";
  /** An order's key is its number and its revision, its group the number. */
  revisions?: boolean;
  /** More hooks, as JavaScript. */
  hooks?: string;
}

/** Two streams of one ERP: orders, and their lines. */
export class Family {
  private constructor(
    readonly server: PocketBaseServer,
    readonly feed: Feed,
  ) {}

  static async start(options: FamilyOptions = {}): Promise<Family> {
    const feed = await startFeed({ "/orders": [], "/lines": [] });
    const server = await startPocketBase({
      env: { ERP_FEED_URL: feed.url },
      hooksDir: hooksWith(LATER_HOOK + (options.hooks ?? "")),
    });
    const orders = await server.pb.collections.create({
      name: "orders",
      type: "base",
      fields: [
        { name: "NO", type: "text" },
        { name: "REV", type: "number" },
        { name: "CUSTOMER", type: "text" },
      ],
    });
    const { field = "relation", required = false, cascadeDelete = false } = options;
    const relation = field === "relation" ? { collectionId: orders.id, maxSelect: 1, cascadeDelete } : {};
    await server.pb.collections.create({
      name: "lines",
      type: "base",
      fields: [
        { name: "order", type: field, required, ...relation },
        { name: "NO", type: "text" },
        { name: "ITEM", type: "text" },
      ],
    });
    const common = { on_missing: "delete", options: { diff: { max_shrink_percent: 100 } } };
    await createStream(server, {
      ...common,
      name: "orders",
      source_url: "${ERP_FEED_URL}/orders",
      key_fields: options.revisions ? ["NO", "REV"] : ["NO"],
      group_fields: ["NO"],
      target_collection: "orders",
    });
    const key = options.revisions ? ["ORDER", "ORDER_REV"] : "ORDER";
    await createStream(server, {
      ...common,
      name: "lines",
      source_url: "${ERP_FEED_URL}/lines",
      key_fields: ["NO"],
      target_collection: "lines",
      options: {
        ...common.options,
        parent: { stream: "orders", key, field: "order" },
        push: { mode: options.mode ?? "records" },
      },
    });
    return new Family(server, feed);
  }

  /** The ERP has these orders from now on, and they are synced. */
  async orders(...rows: Order[]): Promise<RecordModel> {
    this.feed.rows["/orders"] = rows;
    return this.server.runSync({ empty: true }, "orders");
  }

  async lines(...rows: Line[]): Promise<RecordModel> {
    this.feed.rows["/lines"] = rows;
    return this.server.runSync({ empty: true }, "lines");
  }

  /** One round of the worker, `minutes` from now. */
  tick(minutes = 0, stream = "lines"): ReturnType<typeof tickLater> {
    return tickLater(this.server, stream, minutes);
  }

  /** What the target has: "line of order: item", with "-" for no order and "?" for what is none. */
  async stored(): Promise<string[]> {
    const named = (record: RecordModel) => (record.REV === 0 ? String(record.NO) : `${record.NO}/${record.REV}`);
    const orders = new Map((await this.server.rows("orders")).map((record) => [record.id, named(record)]));
    const nameOf = (id: string) => (id === "" ? "-" : (orders.get(id) ?? "?"));
    const lines = await this.server.rows("lines");
    return lines.map((record) => `${record.NO} of ${nameOf(record.order)}: ${record.ITEM}`).sort();
  }

  jobsOf(erpId: string): Promise<RecordModel[]> {
    return this.server.jobs(`stream = "lines" && payload_ref.erp_id = "${erpId}"`);
  }

  /** The only open job of a row. */
  async job(erpId: string): Promise<RecordModel> {
    const open = (await this.jobsOf(erpId)).filter((job) => job.status !== "done");
    expect(open, `open jobs of ${erpId}`).toHaveLength(1);
    return open[0] as RecordModel;
  }

  quarantine(): Promise<RecordModel[]> {
    return this.server.rows("failed_records", 'stream = "lines" && resolved_at = ""');
  }

  raw(): Promise<Map<string, RecordModel>> {
    return rawRows(this.server, "lines");
  }

  async status(): Promise<RecordModel> {
    const { streams } = await this.server.pb.send("/api/erp/status", {});
    return streams.find((stream: RecordModel) => stream.name === "lines");
  }

  /** The target is what the raw rows say, nothing waits, and verify sees it the same way. */
  async expectEqual(...expected: string[]): Promise<void> {
    expect(await this.stored()).toEqual([...expected].sort());
    expect(await this.server.jobs('stream = "lines" && status != "done"')).toEqual([]);
    expect(await this.quarantine()).toEqual([]);
    expect(await this.server.action("verify", {}, "lines")).toMatchObject({ equal: true });
  }
}
