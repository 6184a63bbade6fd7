import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export const ROOT = join(import.meta.dirname, "../../..");

/** A page of Markdown; `path` from the root of the repository, with slashes. */
export interface Page {
  path: string;
  text: string;
}

export function readPage(path: string): Page {
  return { path, text: readFileSync(join(ROOT, path), "utf8") };
}

/** Every page there is: those at the root and everything under docs/. */
export function allPages(): Page[] {
  const root = readdirSync(ROOT).filter((name) => name.endsWith(".md"));
  return [...root, ...filesUnder("docs").filter((path) => path.endsWith(".md"))].sort().map(readPage);
}

/** Paths of all files under a folder of the repository. */
export function filesUnder(folder: string): string[] {
  if (!existsSync(join(ROOT, folder))) return [];
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesUnder(`${folder}/${entry.name}`) : `${folder}/${entry.name}`,
  );
}

const FENCED = /^ *```[^\n]*\n([\s\S]*?)^ *```/gm;

/** The page without its code blocks. */
export function prose({ text }: Page): string {
  return text.replace(FENCED, "");
}

/** Everything that is set as code: spans and the lines of blocks. */
export function codeIn(page: Page): string[] {
  const blocks = Array.from(page.text.matchAll(FENCED), (match) => match[1] ?? "");
  const spans = Array.from(prose(page).matchAll(/`([^`\n]+)`/g), (match) => match[1] ?? "");
  return [...spans, ...blocks.flatMap((block) => block.split("\n"))];
}

/** Where links of a page lead, without those to the web. */
export function linksIn(page: Page): string[] {
  const written = /\]\(([^)\s]+)\)|\bsrc(?:set)?="([^"]+)"/g;
  const links = Array.from(prose(page).matchAll(written), (match) => match[1] ?? match[2] ?? "");
  return links.filter((link) => !/^[a-z]+:/.test(link));
}

/** The anchors of a page's headings, as GitHub makes them. */
export function anchorsIn(page: Page): string[] {
  const seen = new Map<string, number>();
  return Array.from(prose(page).matchAll(/^#{1,6} +(.+)$/gm), (match) => {
    const slug = (match[1] ?? "")
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, "")
      .trim()
      .replace(/\s/g, "-");
    const before = seen.get(slug) ?? 0;
    seen.set(slug, before + 1);
    return before === 0 ? slug : `${slug}-${before}`;
  });
}

/** The rows of a page's tables, as cells by the heading of their column. */
export function tableRows({ text }: Page): Record<string, string>[] {
  const rows: Record<string, string>[] = [];
  let heads: string[] = [];
  for (const line of text.split("\n")) {
    if (!line.startsWith("|")) heads = [];
    else if (heads.length === 0) heads = cellsOf(line);
    else if (!/^\|[-| ]+\|$/.test(line))
      rows.push(Object.fromEntries(cellsOf(line).map((cell, at) => [heads[at], cell])));
  }
  return rows;
}

function cellsOf(line: string): string[] {
  return line
    .slice(1, -1)
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim());
}
