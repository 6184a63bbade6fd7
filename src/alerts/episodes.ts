import type { Condition } from "./conditions";

/** What becomes of the episode of one stream and kind. */
export type Step = "open" | "still" | "close" | "nothing";

/** An episode opens when its condition is met, stays while it is or while nothing can be said, and closes once. */
export function stepOf(isOpen: boolean, condition: Pick<Condition, "state">): Step {
  if (condition.state === "same") return "nothing";
  if (condition.state === "on") return isOpen ? "still" : "open";
  return isOpen ? "close" : "nothing";
}

/** The message that has still to be sent about an episode; "" when there is none. */
export type Due = "" | "opened" | "closed";

/** Whether anybody may be told now: there is a channel, and nobody muted this kind. */
export interface Audience {
  hasChannels: boolean;
  muted: boolean;
}

/** What has been told of an episode. */
export interface Telling {
  due: Due;
  /** The due message has arrived in one of several places. */
  partly: boolean;
  /** An earlier one has arrived. */
  notified: boolean;
}

export function dueWhenOpened({ hasChannels, muted }: Audience): Due {
  return hasChannels && !muted ? "opened" : "";
}

/**
 * The all-clear is for those who were told that it began. A beginning that has not arrived anywhere yet stays due, and
 * says that it is over already: one message instead of two.
 */
export function dueWhenClosed({ due, partly, notified }: Telling, { hasChannels, muted }: Audience): Due {
  if (due === "opened" && !partly) return "opened";
  return hasChannels && !muted && (notified || partly) ? "closed" : "";
}

/**
 * An episode that begins again before its end was told goes on as if it had never ended: nobody heard otherwise. null: a
 * new episode begins.
 */
export function dueWhenReopened({ due, partly }: Telling): Due | null {
  if (due === "" || partly) return null;
  return due === "opened" ? "opened" : "";
}

/** What has to follow a message that has arrived, when the episode changed while it was on the way. */
export function dueWhenArrived(saidItIsOver: boolean, isOver: boolean, muted: boolean): Due {
  if (muted || saidItIsOver === isOver) return "";
  return isOver ? "closed" : "opened";
}
