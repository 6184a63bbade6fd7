import { type ZoneSchedule, zoneSchedule } from "../settings/zone-schedule";
import type { Engine } from "../sync/engine";
import { coerceError } from "../sync/errors";
import { type ActionFlag, type ActionInput, type ActionResult, BadOption } from "./action";

export const SCHEDULE_FLAGS: ActionFlag[] = [
  { name: "zone", type: "text", default: "", help: "the time zone of these hours, such as Asia/Dubai" },
];

/** `erp schedule`: a schedule of local time in UTC, which is what the field `schedule` of a stream holds. */
export function scheduleAction(engine: Engine, { id: schedule, flags }: ActionInput): ActionResult {
  const zone = String(flags.zone ?? "").trim();
  if (zone === "") throw new BadOption("zone: name the time zone of these hours, such as Asia/Dubai");
  const problem = engine.timezoneError(zone);
  if (problem !== "")
    throw new BadOption(`zone: "${zone}" is not a time zone (${problem}; expected a name such as Asia/Dubai)`);
  const converted = convert(engine, schedule, zone);
  return { ok: true, data: converted, lines: linesOf(converted) };
}

function convert(engine: Engine, schedule: string, zone: string): ZoneSchedule {
  try {
    return zoneSchedule(schedule, zone, engine.clock(), engine.offsetAt);
  } catch (error) {
    throw new BadOption(coerceError(error));
  }
}

function linesOf({ zone, offset, lines, changes }: ZoneSchedule): string[] {
  const first = changes.length === 0 ? `${zone} is UTC${offset} all year:` : `${zone} is UTC${offset} now:`;
  const told = changes.flatMap(({ at, offset: then, lines: after }) => [
    `from ${at.slice(0, 16).replace("T", " ")} UTC on, at UTC${then}:`,
    ...indented(after),
  ]);
  const advice =
    changes.length === 0
      ? 'copy it into the field "schedule" of the stream'
      : 'PocketBase\'s cron does not follow these clock changes: change the field "schedule" of the stream on these days';
  return [first, ...indented(lines), ...told, advice];
}

function indented(lines: string[]): string[] {
  return lines.map((line) => `  ${line}`);
}
