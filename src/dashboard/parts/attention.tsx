import type { Attention } from "../model/stream-state";
import { Icon } from "./icon";

/** What needs a person, each as a sentence with the way to mend it, unless that leads to where one is. */
export function AttentionList({ items, here = "" }: { items: Attention[]; here?: string }) {
  if (items.length === 0) return null;
  return (
    <ul class="attention" aria-label="Needs attention">
      {items.map(({ tone, text, href, act }) => (
        <li key={text} class={`note tone-${tone}`}>
          <Icon name={tone} />
          <p>{text}</p>
          {href && href !== here && <a href={href}>{act}</a>}
        </li>
      ))}
    </ul>
  );
}
