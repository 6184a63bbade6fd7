import { HttpResponse, http, type RequestHandler } from "msw";
import { changedSince } from "./changes-handlers";
import { type ErpAnswers, refuse } from "./handlers";

/**
 * The same rows in pages, one path per style of paging:
 * - `/api/paged/offset?offset=0&limit=500` answers an array;
 * - `/api/paged/page?page=1&limit=500` answers `{ data: { items, total } }`;
 * - `/api/paged/cursor?cursor=&limit=500` answers `{ data: { items }, next_cursor }`, null at the end;
 * - `/api/paged/link?page=1&limit=500` answers an array and a `Link: <…>; rel="next"` header.
 *
 * `field` and `since` ask for what was changed, as with `/api/changes`.
 */
export function pagedHandlers(answers: ErpAnswers): RequestHandler[] {
  return [
    http.get("*/api/paged/:style", ({ request, params }) => {
      const url = new URL(request.url);
      const limit = Number(url.searchParams.get("limit") ?? 500);
      if (!(limit > 0)) return refuse(`The value '${url.searchParams.get("limit")}' is not valid for limit.`);
      return answerPage(String(params.style), url, limit, answers);
    }),
  ];
}

function answerPage(style: string, url: URL, limit: number, answers: ErpAnswers): Response {
  const rows = changedSince(answers.rows(), url.searchParams);
  const asked = (name: string, fallback: number) => Number(url.searchParams.get(name) || fallback);
  const page = asked("page", 1);
  if (style === "offset") {
    const offset = asked("offset", 0);
    return HttpResponse.json(rows.slice(offset, offset + limit));
  }
  if (style === "cursor") {
    const start = asked("cursor", 0);
    const next = start + limit < rows.length ? String(start + limit) : null;
    return HttpResponse.json({ data: { items: rows.slice(start, start + limit) }, next_cursor: next });
  }
  const items = rows.slice((page - 1) * limit, page * limit);
  if (style === "page") return HttpResponse.json({ data: { items, total: rows.length } });
  if (style !== "link") return refuse(`There is no paging style '${style}'.`, 404);
  url.searchParams.set("page", String(page + 1));
  const headers = page * limit < rows.length ? { Link: `<${url.href}>; rel="next"` } : undefined;
  return HttpResponse.json(items, { headers });
}
