import { readCron } from "../../settings/cron";
import { scheduleLines } from "../../settings/schedule";
import { shiftCron } from "../../settings/shift-schedule";

/** A schedule of local time in UTC: its lines, or why it cannot be written. */
export type Shifted = { lines: string[] } | { problem: string };

/** Turns the lines of a local schedule into those of the field `schedule`, which is in UTC. */
export function shiftedSchedule(local: string, offsetMinutes: number): Shifted {
  const lines: string[] = [];
  for (const { line, expression } of scheduleLines(local)) {
    if (readCron(expression) === null) {
      return { problem: `Line ${line}: “${expression}” is no cron expression (minute, hour, day, month, weekday).` };
    }
    try {
      lines.push(...shiftCron(expression, offsetMinutes));
    } catch (error) {
      return { problem: `Line ${line}: ${error instanceof Error ? error.message : String(error)}.` };
    }
  }
  return { lines: [...new Set(lines)] };
}
