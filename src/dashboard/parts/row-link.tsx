import { linkTo } from "../model/route";

/** The link to a row's story. */
export function RowLink({ stream, erpId }: { stream: string; erpId: string }) {
  if (erpId === "") return <span class="muted">its key cannot be read</span>;
  return (
    <a class="mono wrap-anywhere" href={linkTo(["row", stream, erpId])}>
      {erpId}
    </a>
  );
}
