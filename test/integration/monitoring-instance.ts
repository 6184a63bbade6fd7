import { beforeAll, expect } from "vitest";
import type { Erp } from "../erp/server";
import { Factory, type PocketBaseServer, startErp } from "./harness";
import { startQuietly } from "./in-flight";
import { hooksWithSql } from "./test-hooks";

export const TOKEN = "a token for Prometheus";

/** A PocketBase that has synced a small factory once, and what its routes answer. */
export class Monitored {
  private installed: { erp: Erp; server: PocketBaseServer } | undefined;

  constructor() {
    beforeAll(async () => {
      const erp = await startErp({ factory: new Factory({ rows: 20 }) });
      const env = { ERP_METRICS_TOKEN: TOKEN, ERP_FETCH_RETRY_SECONDS: "0" };
      const server = await startQuietly(erp, { hooksDir: hooksWithSql(), env });
      this.installed = { erp, server };
      expect(await server.runSync()).toMatchObject({ status: "succeeded" });
      expect(await server.jobs('status = "done"')).toHaveLength(this.rows);
    });
  }

  private get here(): { erp: Erp; server: PocketBaseServer } {
    if (!this.installed) throw new Error("the installation is not there before the first test");
    return this.installed;
  }

  get erp(): Erp {
    return this.here.erp;
  }

  get server(): PocketBaseServer {
    return this.here.server;
  }

  /** How many rows the ERP has. */
  get rows(): number {
    return this.erp.factory.rows().length;
  }

  /** What a route under /api/erp answers, as a superuser unless told otherwise; `answer` is its JSON. */
  async get(path: string, authorization = this.server.pb.authStore.token) {
    const response = await fetch(`${this.server.url}/api/erp/${path}`, {
      headers: { ...(authorization && { Authorization: authorization }) },
    });
    const text = await response.text();
    const isJson = response.headers.get("content-type")?.startsWith("application/json");
    return { status: response.status, headers: response.headers, text, answer: isJson ? JSON.parse(text) : undefined };
  }
}
