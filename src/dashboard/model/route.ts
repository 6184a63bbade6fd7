/** A page of the dashboard: its path in parts, decoded, and what is filtered for. */
export interface Route {
  path: string[];
  query: Record<string, string>;
}

/** Reads what stands behind the # of the address: `#/row/aswan_bom/BOM%7CW` is ["row", "aswan_bom", "BOM|W"]. */
export function parseHash(hash: string): Route {
  const [path = "", query = ""] = hash.replace(/^#?\/?/, "").split("?", 2);
  return {
    path: path.split("/").filter(Boolean).map(decoded),
    query: Object.fromEntries(new URLSearchParams(query)),
  };
}

/** The link of a page. Blank values are left out, so that equal pages have equal links. */
export function linkTo(path: readonly string[], query: Record<string, string | number | undefined> = {}): string {
  const asked = Object.entries(query).filter(([, value]) => value !== undefined && value !== "");
  const text = new URLSearchParams(asked.map(([name, value]): [string, string] => [name, String(value)])).toString();
  return `#/${path.map(encodeURIComponent).join("/")}${text === "" ? "" : `?${text}`}`;
}

/** A link somebody cut in the middle of an escape still opens a page. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
