/** Where archived answers are: the folder of this machine, or a bucket. */
export type Place = { kind: "local" } | { kind: "s3"; bucket: string };

/** An archived answer: one file, or the pages of one in their order. */
export interface Archived {
  place: Place;
  /** The path of each file in the place, with slashes. */
  keys: string[];
  /** The number of the first page; more than 1 once some have been deleted. */
  first: number;
}

/**
 * The path of a new archive (004): `<prefix>/2026-11-22/aswan_bom_20261122_063045.json`, in UTC. Pages share one path
 * that says how many there are: `….{1..12}.json`. `isTaken`: an answer that came in the same second has this path.
 */
export function archiveKey(
  { prefix, stream, atMs, files }: { prefix: string; stream: string; atMs: number; files: number },
  isTaken: (key: string) => boolean,
): string {
  const [day = "", time = ""] = new Date(atMs).toISOString().split("T");
  const stamp = `${day.replace(/-/g, "")}_${time.slice(0, 8).replace(/:/g, "")}`;
  const folder = prefix === "" ? day : `${prefix}/${day}`;
  const pages = files === 1 ? "" : `.{1..${files}}`;
  for (let n = 1; ; n++) {
    const base = `${folder}/${stream}_${stamp}${n === 1 ? "" : `_${n}`}`;
    if (!isTaken(base)) return `${base}${pages}.json`;
  }
}

/** As sync_runs.archive_path has it: `local:<path>` or `s3://<bucket>/<path>`. */
export function formatArchive(place: Place, key: string): string {
  return place.kind === "local" ? `local:${key}` : `s3://${place.bucket}/${key}`;
}

/** Segments begin with a letter or digit: none of them leads out of the folder. */
const FORM =
  /^(?:local:|s3:\/\/([A-Za-z0-9][\w.-]*)\/)((?:[A-Za-z0-9][\w.-]*\/)*[A-Za-z0-9][\w.-]*?(?:\.\{(\d{1,7})\.\.(\d{1,7})\})?\.json)$/;
const PAGES = /\{\d+\.\.(\d+)\}/;

/** What sync_runs.archive_path says; null when a person has written something else there. */
export function parseArchive(path: string): Archived | null {
  const [, bucket, key = "", first = "", last = ""] = FORM.exec(path) ?? [];
  if (key === "") return null;
  const place: Place = bucket === undefined ? { kind: "local" } : { kind: "s3", bucket };
  if (last === "") return { place, keys: [key], first: 1 };
  const keys: string[] = [];
  for (let page = Number(first); page <= Number(last); page++) keys.push(key.replace(PAGES, String(page)));
  return { place, keys, first: Number(first) };
}

/** The path of an archive whose pages up to this one have been deleted. */
export function withoutPagesTo(path: string, page: number): string {
  return path.replace(PAGES, (_, last: string) => `{${page + 1}..${last}}`);
}
