import type { Engine } from "../sync/engine";

/** An option of an action: a flag of the console command, a query parameter of the route. */
export interface ActionFlag {
  name: string;
  type: "bool" | "text" | "number";
  help: string;
  /** Used when it is not given; "" and 0 mean none. */
  default: string | number | boolean;
}

export interface ActionInput {
  /** The stream, or "" where an action allows all of them. */
  stream: string;
  /** A second argument, such as a run's or a job's id. */
  id: string;
  flags: Record<string, string | number | boolean>;
  /** Who asked. */
  by: string;
  trigger: "manual" | "console";
  /** Called by an action that may take long, once it has the stream: what can be answered until it is done. */
  began?(data: unknown): void;
}

export interface ActionResult {
  ok: boolean;
  /** The answer as JSON. */
  data: unknown;
  /** The answer for a person. */
  lines: string[];
  /** Why it was not even tried; the exit code and the HTTP status follow from it. */
  refused?: "bad_option" | "unknown_stream" | "unknown_record" | "paused" | "busy";
  /** The console\'s exit code where the answer is good and what it says is not: verify found differences. */
  exitCode?: number;
}

/** An option whose value is not allowed. */
export class BadOption extends Error {
  constructor(message: string) {
    super(message);
    this.name = "BadOption";
  }
}

/** A collection has no record of that id. */
export class UnknownRecord extends Error {
  constructor(collection: string, id: string) {
    super(`${collection} has no record "${id}" of this stream`);
    this.name = "UnknownRecord";
  }
}

/** Something a person can do to the sync, the same in the console and over HTTP. */
export interface Action {
  name: string;
  summary: string;
  /** What stands behind the name: nothing, a stream that must or may be given, and whether an id may follow. */
  stream: "none" | "optional" | "required";
  /** What the optional second argument is called; "" when there is none. */
  id: string;
  /** The second argument must be given. */
  idRequired?: true;
  flags: ActionFlag[];
  run(engine: Engine, input: ActionInput): ActionResult;
}

/** A line of `name  value` pairs, aligned. */
export function table(rows: string[][]): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, at) => {
      widths[at] = Math.max(widths[at] ?? 0, cell.length);
    });
  }
  return rows.map((row) =>
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}
