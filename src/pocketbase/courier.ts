import type { Courier } from "../alerts/ports";
import { coerceError } from "../sync/errors";

/** How messages leave this PocketBase. */
export const courier: Courier = {
  post: ({ url, body, headers, timeoutSeconds }) => {
    try {
      return $http.send({ url, method: "POST", body, headers, timeout: timeoutSeconds }).statusCode;
    } catch (error) {
      // Go puts the whole address in front, and that of a webhook is a secret.
      throw new Error(coerceError(error).replace(/^\w+ "[^"]*": /, ""));
    }
  },
  mail: ({ to, subject, text }) => {
    const { meta } = $app.settings();
    $app.newMailClient().send(
      new MailerMessage({
        from: { address: meta.senderAddress, name: meta.senderName },
        to: to.map((address) => ({ address })),
        subject,
        text,
        html: `<pre style="font-family: inherit; white-space: pre-wrap">${escapeHtml(text)}</pre>`,
      }),
    );
  },
  place: () => {
    const { meta } = $app.settings();
    return { app: meta.appName, url: meta.appURL.replace(/\/+$/, "") };
  },
  hasSmtp: () => $app.settings().smtp.enabled,
  hmacSha256: (text, secret) => $security.hs256(text, secret),
};

function escapeHtml(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}
