import { type GetEnv, MissingVariable, resolve } from "./environment";
import type { Alerts } from "./options";
import { literalSecretParameter } from "./source-url";
import { parseUrl } from "./url";

/** The variable with the secret that signs what is posted at the end of a run. */
export const WEBHOOK_SECRET = "ERP_WEBHOOK_SECRET";

/** What the schema cannot say about options.alerts. `mayBeUnset`: variables that are not set are accepted. */
export function alertProblems({ webhook, on_finish }: Alerts, getenv: GetEnv, mayBeUnset: boolean): string[] {
  return [
    problemOf("options.alerts.webhook", mayBeUnset, () => void resolve(webhook, getenv)),
    problemOf("options.alerts.on_finish", mayBeUnset, () => void finishUrl(on_finish, getenv)),
  ].filter((problem) => problem !== "");
}

/**
 * The address that is posted to at the end of a run, "" when there is none. Throws what is wrong with it; the message
 * holds no value of the environment.
 */
export function finishUrl(onFinish: string, getenv: GetEnv): string {
  if (onFinish === "") return "";
  const secret = literalSecretParameter(onFinish);
  if (secret !== "") {
    throw new Error(`the query parameter "${secret}" must hold an environment reference, such as \${ERP_HOOK_TOKEN}`);
  }
  const url = resolve(onFinish, getenv);
  parseUrl(url);
  if (getenv(WEBHOOK_SECRET) === "") throw new MissingVariable(WEBHOOK_SECRET);
  return url;
}

function problemOf(path: string, mayBeUnset: boolean, look: () => void): string {
  try {
    look();
    return "";
  } catch (error) {
    if (error instanceof MissingVariable && mayBeUnset) return "";
    return `${path}: ${error instanceof Error ? error.message : String(error)}`;
  }
}
