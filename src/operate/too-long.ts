import { readingCheckpoint } from "../mirror/reading";
import type { Engine } from "../sync/engine";
import type { ActionInput } from "./action";

/** PocketBase cuts an answer after five minutes. */
const LONGEST_ANSWER_MS = 240_000;

/** Stops an action that only reads before its HTTP answer would be cut; in the console it may take as long as it takes. */
export function answerCheckpoint(engine: Engine, { trigger }: ActionInput, command: string): () => void {
  const milliseconds = trigger === "console" ? 0 : LONGEST_ANSWER_MS;
  return readingCheckpoint(
    engine,
    milliseconds,
    `this takes longer than an HTTP answer may; use the console: ${command}`,
  );
}
