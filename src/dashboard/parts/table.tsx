import type { ComponentChildren } from "preact";

export interface Column<T> {
  title: string;
  cell(item: T): ComponentChildren;
  /** Numbers stand at the right. */
  isNumber?: boolean;
  /** On a narrow screen it gets a line of its own. */
  isWide?: boolean;
  /** On a narrow screen it goes without its title. */
  isPlain?: boolean;
}

interface TableProps<T> {
  caption: string;
  columns: Column<T>[];
  items: T[];
  keyOf(item: T): string;
}

/** A table; on a narrow screen each row becomes a block, with the titles before its values. */
export function Table<T>({ caption, columns, items, keyOf }: TableProps<T>) {
  return (
    <div class="scroll">
      <table>
        <caption class="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ title, isNumber }) => (
              <th key={title} scope="col" class={isNumber ? "number" : undefined}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={keyOf(item)}>
              {columns.map(({ title, cell, isNumber, isWide, isPlain }) => (
                <td
                  key={title}
                  data-title={title}
                  class={isNumber ? "number" : isWide ? "wide" : isPlain ? "plain" : undefined}
                >
                  {cell(item)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
