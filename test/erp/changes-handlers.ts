import { HttpResponse, http, type RequestHandler } from "msw";
import type { ErpAnswers } from "./handlers";
import type { ErpRow } from "./row";

/**
 * `/api/changes?field=INV_TRANS_CREATE_DATE&since=…`: the rows whose field is `since` or later; a row without a value is
 * in no such answer. Without `since` all rows.
 */
export function changesHandlers(answers: ErpAnswers): RequestHandler[] {
  return [
    http.get("*/api/changes", ({ request }) => {
      return HttpResponse.json(changedSince(answers.rows(), new URL(request.url).searchParams));
    }),
  ];
}

/** The rows that the parameters `field` and `since` ask for. */
export function changedSince(rows: readonly ErpRow[], asked: URLSearchParams): readonly ErpRow[] {
  const since = asked.get("since");
  const field = (asked.get("field") ?? "") as keyof ErpRow;
  return since === null ? rows : rows.filter((row) => comparable(row[field]) >= comparable(since));
}

/** Numbers as they are, times in ms (without a zone in UTC), anything else compares as false. */
function comparable(value: string | number | null | undefined): number {
  if (value === null || value === undefined || value === "") return Number.NaN;
  if (typeof value === "number" || /^-?\d+$/.test(value)) return Number(value);
  return Date.parse(/Z$/.test(value) ? value : `${value}Z`);
}
