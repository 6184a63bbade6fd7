import type { Action, ActionFlag, ActionInput, ActionResult } from "../operate/action";
import { actions, perform } from "../operate/actions";
import type { Progress } from "../sync/ports";
import { doctorPorts } from "./doctor";
import { liveEngine } from "./engine";

const USAGE = 2;
/** How often a line of progress is drawn again, in ms. */
const DRAW_EVERY_MS = 200;

/** `pocketbase erp …`: one command an action. */
export function consoleCommand(): Command {
  const root = new Command({
    use: "erp",
    short: "Sync an ERP into this PocketBase",
    long: "Sync an ERP into this PocketBase.\nExit codes: 0 all right, 1 it failed, 2 the command was wrong. Works beside the running server.",
    silenceUsage: true,
    runE: (command, args) => {
      command.help();
      if (args.length > 0) exitWithUsage(command, `there is no command "${args[0]}"`);
    },
  });
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
  command.flags().bool("json", false, "print the answer as JSON");
  for (const flag of action.flags) define(command, flag);
  command.setFlagErrorFunc((self, error) => {
    exitWithUsage(self as unknown as Command, String(error));
    return error;
  });
  return command;
}

function usage(action: Action): string {
  const stream = { none: "", optional: " [stream]", required: " <stream>" }[action.stream];
  return `${action.name}${stream}${action.id === "" ? "" : ` [${action.id}]`}`;
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
  return args.length > most ? `"${args[most]}" is one argument too many` : "";
}

function execute(action: Action, command: Command, args: string[]): void {
  const asJson = command.flags().getBool("json");
  const engine = liveEngine(asJson ? () => undefined : drawProgress(command));
  const input: ActionInput = { stream: args[0] ?? "", id: args[1] ?? "", flags: {}, by: "console", trigger: "console" };
  for (const flag of action.flags) input.flags[flag.name] = flagValue(command, flag);
  const result = perform(action, engine, input);
  print(command, result, asJson);
  if (!result.ok) $os.exit(1);
}

function flagValue(command: Command, flag: ActionFlag): string | number | boolean {
  const flags = command.flags();
  if (flag.type === "bool") return flags.getBool(flag.name);
  return flag.type === "number" ? flags.getInt(flag.name) : flags.getString(flag.name);
}

/** cobra prints to standard error unless told otherwise. */
function print(command: Command, result: ActionResult, asJson: boolean): void {
  if (result.ok || asJson) command.setOut(command.outOrStdout());
  if (asJson) command.println(JSON.stringify(result.data));
  else for (const line of result.lines) command.println(line);
}

function exitWithUsage(command: Command, problem: string): void {
  command.printErrln(`${problem}\n\n${command.usageString()}`);
  $os.exit(USAGE);
}

/** One line that is drawn again and again, only where a person looks at it. */
function drawProgress(command: Command): Progress {
  if (!isTerminal()) return () => undefined;
  let drawn = 0;
  let stage = "";
  return (name, done, total) => {
    if (name === stage && Date.now() - drawn < DRAW_EVERY_MS && done !== total) return;
    if (stage !== "" && name !== stage) command.printErr("\n");
    drawn = Date.now();
    stage = name;
    const share = total > 0 ? ` of ${total} (${Math.floor((done * 100) / total)} %)` : "";
    command.printErr(`\r\x1b[K${name} ${done}${share}${done === total && total > 0 ? "\n" : ""}`);
    if (done === total && total > 0) stage = "";
  };
}

function isTerminal(): boolean {
  try {
    return $os.getenv("TERM") !== "" && $os.stat("/dev/fd/2").mode().string().startsWith("Dc");
  } catch {
    return false;
  }
}
