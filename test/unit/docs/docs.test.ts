import { existsSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, it } from "vitest";
import { LOWEST, PINNED } from "../../../scripts/setup/version.mjs";
import { actions } from "../../../src/operate/actions";
import { allPages, anchorsIn, codeIn, filesUnder, linksIn, type Page, prose, ROOT, readPage, tableRows } from "./pages";

const pages = allPages();
const readme = readPage("README.md");
const manifest = JSON.parse(readPage("package.json").text);
const commands = actions({ versions: () => ({ sync: "", pocketbase: "" }), openRules: () => [], transports: () => [] });

/** What is wrong with a link of a page, "" when nothing is. */
function linkProblem(page: Page, link: string): string {
  const [file = "", anchor] = link.split("#");
  const path = file === "" ? page.path : normalize(join(dirname(page.path), file)).replaceAll("\\", "/");
  if (!existsSync(join(ROOT, path))) return `${link} leads to ${path}, which does not exist`;
  if (anchor === undefined || !path.endsWith(".md") || anchorsIn(readPage(path)).includes(anchor)) return "";
  return `${link} leads to a heading that ${path} does not have`;
}

describe.each(pages)("$path", (page) => {
  it("has only links that lead somewhere", () => {
    expect(
      linksIn(page)
        .map((link) => linkProblem(page, link))
        .filter((problem) => problem !== ""),
    ).toEqual([]);
  });

  it("names only npm scripts that exist", () => {
    const named = codeIn(page).flatMap((code) =>
      Array.from(code.matchAll(/\bnpm (?:run )?(?:--silent )?([a-z][a-z:]*)/g), (match) => match[1] ?? ""),
    );
    const known = [...Object.keys(manifest.scripts), "ci", "install"];
    expect(named.filter((name) => !known.includes(name))).toEqual([]);
  });

  it("names only console commands that exist", () => {
    const named = codeIn(page).flatMap((code) =>
      Array.from(code.matchAll(/(?:^|\s|:)erp ([a-z][a-z-]+)/g), (match) => match[1] ?? ""),
    );
    const known = commands.map((command) => command.name);
    expect(named.filter((name) => !known.includes(name))).toEqual([]);
  });

  it("names only files that exist", () => {
    const folders = /^(src|scripts|test|docs|pb_hooks|pb_migrations|\.ci)\/[\w./-]+$/;
    const named = codeIn(page)
      .flatMap((code) => code.split(/[\s,;()]+/))
      .filter((word) => folders.test(word));
    expect(named.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });
});

describe("README.md", () => {
  it("lists every console command with its flags", () => {
    const rows = tableRows(readme).flatMap(({ command: cell = "", "what it does": what = "" }) => {
      const flags = Array.from(`${cell} ${what}`.matchAll(/--([a-z-]+)/g), (match) => match[1]);
      return Array.from(cell.matchAll(/`erp ([a-z-]+)/g), (match) => [match[1], flags.sort()]);
    });
    const known = commands.map(({ name, flags }) => [name, flags.map((flag) => flag.name).sort()]);
    expect(rows.sort()).toEqual(known.sort());
  });

  it("names the versions that set-up and package use", () => {
    expect(readme.text).toContain(`PocketBase ${PINNED}`);
    expect(readme.text).toContain(`PocketBase ${LOWEST} or later`);
    expect(readme.text).toContain(`pocketbase-erp-sync-${manifest.version}.zip`);
  });

  it("names only variables that .env.example explains", () => {
    const named = Array.from(readme.text.matchAll(/\bERP_[A-Z_]*[A-Z]\b/g), (match) => match[0]);
    const known = readFileSync(join(ROOT, ".env.example"), "utf8");
    expect(named.length).toBeGreaterThan(1);
    expect(named.filter((name) => !known.includes(`${name}=`))).toEqual([]);
  });
});

it("tells every route somewhere", () => {
  const routes = Array.from(readPage("src/hooks/erp_sync.pb.ts").text.matchAll(/"(\/api\/erp\/[^"]+)"/g), (m) => m[1]);
  const told = pages.map((page) => page.text).join("\n");
  const parts = routes.map((route = "") => (route.includes("{name}") ? route.slice(route.lastIndexOf("/")) : route));
  expect(parts.length).toBeGreaterThan(5);
  expect(parts.filter((part) => !told.includes(part))).toEqual([]);
});

describe("docs/adr", () => {
  const list = readPage("docs/adr/README.md");
  const decisions = filesUnder("docs/adr")
    .filter((path) => path !== list.path)
    .sort()
    .map(readPage);

  it("lists every decision by its number and title", () => {
    const listed = Array.from(list.text.matchAll(/^\| \[(\d{4})\]\(([^)]+)\) \| (.+) \|$/gm), (match) =>
      match.slice(1),
    );
    const found = decisions.map((page) => {
      const [, number, title] = /^# (\d{4}) (.+)$/m.exec(page.text) ?? [];
      return [number, page.path.replace("docs/adr/", ""), title];
    });
    expect(listed).toEqual(found);
  });

  it("numbers decisions from 0001 on without gaps, as their files are named", () => {
    const numbers = decisions.map((page) => page.path.slice("docs/adr/".length, "docs/adr/0000".length));
    expect(numbers).toEqual(decisions.map((_, at) => String(at + 1).padStart(4, "0")));
  });

  it.each(decisions)("$path tells context, decision and consequences", (page) => {
    const headings = Array.from(prose(page).matchAll(/^## (.+)$/gm), (match) => match[1]);
    expect(headings).toEqual(["Context", "Decision", "Consequences"]);
  });
});
