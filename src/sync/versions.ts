import type { Upsert } from "../diff/model";
import { compareVersions, versionText } from "../diff/version";
import { dateReader } from "../mapping/dates";
import type { Stream } from "../settings/stream";
import type { Reading } from "./context";
import type { Engine } from "./engine";
import type { LeftoverRow } from "./snapshot";
import type { Told } from "./told";

const AT_ONCE = 1000;

/** Reads options.diff.version_field of a row; always "" for a stream without one. */
export function versionReader(engine: Engine, stream: Stream): (value: unknown) => string {
  if (stream.options.diff.version_field === "") return () => "";
  const dates = dateReader({ timezone: stream.timezone, zonedToUtc: engine.zonedToUtc });
  const dateOf = (text: string): string => {
    const date = dates(text);
    return typeof date === "string" ? date : "";
  };
  return (value) => versionText(value, dateOf);
}

/** Lets those upserts through whose text is no older version than the one that is stored under their key. */
export class VersionCheck {
  private readonly waiting: Upsert<LeftoverRow>[] = [];
  private readonly hasVersions: boolean;

  constructor(
    private readonly run: Reading,
    private readonly take: (upsert: Upsert<LeftoverRow>) => void,
  ) {
    this.hasVersions = run.stream.options.diff.version_field !== "";
  }

  pass(upsert: Upsert<LeftoverRow>): void {
    if (this.hasVersions && (upsert.kind === "changed" || upsert.kind === "touched")) this.waiting.push(upsert);
    else this.take(upsert);
  }

  /** Looks at those that are known by their key; returns how many are older. */
  finish(): number {
    const stored = storedVersions(
      this.run,
      this.waiting.map((upsert) => upsert.rawId),
    );
    let older = 0;
    for (const upsert of this.waiting) {
      const [sent, kept] = [upsert.row.version ?? "", stored.get(upsert.rawId) ?? ""];
      if (compareVersions(sent, kept) >= 0) {
        this.take(upsert);
        continue;
      }
      older++;
      this.run.older.first ||= `${upsert.erpId} came with ${sent}, ${kept} is stored`;
    }
    this.run.older.rows += older;
    return older;
  }
}

/** Why a record shows another state than the ERP's answer: nothing, or one sentence however many pages the answer had. */
export function tellOlder({ stream, older: { rows, first } }: Pick<Reading, "stream" | "older">): Told[] {
  if (rows === 0) return [];
  const plain = `rows that are not taken, because their ${stream.options.diff.version_field} (options.diff.version_field) is lower than that of the stored row: ${rows}`;
  return [{ full: `${plain}; the first: ${first}`, plain }];
}

function storedVersions(run: Reading, rawIds: string[]): Map<string, string> {
  const { engine, stream } = run;
  const read = versionReader(engine, stream);
  const versions = new Map<string, string>();
  for (let at = 0; at < rawIds.length; at += AT_ONCE) {
    run.checkpoint();
    const rows = engine.store.all(
      `SELECT id AS id, CAST(COALESCE(payload_json ->> {:field}, '') AS TEXT) AS version FROM erp_raw_data
        WHERE id IN (SELECT value FROM json_each({:ids}))`,
      { field: stream.options.diff.version_field, ids: JSON.stringify(rawIds.slice(at, at + AT_ONCE)) },
      { id: "", version: "" },
    );
    for (const { id, version } of rows) versions.set(id, read(version));
  }
  return versions;
}
