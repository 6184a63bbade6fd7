import { references } from "./environment";

const words =
  "auth|authorization|cookie|token|secret|password|passwd|pwd|signature|sig|session[-_]?id|(api|access|subscription)[-_]?key";
const secretName = new RegExp(`(^|[-_.])(${words})$`, "i");
const secretCamelCase = /[a-z](Token|Secret|Password|Signature|SessionId|ApiKey|AccessKey|SubscriptionKey)$/;

/** True when a header, a query parameter or a variable of this name holds a credential, as `X-API-Key` or `accessToken` do. */
export function looksSecret(name: string): boolean {
  return secretName.test(name) || secretCamelCase.test(name);
}

/** True when the text holds a credential itself instead of naming the variable that does. Throws on a bad reference. */
export function isLiteralSecret(text: string): boolean {
  if (text === "") return false;
  const found = references(text);
  return found.length === 0 || found.some((reference) => reference.fallback !== null && reference.fallback !== "");
}
