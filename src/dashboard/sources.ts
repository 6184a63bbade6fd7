import type { Source } from "../operate/sources";
import { ask } from "./api";

const MOST = 200;

/** Why no run of a stream can begin, by its name; streams that can run are left out. */
export async function settingsProblems(): Promise<Record<string, string>> {
  const { items } = await ask<{ items: Source[] }>("sources", { page_size: MOST });
  return Object.fromEntries(items.filter(({ problem }) => problem !== "").map(({ name, problem }) => [name, problem]));
}
