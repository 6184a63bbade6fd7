import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expositionText, type Family } from "../../../src/operate/prometheus-text";
import { parseExposition } from "./exposition-parser";

const family = (part: Partial<Family>): Family => ({
  name: "rows",
  help: "Rows.",
  type: "gauge",
  samples: [],
  ...part,
});

describe("expositionText", () => {
  it("writes what Prometheus' description of the format shows", () => {
    const text = expositionText([
      family({
        name: "msdos_file_access_time_seconds",
        help: 'A "quoted" help, a \\ and\na line.',
        samples: [
          { labels: { path: "C:\\DIR\\FILE.TXT", error: 'Cannot find file:\n"FILE.TXT"' }, value: 1.458255915e9 },
          { labels: {}, value: 0.5 },
        ],
      }),
      family({ name: "a:b_2", type: "counter", samples: [{ labels: { le: "+Inf" }, value: Infinity }] }),
      family({ name: "empty" }),
    ]);
    expect(text).toBe(
      [
        '# HELP msdos_file_access_time_seconds A "quoted" help, a \\\\ and\\na line.',
        "# TYPE msdos_file_access_time_seconds gauge",
        'msdos_file_access_time_seconds{error="Cannot find file:\\n\\"FILE.TXT\\"",path="C:\\\\DIR\\\\FILE.TXT"} 1458255915',
        "msdos_file_access_time_seconds 0.5",
        "# HELP a:b_2 Rows.",
        "# TYPE a:b_2 counter",
        'a:b_2{le="+Inf"} +Inf',
        "# HELP empty Rows.",
        "# TYPE empty gauge",
        "",
      ].join("\n"),
    );
  });

  it("gives back every label, help and number through a strict parser", () => {
    const text = fc.oneof(
      fc.string(),
      fc.string({ unit: fc.constantFrom("\\", '"', "\n", "n", "{", "}", ",", "=", "#", " ", "é", "\r") }),
    );
    const labels = fc.dictionary(fc.stringMatching(/^[a-zA-Z_][a-zA-Z0-9]{0,4}$/), text, {
      maxKeys: 3,
      noNullPrototype: true,
    });
    const values = fc.oneof(fc.double(), fc.integer(), fc.constantFrom(Infinity, -Infinity, Number.NaN, 1e21, 5e-324));
    const samples = fc.uniqueArray(fc.record({ labels, value: values }), {
      selector: ({ labels }) => JSON.stringify(Object.entries(labels).sort()),
      maxLength: 4,
    });
    const families = fc.uniqueArray(
      fc.record({
        name: fc.stringMatching(/^[a-zA-Z_:][a-zA-Z0-9_:]{0,6}$/),
        help: text,
        type: fc.constantFrom<"gauge" | "counter">("gauge", "counter"),
        samples,
      }),
      { selector: ({ name }) => name, maxLength: 4 },
    );
    const withoutMinusZero = (given: Family[]) =>
      given.map((each) => ({
        ...each,
        samples: each.samples.map((s) => ({ ...s, value: s.value === 0 ? 0 : s.value })),
      }));
    fc.assert(
      fc.property(families, (given) => {
        expect(parseExposition(expositionText(given))).toEqual(withoutMinusZero(given));
      }),
      { numRuns: 300 },
    );
  });

  it.each<[string, Family[], string]>([
    [
      "a name with a dash",
      [family({ name: "erp-rows" })],
      '"erp-rows" is not a metric\'s name (expected letters, digits, _ and :)',
    ],
    ["a name that begins with a digit", [family({ name: "2rows" })], '"2rows" is not a metric\'s name'],
    ["no name", [family({ name: "" })], '"" is not a metric\'s name'],
    [
      "a label with a dash",
      [family({ samples: [{ labels: { "up-to": "" }, value: 1 }] })],
      '"up-to" is not a label\'s name',
    ],
    [
      "a label of Prometheus' own",
      [family({ samples: [{ labels: { __name__: "" }, value: 1 }] })],
      '"__name__" is not a label\'s name',
    ],
    ["a metric given twice", [family({}), family({})], "rows is given twice"],
    [
      "a sample given twice, its labels in another order",
      [
        family({
          samples: [
            { labels: { a: "1", b: "2" }, value: 1 },
            { labels: { b: "2", a: "1" }, value: 2 },
          ],
        }),
      ],
      'rows{a="1",b="2"} is given twice',
    ],
  ])("refuses %s", (_, families, message) => {
    expect(() => expositionText(families)).toThrow(message);
  });
});

describe("the parser of these tests", () => {
  it.each([
    ["a line that does not end", "# HELP a b\n# TYPE a gauge\na 1"],
    ["a sample without TYPE", "a 1\n"],
    ["TYPE without HELP", "# TYPE a gauge\na 1\n"],
    ["HELP without TYPE", "# HELP a b\na 1\n"],
    ["a sample of another metric", "# HELP a b\n# TYPE a gauge\nb 1\n"],
    ["a metric in two pieces", "# HELP a b\n# TYPE a gauge\na 1\n# HELP a b\n# TYPE a gauge\n"],
    ["a series given twice", '# HELP a b\n# TYPE a gauge\na{x="1"} 1\na{x="1"} 2\n'],
    ["a quotation mark that is not escaped", '# HELP a b\n# TYPE a gauge\na{x="1"2"} 1\n'],
    ["another escape", '# HELP a b\n# TYPE a gauge\na{x="\\t"} 1\n'],
    ["a number that is none", "# HELP a b\n# TYPE a gauge\na Infinity\n"],
    [
      "a histogram whose buckets fall",
      '# HELP a b\n# TYPE a histogram\na_bucket{le="1"} 2\na_bucket{le="+Inf"} 1\na_sum 1\na_count 1\n',
    ],
    [
      "a histogram whose bounds do not rise",
      '# HELP a b\n# TYPE a histogram\na_bucket{le="5"} 1\na_bucket{le="1"} 1\na_bucket{le="+Inf"} 1\na_sum 1\na_count 1\n',
    ],
    [
      "a histogram whose last bucket is not its count",
      '# HELP a b\n# TYPE a histogram\na_bucket{le="+Inf"} 1\na_sum 1\na_count 2\n',
    ],
    ["a histogram without a sum", '# HELP a b\n# TYPE a histogram\na_bucket{le="+Inf"} 1\na_count 1\n'],
    ["an empty line", "# HELP a b\n# TYPE a gauge\n\na 1\n"],
  ])("refuses %s", (_, text) => {
    expect(() => parseExposition(text)).toThrow();
  });
});
