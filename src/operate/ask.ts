import { daysBefore, isCalendarDate } from "../settings/dates";
import type { Stream } from "../settings/stream";
import type { Ask } from "../sync/question";
import { type ActionFlag, type ActionInput, BadOption } from "./action";
import { wholeNumber } from "./window";

const MOST_DAYS = 36_500;
const SMALLEST_PAGE = 100;
const LARGEST_PAGE = 10_000;
const MOST_RECORDS = 100_000_000;

/** What one run asks for instead of what its stream says. Less than everything only adds and changes rows. */
export const ASK_FLAGS: ActionFlag[] = [
  { name: "full", type: "bool", default: false, help: "ask for everything, also where only what is new would do" },
  {
    name: "from-date",
    type: "text",
    default: "",
    help: "only rows since this day, YYYY-MM-DD; deletes and marks nothing",
  },
  { name: "days-back", type: "text", default: "", help: "the same, for so many days before today (UTC)" },
  { name: "batch-size", type: "text", default: "", help: "rows a page, 100 to 10000, of a stream with paging" },
  { name: "max-records", type: "text", default: "", help: "take only so many rows; deletes and marks nothing" },
];

/** Reads those options. Throws BadOption, with the names they have over HTTP. `now` in ms. */
export function askOf(flags: ActionInput["flags"], stream: Stream, now: number): Ask {
  const fromDate = fromDateOf(flags, now);
  const maxRecords = isGiven(flags, "max-records") ? wholeNumber(flags, "max-records", MOST_RECORDS) : 0;
  if (fromDate !== "" && stream.options.source.from_date_param === "") {
    throw new BadOption(
      `from_date, days_back: stream "${stream.name}" cannot tell the ERP a day; set options.source.from_date_param to the name of its query parameter`,
    );
  }
  const full = flags.full === true;
  if (full && (fromDate !== "" || maxRecords > 0)) {
    throw new BadOption("full: it asks for everything, so leave out from_date, days_back and max_records");
  }
  return { fromDate, maxRecords, pageSize: pageSizeOf(flags, stream), full };
}

function pageSizeOf(flags: ActionInput["flags"], stream: Stream): number {
  if (!isGiven(flags, "batch-size")) return 0;
  const size = wholeNumber(flags, "batch-size", LARGEST_PAGE, SMALLEST_PAGE);
  if (stream.options.source.paging.kind !== "none") return size;
  throw new BadOption(
    `batch_size: stream "${stream.name}" is not read in pages (options.source.paging.kind is "none")`,
  );
}

function fromDateOf(flags: ActionInput["flags"], now: number): string {
  const given = String(flags["from-date"] ?? "").trim();
  if (given !== "" && !isCalendarDate(given)) {
    throw new BadOption(
      `from_date: "${given}" is not a date (expected YYYY-MM-DD of a day that exists, such as 2025-12-01)`,
    );
  }
  if (!isGiven(flags, "days-back")) return given;
  if (given !== "") throw new BadOption("days_back: from_date is given too, leave one of the two out");
  const days = wholeNumber(flags, "days-back", MOST_DAYS);
  return daysBefore(now, days);
}

function isGiven(flags: ActionInput["flags"], name: string): boolean {
  return flags[name] !== undefined && flags[name] !== "";
}
