import type { Page } from "playwright-core";

/** A browser tells every answer that is not 2xx; what the page does with it is another test. */
const STATUS_ONLY = /^Failed to load resource: the server responded with a status of /;

/**
 * Collects what must not happen on a page: requests to anywhere but its own server, errors and warnings in the console
 * (the content security policy's among them), exceptions nobody caught, and dialogs that a smuggled script would open.
 */
export function watchPage(page: Page, origin: string): string[] {
  const complaints: string[] = [];
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(`${origin}/`) && !url.startsWith("data:")) complaints.push(`request to ${url}`);
  });
  page.on("console", (message) => {
    const text = message.text();
    if (["error", "warning"].includes(message.type()) && !STATUS_ONLY.test(text)) complaints.push(`console: ${text}`);
  });
  page.on("pageerror", (error) => complaints.push(`exception: ${error.stack ?? error.message}`));
  page.on("dialog", (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  return complaints;
}
