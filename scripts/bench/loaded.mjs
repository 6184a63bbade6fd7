import { makeAnswer } from "./answer.mjs";
import { SYNC_CASES } from "./cases.mjs";
import { BenchServer, copyData, removeData } from "./server.mjs";
import { prepareStream, proveRun, runSync } from "./sync.mjs";

/** Data folders that hold an answer already: made when first asked for, one for each shape and set of ignored fields. */
export class LoadedFolders {
  /** @type {Map<string, string>} */
  #folders = new Map();

  /**
   * @param {import("./measure.mjs").Bench} bench
   * @param {number} rows
   */
  constructor(bench, rows) {
    this.bench = bench;
    this.rows = rows;
  }

  /** @param {import("./cases.mjs").SyncCase} wanted */
  async get(wanted) {
    const name = [wanted.shape, ...wanted.ignores].join(" ");
    const made = this.#folders.get(name) ?? (await this.#load(wanted));
    this.#folders.set(name, made);
    return made;
  }

  removeAll() {
    for (const folder of this.#folders.values()) removeData(folder);
  }

  /** @param {import("./cases.mjs").SyncCase} wanted */
  async #load({ shape, ignores }) {
    const { binary, hooksDir, template, folder, erp } = this.bench;
    const one = SYNC_CASES.find((each) => !each.loaded && each.mode === "bulk");
    if (!one) throw new Error("no case loads rows in bulk");
    erp.serve(makeAnswer({ rows: this.rows, shape, change: "none" }).body);
    const dataDir = copyData(template, folder);
    const server = await BenchServer.start({ binary, hooksDir, dataDir, erpUrl: erp.url });
    await prepareStream(server, { transport: "auto", mode: one.mode, shape, ignores });
    proveRun(await runSync(server), one, { rows: this.rows, loaded: 0 });
    await server.stop();
    return dataDir;
  }
}
