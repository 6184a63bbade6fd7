import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { linkTo } from "../model/route";
import { replaceLink, route } from "../navigation";
import { streamNames } from "../streams";

const TYPING_MS = 350;

/** What is filtered for stands in the address: a filtered list can be sent to somebody. The page starts anew. */
export function setFilter(name: string, value: string): void {
  const { path, query } = route.value;
  replaceLink(linkTo(path, { ...query, [name]: value, page: "" }));
}

export function Filters({ children }: { children: ComponentChildren }) {
  return (
    <search>
      <form class="filters" onSubmit={(event) => event.preventDefault()}>
        {children}
      </form>
    </search>
  );
}

export interface Choice {
  value: string;
  label: string;
}

export function SelectFilter({ name, label, choices }: { name: string; label: string; choices: Choice[] }) {
  return (
    <label>
      {label}
      <select value={route.value.query[name] ?? ""} onChange={(event) => setFilter(name, event.currentTarget.value)}>
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
    </label>
  );
}

export function StreamFilter({ isRequired = false }: { isRequired?: boolean }) {
  const names = streamNames.value.map((name) => ({ value: name, label: name }));
  return (
    <SelectFilter
      name="stream"
      label="Stream"
      choices={isRequired ? names : [{ value: "", label: "All streams" }, ...names]}
    />
  );
}

/** A field whose text is looked for shortly after the last key. */
export function TextFilter({ label, hint = "" }: { label: string; hint?: string }) {
  const stored = route.value.query.text ?? "";
  const [text, setText] = useState(stored);
  const timer = useRef(0);
  // A space after a word is no part of what is looked for, and stays where somebody goes on to write.
  useEffect(() => setText((now) => (now.trim() === stored ? now : stored)), [stored]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const type = (value: string) => {
    setText(value);
    clearTimeout(timer.current);
    timer.current = window.setTimeout(() => setFilter("text", value.trim()), TYPING_MS);
  };
  return (
    <label class="grow">
      {label}
      <input
        type="search"
        value={text}
        placeholder={hint}
        autoComplete="off"
        spellcheck={false}
        onInput={(event) => type(event.currentTarget.value)}
      />
    </label>
  );
}
