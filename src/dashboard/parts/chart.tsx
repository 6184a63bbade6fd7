import { useEffect, useRef, useState } from "preact/hooks";
import uPlot from "uplot";
import type { RunRecord } from "../../operate/runs";
import { now } from "../live";
import { formatDuration, formatNumber, formatTime, timeOf } from "../model/format";
import { linkTo } from "../model/route";
import { OUTCOMES, outcomesOf, stacked } from "../model/run-chart";
import { runWord } from "../model/stream-state";
import { goTo } from "../navigation";
import { theme } from "../theme";

const HEIGHT = 150;

/** The newest runs as bars: how long each took, and what was not unchanged. The table beside it says the same in words. */
export function RunChart({ runs }: { runs: RunRecord[] }) {
  const [at, setAt] = useState<number | null>(null);
  const shown = at === null ? null : runs[at];
  return (
    <figure
      class="chart"
      aria-label={`Duration and changed rows of the newest ${runs.length} runs; the table below has the numbers`}
    >
      <div class="columns">
        <div>
          <h2>Duration, in the colour of the status</h2>
          <Plot runs={runs} kind="duration" onPoint={setAt} />
        </div>
        <div>
          <h2>Rows by outcome</h2>
          <Plot runs={runs} kind="rows" onPoint={setAt} />
          <ul class="legend">
            {OUTCOMES.map(({ name, label }) => (
              <li key={name} class={`outcome-${name}`}>
                {label}
              </li>
            ))}
          </ul>
        </div>
      </div>
      <figcaption>
        {shown &&
          `${formatTime(timeOf(shown.started_at), now.value)}: ${runWord(shown.status).label.toLowerCase()} in ${formatDuration(shown.duration_ms)}, ${outcomeText(shown)}`}
      </figcaption>
    </figure>
  );
}

function outcomeText(run: RunRecord): string {
  const counts = outcomesOf(run);
  const parts = OUTCOMES.filter(({ name }) => counts[name] > 0).map(
    ({ name, label }) => `${formatNumber(counts[name])} ${label.toLowerCase()}`,
  );
  return parts.length === 0 ? "nothing changed" : parts.join(", ");
}

interface PlotProps {
  runs: RunRecord[];
  kind: "duration" | "rows";
  onPoint(at: number | null): void;
}

function Plot({ runs, kind, onPoint }: PlotProps) {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  const isDark = useDark();
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setWidth(Math.floor(element.clientWidth)));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    const element = box.current;
    if (!element || width === 0 || runs.length === 0) return;
    const plot = new uPlot(optionsOf(runs, kind, width, onPoint), dataOf(runs, kind), element);
    plot.over.addEventListener("click", () => {
      const run = runs[plot.cursor.idx ?? -1];
      if (run) goTo(linkTo(["run", run.id]));
    });
    return () => plot.destroy();
  }, [runs, kind, width, isDark]);
  return <div ref={box} class="plot" aria-hidden="true" />;
}

function dataOf(runs: RunRecord[], kind: PlotProps["kind"]): uPlot.AlignedData {
  const places = runs.map((_, at) => at);
  if (kind === "duration") return [places, runs.map((run) => run.duration_ms)];
  return [places, ...stacked(runs)];
}

function optionsOf(
  runs: RunRecord[],
  kind: PlotProps["kind"],
  width: number,
  onPoint: PlotProps["onPoint"],
): uPlot.Options {
  const colour = (name: string) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const axis = { stroke: colour("--muted"), grid: { stroke: colour("--line"), width: 1 }, ticks: { show: false } };
  const bars = uPlot.paths.bars?.({ size: [0.7, 40], gap: 1 });
  const series =
    kind === "duration"
      ? [{ paths: statusBars(runs, colour), fill: colour("--ok"), width: 0, points: { show: false } }]
      : OUTCOMES.map(({ name }) => ({
          paths: bars,
          fill: colour(`--outcome-${name}`),
          width: 0,
          points: { show: false },
        })).reverse();
  return {
    width,
    height: HEIGHT,
    legend: { show: false },
    cursor: { drag: { x: false, y: false }, points: { show: false }, y: false },
    scales: {
      x: { time: false, range: [-0.6, runs.length - 0.4] },
      y: { range: (_, __, most) => [0, Math.max(1, most * 1.08)] },
    },
    axes: [
      {
        ...axis,
        grid: { show: false },
        size: 28,
        splits: () => ends(runs.length),
        values: (_, places) => places.map((at) => dayOf(runs[at])),
      },
      {
        ...axis,
        size: 62,
        values: (_, values) =>
          values.map((value) => (kind === "duration" ? shortDuration(value) : formatNumber(value))),
      },
    ],
    series: [{}, ...series] as uPlot.Series[],
    hooks: { setCursor: [(plot) => onPoint(plot.cursor.idx ?? null)] },
  };
}

/** Each bar in the colour of its run's status. */
function statusBars(runs: RunRecord[], colour: (name: string) => string) {
  const colours = runs.map((run) => colour(`--${runWord(run.status).tone}`));
  return uPlot.paths.bars?.({
    size: [0.7, 40],
    gap: 1,
    disp: { fill: { unit: 3, values: () => colours } },
  });
}

function ends(count: number): number[] {
  return count < 3 ? [0] : [0, Math.floor((count - 1) / 2), count - 1];
}

function dayOf(run: RunRecord | undefined): string {
  return run ? formatTime(timeOf(run.started_at), now.peek()) : "";
}

function shortDuration(ms: number): string {
  return ms === 0
    ? "0"
    : formatDuration(ms)
        .replace(/\.0 s$/, " s")
        .replace(/ 00 s$/, "");
}

function useDark(): boolean {
  const [system, setSystem] = useState(() => matchMedia("(prefers-color-scheme: dark)").matches);
  useEffect(() => {
    const media = matchMedia("(prefers-color-scheme: dark)");
    const change = () => setSystem(media.matches);
    media.addEventListener("change", change);
    return () => media.removeEventListener("change", change);
  }, []);
  return theme.value === "system" ? system : theme.value === "dark";
}
