import { describe, expect, it } from "vitest";
import { type PagePlace, Pager, type Paging, type ReadPage } from "../../../src/sources/paging";

const BASE = "https://erp.example.com/api/rows?type=BOM";
const DEFAULTS: Paging = {
  ...{ kind: "none", param: "", size_param: "limit", page_size: 3, start: null },
  ...{ cursor_path: "meta.next", max_pages: 100 },
};
let pageNumber = 0;
const page = (rows: number, more: Partial<ReadPage> = {}): ReadPage => ({
  ...{ rows, envelope: {}, link: "", fingerprint: `page ${pageNumber++}` },
  ...more,
});

/** The queries that were asked for while these pages came; the last entry says how it ended. */
function walk(paging: Partial<Paging>, pages: ReadPage[], base = BASE): string[] {
  const all = { ...DEFAULTS, ...paging };
  const pager = new Pager(all, all.page_size);
  const asked: string[] = [];
  for (const each of pages) {
    const url = pager.url(base);
    asked.push(url.replace(BASE, ""));
    if (!pager.step(each, url)) return [...asked, "end"];
  }
  return [...asked, "goes on"];
}

describe("offset and page", () => {
  it("go on until a page is shorter than those before it", () => {
    expect(walk({ kind: "offset" }, [page(3), page(3), page(1)])).toEqual([
      "&offset=0&limit=3",
      "&offset=3&limit=3",
      "&offset=6&limit=3",
      "end",
    ]);
    expect(walk({ kind: "page" }, [page(3), page(2)])).toEqual(["&page=1&limit=3", "&page=2&limit=3", "end"]);
  });

  it("end at an empty page, also when it is the first", () => {
    expect(walk({ kind: "page" }, [page(3), page(0)]).at(-1)).toBe("end");
    expect(walk({ kind: "page" }, [page(0)]).at(-1)).toBe("end");
  });

  it("take a short first page for an ERP that allows fewer rows, until another page proves the end", () => {
    expect(walk({ kind: "offset" }, [page(2), page(2), page(1)])).toEqual([
      "&offset=0&limit=3",
      "&offset=2&limit=3",
      "&offset=4&limit=3",
      "end",
    ]);
  });

  it("begin where start says, under the names that are set", () => {
    expect(walk({ kind: "page", start: 0, param: "p", size_param: "" }, [page(3)])).toEqual(["&p=0", "goes on"]);
    expect(walk({ kind: "offset", start: 10 }, [page(3), page(3)])[1]).toBe("&offset=13&limit=3");
  });

  it("refuse an ERP that answers the same page again", () => {
    const same = page(3);
    expect(() => walk({ kind: "page" }, [same, same])).toThrow('its rows are those of an earlier page; "page" for the');
  });
});

describe("cursor", () => {
  const next = (cursor: unknown) => page(3, { envelope: { meta: { next: cursor } } });

  it("sends back what the page before said, and ends without one", () => {
    const asked = walk({ kind: "cursor" }, [next("a&b"), next(7), next(null)]);
    expect(asked).toEqual(["&limit=3", "&cursor=a%26b&limit=3", "&cursor=7&limit=3", "end"]);
    for (const last of ["", null, undefined, false]) expect(walk({ kind: "cursor" }, [next(last)]).at(-1)).toBe("end");
    expect(walk({ kind: "cursor" }, [page(3, { envelope: [] })]).at(-1)).toBe("end");
  });

  it("refuses the same cursor twice, and one that is no text", () => {
    expect(() => walk({ kind: "cursor" }, [next("a"), next("b"), next("a")])).toThrow(
      'meta.next is "a" for the second time: check options.source.paging, or ask the ERP',
    );
    expect(() => walk({ kind: "cursor" }, [next({ id: 1 })])).toThrow("expected a text or number as the cursor");
  });
});

describe("link", () => {
  const link = (header: string) => page(3, { link: header });
  const second = (header: string, base = BASE) => walk({ kind: "link" }, [link(header), page(1)], base)[1];

  it.each([
    ['<https://erp.example.com/api/rows?page=2>; rel="next"', "https://erp.example.com/api/rows?page=2"],
    ["<https://ERP.example.com:443/x>; rel=next", "https://ERP.example.com:443/x"],
    ['</first>; rel="first", </next?a=1,2>; title="a, b"; rel="last next"', "https://erp.example.com/next?a=1,2"],
    ['<?page=2>; rel="next"', "https://erp.example.com/api/rows?page=2"],
    ['<more>; rel="next"', "https://erp.example.com/api/more"],
    ['<//erp.example.com/y>; rel="next"', "https://erp.example.com/y"],
  ])("follows %s", (header, url) => {
    expect(second(header)).toBe(url);
  });

  it.each(["", '</p>; rel="prev"', "nonsense", '</p>; rel="nextish"'])("ends at %j", (header) => {
    expect(walk({ kind: "link" }, [link(header)])).toEqual(["&limit=3", "end"]);
  });

  it.each(["https://evil.example.com/x", "http://erp.example.com/x", "https://erp.example.com:8443/x", "//evil.com/x"])(
    "does not take the credentials to %s",
    (url) => {
      expect(() => second(`<${url}>; rel="next"`)).toThrow("leads to another host");
    },
  );
});

it("gives up after max_pages", () => {
  expect(() => walk({ kind: "page", max_pages: 2 }, [page(3), page(3)])).toThrow("there are more than 2 pages");
  expect(walk({ kind: "page", max_pages: 2 }, [page(3), page(1)]).at(-1)).toBe("end");
});

describe("a walk that goes on in another run", () => {
  /** The queries asked for, each by a walk of its own that begins where the one before it stood. */
  const inRuns = (paging: Partial<Paging>, pages: ReadPage[], sizes = [3]): string[] => {
    const all = { ...DEFAULTS, ...paging };
    let place: PagePlace | null = null;
    return pages.map((each, at) => {
      const pager: Pager = new Pager(all, sizes[at] ?? 3, place);
      const url = pager.url(BASE);
      const goesOn = pager.step(each, url);
      place = JSON.parse(JSON.stringify(pager.place())) as PagePlace;
      return url.replace(BASE, "") + (goesOn ? "" : " end");
    });
  };
  const next = (cursor: string) => page(3, { envelope: { meta: { next: cursor } } });
  const link = (url: string) => page(3, { link: `<${url}>; rel="next"` });

  it.each<[string, Partial<Paging>, ReadPage[], string[]]>([
    [
      "by offset",
      { kind: "offset" },
      [page(3), page(3), page(1)],
      ["&offset=0&limit=3", "&offset=3&limit=3", "&offset=6&limit=3 end"],
    ],
    ["by page", { kind: "page" }, [page(3), page(2)], ["&page=1&limit=3", "&page=2&limit=3 end"]],
    [
      "by cursor",
      { kind: "cursor" },
      [next("a"), next("b"), next("")],
      ["&limit=3", "&cursor=a&limit=3", "&cursor=b&limit=3 end"],
    ],
    ["by link", { kind: "link" }, [link("/x?2"), page(1)], ["&limit=3", "https://erp.example.com/x?2 end"]],
  ])("asks for the same pages, %s", (_, paging, pages, asked) => {
    expect(inRuns(paging, pages)).toEqual(asked);
  });

  it("keeps its page size, since page numbers count in it", () => {
    expect(inRuns({ kind: "page" }, [page(3), page(3)], [3, 500])).toEqual(["&page=1&limit=3", "&page=2&limit=3"]);
  });

  it.each<[string, Partial<Paging>, ReadPage[]]>([
    ["page", { kind: "page" }, [page(3, { fingerprint: "same" }), page(3, { fingerprint: "same" })]],
    ["cursor", { kind: "cursor" }, [next("a"), next("a")]],
    ["link", { kind: "link" }, [link("/x"), link("/x")]],
  ])("notices the same %s a second time", (_, paging, pages) => {
    expect(() => inRuns(paging, pages)).toThrow("for the second time");
  });

  it("counts all pages for max_pages", () => {
    expect(() => inRuns({ kind: "page", max_pages: 2 }, [page(3), page(3)])).toThrow("there are more than 2 pages");
  });
});
