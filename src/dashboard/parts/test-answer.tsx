import { formatValue } from "../model/exact-json";
import { counted, formatBytes, formatDuration } from "../model/format";
import { Badge } from "./badge";

/** What a test of a connection answers. */
export interface Tested {
  ok: boolean;
  error?: string;
  status?: number;
  bytes?: number;
  latency_ms?: number;
  transport?: string;
  rows?: number;
  first_row?: Record<string, unknown> | null;
  /** What would keep the settings from being saved, by field. */
  problems?: Record<string, string>;
}

export function TestAnswer({ tested }: { tested: Tested }) {
  const { ok, error = "", rows = 0, bytes = 0, latency_ms: latency = 0, transport = "", first_row: first } = tested;
  const problems = Object.entries(tested.problems ?? {}).filter(([field]) => CONNECTION.includes(field));
  return (
    <section class="card" aria-label="Answer" aria-live="polite">
      <div class="card-head">
        <Badge label={ok ? "It answers" : "It does not work"} tone={ok ? "ok" : "bad"} />
        {ok ? (
          <p>
            {counted(rows, "row")}, {formatBytes(bytes)}, first byte after {formatDuration(latency)}, by {transport}
          </p>
        ) : (
          <p class="wrap-anywhere">{error}</p>
        )}
      </div>
      {problems.map(([field, text]) => (
        <p key={field} class="note tone-warn">
          <span>
            It could not be saved like this: <code>{field}</code>: {text}
          </span>
        </p>
      ))}
      {ok && first && (
        <>
          <h2>First row</h2>
          <dl class="values">
            {Object.entries(first).map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd class="mono wrap-anywhere">{formatValue(value)}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
    </section>
  );
}

const CONNECTION = ["source_url", "from_date", "options"];
