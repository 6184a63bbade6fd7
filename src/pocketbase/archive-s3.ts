import { type S3Call, type S3Config, signS3 } from "../archive/s3";
import { s3Refusal } from "../archive/s3-error";
import { redactor } from "../sources/redact";
import type { ArchiveCall, ArchiveStore, Spool } from "../sync/ports";
import { option, readAll, runCurl } from "./curl-process";
import { openSpool } from "./spool";

const CONNECT_SECONDS = 10;
const ANSWER = "answer.txt";
/** Characters of an answer that are looked at for its error. */
const MOST_SAID = 10_000;

/**
 * A bucket, by curl. PocketBase has a client for S3 too, but none of its calls can be stopped or given a time: a server
 * that does not answer would hold up the run for good.
 */
export function s3Archive(config: S3Config, bucket: string): ArchiveStore {
  const request = (
    method: S3Call["method"],
    key: string,
    more: string[],
    call: ArchiveCall,
    took?: (path: string) => void,
  ): void =>
    withScratch((scratch) => {
      send(config, { method, bucket, key, now: Date.now() }, { scratch, more, call });
      took?.(`${scratch.dir}/${ANSWER}`);
    });
  return {
    cancellable: true,
    put: (path, key, call) => request("PUT", key, [option("upload-file", path)], call),
    get: (key, folder, file, call) => request("GET", key, [], call, (said) => $os.rename(said, `${folder}/${file}`)),
    remove: (key, call) => request("DELETE", key, [option("request", "DELETE")], call),
  };
}

function withScratch(use: (scratch: Spool) => void): void {
  const scratch = openSpool(`archive-${$security.randomString(10)}`);
  scratch.create();
  try {
    use(scratch);
  } finally {
    scratch.remove();
  }
}

interface Sending {
  /** A folder for curl's files. */
  scratch: Spool;
  more: string[];
  call: ArchiveCall;
}

function send(config: S3Config, s3: S3Call, { scratch, more, call }: Sending): void {
  const { url, headers } = signS3(config, s3);
  const lines = [
    option("url", url),
    ...Object.entries(headers).map(([name, value]) => option("header", `${name}: ${value}`)),
    `connect-timeout = ${CONNECT_SECONDS}`,
    // A server that is busy for a moment; what it refuses is not sent again.
    "retry = 2",
    `retry-max-time = ${call.seconds}`,
    option("output", `${scratch.dir}/${ANSWER}`),
    ...more,
  ];
  const report = runCurl(scratch, lines, call.seconds, call.watch);
  const redact = redactor([config.accessKey, config.secretKey]);
  if (report.exitcode !== 0) {
    const reason = report.errormsg ?? `curl exit code ${report.exitcode}`;
    throw new Error(
      `${config.endpoint} could not be used (${redact(reason)}): check ERP_S3_ENDPOINT and that the server is up`,
    );
  }
  if (report.http_code < 300) return;
  const said = redact(s3Refusal(report.http_code, readAll(scratch, ANSWER).slice(0, MOST_SAID)));
  throw new Error(`${config.endpoint}, bucket "${s3.bucket}": ${said}`);
}
