import type { TargetChange } from "../../sync/ports";
import { formatValue } from "../model/exact-json";

/** Which fields changed, from what to what. */
export function Changes({ changes, caption = "Changes" }: { changes: TargetChange[]; caption?: string }) {
  if (changes.length === 0) return null;
  return (
    <div class="scroll">
      <table class="changes is-short">
        <caption class="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">Field</th>
            <th scope="col">From</th>
            <th scope="col">To</th>
          </tr>
        </thead>
        <tbody>
          {changes.map(({ field, from, to }) => (
            <tr key={field}>
              <th scope="row">{field}</th>
              <td data-title="From">
                <del>{formatValue(from)}</del>
              </td>
              <td data-title="To">
                <ins>{formatValue(to)}</ins>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
