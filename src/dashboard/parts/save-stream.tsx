import { useState } from "preact/hooks";
import { inSentences } from "../api";
import { happened } from "../live";
import { type ConnectionForm, settingsOf } from "../model/connection-form";
import { linkTo } from "../model/route";
import { goTo } from "../navigation";
import { tell } from "../notices";
import { pb } from "../session";
import { Field } from "./field";
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
        <Field label="Name" hint="small letters, digits and _">
          {(ids) => (
            <input
              {...ids}
              name="name"
              required
              pattern="[a-z][a-z0-9_]{0,40}"
              placeholder="inventory"
              autoComplete="off"
            />
          )}
        </Field>
        <Field label="Target collection" hint="has to be there already">
          {(ids) => <input {...ids} name="target" required autoComplete="off" />}
        </Field>
        <Field label="Key fields" hint="what tells rows apart, with commas">
          {(ids) => (
            <>
              <input
                {...ids}
                name="keys"
                required
                list="row-fields"
                autoComplete="off"
                spellcheck={false}
                placeholder="ORDER_ID, LINE_NO"
              />
              <datalist id="row-fields">
                {fields.map((field) => (
                  <option key={field} value={field} />
                ))}
              </datalist>
            </>
          )}
        </Field>
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
