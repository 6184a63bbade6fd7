import { describe, expect, test } from "vitest";
import { AnswerError } from "../../../src/sources/answer-error";
import { type ReadRow, RowReader } from "../../../src/sources/rows";

/** Hands a text out in pieces of a fixed size. */
function inPieces(text: string, size = 1_000_000): () => string {
  let at = 0;
  return () => {
    const piece = text.slice(at, at + size);
    at += size;
    return piece;
  };
}

function readAll(text: string, path = "$", size?: number, accept?: (text: string) => boolean) {
  const options = { read: inPieces(text, size), path };
  const reader = new RowReader(accept ? { ...options, accept } : options);
  const rows: ReadRow[] = [];
  for (let row = reader.next(); row !== null; row = reader.next()) rows.push(row);
  return { rows, envelope: reader.envelope() };
}

const texts = (text: string, path?: string, size?: number) => readAll(text, path, size).rows.map((row) => row.text);

function failure(text: string, path = "$", size?: number, accept?: (text: string) => boolean): AnswerError {
  try {
    readAll(text, path, size, accept);
  } catch (error) {
    if (error instanceof AnswerError) return error;
    throw error;
  }
  throw new Error(`no error for ${text}`);
}

/** Every size of piece, from single characters to the whole text. */
const sizes = [1, 2, 3, 7, 1_000_000];

describe("reads the exact text of each row", () => {
  test.each<[string, string, string[]]>([
    ["no rows", "[]", []],
    ["no rows, with space", " [ \n ] ", []],
    ["one row", '[{"a":1}]', ['{"a":1}']],
    ["a row without fields", "[{},{}]", ["{}", "{}"]],
    ["compact rows", '[{"a":1},{"a":2},{"a":3}]', ['{"a":1}', '{"a":2}', '{"a":3}']],
    ["rows on lines", '[\n{"a":1},\n{"a":2},\n{"a":3}\n]\n', ['{"a":1}', '{"a":2}', '{"a":3}']],
    ["Windows line ends", '[\r\n{"a":1}\r\n,\r\n{"a":2}\r\n]', ['{"a":1}', '{"a":2}']],
    [
      "an indented list",
      '[\n  {\n    "a": 1\n  },\n  {\n    "a": 2\n  }\n]',
      ['{\n    "a": 1\n  }', '{\n    "a": 2\n  }'],
    ],
    ["mixed separators", '[{"a":1},{"a":2} , {"a":3},\n{"a":4},{"a":5}]', [1, 2, 3, 4, 5].map((a) => `{"a":${a}}`)],
    ["equal rows", '[{"a":1},{"a":1},{"a":1}]', ['{"a":1}', '{"a":1}', '{"a":1}']],
    ["different first fields", '[{"a":1},{"b":2},{"a":3},{}]', ['{"a":1}', '{"b":2}', '{"a":3}', "{}"]],
    [
      "the separator in text",
      '[{"a":"},{"},{"a":"},{\\"a\\":"},{"a":3}]',
      ['{"a":"},{"}', '{"a":"},{\\"a\\":"}', '{"a":3}'],
    ],
    [
      "escaped quotes and backslashes",
      '[{"a":"\\\\"},{"a":"\\""},{"a":"\\\\\\""}]',
      ['{"a":"\\\\"}', '{"a":"\\""}', '{"a":"\\\\\\""}'],
    ],
    ["escapes and other scripts", '[{"a":"\\u007d,{é"},{"a":"دبي 😀"}]', ['{"a":"\\u007d,{é"}', '{"a":"دبي 😀"}']],
    [
      "lists of objects in rows",
      '[{"a":[{"a":1},{"a":2}]},{"a":[{"a":3},{"a":4}]}]',
      ['{"a":[{"a":1},{"a":2}]}', '{"a":[{"a":3},{"a":4}]}'],
    ],
    [
      "lists of objects and braces in text",
      '[{"a":[{"a":"}"},{"a":2}]},{"a":"{"},{"a":"}"},{"a":[{"a":3},{"a":"{}}"}]},{"a":5}]',
      ['{"a":[{"a":"}"},{"a":2}]}', '{"a":"{"}', '{"a":"}"}', '{"a":[{"a":3},{"a":"{}}"}]}', '{"a":5}'],
    ],
    ["numbers as written", '[{"a":1.0},{"a":9007199254740993}]', ['{"a":1.0}', '{"a":9007199254740993}']],
  ])("%s", (_, text, expected) => {
    for (const size of sizes) expect(texts(text, "$", size)).toEqual(expected);
  });

  test("however many separators there are", () => {
    const rows = Array.from({ length: 40 }, (_, at) => `{"a":${at}}`);
    const text = `[${rows.map((row, at) => row + " ".repeat(at)).join(",")}]`;
    for (const size of sizes) expect(texts(text, "$", size)).toEqual(rows);
  });

  test("behind a byte order mark", () => {
    for (const size of sizes) expect(texts('\ufeff[{"a":1}]', "$", size)).toEqual(['{"a":1}']);
  });

  test("with what it means", () => {
    expect(readAll('[{"a":1}]').rows).toEqual([{ text: '{"a":1}', parsed: { a: 1 } }]);
  });
});

describe("finds the list at a path", () => {
  const text = '{"meta":{"items":[9],"x":"]"},"data":{"total":2,"items":[{"a":1},{"a":2}],"next":"c"},"ok":true}';

  test("and gives the rest of the answer as the envelope", () => {
    for (const size of sizes) {
      const { rows, envelope } = readAll(text, "data.items", size);
      expect(rows.map((row) => row.text)).toEqual(['{"a":1}', '{"a":2}']);
      expect(envelope).toEqual({ meta: { items: [9], x: "]" }, data: { total: 2, items: [], next: "c" }, ok: true });
    }
  });

  test("and an envelope of a plain list is empty", () => {
    expect(readAll('[{"a":1}]').envelope).toEqual([]);
  });

  test("and does not tell the envelope before the end", () => {
    const reader = new RowReader({ read: inPieces(text), path: "data.items" });
    reader.next();
    expect(() => reader.envelope()).toThrow("before the last row");
  });
});

describe("knows rows by their text", () => {
  const text = '[{"a":[{"a":1},{"a":2}]},{"a":3},{"a":3}]';

  test("and gives out only the others", () => {
    for (const size of sizes) {
      const { rows } = readAll(text, "$", size, (row) => row === '{"a":3}');
      expect(rows).toEqual([{ text: '{"a":[{"a":1},{"a":2}]}', parsed: { a: [{ a: 1 }, { a: 2 }] } }]);
    }
  });

  test("and counts them when it says where something is wrong", () => {
    const { message } = failure('[{"a":3},{"a":3},x]', "$", 7, (row) => row === '{"a":3}');
    expect(message).toContain('row 3 is "x]"');
  });

  test("asking once for each row", () => {
    for (const size of sizes) {
      const asked: string[] = [];
      readAll(text, "$", size, (row) => asked.push(row) < 0);
      const whole = asked.filter((row) => row === '{"a":3}' || row.endsWith("]}"));
      expect(whole).toEqual(['{"a":[{"a":1},{"a":2}]}', '{"a":3}', '{"a":3}']);
    }
  });
});

describe("says what is wrong with an answer", () => {
  test.each<[AnswerError["kind"], string, string, string]>([
    ["empty", "", "$", "the answer is empty"],
    ["empty", "\ufeff \n", "$", "the answer is empty"],
    [
      "html",
      " <!DOCTYPE html><title>Login</title>",
      "$",
      'the answer is an HTML page titled "Login", not JSON (a login page? check source_url and options.source.auth)',
    ],
    [
      "html",
      "<html>\n  <p>Hello</p></html>",
      "$",
      'the answer is an HTML page, not JSON: "<html> <p>Hello</p></html>" (a login page? check source_url and options.source.auth)',
    ],
    ["not_json", '<?xml version="1.0"?><rows/>', "$", 'the answer is XML, not JSON: "<?xml version="1.0"?><rows/>"'],
    ["not_json", "Service Unavailable", "$", 'the answer is not JSON; it begins with "Service Unavailable"'],
    ["shape", "null", "$", "the answer is null, expected a list of rows"],
    ["shape", '"no rows"', "$", 'the answer is text ("no rows"), expected a list of rows'],
    [
      "shape",
      '{"error":1,"message":"x"}',
      "$",
      'rows_path is "$", but the answer is an object, not a list; its top level has: error, message; it says "x"',
    ],
    [
      "shape",
      '{"error":1,"message":"x"}',
      "data.items",
      'rows_path "data.items" is not in the answer; its top level has: error, message',
    ],
    ["shape", '{"data":{"rows":[]}}', "data.items", 'rows_path "data.items" is not in the answer; "data" has: rows'],
    ["shape", '{"data":null}', "data.items", 'rows_path "data.items" is not in the answer: "data" is null'],
    ["shape", "[]", "data.items", 'rows_path is "data.items", but the answer is a list itself; set rows_path to "$"'],
    ["shape", '{"data":"none"}', "data", 'rows_path "data" is text ("none") in the answer, expected a list'],
    [
      "shape",
      '{"data":[],"data":[{"a":1}]}',
      "data",
      'rows_path "data" is in the answer more than once; it must name one list',
    ],
    [
      "shape",
      '{"a":{"data":[]},"a":null}',
      "a.data",
      'rows_path "a.data" is in the answer more than once; it must name one list',
    ],
    ["not_object", '[7,{"a":1}]', "$", "row 1 is a number (7), expected an object"],
    ["not_object", '[["a"]]', "$", "row 1 is a list, expected an object"],
    ["not_json", '[{"a":1},{"a":NaN}]', "$", 'the answer is not valid JSON: row 2 is "{"a":NaN}]"'],
    ["not_json", '[{"a":1},]', "$", 'the answer is not valid JSON: row 2 is "]"'],
    [
      "not_json",
      '[{"a":1} {"a":2}]',
      "$",
      'the answer is not valid JSON: after row 1 comes "{"a":2}]", expected a comma or the end of the list',
    ],
    [
      "not_json",
      '[{"a":1}]<!-- 3 ms -->',
      "$",
      'the answer is not valid JSON: what follows the list of rows does not end it: "<!-- 3 ms -->"',
    ],
    [
      "not_json",
      '{"data":[],}',
      "data",
      'the answer is not valid JSON: what follows the list of rows does not end it: ",}"',
    ],
    ["not_json", "{data:[]}", "data", 'the answer is not valid JSON: it breaks at "data:[]}"'],
    ["cut", "[", "$", "the answer is cut: it ends before the first row, after 1 characters"],
    ["cut", '[{"a":1},{"a":2', "$", "the answer is cut: it ends inside row 2, after 15 characters"],
    [
      "cut",
      '[{"a":1},{"a":2}',
      "$",
      "the answer is cut: it ends after row 2, before the list is closed, after 16 characters",
    ],
    ["cut", '[{"a":1},', "$", "the answer is cut: it ends after row 1, before the list is closed, after 9 characters"],
    ["cut", '{"total":1,"da', "data", "the answer is cut: it ends before the list of rows, after 14 characters"],
    ["cut", '{"data":[{"a":1}]', "data", "the answer is cut: it ends after the list of rows, after 17 characters"],
  ])("%s: %s", (kind, text, path, message) => {
    const error = failure(text, path);
    expect(error.message).toBe(message);
    expect(error.kind).toBe(kind);
    for (const size of sizes) expect(failure(text, path, size).kind).toBe(kind);
  });

  test("with the row and the place in a long answer", () => {
    const rows = Array.from({ length: 1500 }, (_, at) => JSON.stringify({ id: at, text: "x".repeat(1000) }));
    const text = `[${rows.join(",")}]`.slice(0, 1_234_567);
    expect(failure(text, "$", 100_000).message).toBe(
      "the answer is cut: it ends inside row 1,210, after 1,234,567 characters",
    );
  });

  test("quoting no more than 200 characters", () => {
    expect(failure(`<html>${"x".repeat(5000)}`).message).toContain(`: "<html>${"x".repeat(194)}…" (`);
    const broken = `{"a":wrong${"x".repeat(5000)}}`;
    expect(failure(`[{"a":1},${broken}]`, "$", 10).message).toContain(`"${broken.slice(0, 200)}…"`);
  });

  test("instead of reading an endless row into memory", () => {
    let pieces = 0;
    const read = () => (pieces++ === 0 ? '[{"a":"' : "x".repeat(1_000_000));
    expect(() => new RowReader({ read, path: "$" }).next()).toThrow("row 1 has no end within 32,000,000 characters");
  });

  test("instead of reading an endless envelope into memory", () => {
    let pieces = 0;
    const read = () => (pieces++ === 0 ? '{"a":"' : "x".repeat(1_000_000));
    expect(() => new RowReader({ read, path: "data" }).next()).toThrow("its top level begins with: a");
    const after = inPieces(`{"data":[]${" ".repeat(17_000_000)}}`);
    expect(() => new RowReader({ read: after, path: "data" }).next()).toThrow(
      "over 16,000,000 characters beside its rows",
    );
  });
});

test("hands out a later row that is no object as a bad row and goes on", () => {
  for (const size of sizes) {
    expect(readAll('[{"a":1},7,{"a":2},null,"x",[{"a":3}],{"a":4}]', "$", size).rows).toEqual([
      { text: '{"a":1}', parsed: { a: 1 } },
      { bad: true, text: "7", type: "not_an_object", message: "row 2 is a number (7), expected an object" },
      { text: '{"a":2}', parsed: { a: 2 } },
      { bad: true, text: "null", type: "not_an_object", message: "row 4 is null, expected an object" },
      { bad: true, text: '"x"', type: "not_an_object", message: 'row 5 is text ("x"), expected an object' },
      { bad: true, text: '[{"a":3}]', type: "not_an_object", message: "row 6 is a list, expected an object" },
      { text: '{"a":4}', parsed: { a: 4 } },
    ]);
  }
});
