import { formatNumber } from "../model/format";
import { linkTo } from "../model/route";
import { route } from "../navigation";

interface PagerProps {
  page: number;
  /** How many pages there are, where that is known. */
  pages?: number;
  /** There is another page. */
  more: boolean;
  /** What the number of the page is called in the link. */
  name?: string;
}

/** Links to the page before and the next one; nothing where there is only one. */
export function Pager({ page, pages, more, name = "page" }: PagerProps) {
  if (page === 1 && !more) return null;
  const { path, query } = route.value;
  const to = (number: number) => linkTo(path, { ...query, [name]: number === 1 ? "" : number });
  return (
    <nav class="pager" aria-label="Pages">
      {page > 1 && (
        <a class="button" href={to(page - 1)} rel="prev">
          ‹ Previous
        </a>
      )}
      <span>
        Page {formatNumber(page)}
        {pages !== undefined && ` of ${formatNumber(pages)}`}
      </span>
      {more && (
        <a class="button" href={to(page + 1)} rel="next">
          Next ›
        </a>
      )}
    </nav>
  );
}

/** The number of the page that a link asks for; 1 for none and for nonsense. */
export function pageIn(query: Record<string, string>, name = "page"): number {
  const number = Number(query[name]);
  return Number.isInteger(number) && number > 0 ? number : 1;
}
