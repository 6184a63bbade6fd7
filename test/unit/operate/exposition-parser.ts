/** One sample of an exposition. */
export interface Parsed {
  name: string;
  help: string;
  type: string;
  samples: { labels: Record<string, string>; value: number }[];
}

const HELP = /^# HELP ([a-zA-Z_:][a-zA-Z0-9_:]*) (.*)$/s;
const TYPE = /^# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) (counter|gauge|histogram|untyped)$/;
const SAMPLE = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (\S+)$/s;
const LABEL = /^([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\]|\\[\\"n])*)"(,(?=[a-zA-Z_])|$)/;
const NUMBER = /^([+-]Inf|NaN|[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?)$/;

/**
 * Reads Prometheus' text format, version 0.0.4, and refuses whatever is not exactly what its description says: every
 * metric has one HELP and then one TYPE before its samples, stands in one piece and comes once, no series comes twice,
 * only \\, \" and \n are escaped, and the last line ends. A histogram comes back as its three metrics, `_bucket`, `_sum`
 * and `_count`; its buckets rise, and the last one, +Inf, is the count.
 */
export function parseExposition(text: string): Parsed[] {
  if (text === "") return [];
  if (!text.endsWith("\n")) throw new Error("the last line does not end");
  const metrics: Read[] = [];
  const seen = new Set<string>();
  let help: { name: string; text: string } | undefined;
  for (const line of text.slice(0, -1).split("\n")) {
    const [, helpName, helpText] = HELP.exec(line) ?? [];
    const [, typeName, type] = TYPE.exec(line) ?? [];
    if (helpName !== undefined) {
      if (help || metrics.some((metric) => metric.name === helpName))
        throw new Error(`HELP of ${helpName} out of place`);
      help = { name: helpName, text: unescaped(helpText ?? "", /^(?:[^\\]|\\[\\n])*$/) };
    } else if (typeName !== undefined) {
      if (help?.name !== typeName) throw new Error(`TYPE of ${typeName} without its HELP`);
      metrics.push({ name: typeName, help: help.text, type: type ?? "", samples: [] });
      help = undefined;
    } else {
      const metric = metrics.at(-1);
      const sample = parseSample(line);
      if (help || !metric || !isOf(metric, sample.name)) throw new Error(`sample out of place: ${line}`);
      const series = JSON.stringify([sample.name, Object.entries(sample.labels).sort()]);
      if (seen.has(series)) throw new Error(`series given twice: ${line}`);
      seen.add(series);
      metric.samples.push(sample);
    }
  }
  if (help) throw new Error(`HELP of ${help.name} without a TYPE`);
  return metrics.flatMap(withParts);
}

type Sample = Parsed["samples"][number] & { name: string };
type Read = Omit<Parsed, "samples"> & { samples: Sample[] };

/** The three metrics of a histogram; any other metric as it is. */
function withParts({ samples, ...metric }: Read): Parsed[] {
  const plain = (all: Sample[]) => all.map(({ labels, value }) => ({ labels, value }));
  if (metric.type !== "histogram") return [{ ...metric, samples: plain(samples) }];
  const part = (name: string) => samples.filter((sample) => sample.name === `${metric.name}_${name}`);
  for (const count of part("count")) {
    const own = (sample: Sample) =>
      Object.entries(count.labels).every(([name, value]) => sample.labels[name] === value);
    checkBuckets(metric.name, part("bucket").filter(own), count.value);
    if (part("sum").filter(own).length !== 1) throw new Error(`${metric.name} has not one sum for its count`);
  }
  return ["bucket", "sum", "count"].map((name) => ({
    ...metric,
    name: `${metric.name}_${name}`,
    samples: plain(part(name)),
  }));
}

function checkBuckets(name: string, buckets: Sample[], count: number): void {
  const bounds = buckets.map(({ labels }) => Number(labels.le?.replace("Inf", "Infinity")));
  const rises = (values: number[], least: number) =>
    values.every((value, at) => at === 0 || value - (values[at - 1] as number) >= least);
  if (!rises(bounds, Number.MIN_VALUE)) throw new Error(`the bounds of ${name} do not rise`);
  if (
    !rises(
      buckets.map(({ value }) => value),
      0,
    )
  )
    throw new Error(`the buckets of ${name} fall`);
  if (bounds.at(-1) !== Number.POSITIVE_INFINITY || buckets.at(-1)?.value !== count)
    throw new Error(`the last bucket of ${name} is not its count`);
}

/** Which names the samples of a metric may have. */
function isOf(metric: Pick<Parsed, "name" | "type"> | undefined, sample: string): boolean {
  if (metric?.type !== "histogram") return metric?.name === sample;
  return ["bucket", "sum", "count"].some((part) => sample === `${metric.name}_${part}`);
}

function parseSample(line: string): { name: string; labels: Record<string, string>; value: number } {
  const [, name, labels, number] = SAMPLE.exec(line) ?? [];
  if (name === undefined || number === undefined) throw new Error(`not a sample: ${line}`);
  if (!NUMBER.test(number)) throw new Error(`not a number: ${number}`);
  return { name, labels: parseLabels(labels ?? ""), value: Number(number.replace("Inf", "Infinity")) };
}

function parseLabels(text: string): Record<string, string> {
  const labels: Record<string, string> = {};
  for (let rest = text; rest !== ""; ) {
    const [all, name, value] = LABEL.exec(rest) ?? [];
    if (all === undefined || name === undefined) throw new Error(`not a label: ${rest}`);
    if (name.startsWith("__") || name in labels) throw new Error(`label out of place: ${name}`);
    labels[name] = unescaped(value ?? "", /^/);
    rest = rest.slice(all.length);
  }
  return labels;
}

function unescaped(text: string, allowed: RegExp): string {
  if (!allowed.test(text)) throw new Error(`not escaped as it should be: ${text}`);
  return text.replace(/\\(.)/gs, (_, char) => (char === "n" ? "\n" : char));
}
