import fc from "fast-check";
import { expect, test } from "vitest";
import { AnswerError } from "../../../src/sources/answer-error";
import { RowReader } from "../../../src/sources/rows";

/** Text that looks like the structure around it. */
const trickyText = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.stringMatching(/^[{}[\],:"\\a1 \n]{0,12}$/),
  fc.constantFrom("},{", '},{"a"', '"},{"', "\\", '\\"', "]", "},\n  {"),
);
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    trickyText,
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.constantFrom(null, true, false, 0),
    fc.array(tie("any"), { maxLength: 3 }),
    tie("object"),
  ),
  object: fc.dictionary(fc.oneof(fc.constantFrom("a", "b", "id"), trickyText), tie("any"), { maxKeys: 4 }),
}));
const rowsOf = fc.array(value.object, { maxLength: 8 }) as fc.Arbitrary<Record<string, unknown>[]>;
const indent = fc.constantFrom<string | number>(0, 1, 2, 4, "\t", " \n");
/** Sizes of the pieces in turn. */
const cuts = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 6 });
/** Around the list: an answer with the rows at `data.items`, or nothing. */
const envelope = fc.option(fc.record({ before: value.any, after: value.any, beside: value.any }), { nil: null });

interface Answer {
  text: string;
  path: string;
  /** Each row's exact text. */
  slices: string[];
}

/** The rows as they stand in the text, found by writing each of them alone at the same depth. */
function write(
  rows: object[],
  space: string | number,
  around: { before: unknown; after: unknown; beside: unknown } | null,
) {
  const nest = (list: unknown[]) =>
    around === null
      ? list
      : { before: around.before, data: { beside: around.beside, items: list }, after: around.after };
  const text = JSON.stringify(nest(rows), null, space);
  const empty = JSON.stringify(nest([]), null, space);
  const slices = rows.map((row) => {
    const alone = JSON.stringify(nest([row]), null, space);
    let start = 0;
    while (alone[start] === empty[start]) start++;
    let end = 0;
    while (alone[alone.length - 1 - end] === empty[empty.length - 1 - end]) end++;
    return alone.slice(start, alone.length - end).trim();
  });
  return { text, path: around === null ? "$" : "data.items", slices } as Answer;
}

const answer = fc
  .tuple(rowsOf, indent, envelope)
  .map(([rows, space, around]) => ({ rows, ...write(rows, space, around) }));

function read(text: string, path: string, sizes: number[], accept: (text: string) => boolean = () => false) {
  let at = 0;
  let turn = 0;
  const next = () => {
    const size = sizes[turn++ % sizes.length] ?? 1;
    at += size;
    return text.slice(at - size, at);
  };
  const reader = new RowReader({ read: next, path, accept });
  const rows = [];
  for (let row = reader.next(); row !== null; row = reader.next()) rows.push(row);
  return { rows, envelope: reader.envelope() };
}

function isRefused(text: string, path: string, sizes: number[]): boolean {
  try {
    read(text, path, sizes);
    return false;
  } catch (error) {
    return error instanceof AnswerError;
  }
}

test("rows come out as they stand in the text, however it is indented and cut into pieces", () => {
  fc.assert(
    fc.property(answer, cuts, ({ rows, text, path, slices }, sizes) => {
      const got = read(text, path, sizes).rows;
      expect(got.map((row) => row.text)).toEqual(slices);
      expect(got.map((row) => ("parsed" in row ? row.parsed : undefined))).toEqual(
        rows.map((row) => JSON.parse(JSON.stringify(row))),
      );
    }),
    { numRuns: 500 },
  );
});

test("knowing some of the rows changes nothing", () => {
  fc.assert(
    fc.property(answer, cuts, fc.func(fc.boolean()), ({ text, path, slices }, sizes, isKnown) => {
      const known = new Set(slices.filter((slice) => isKnown(slice)));
      const taken: string[] = [];
      const got = read(text, path, sizes, (row) => known.has(row) && taken.push(row) > 0).rows;
      expect(got.map((row) => row.text)).toEqual(slices.filter((slice) => !known.has(slice)));
      expect(taken).toEqual(slices.filter((slice) => known.has(slice)));
    }),
    { numRuns: 300 },
  );
});

test("an answer cut at any place is an error, never a shorter list", () => {
  fc.assert(
    fc.property(answer, cuts, ({ text, path }, sizes) => {
      for (let length = 0; length < text.length; length++)
        expect(isRefused(text.slice(0, length), path, sizes)).toBe(true);
    }),
    { numRuns: 40 },
  );
});

test("the envelope is the answer with an empty list in the rows' place", () => {
  fc.assert(
    fc.property(answer, cuts, ({ text, path }, sizes) => {
      const expected = JSON.parse(text);
      if (path !== "$") expected.data.items = [];
      expect(read(text, path, sizes).envelope).toEqual(path === "$" ? [] : expected);
    }),
    { numRuns: 200 },
  );
});

test("a text with one character changed gives the rows JSON.parse gives, or an error", () => {
  fc.assert(
    fc.property(
      answer,
      fc.nat(),
      fc.constantFrom("{", "}", "[", "]", ",", '"', "\\", ":", "1", " "),
      cuts,
      (given, place, character, sizes) => {
        const at = place % given.text.length;
        const text = given.text.slice(0, at) + character + given.text.slice(at + 1);
        let rows: unknown[];
        try {
          rows = read(text, given.path, sizes).rows.map((row) => JSON.parse(row.text));
        } catch (error) {
          expect(error).toBeInstanceOf(AnswerError);
          return;
        }
        const whole = JSON.parse(text);
        expect(rows).toEqual(given.path === "$" ? whole : whole.data.items);
      },
    ),
    { numRuns: 1000 },
  );
});
