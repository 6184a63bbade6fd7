import { useState } from "preact/hooks";
import { formatValue, parseExact } from "../model/exact-json";
import { oddFields, type RowStory } from "../model/story";
import { adminLink } from "../session";
import { Badge } from "./badge";

/** The row as the ERP sent it beside the record of the target, field by field; what is not as it should be stands first. */
export function RowValues({ story }: { story: RowStory }) {
  const [wanted, setWanted] = useState("");
  const { raw, target } = story;
  const sent = sentFields(raw.payload_json);
  const record = target.record ?? {};
  const odd = oddFields(story);
  const all = new Set([...odd, ...Object.keys(record), ...Object.keys(sent)]);
  const names = [...all].filter((name) => name.toLowerCase().includes(wanted.trim().toLowerCase()));
  return (
    <section class="card">
      <div class="card-head">
        <h2>Values</h2>
        <div class="actions">
          <a class="button" href={adminLink("erp_raw_data", raw.id)}>
            Mend in the admin UI
          </a>
          {target.record && (
            <a class="button" href={adminLink(target.collection, target.id)}>
              Target record
            </a>
          )}
        </div>
      </div>
      {target.record === null && <p>The target has no record of this row.</p>}
      <label class="narrow">
        Find a field
        <input type="search" value={wanted} onInput={(event) => setWanted(event.currentTarget.value)} />
      </label>
      <div class="scroll">
        <table class="changes">
          <caption class="visually-hidden">The ERP's values and the target's</caption>
          <thead>
            <tr>
              <th scope="col">Field</th>
              <th scope="col">The ERP sent</th>
              <th scope="col">The target shows</th>
            </tr>
          </thead>
          <tbody>
            {names.map((name) => (
              <tr key={name} class={odd.has(name) ? "is-odd" : undefined}>
                <th scope="row">
                  {name} {odd.has(name) && <Badge label="Differs" tone="warn" />}
                </th>
                <td data-title="The ERP sent">
                  {name in sent ? formatValue(sent[name]) : <span class="muted">no such field</span>}
                </td>
                <td data-title="The target shows">
                  {name in record ? formatValue(record[name]) : <span class="muted">no such field</span>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function sentFields(text: string): Record<string, unknown> {
  try {
    const value = parseExact(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
