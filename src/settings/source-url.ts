import { type GetEnv, MissingVariable, resolve } from "./environment";
import { isLiteralSecret, looksSecret } from "./secrets";
import { isHostAllowed, parseAllowedHosts, parseUrl, userInfoReason } from "./url";

/**
 * The URL that source_url stands for, its references resolved. Throws what is wrong with it, with the field's name; the
 * message holds neither a value of the environment nor the query. MissingVariable comes through as it is.
 */
export function resolveSourceUrl(sourceUrl: string, getenv: GetEnv): string {
  const shown = `source_url: "${sourceUrl.split("?")[0]}"`;
  if (sourceUrl === "")
    throw new Error("source_url: it is blank (expected the ERP's address, such as https://host/path)");
  if (/:\/\/[^/?#]*@/.test(sourceUrl)) throw new Error(`source_url: the address ${userInfoReason}`);
  const url = resolveNamed(sourceUrl, getenv);
  try {
    const parts = parseUrl(url);
    const allowed = parseAllowedHosts(getenv("ERP_ALLOWED_HOSTS"));
    if (isHostAllowed(parts, allowed)) return url;
  } catch (error) {
    throw new Error(`${shown} ${error instanceof Error ? error.message : String(error)}`);
  }
  throw new Error(
    `${shown} leads to a host that ERP_ALLOWED_HOSTS does not name: correct the address, or add the host to ` +
      "ERP_ALLOWED_HOSTS and restart PocketBase",
  );
}

function resolveNamed(sourceUrl: string, getenv: GetEnv): string {
  try {
    return resolve(sourceUrl, getenv);
  } catch (error) {
    if (error instanceof MissingVariable) throw error;
    throw new Error(`source_url: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Name and value of each parameter in the query of a URL, as written; references stay as they are. */
export function queryParameters(url: string): Array<{ name: string; value: string }> {
  const at = url.indexOf("?");
  if (at < 0) return [];
  return url
    .slice(at + 1)
    .split("&")
    .filter((pair) => pair !== "")
    .map((pair) => {
      const equals = pair.indexOf("=");
      return equals < 0 ? { name: pair, value: "" } : { name: pair.slice(0, equals), value: pair.slice(equals + 1) };
    });
}

/** The name of the first parameter that carries a secret in the open, "" when there is none. */
export function literalSecretParameter(sourceUrl: string): string {
  const found = queryParameters(sourceUrl).find(({ name, value }) => looksSecret(name) && isLiteralSecret(value));
  return found?.name ?? "";
}
