import type { Window } from "../mirror/listing";
import { type ActionFlag, type ActionInput, BadOption } from "./action";

/** The options of an action that shows lists: how many entries of each, and which page. */
export function windowFlags(entries: number, most: number): ActionFlag[] {
  return [
    { name: "limit", type: "number", default: entries, help: `how many entries of each list, 1 to ${most}` },
    { name: "page", type: "number", default: 1, help: "which page of them" },
  ];
}

/** Which entries were asked for. Throws BadOption. */
export function windowOf(flags: ActionInput["flags"], most: number): Window {
  const limit = wholeNumber(flags, "limit", most);
  const page = wholeNumber(flags, "page", 1_000_000);
  return { from: (page - 1) * limit, to: page * limit };
}

/** A number option. Throws BadOption, with the name it has over HTTP, when it is not a whole number from `least` to `most`. */
export function wholeNumber(flags: ActionInput["flags"], name: string, most: number, least = 1): number {
  const number = Number(flags[name]);
  if (Number.isInteger(number) && number >= least && number <= most) return number;
  throw new BadOption(
    `${name.replace(/-/g, "_")}: "${String(flags[name])}" is not a whole number from ${least} to ${most}`,
  );
}
