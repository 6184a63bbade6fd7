import { useState } from "preact/hooks";
import type { TargetChange } from "../../sync/ports";
import { formatValue } from "../model/exact-json";
import { counted, formatNumber } from "../model/format";
import { Changes } from "./changes";
import { RowLink } from "./row-link";

export interface DiffEntry {
  erpId: string;
  text: string;
  changes: TargetChange[];
  /** A record as it would be made. */
  values?: Record<string, unknown> | undefined;
  /** The row is known already, so it has a story. */
  isLinked: boolean;
}

interface SectionProps<T> {
  title: string;
  meaning: string;
  stream: string;
  listing: { count: number; items: T[] };
  entryOf(item: T): DiffEntry;
}

const A_PAGE = 25;

/** One kind of difference: its rows with their fields, page by page. */
export function DiffSection<T>({ title, meaning, stream, listing, entryOf }: SectionProps<T>) {
  const [page, setPage] = useState(1);
  const { count, items } = listing;
  const pages = Math.ceil(items.length / A_PAGE);
  const shown = items.slice((page - 1) * A_PAGE, page * A_PAGE).map(entryOf);
  return (
    <section class="card" aria-label={title}>
      <h2>
        {title} <span class="sub">{meaning}</span>
      </h2>
      <ul class="pushes">
        {shown.map((entry, at) => (
          <li key={at}>
            <div class="push-head">
              {entry.isLinked ? (
                <RowLink stream={stream} erpId={entry.erpId} />
              ) : (
                <code class="wrap-anywhere">{entry.erpId}</code>
              )}
            </div>
            {entry.text !== "" && <p class="wrap-anywhere">{entry.text}</p>}
            <Changes changes={entry.changes} />
            {entry.values && <Values values={entry.values} />}
          </li>
        ))}
      </ul>
      {pages > 1 && (
        <nav class="pager" aria-label={`Pages of ${title}`}>
          <button type="button" disabled={page === 1} onClick={() => setPage(page - 1)}>
            ‹ Previous
          </button>
          <span>
            Page {page} of {pages}
          </span>
          <button type="button" disabled={page === pages} onClick={() => setPage(page + 1)}>
            Next ›
          </button>
        </nav>
      )}
      {count > items.length && (
        <p class="sub">
          The first {formatNumber(items.length)} of {counted(count, "row")} are shown.
        </p>
      )}
    </section>
  );
}

function Values({ values }: { values: Record<string, unknown> }) {
  const filled = Object.entries(values).filter(
    ([, value]) => value !== "" && value !== null && value !== 0 && value !== false,
  );
  return (
    <details>
      <summary>{counted(filled.length, "value")}</summary>
      <dl class="values">
        {filled.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd class="mono wrap-anywhere">{formatValue(value)}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
