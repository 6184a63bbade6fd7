import { isSafeNumber } from "../mapping/numbers";
import type { Options } from "../settings/options";
import { parseUrl } from "../settings/url";
import { quoteStart, withCommas } from "./answer-error";
import { appendQuery } from "./request";

export type Paging = Options["source"]["paging"];

/** One page that was read to its end. */
export interface ReadPage {
  rows: number;
  /** The answer around its rows. */
  envelope: unknown;
  /** The header Link as received. */
  link: string;
  /** Equal for pages with the same rows. */
  fingerprint: string;
}

/** Where a walk through pages stands, to be gone on with by another run. */
export interface PagePlace {
  /** Rows a page: page numbers count in them. */
  size: number;
  /** Pages and rows so far. */
  pages: number;
  rows: number;
  /** Rows of the largest page so far. */
  largest: number;
  /** The cursor or address of the next page. */
  next: string;
  /** What the next page must differ from. */
  last: string;
}

/**
 * Walks through the pages of a source. Its address begins with that of the first page; after each page step() says
 * whether there is another one. A source without paging is one page.
 */
export class Pager {
  /** Pages read so far. */
  pages = 0;
  rows = 0;
  private largest = 0;
  private next = "";
  private last = "";
  private readonly pageSize: number;
  private readonly seen = new Set<string>();

  /** `from`: where an earlier walk stood, in place of the first page. */
  constructor(
    private readonly paging: Paging,
    pageSize: number,
    from: PagePlace | null = null,
  ) {
    this.pageSize = from?.size ?? pageSize;
    if (!from) return;
    this.pages = from.pages;
    this.rows = from.rows;
    this.largest = from.largest;
    this.next = from.next;
    this.last = from.last;
    this.seen.add(from.last);
  }

  /** Where it stands, between two pages. */
  place(): PagePlace {
    const { pageSize: size, pages, rows, largest, next, last } = this;
    return { size, pages, rows, largest, next, last };
  }

  /** The address of the page to read now; `base` is that of the whole. */
  url(base: string): string {
    const { kind, param, size_param } = this.paging;
    if (kind === "none") return base;
    if (kind === "link" && this.next !== "") return this.next;
    const added: [string, string][] = [];
    if (kind !== "link") {
      const position = this.position();
      if (position !== "") added.push([param || kind, position]);
    }
    if (size_param !== "") added.push([size_param, String(this.pageSize)]);
    return appendQuery(base, added);
  }

  private position(): string {
    const { kind, start } = this.paging;
    if (kind === "cursor") return this.next;
    return kind === "offset" ? String((start ?? 0) + this.rows) : String((start ?? 1) + this.pages);
  }

  /** Takes note of a page; false when it was the last one. Throws when the pages would never end. `url`: its address. */
  step(page: ReadPage, url: string): boolean {
    this.pages++;
    this.rows += page.rows;
    if (!this.goesOn(page, url)) return false;
    if (this.pages < this.paging.max_pages) return true;
    throw new Error(
      `there are more than ${withCommas(this.pages)} pages: raise options.source.paging.max_pages, or page_size`,
    );
  }

  private goesOn(page: ReadPage, url: string): boolean {
    const { kind, cursor_path } = this.paging;
    if (kind === "none") return false;
    if (kind === "cursor") {
      this.next = cursorAt(page.envelope, cursor_path);
      return this.next !== "" && this.isFresh(this.next, `${cursor_path} is ${quoteStart(this.next)}`);
    }
    if (kind === "link") {
      const target = nextLink(page.link);
      if (target === "") return false;
      this.next = resolveLink(target, url);
      return this.isFresh(this.next, `the link to the next page is ${quoteStart(target)}`);
    }
    if (page.rows === 0 || (this.pages > 1 && page.rows < this.largest)) return false;
    this.largest = Math.max(this.largest, page.rows);
    return this.isFresh(page.fingerprint, `its rows are those of an earlier page; "${this.paging.param || kind}"`);
  }

  /** True the first time; the same cursor, link or page a second time would go on for ever. */
  private isFresh(value: string, what: string): boolean {
    if (this.seen.has(value)) {
      throw new Error(`${what} for the second time: check options.source.paging, or ask the ERP`);
    }
    this.seen.add(value);
    this.last = value;
    return true;
  }
}

/** The cursor of the next page; "" where there is none. Throws when it is no text or number. */
function cursorAt(envelope: unknown, path: string): string {
  let value: unknown = envelope;
  for (const name of path.split(".")) {
    value = typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
  }
  if (value === undefined || value === null || value === false) return "";
  if (typeof value === "number" && !isSafeNumber(value)) {
    throw new Error(
      `${path} is a number beyond 9007199254740991 (${value}), which cannot be read exactly: ask the ERP for a text`,
    );
  }
  if (typeof value === "string" || typeof value === "number") return String(value);
  throw new Error(`${path} is ${quoteStart(JSON.stringify(value))}, expected a text or number as the cursor`);
}

/** The target of rel="next" in a Link header (RFC 8288); "" where there is none. */
function nextLink(header: string): string {
  for (const match of header.matchAll(/<([^>]*)>((?:\s*;\s*[^\s=;,]+(?:\s*=\s*(?:"[^"]*"|[^\s;,"]*))?)*)/g)) {
    const relation = /;\s*rel\s*=\s*(?:"([^"]*)"|([^\s;,"]+))/i.exec(match[2] ?? "");
    const names = (relation?.[1] ?? relation?.[2] ?? "").toLowerCase().split(/\s+/);
    if (names.includes("next")) return (match[1] ?? "").trim();
  }
  return "";
}

/** The link as an address on the same host: the credentials of the request go with it. */
function resolveLink(target: string, from: string): string {
  const origin = /^[^:]+:\/\/[^/?#]*/.exec(from)?.[0] ?? "";
  if (!/^[a-z][a-z0-9+.-]*:/i.test(target) && !target.startsWith("//")) {
    const path = (from.slice(origin.length).split(/[?#]/)[0] ?? "") || "/";
    if (target.startsWith("/")) return origin + target;
    if (target.startsWith("?")) return origin + path + target;
    return origin + path.slice(0, path.lastIndexOf("/") + 1) + target;
  }
  const url = target.startsWith("//") ? `${origin.split("//")[0]}${target}` : target;
  if (placeOf(url) === placeOf(from)) return url;
  throw new Error(
    `the link to the next page leads to another host, ${quoteStart(placeOf(url) || target)}, where the stream's credentials must not go: ask the ERP, or use another options.source.paging.kind`,
  );
}

/** Scheme, host and port; "" when it is no address. */
function placeOf(url: string): string {
  try {
    const { scheme, host, port } = parseUrl(url);
    return `${scheme}://${host}:${port || (scheme === "https" ? "443" : "80")}`;
  } catch {
    return "";
  }
}
