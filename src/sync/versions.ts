import type { Upsert } from "../diff/model";
import { compareVersions, versionText } from "../diff/version";
import { dateReader } from "../mapping/dates";
import type { Stream } from "../settings/stream";
import type { Reading } from "./context";
import type { Engine } from "./engine";
import type { LeftoverRow } from "./snapshot";

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

/** The upserts without those whose text is an older version than the one that is stored under their key. */
export function withoutOlder(run: Reading, upserts: Upsert<LeftoverRow>[]): Upsert<LeftoverRow>[] {
  if (run.stream.options.diff.version_field === "") return upserts;
  const sameKey = upserts.filter(({ kind }) => kind === "changed" || kind === "touched");
  const stored = storedVersions(
    run,
    sameKey.map((upsert) => upsert.rawId),
  );
  const older = new Set(
    sameKey.filter(({ row, rawId }) => compareVersions(row.version ?? "", stored.get(rawId) ?? "") < 0),
  );
  return upserts.filter((upsert) => !older.has(upsert));
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
