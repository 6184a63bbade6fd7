import { skipSpace, valueEnd } from "./json-scan";

/** After so many different separators no further one is tried. */
const MOST_SEPARATORS = 8;

/** A row with more lists of objects inside than that is left to the exact scan. */
const MOST_INSIDE = 1000;

/**
 * The literal text at which the rows of a list are cut: from one row's "}" to the end of the next one's first name,
 * `},{"ORDER_ID"`, so that a list of objects inside a row is rarely taken for the next row; without the name where rows
 * begin with different names; "" where the separators vary too much.
 */
export class Separator {
  text = "";
  /** Set when the separator was met inside a row: only places where the braces before it balance are tried then. */
  nested = false;
  /** How far the next row's "{" is from the beginning of `text`. */
  nextRow = 0;
  private between = "";
  private changes = 0;
  private sameName = true;

  /** Looks at two neighbours in `source`: one ends with the "}" at `close`, the other begins with the "{" at `open`. */
  learn(source: string, close: number, open: number): void {
    const between = source.substring(close, open + 1);
    const name = skipSpace(source, open + 1);
    const nameEnd = source[name] === '"' ? valueEnd(source, name) : -1;
    const withName = nameEnd < 0 ? between : source.substring(close, nameEnd);
    if (between !== this.between) this.changes++;
    else if (withName !== this.text) this.sameName = false;
    this.between = between;
    this.nextRow = between.length - 1;
    this.text = this.sameName ? withName : between;
    if (this.changes > MOST_SEPARATORS) this.text = "";
  }

  /** Where the row that begins at `from` seems to end (its "}"), or -1. Whether it does is for the parser to say. */
  find(source: string, from: number): number {
    if (this.text === "") return -1;
    let end = source.indexOf(this.text, from);
    if (!this.nested) return end;
    let start = from;
    let open = 0;
    for (let tries = 0; end >= 0 && tries < MOST_INSIDE; tries++) {
      const part = source.substring(start, end + 1);
      open += part.split("{").length - part.split("}").length;
      if (open === 0) return end;
      start = end + 1;
      end = source.indexOf(this.text, start);
    }
    return -1;
  }
}
