import { quoteStart } from "./answer-error";

/** In characters; a title or message stands near the beginning. */
const LOOKED_AT = 10_000;
const MESSAGE_NAMES = ["message", "error_description", "error", "detail", "title"];

/**
 * What an answer that holds no rows says to a person, in quotation marks: the message of a JSON object, the title of a
 * web page, else the beginning of the text. "" when there is nothing to quote.
 */
export function excerpt(text: string): string {
  const start = text.substring(0, LOOKED_AT).trim();
  if (start === "") return "";
  if (start[0] === "<") {
    const title = pageTitle(start);
    return title === "" ? "" : quoteStart(title);
  }
  return quoteStart(jsonMessage(start) || start);
}

/** The title of a web page, "" when it has none. */
export function pageTitle(text: string): string {
  return (/<title[^>]*>([^<]*)/i.exec(text.substring(0, LOOKED_AT))?.[1] ?? "").trim();
}

/** The text under `message`, `error` and the like in a JSON object, "" when there is none. */
export function jsonMessage(text: string): string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return "";
  }
  return messageIn(value) || messageIn(memberNamed(value, "error"));
}

function messageIn(value: unknown): string {
  for (const name of MESSAGE_NAMES) {
    const found = memberNamed(value, name);
    if (typeof found === "string" && found.trim() !== "") return found.trim();
  }
  return "";
}

/** ERPs write Message, message or MESSAGE. */
function memberNamed(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  const key = Object.keys(value).find((each) => each.toLowerCase() === name);
  return key === undefined ? undefined : (value as Record<string, unknown>)[key];
}
