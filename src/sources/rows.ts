import { AnswerError, describeValue, quoteStart, withCommas } from "./answer-error";
import { skipSpace, valueEnd } from "./json-scan";
import { findList, LONGEST_ENVELOPE, withoutList } from "./rows-path";
import { Separator } from "./separator";

/** A row's exact text as it stands in the answer. */
export type ReadRow =
  | { bad?: undefined; text: string; parsed: Record<string, unknown> }
  | { bad: true; text: string; type: "not_an_object" | "number_too_large"; message: string };

export interface RowReaderOptions {
  /** The next piece of the answer, cut anywhere; "" at the end. */
  read: () => string;
  /** Where the list is: "$" or names joined with dots, such as "data.items". */
  path: string;
  /**
   * True when this exact text is known as a complete row: it is not parsed, and next() goes on to the row after it. Asked
   * at most once for each row, and also for texts that end inside a row, for which it must say false. The text asked about
   * last is that of the row that next() gives out.
   */
  accept?: (text: string) => boolean;
  /** True for a later page: that entries are rows was seen on the first one. */
  hadRows?: boolean;
}

/** What PocketBase's JSON.parse says of a number that no double holds, where others give Infinity. */
const TOO_LARGE = /cannot unmarshal number (\S+) into/;
/** A row has no more of them in earnest. */
const MOST_TOO_LARGE = 100;

/** In characters; an answer in which a row never ends would fill the memory. */
const LONGEST_ROW = 32_000_000;

/**
 * Gives the rows of a JSON list one by one, without parsing those that are known. A row is cut where the separator of
 * the first two rows comes next. That is exact: a text that begins where a row begins and ends before the row does is
 * no valid JSON, so what parses (or is known) is the row. What does not parse is scanned bracket by bracket.
 *
 * The answer is proven complete only when next() returns null; before that no row may count as part of a snapshot.
 */
export class RowReader {
  private readonly accept: (text: string) => boolean;
  private readonly separator = new Separator();
  private state: "head" | "rows" | "done" = "head";
  /** What was read and is not given out yet. The next row begins at `at`. */
  private text = "";
  private at = 0;
  /** Characters and rows given out so far. */
  private dropped = 0;
  private count = 0;
  private head = "";
  private around: unknown;

  constructor(private readonly options: RowReaderOptions) {
    this.accept = options.accept ?? (() => false);
  }

  /** The next row that is not known, or null after the last one. Throws AnswerError when the answer is unusable. */
  next(): ReadRow | null {
    if (this.state === "head") this.open();
    while (this.state === "rows") {
      const row = this.cut() ?? this.scan();
      if (row !== null) return row;
    }
    return null;
  }

  /** The answer around the rows, with [] in their place; only after next() returned null. */
  envelope(): unknown {
    if (this.state !== "done") throw new Error("envelope() was asked for before the last row was read");
    return this.around;
  }

  private open(): void {
    while (skipSpace(this.text, 0) === this.text.length) {
      if (!this.more()) throw new AnswerError("empty", "the answer is empty");
      if (this.dropped === 0 && this.text.charCodeAt(0) === 0xfeff) this.drop(1);
    }
    let complete = false;
    let start = findList(this.text, this.options.path, complete);
    while (start < 0) {
      if (complete)
        throw new AnswerError("cut", `the answer is cut: it ends before the list of rows${this.position()}`);
      complete = !this.more();
      start = findList(this.text, this.options.path, complete);
    }
    this.head = this.text.substring(0, start);
    this.drop(start + 1);
    while (skipSpace(this.text, 0) === this.text.length) if (!this.more()) throw this.cutShort();
    this.state = "rows";
    const first = skipSpace(this.text, 0);
    if (this.text[first] === "]") this.close(first + 1);
    else this.at = first;
  }

  /** The fast way: up to where the separator comes next, if that is a whole row; past all rows that are known. */
  private cut(): ReadRow | null {
    const { separator, text } = this;
    for (let at = this.at; ; at = this.at) {
      const end = separator.find(text, at);
      if (end < 0) return null;
      const one = text.substring(at, end + 1);
      const isKnown = this.accept(one);
      const row = isKnown ? null : parseRow(one);
      if (isKnown || row !== null) {
        this.count++;
        this.at = end + separator.nextRow;
        if (row !== null) return row;
      } else if (separator.nested) {
        return null;
      } else {
        separator.nested = true;
      }
    }
  }

  /** The exact way: bracket by bracket to the end of the row, and on to where the next one begins; null if it is known. */
  private scan(): ReadRow | null {
    for (;;) {
      const end = this.at < this.text.length ? valueEnd(this.text, this.at) : -1;
      const after = end < 0 ? this.text.length : skipSpace(this.text, end);
      const next = this.text[after] === "," ? skipSpace(this.text, after + 1) : after;
      if (next < this.text.length) return this.step(end, after, next);
      if (this.text.length - this.at > LONGEST_ROW) throw this.endless();
      if (!this.more()) throw this.cutShort();
    }
  }

  /** Takes the row that ends at `end`; at `after` is what follows it, at `next` the row after it. */
  private step(end: number, after: number, next: number): ReadRow | null {
    const text = this.text.substring(this.at, end);
    const row = this.accept(text) ? null : (parseRow(text) ?? this.refuse(text));
    this.count++;
    if (this.text[after] === ",") {
      if (this.text[end - 1] === "}" && this.text[next] === "{") this.separator.learn(this.text, end - 1, next);
      this.at = next;
    } else if (this.text[after] === "]") {
      this.close(after + 1);
    } else {
      const rest = quoteStart(this.ahead(after - this.at));
      const message = `after row ${withCommas(this.count)} comes ${rest}, expected a comma or the end of the list`;
      throw new AnswerError("not_json", `the answer is not valid JSON: ${message}`);
    }
    return row;
  }

  /**
   * A row that cannot be parsed for a number alone, or a value of the list that is no object: as the first one that means
   * a wrong shape, later on the others go through.
   */
  private refuse(text: string): ReadRow {
    const which = `row ${withCommas(this.count + 1)}`;
    if (parse(text) === undefined) {
      const number = tooLargeNumber(text);
      if (number !== "") {
        const message = `${which} holds a number that is too large to be read: ${number.slice(0, 100)}`;
        return { bad: true, text, type: "number_too_large", message };
      }
      const quoted = quoteStart(this.ahead(0));
      throw new AnswerError("not_json", `the answer is not valid JSON: ${which} is ${quoted}`);
    }
    const message = `${which} is ${describeValue(text)}, expected an object`;
    if (this.count === 0 && !this.options.hadRows) throw new AnswerError("not_object", message);
    return { bad: true, text, type: "not_an_object", message };
  }

  /** What comes after the list must make the answer whole. */
  private close(from: number): void {
    this.drop(from);
    while (this.text.length <= LONGEST_ENVELOPE && this.more());
    this.around = withoutList(this.head, this.text, this.options.path, this.position());
    this.state = "done";
  }

  /** Reads on; false at the end of the answer. */
  private more(): boolean {
    const piece = this.options.read();
    if (piece === "") return false;
    this.drop(this.at);
    this.text += piece;
    return true;
  }

  private drop(characters: number): void {
    this.text = this.text.substring(characters);
    this.dropped += characters;
    this.at = 0;
  }

  /** The text so many characters on, for an error to quote, even where a piece ends there. */
  private ahead(characters: number): string {
    while (this.text.length - this.at - characters < 200 && this.more());
    return this.text.substring(this.at + characters);
  }

  private position(): string {
    return `, after ${withCommas(this.dropped + this.text.length)} characters`;
  }

  private cutShort(): AnswerError {
    const next = skipSpace(this.text, this.at);
    const begun = next < this.text.length;
    const row = begun ? this.count + 1 : this.count;
    let where = row === 0 ? "before the first row" : `after row ${withCommas(row)}, before the list is closed`;
    if (begun && valueEnd(this.text, next) < 0) where = `inside row ${withCommas(row)}`;
    return new AnswerError("cut", `the answer is cut: it ends ${where}${this.position()}`);
  }

  private endless(): AnswerError {
    const row = quoteStart(this.text.substring(this.at));
    const message = `row ${withCommas(this.count + 1)} has no end within ${withCommas(LONGEST_ROW)} characters`;
    return new AnswerError("not_json", `${message} (a quotation mark that is not escaped?): ${row}`);
  }
}

/** The row, if the text is one whole object. */
function parseRow(text: string): ReadRow | null {
  const parsed = parse(text);
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) return null;
  return { text, parsed: parsed as Record<string, unknown> };
}

/** The first number that no double holds, if nothing else is wrong with the text; "" otherwise. */
function tooLargeNumber(text: string): string {
  let first = "";
  let rest = text;
  for (let tries = 0; tries < MOST_TOO_LARGE; tries++) {
    const number = TOO_LARGE.exec(parseError(rest))?.[1] ?? "";
    if (number === "") return parse(rest) === undefined ? "" : first;
    if (first === "") first = number;
    rest = rest.split(number).join("0");
  }
  return "";
}

function parseError(text: string): string {
  try {
    JSON.parse(text);
    return "";
  } catch (error) {
    return String(error);
  }
}

/** undefined when the text is not JSON. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
