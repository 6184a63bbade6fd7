import type { Action, ActionFlag, ActionInput, ActionResult } from "../operate/action";
import { actions, perform } from "../operate/actions";
import { coerceError } from "../sync/errors";
import type { Progress } from "../sync/ports";
import { doctorPorts } from "./doctor";
import { liveEngine } from "./engine";
import { signals } from "./signals";
import { versions } from "./versions";

/** Stands for a command of the console among what a shutdown waits for; it holds no lease. */
const COMMAND = "console";
const USAGE = 2;
/** How often a line of progress is drawn again, in ms. */
const DRAW_EVERY_MS = 200;

/** `pocketbase erp …`: one command an action. */
export function consoleCommand(): Command {
  const root = new Command({
    use: "erp",
    short: "Sync an ERP into this PocketBase",
    long: "Sync an ERP into this PocketBase.\nExit codes: 0 all right, 1 it failed, 2 the command was wrong. Works beside the running server.",
    version: versions().sync,
    silenceUsage: true,
    runE: (command, args) => {
      if (args.length > 0) exitWithUsage(command, `there is no command "${args[0]}"`);
      command.help();
    },
  });
  root.persistentFlags().bool("json", false, "print the answer as JSON");
  refuseBadFlags(root);
  for (const action of actions(doctorPorts)) root.addCommand(commandFor(action));
  return root;
}

function commandFor(action: Action): Command {
  const command = new Command({
    use: usage(action),
    short: action.summary,
    silenceUsage: true,
    runE: (self, args) => {
      const problem = argumentProblem(action, args);
      if (problem !== "") exitWithUsage(self, problem);
      execute(action, self, args);
    },
  });
  for (const flag of action.flags) define(command, flag);
  refuseBadFlags(command);
  return command;
}

function refuseBadFlags(command: Command): void {
  command.setFlagErrorFunc((self, error) => exitWithUsage(self as unknown as Command, coerceError(error)));
}

function usage(action: Action): string {
  const stream = { none: "", optional: " [stream]", required: " <stream>" }[action.stream];
  const id = action.id === "" ? "" : action.idRequired ? ` <${action.id}>` : ` [${action.id}]`;
  return `${action.name}${stream}${id}`;
}

function define(command: Command, flag: ActionFlag): void {
  const flags = command.flags();
  if (flag.type === "bool") flags.bool(flag.name, flag.default === true, flag.help);
  else if (flag.type === "number") flags.int(flag.name, Number(flag.default), flag.help);
  else flags.string(flag.name, String(flag.default), flag.help);
}

function argumentProblem(action: Action, args: string[]): string {
  const most = (action.stream === "none" ? 0 : 1) + (action.id === "" ? 0 : 1);
  if (action.stream === "required" && args.length === 0) return "name the stream, for example: aswan_bom";
  if (action.idRequired && args.length < most) return `name the ${action.id}, in quotation marks`;
  return args.length > most ? `"${args[most]}" is one argument too many` : "";
}

function execute(action: Action, command: Command, args: string[]): void {
  const asJson = command.flags().getBool("json");
  const progress = drawProgress(command);
  const engine = liveEngine(progress.draw);
  const [stream = "", id = ""] = action.stream === "none" ? ["", ...args] : args;
  const input: ActionInput = { stream, id, flags: {}, by: "console", trigger: "console" };
  for (const flag of action.flags) input.flags[flag.name] = flagValue(command, flag);
  // A shutdown waits until the command has told what came of it: otherwise the process ends with 0 before it can.
  signals.began(COMMAND);
  try {
    const result = perform(action, engine, input);
    progress.end();
    print(command, result, asJson);
    if (!result.ok) $os.exit(result.refused === "bad_option" ? USAGE : 1);
    if (result.exitCode) $os.exit(result.exitCode);
  } finally {
    signals.ended(COMMAND);
  }
}

function flagValue(command: Command, flag: ActionFlag): string | number | boolean {
  const flags = command.flags();
  if (flag.type === "bool") return flags.getBool(flag.name);
  return flag.type === "number" ? flags.getInt(flag.name) : flags.getString(flag.name);
}

/**
 * cobra's print() goes to standard error until setOut() is called. Its printErr() must not be used: PocketBase sends it
 * through a writer that shows nothing unless it is a terminal.
 */
function print(command: Command, result: ActionResult, asJson: boolean): void {
  if (!isError(result) || asJson) command.setOut(command.outOrStdout());
  if (asJson) command.println(JSON.stringify(result.data));
  else for (const line of result.lines) command.println(line);
}

/** A report that found something wrong is still a report. */
function isError({ ok, data }: ActionResult): boolean {
  return !ok && typeof data === "object" && data !== null && "error" in data;
}

function exitWithUsage(command: Command, problem: string): void {
  command.println(`${problem}\n\n${command.usageString().trimEnd()}`);
  $os.exit(USAGE);
}

/** One line that is drawn again and again, only where a person looks at it; `end` leaves it. */
function drawProgress(command: Command): { draw: Progress; end(): void } {
  if (!isTerminal()) return { draw: () => undefined, end: () => undefined };
  let drawn = 0;
  let stage = "";
  const end = (): void => {
    if (stage !== "") command.print("\n");
    stage = "";
  };
  const draw: Progress = (name, done, total) => {
    if (name === stage && Date.now() - drawn < DRAW_EVERY_MS && done !== total) return;
    if (name !== stage) end();
    drawn = Date.now();
    stage = name;
    command.print(`\r\x1b[K${progressText(name, done, total)}`);
    if (done === total && total > 0) end();
  };
  return { draw, end };
}

function progressText(stage: string, done: number, total: number): string {
  if (total > 0) return `${stage} ${done} of ${total} (${Math.floor((done * 100) / total)} %)`;
  return done > 0 ? `${stage} ${done}` : stage;
}

function isTerminal(): boolean {
  try {
    return $os.getenv("TERM") !== "" && $os.stat("/dev/fd/2").mode().string().startsWith("Dc");
  } catch {
    return false;
  }
}
