import type { StreamStatus } from "../../operate/status";
import { jobWord, runWord, streamState, type Word } from "../model/stream-state";
import { Icon, type IconName } from "./icon";

/** A status: a shape, a word and a colour. */
export function Badge({ label, tone, icon }: Word & { icon?: IconName }) {
  return (
    <span class={`badge tone-${tone}`}>
      <Icon name={icon ?? tone} />
      {label}
    </span>
  );
}

export function StreamBadge({ stream }: { stream: StreamStatus }) {
  const { code, ...word } = streamState(stream);
  return <Badge {...word} {...(code === "paused" && { icon: "paused" as const })} />;
}

export function RunBadge({ status }: { status: string }) {
  return <Badge {...runWord(status)} />;
}

export function JobBadge({ status }: { status: string }) {
  return <Badge {...jobWord(status)} />;
}
