import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

interface FieldProps {
  label: string;
  /** What to write, for those who are not sure; read out after the name. */
  hint?: string;
  /** The control, which takes these. */
  children(ids: { id: string; "aria-describedby"?: string }): ComponentChildren;
}

/** A control with its name above and a hint below. */
export function Field({ label, hint = "", children }: FieldProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children({ id, ...(hint !== "" && { "aria-describedby": `${id}-hint` }) })}
      {hint !== "" && (
        <span id={`${id}-hint`} class="hint">
          {hint}
        </span>
      )}
    </div>
  );
}
