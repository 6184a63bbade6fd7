import { useState } from "preact/hooks";
import { now } from "../live";
import { formatTime } from "../model/format";
import { type Shifted, shiftedSchedule } from "../model/shifted";
import { offsetsAhead, offsetText } from "../model/zone-offset";
import { tell } from "../notices";
import { Field } from "./field";
import { Icon } from "./icon";

/** Schedules are in UTC: this writes the one of a shift that is told in local time. */
export function ShiftSchedule({ zone: initial }: { zone: string }) {
  const [zone, setZone] = useState(initial === "UTC" ? Intl.DateTimeFormat().resolvedOptions().timeZone : initial);
  const [local, setLocal] = useState("0 6-18 * * 1-6");
  return (
    <details>
      <summary>Write a local schedule in UTC</summary>
      <div class="form">
        <div class="form-row">
          <Field
            label="Local schedule, one cron line each"
            hint="minute hour day month weekday; 0 6-18 * * 1-6 is every hour from 6 to 18, Monday to Saturday"
          >
            {(ids) => (
              <textarea
                {...ids}
                rows={3}
                spellcheck={false}
                value={local}
                onInput={(event) => setLocal(event.currentTarget.value)}
              />
            )}
          </Field>
          <Field label="Time zone">
            {(ids) => (
              <>
                <input
                  {...ids}
                  list="zones"
                  value={zone}
                  spellcheck={false}
                  onInput={(event) => setZone(event.currentTarget.value.trim())}
                />
                <datalist id="zones">
                  {Intl.supportedValuesOf("timeZone").map((name) => (
                    <option key={name} value={name} />
                  ))}
                </datalist>
              </>
            )}
          </Field>
        </div>
        <InUtc local={local} zone={zone} />
      </div>
    </details>
  );
}

function InUtc({ local, zone }: { local: string; zone: string }) {
  const offsets = offsetsIn(zone);
  if (!offsets) return <p class="note tone-warn">“{zone}” is no time zone; try Asia/Dubai or Europe/Berlin.</p>;
  return (
    <>
      {offsets.length > 1 && (
        <p class="note tone-warn">
          <Icon name="warn" />
          <span>The clocks of {zone} change: the schedule has to be changed with them.</span>
        </p>
      )}
      {offsets.map(({ minutes, from }, at) => (
        <Lines
          key={minutes}
          title={`In UTC${at === 0 ? "" : `, from about ${formatTime(from, now.value).replace(/, .*/, "")}`} (${zone} is ${offsetText(minutes)})`}
          shifted={shiftedSchedule(local, minutes)}
        />
      ))}
    </>
  );
}

function Lines({ title, shifted }: { title: string; shifted: Shifted }) {
  if ("problem" in shifted) return <p class="note tone-warn">{shifted.problem}</p>;
  const text = shifted.lines.join("\n");
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      tell("ok", "Copied. Put it into the field schedule of the stream's settings.");
    } catch {
      tell("warn", "This browser does not let a page copy here: select the lines and copy them yourself.");
    }
  };
  return (
    <div class="stack-tight">
      <p>{title}:</p>
      <output class="pre mono boxed">{text || "nothing yet"}</output>
      <div class="actions">
        <button type="button" disabled={text === ""} onClick={copy}>
          Copy
        </button>
      </div>
    </div>
  );
}

function offsetsIn(zone: string): ReturnType<typeof offsetsAhead> | null {
  try {
    return offsetsAhead(zone, now.peek());
  } catch {
    return null;
  }
}
