import type { Place } from "./message";

export interface Post {
  url: string;
  body: string;
  headers: Record<string, string>;
  timeoutSeconds: number;
}

export interface Mail {
  to: string[];
  subject: string;
  text: string;
}

/** What the alerts need from the outside world. */
export interface Courier {
  /** Posts JSON; answers the HTTP status. Throws when no answer came. */
  post(post: Post): number;
  /** Sends through PocketBase's mailer. Throws when it could not be handed over. */
  mail(mail: Mail): void;
  place(): Place;
  /** False: PocketBase sends mail through the machine's sendmail, which may not be there. */
  hasSmtp(): boolean;
  hmacSha256(text: string, secret: string): string;
}
