import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { now } from "../live";
import { formatRelative } from "../model/format";
import { Loading, Problem } from "./states";

interface AskedProps<T> {
  label: string;
  waiting: string;
  ask(): Promise<T>;
  children(answer: T): ComponentChildren;
}

/** Something that is asked only when somebody says so, as it takes long: a button, and under it the newest answer. */
export function Asked<T>({ label, waiting, ask, children }: AskedProps<T>) {
  const [state, setState] = useState<{ answer: T | null; at: number; error: string; busy: boolean }>({
    answer: null,
    at: 0,
    error: "",
    busy: false,
  });
  const start = async () => {
    setState((before) => ({ ...before, busy: true, error: "" }));
    try {
      const answer = await ask();
      setState({ answer, at: Date.now(), error: "", busy: false });
    } catch (error) {
      const said = error instanceof Error ? error.message : String(error);
      setState((before) => ({ ...before, busy: false, error: said }));
    }
  };
  return (
    <>
      <div class="actions">
        <button type="button" class="primary" disabled={state.busy} onClick={start}>
          {label}
        </button>
      </div>
      {state.busy && <Loading text={waiting} />}
      {state.error !== "" && <Problem text={state.error} isStale={state.answer !== null} />}
      {!state.busy && state.answer !== null && (
        <section aria-label="Answer" class="stack">
          <p class="sub">Asked {formatRelative(state.at, now.value)}</p>
          {children(state.answer)}
        </section>
      )}
    </>
  );
}
