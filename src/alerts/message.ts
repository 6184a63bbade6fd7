import { DAILY_SUMMARY, titleOf } from "./kinds";
import { spanText, timeText } from "./words";

/** What a record of sync_alerts has to say; times in ms. */
export interface Episode {
  stream: string;
  kind: string;
  due: "opened" | "closed";
  text: string;
  advice: string;
  run: string;
  openedAt: number;
  /** 0: it is not over. */
  closedAt: number;
  endText: string;
}

/** The installation, as a reader of many of them tells it from others. */
export interface Place {
  /** PocketBase's application name. */
  app: string;
  /** PocketBase's address, without a slash at its end. */
  url: string;
}

export interface Message {
  subject: string;
  text: string;
}

/** The words of one message: what, since when, what to do, where to look. */
export function messageOf(episode: Episode, place: Place): Message {
  const subject = `[${place.app}] ${episode.stream}: ${headline(episode)}`;
  const lines = [subject, ...bodyOf(episode), whereLine(episode, place)];
  return { subject, text: lines.join("\n") };
}

function headline({ kind, due, closedAt }: Episode): string {
  if (kind === DAILY_SUMMARY) return titleOf(kind);
  if (due === "closed") return `ALL CLEAR, it was: ${titleOf(kind)}`;
  return `${closedAt > 0 ? "OVER" : "ALERT"}, ${titleOf(kind)}`;
}

function bodyOf(episode: Episode): string[] {
  const { kind, due, text, advice, openedAt, closedAt, endText } = episode;
  if (kind === DAILY_SUMMARY) return [text];
  const lasted = `From ${timeText(openedAt)} to ${timeText(closedAt)}, ${spanText(closedAt - openedAt)}.`;
  if (due === "closed") return [sentence(endText), lasted];
  const what = sentence(text);
  if (closedAt > 0) return [what, `It is over: ${endText}.`, lasted];
  return [what, `Since ${timeText(openedAt)}.`, `What to do: ${advice}`];
}

/** The page of the dashboard where a person sees more: the run, or the alerts with their links. */
function whereLine({ kind, run }: Episode, { url }: Place): string {
  if (run !== "") return `run ${run}, ${url}/erp/#/run/${run}`;
  return kind === DAILY_SUMMARY ? `${url}/erp` : `${url}/erp/#/alerts`;
}

/** With a capital letter in front and a full stop behind. */
function sentence(text: string): string {
  const first = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(first) ? first : `${first}.`;
}

/** What Slack takes, and Mattermost, Teams and Discord (at …/slack) with it: text in which no mention can hide. */
export function webhookBody({ text }: Message): string {
  return JSON.stringify({ text: text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;") });
}
