import { useState } from "preact/hooks";
import { tell } from "../notices";
import { Problem } from "./states";

interface EditorProps {
  label: string;
  text: string;
  saveLabel: string;
  /** Resolves to what to tell; throws a sentence. */
  onSave(text: string): Promise<string>;
}

/** JSON that a person mends. What is no JSON, or is refused, is told under it, and the text stays. */
export function JsonEditor({ label, text, saveLabel, onSave }: EditorProps) {
  const [edited, setEdited] = useState(text);
  const [error, setError] = useState("");
  const [busy, setBusy] = useState(false);
  const save = async (event: SubmitEvent) => {
    event.preventDefault();
    setBusy(true);
    setError("");
    try {
      JSON.parse(edited);
      tell("ok", await onSave(edited));
    } catch (reason) {
      const said = reason instanceof Error ? reason.message : String(reason);
      setError(reason instanceof SyntaxError ? `This is no JSON: ${said}` : said);
    }
    setBusy(false);
  };
  return (
    <form class="form" onSubmit={save}>
      <label>
        {label}
        <textarea
          rows={Math.min(24, edited.split("\n").length + 1)}
          spellcheck={false}
          autoCapitalize="off"
          value={edited}
          onInput={(event) => setEdited(event.currentTarget.value)}
        />
      </label>
      {error !== "" && <Problem text={error} />}
      <div class="actions">
        <button type="submit" class="primary" disabled={busy || edited === text}>
          {saveLabel}
        </button>
        <button type="button" disabled={busy || edited === text} onClick={() => setEdited(text)}>
          Undo changes
        </button>
      </div>
    </form>
  );
}
