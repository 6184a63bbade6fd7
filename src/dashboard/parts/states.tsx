import type { ComponentChildren } from "preact";
import type { Loaded } from "../loading";
import { formatNumber } from "../model/format";
import { linkTo } from "../model/route";
import { route } from "../navigation";
import { Icon } from "./icon";

/** What was asked for, once it is there: until then that it is loading, or why it is not there and what to do. */
export function Shown<T>({ of, children }: { of: Loaded<T>; children: (data: T) => ComponentChildren }) {
  return (
    <>
      {of.error !== "" && <Problem text={of.error} onRetry={of.reload} isStale={of.data !== null} />}
      {of.data === null ? of.error === "" && <Loading /> : children(of.data)}
    </>
  );
}

export function Loading({ text = "Loading …" }: { text?: string }) {
  return (
    <p class="loading" role="status">
      <span class="spinner" aria-hidden="true" /> {text}
    </p>
  );
}

export function Problem({ text, onRetry, isStale = false }: { text: string; onRetry?: () => void; isStale?: boolean }) {
  return (
    <div class="note tone-bad" role="alert">
      <Icon name="bad" />
      <p>
        {text}
        {isStale && " What you see below is how it was before."}
      </p>
      {onRetry && (
        <button type="button" onClick={onRetry}>
          Try again
        </button>
      )}
    </div>
  );
}

interface EmptyProps {
  title: string;
  /** The page of a list that has nothing on it: beyond the first one that does not mean that the list is empty. */
  page?: number;
  children?: ComponentChildren;
}

export function Empty({ title, page = 1, children }: EmptyProps) {
  if (page > 1) return <PastEnd page={page} />;
  return (
    <div class="empty">
      <p class="empty-title">{title}</p>
      {children && <p>{children}</p>}
    </div>
  );
}

function PastEnd({ page }: { page: number }) {
  const { path, query } = route.value;
  return (
    <div class="empty">
      <p class="empty-title">Page {formatNumber(page)} is empty</p>
      <p>
        There is less here than there was. <a href={linkTo(path, { ...query, page: "" })}>Go to the first page</a>
      </p>
    </div>
  );
}
