import { useState } from "preact/hooks";
import { inSentences } from "../api";
import { happened } from "../live";
import { type ConnectionForm, settingsOf } from "../model/connection-form";
import { linkTo } from "../model/route";
import { goTo } from "../navigation";
import { tell } from "../notices";
import { pb } from "../session";
import { Problem } from "./states";

/** Makes a stream of settings that were tested. It is paused at first: a dry run shows what it would do. */
export function SaveStream({ form, fields }: { form: ConnectionForm; fields: string[] }) {
  const [error, setError] = useState("");
  const [busy, setBusy] = useState(false);
  const save = async (event: SubmitEvent) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget as HTMLFormElement);
    const name = String(given.get("name")).trim();
    setBusy(true);
    setError("");
    try {
      await inSentences(() =>
        pb.collection("sync_settings").create({
          ...settingsOf(form),
          name,
          target_collection: String(given.get("target")).trim(),
          key_fields: String(given.get("keys"))
            .split(",")
            .map((field) => field.trim())
            .filter(Boolean),
          on_missing: "keep",
          paused: true,
        }),
      );
      happened.value++;
      tell("ok", `Stream ${name} is saved and paused. Try a dry run, then resume it.`);
      goTo(linkTo(["stream", name]));
    } catch (reason) {
      setError(reason instanceof Error ? reason.message : String(reason));
      setBusy(false);
    }
  };
  return (
    <form class="card form" onSubmit={save}>
      <h2>Save it as a new stream</h2>
      <div class="form-row">
        <label>
          Name
          <input name="name" required pattern="[a-z][a-z0-9_]{0,40}" placeholder="inventory" autoComplete="off" />
          <span class="hint">small letters, digits and _</span>
        </label>
        <label>
          Target collection
          <input name="target" required autoComplete="off" />
          <span class="hint">has to be there already</span>
        </label>
        <label>
          Key fields
          <input
            name="keys"
            required
            list="row-fields"
            autoComplete="off"
            spellcheck={false}
            placeholder="ORDER_ID, LINE_NO"
          />
          <span class="hint">what tells rows apart, with commas</span>
          <datalist id="row-fields">
            {fields.map((field) => (
              <option key={field} value={field} />
            ))}
          </datalist>
        </label>
      </div>
      {error !== "" && <Problem text={error} />}
      <div class="actions">
        <button type="submit" disabled={busy}>
          Save, paused
        </button>
      </div>
    </form>
  );
}
