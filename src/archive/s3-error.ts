import { excerpt } from "../sources/excerpt";

const ADVICE: Record<string, string> = {
  SignatureDoesNotMatch: "check ERP_S3_SECRET_KEY",
  InvalidAccessKeyId: "check ERP_S3_ACCESS_KEY",
  NoSuchBucket: "make the bucket, or correct ERP_S3_BUCKET",
  NoSuchKey: "the file is gone",
  AccessDenied: "the account behind ERP_S3_ACCESS_KEY may not do this, ask the bucket's administrator",
  RequestTimeTooSkewed: "set this machine's clock",
  AuthorizationHeaderMalformed: "check ERP_S3_REGION",
  PermanentRedirect: "check ERP_S3_REGION and ERP_S3_ENDPOINT",
  EntityTooLarge: "S3 takes at most 5 GB in one file",
  SlowDown: "the next run tries again",
};

/** What an S3 server said, as a sentence: its status, its code, and what to do about it. */
export function s3Refusal(status: number, body: string): string {
  const code = /<Code>([^<]+)<\/Code>/.exec(body)?.[1] ?? "";
  const message = /<Message>([^<]+)<\/Message>/.exec(body)?.[1] ?? excerpt(body);
  const said = [code, message].filter((part) => part !== "").join(": ");
  return `it answered ${status}${said === "" ? "" : ` (${said})`}: ${ADVICE[code] ?? "check the ERP_S3_… variables and the server's log"}`;
}
