import { HttpResponse, http, type RequestHandler } from "msw";
import type { ErpRow } from "./row";

export const BOM_PATH = "/api/inprocessjobsBOMmaterialsDetails";

/** Where the answers come from. */
export interface ErpAnswers {
  /** The JSON text of the rows whose work order was created on `fromDate` (YYYY-MM-DD) or later. */
  bom(fromDate: string): string;
  rows(): ErpRow[];
}

/** The ERP of 000 as msw handlers: usable behind HTTP (`startErp`) and in msw's `setupServer`. */
export function erpHandlers(answers: ErpAnswers): RequestHandler[] {
  return [http.get(`*${BOM_PATH}`, ({ request }) => answerBom(new URL(request.url), answers))];
}

function answerBom({ searchParams }: URL, answers: ErpAnswers): Response {
  const txnType = searchParams.get("txnType") ?? "";
  const fromDate = searchParams.get("fromDate") ?? "";
  if (!/^\d{4}-\d\d-\d\d$/.test(fromDate)) return refuse(`The value '${fromDate}' is not valid for fromDate.`);
  return jsonText(txnType === "BOM" ? answers.bom(fromDate) : "[]");
}

export function refuse(message: string, status = 400): Response {
  return HttpResponse.json({ Message: message }, { status });
}

/** A JSON answer that is already text, so that a big one is not parsed and written again. */
export function jsonText(text: string, headers: Record<string, string> = {}): Response {
  return HttpResponse.text(text, { headers: { "Content-Type": "application/json; charset=utf-8", ...headers } });
}

/** What the ERP filters by: a row without a creation date is always there. */
export function isFrom(row: ErpRow, fromDate: string): boolean {
  return typeof row.WO_CREATE_DATE !== "string" || row.WO_CREATE_DATE >= fromDate;
}
