import { makeRow } from "./rows.mjs";

/** Rows between two that "1 %" means. */
const ONE_PERCENT = 100;
/** Rows of four whole lines: so many leave and come in an hour. */
const MOVING = 5;

/** The answers of an ERP hour after hour, each made from the one before. */
export class Year {
  /** Number of the oldest row that the ERP still has. */
  #oldest = 0;
  #hour = 0;
  /** @type {number[]} how often each row has changed */
  #changes;
  /** @type {Buffer[]} the rows as JSON, each behind a comma: most are the same in the next hour */
  #texts;

  /**
   * @param {number} rows
   * @param {number} passed hours that are over already
   */
  constructor(rows, passed) {
    this.#changes = Array(rows).fill(0);
    this.#texts = this.#changes.map((_, at) => this.#text(at));
    for (let hour = 0; hour < passed; hour++) this.#pass();
  }

  /**
   * The next answer: 1 % of the rows changed, other ones than in the hours before, and a few lines are others.
   * @returns {Buffer}
   */
  nextHour() {
    this.#pass();
    const list = Buffer.concat([...this.#texts, Buffer.from("]")]);
    list.write("[");
    return list;
  }

  #pass() {
    if (this.#hour > 0) this.#move();
    this.#hour++;
  }

  #move() {
    this.#oldest += MOVING;
    this.#changes.splice(0, MOVING);
    this.#texts.splice(0, MOVING);
    for (let at = this.#hour % ONE_PERCENT; at < this.#texts.length; at += ONE_PERCENT) {
      this.#changes[at] = (this.#changes[at] ?? 0) + 1;
      this.#texts[at] = this.#text(at);
    }
    for (let count = 0; count < MOVING; count++) {
      this.#changes.push(0);
      this.#texts.push(this.#text(this.#texts.length));
    }
  }

  /** @param {number} at */
  #text(at) {
    const row = makeRow(this.#oldest + at);
    const changed = { ...row, BOM_QTY: Number(row.BOM_QTY) + 100 * (this.#changes[at] ?? 0) };
    return Buffer.from(`,${JSON.stringify(changed)}`);
  }
}
