import type { ComponentChildren } from "preact";

/** Names and values side by side; what is blank is left out. */
export function Facts({ items }: { items: [name: string, value: ComponentChildren, isWide?: boolean][] }) {
  return (
    <dl class="facts">
      {items
        .filter(([, value]) => value !== "" && value !== null && value !== undefined)
        .map(([name, value, isWide]) => (
          <div key={name} class={isWide ? "is-wide" : undefined}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}
