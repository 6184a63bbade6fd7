/*! SHA-256 and HMAC in this bundle: @noble/hashes, MIT License, Copyright (c) 2022 Paul Miller (https://paulmillr.com) */
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import type { GetEnv } from "../settings/environment";
import { MissingVariable } from "../settings/environment";
import { parseUrl } from "../settings/url";
import { percentEncode, utf8 } from "../sources/encoding";

/** How to reach a bucket; from the environment only, so that no secret is in the database. */
export interface S3Config {
  /** Scheme, host and port. */
  endpoint: string;
  region: string;
  bucket: string;
  accessKey: string;
  secretKey: string;
}

export interface S3Call {
  method: "PUT" | "GET" | "DELETE";
  bucket: string;
  key: string;
  /** ms */
  now: number;
}

/** Reads ERP_S3_…; throws a sentence that names the variable that is missing or wrong, never a value that is secret. */
export function s3Config(getenv: GetEnv): S3Config {
  const needed = (name: string): string => {
    const value = getenv(name);
    if (value === "") throw new MissingVariable(name);
    return value;
  };
  const region = getenv("ERP_S3_REGION") || "us-east-1";
  return {
    endpoint: endpointOf(getenv("ERP_S3_ENDPOINT") || `https://s3.${region}.amazonaws.com`),
    region,
    bucket: bucketOf(needed("ERP_S3_BUCKET")),
    accessKey: needed("ERP_S3_ACCESS_KEY"),
    secretKey: needed("ERP_S3_SECRET_KEY"),
  };
}

function endpointOf(url: string): string {
  let problem: string;
  try {
    const { scheme, host, port, path, query } = parseUrl(url);
    const isUsual = port === "" || port === (scheme === "https" ? "443" : "80");
    if (path.replace(/\/$/, "") === "" && query === "") return `${scheme}://${host}${isUsual ? "" : `:${port}`}`;
    problem = "holds more than a host (the bucket belongs into ERP_S3_BUCKET)";
  } catch (error) {
    problem = error instanceof Error ? error.message : String(error);
  }
  throw new Error(`ERP_S3_ENDPOINT ${problem}; expected an address such as https://s3.eu-central-1.amazonaws.com`);
}

function bucketOf(name: string): string {
  if (/^[A-Za-z0-9][A-Za-z0-9._-]{1,62}$/.test(name)) return name;
  throw new Error(`ERP_S3_BUCKET: "${name}" is not the name of a bucket (expected letters, digits, dots and hyphens)`);
}

/** Not hashed: the body is a file that only curl reads. AWS and PocketBase's own client allow it too. */
const PAYLOAD = "UNSIGNED-PAYLOAD";

/** A request with its signature (AWS Signature Version 4), the bucket in the path. */
export function signS3(
  { endpoint, region, accessKey, secretKey }: S3Config,
  { method, bucket, key, now }: S3Call,
): { url: string; headers: Record<string, string> } {
  const path = `/${[bucket, ...key.split("/")].map(encodeSegment).join("/")}`;
  const stamp = new Date(now).toISOString().replace(/[-:]|\.\d+/g, "");
  const scope = `${stamp.slice(0, 8)}/${region}/s3/aws4_request`;
  const signed: Array<[string, string]> = [
    ["host", endpoint.replace(/^https?:\/\//, "")],
    ["x-amz-content-sha256", PAYLOAD],
    ["x-amz-date", stamp],
  ];
  const names = signed.map(([name]) => name).join(";");
  const canonical = [method, path, "", ...signed.map(([name, value]) => `${name}:${value}`), "", names, PAYLOAD];
  const text = ["AWS4-HMAC-SHA256", stamp, scope, bytesToHex(sha256(bytes(canonical.join("\n"))))].join("\n");
  const signingKey = scope.split("/").reduce((secret, part) => mac(secret, part), bytes(`AWS4${secretKey}`));
  const signature = bytesToHex(mac(signingKey, text));
  return {
    url: endpoint + path,
    headers: {
      "x-amz-content-sha256": PAYLOAD,
      "x-amz-date": stamp,
      authorization: `AWS4-HMAC-SHA256 Credential=${accessKey}/${scope}, SignedHeaders=${names}, Signature=${signature}`,
    },
  };
}

function mac(key: Uint8Array, text: string): Uint8Array {
  return hmac(sha256, key, bytes(text));
}

function bytes(text: string): Uint8Array {
  return Uint8Array.from(utf8(text));
}

/** What encodeURIComponent leaves and S3 wants encoded. */
function encodeSegment(text: string): string {
  return percentEncode(text).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
}
