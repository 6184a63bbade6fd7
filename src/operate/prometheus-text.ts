/** A value of a metric, in the metric's unit. */
export interface Sample {
  /** Of a histogram only: which of its series. */
  part?: "bucket" | "sum" | "count";
  labels: Record<string, string>;
  value: number;
}

/** A metric with all its samples. */
export interface Family {
  name: string;
  /** One sentence for a person. */
  help: string;
  type: "gauge" | "counter" | "histogram";
  samples: Sample[];
}

/** The header that goes with expositionText(). */
export const EXPOSITION_TYPE = "text/plain; version=0.0.4; charset=utf-8";

const METRIC_NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const LABEL_NAME = /^(?!__)[a-zA-Z_][a-zA-Z0-9_]*$/;

/**
 * Metrics in Prometheus' text format, version 0.0.4. Values and help texts may hold anything. Throws for names that
 * Prometheus does not accept, a metric given twice and a sample given twice: it would refuse the whole answer.
 */
export function expositionText(families: Family[]): string {
  const seen = new Set<string>();
  return families.map((family) => claim(seen, family.name, familyText(family))).join("");
}

function familyText({ name, help, type, samples }: Family): string {
  if (!METRIC_NAME.test(name)) throw new Error(`"${name}" is not a metric's name (expected letters, digits, _ and :)`);
  const seen = new Set<string>();
  const lines = samples.map(({ part, labels, value }) => {
    const series = `${name}${part ? `_${part}` : ""}${labelsText(labels)}`;
    return claim(seen, series, `${series} ${numberText(value)}\n`);
  });
  return `# HELP ${name} ${escapeHelp(help)}\n# TYPE ${name} ${type}\n${lines.join("")}`;
}

function claim(seen: Set<string>, series: string, text: string): string {
  if (seen.has(series)) throw new Error(`${series} is given twice`);
  seen.add(series);
  return text;
}

/** Sorted by name, so that equal labels give equal text. */
function labelsText(labels: Record<string, string>): string {
  const pairs = Object.keys(labels)
    .sort()
    .map((name) => {
      if (!LABEL_NAME.test(name)) {
        throw new Error(`"${name}" is not a label's name (expected letters, digits and _, no __ in front)`);
      }
      return `${name}="${escapeValue(labels[name] ?? "")}"`;
    });
  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
}

function escapeHelp(text: string): string {
  return text.replace(/\\/g, "\\\\").replace(/\n/g, "\\n");
}

function escapeValue(text: string): string {
  return escapeHelp(text).replace(/"/g, '\\"');
}

function numberText(value: number): string {
  if (value === Number.POSITIVE_INFINITY) return "+Inf";
  return value === Number.NEGATIVE_INFINITY ? "-Inf" : String(value);
}
