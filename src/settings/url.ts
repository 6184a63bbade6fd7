/** The parts of an http or https URL; port, path and query may be "". */
export interface UrlParts {
  scheme: "http" | "https";
  /** In lower case; an IPv6 address with its brackets. */
  host: string;
  port: string;
  path: string;
  /** Without the question mark. */
  query: string;
}

const urlForm = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)([^?#]*)(?:\?([^#]*))?(#.*)?$/i;
const hostForm =
  /^(?:([a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)*\.?)|(\[[0-9a-f:.]+\]))(?::(\d*))?$/i;

export const userInfoReason =
  "holds a user name or password before @: take them out and use options.source.auth (kind basic)";

/** Splits a URL. Throws what is wrong with it, as the end of a sentence; the message holds no part that may be secret. */
export function parseUrl(url: string): UrlParts {
  if (/\s/.test(url)) throw new Error("holds a space or line break (write %20 for a space)");
  const match = urlForm.exec(url);
  if (!match) throw new Error("is not a URL (expected https://host/path)");
  const [, scheme = "", authority = "", path = "", query = "", fragment = ""] = match;
  const lowerScheme = scheme.toLowerCase();
  if (lowerScheme !== "http" && lowerScheme !== "https") {
    throw new Error(`begins with ${lowerScheme}:// (expected http:// or https://)`);
  }
  if (authority.includes("@")) {
    throw new Error(userInfoReason);
  }
  const host = hostForm.exec(authority);
  if (!host)
    throw new Error("has no valid host name after :// (expected a name or address, such as erp.example.com:8088)");
  const port = host[3] ?? "";
  if (port !== "" && (Number(port) < 1 || Number(port) > 65535))
    throw new Error(`has the port ${port} (expected 1 to 65535)`);
  if (fragment !== "") throw new Error("has a part after #, which is never sent (write %23 for a # that is meant)");
  return { scheme: lowerScheme, host: (host[1] ?? host[2] ?? "").toLowerCase(), port, path, query };
}

/** The host of a URL, without its port; "" when it is not a URL. */
export function hostOf(url: string): string {
  try {
    return parseUrl(url).host;
  } catch {
    return "";
  }
}

/** The entries of ERP_ALLOWED_HOSTS, separated by commas or blanks: `erp.example.com`, `*.example.com`, `10.0.0.5:8088`. */
export function parseAllowedHosts(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((entry) => entry !== "");
}

/** True when the host is on the list; an entry with a port allows that port only, an empty list allows every host. */
export function isHostAllowed({ scheme, host, port }: UrlParts, allowed: readonly string[]): boolean {
  const withPort = `${host}:${port || (scheme === "https" ? "443" : "80")}`;
  return (
    allowed.length === 0 ||
    allowed.some((entry) => {
      if (entry.startsWith("*.")) return host.endsWith(entry.slice(1)) || withPort.endsWith(entry.slice(1));
      return entry === host || entry === withPort;
    })
  );
}
