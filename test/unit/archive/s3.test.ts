import { createHash, createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { type S3Config, s3Config, signS3 } from "../../../src/archive/s3";
import { s3Refusal } from "../../../src/archive/s3-error";

const ENV: Record<string, string> = {
  ERP_S3_ENDPOINT: "https://s3.example.com:9000",
  ERP_S3_REGION: "me-central-1",
  ERP_S3_BUCKET: "answers",
  ERP_S3_ACCESS_KEY: "AKIDEXAMPLE",
  ERP_S3_SECRET_KEY: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
};
const config = (changes: Record<string, string> = {}) => s3Config((name) => ({ ...ENV, ...changes })[name] ?? "");

describe("s3Config", () => {
  it("reads the environment", () => {
    expect(config()).toEqual({
      endpoint: "https://s3.example.com:9000",
      region: "me-central-1",
      bucket: "answers",
      accessKey: "AKIDEXAMPLE",
      secretKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
    });
  });

  it.each([
    ["", "eu-central-1", "https://s3.eu-central-1.amazonaws.com"],
    ["", "", "https://s3.us-east-1.amazonaws.com"],
    ["http://localhost:80/", "", "http://localhost"],
    ["https://S3.example.com:443", "", "https://s3.example.com"],
  ])("of the endpoint %j and the region %j makes %s", (endpoint, region, expected) => {
    expect(config({ ERP_S3_ENDPOINT: endpoint, ERP_S3_REGION: region }).endpoint).toBe(expected);
  });

  it.each(["ERP_S3_BUCKET", "ERP_S3_ACCESS_KEY", "ERP_S3_SECRET_KEY"])("asks for %s", (name) => {
    expect(() => config({ [name]: "" })).toThrow(`environment variable ${name} is not set`);
  });

  it.each([
    [{ ERP_S3_ENDPOINT: "s3.example.com" }, "ERP_S3_ENDPOINT is not a URL"],
    [{ ERP_S3_ENDPOINT: "https://s3.example.com/answers" }, "ERP_S3_ENDPOINT holds more than a host"],
    [{ ERP_S3_BUCKET: "a/b" }, 'ERP_S3_BUCKET: "a/b" is not the name of a bucket'],
  ])("refuses %j", (changes, sentence) => {
    expect(() => config(changes as Record<string, string>)).toThrow(sentence);
  });
});

/** AWS Signature Version 4 as its documentation tells it, with Node's crypto. */
function signature({ secretKey, region }: S3Config, canonical: string, stamp: string): string {
  const day = stamp.slice(0, 8);
  const mac = (secret: Buffer | string, text: string) => createHmac("sha256", secret).update(text).digest();
  const key = [day, region, "s3", "aws4_request"].reduce<Buffer | string>(mac, `AWS4${secretKey}`);
  const digest = createHash("sha256").update(canonical).digest("hex");
  const text = `AWS4-HMAC-SHA256\n${stamp}\n${day}/${region}/s3/aws4_request\n${digest}`;
  return mac(key as Buffer, text).toString("hex");
}

describe("signS3", () => {
  it("signs as AWS documents it", () => {
    const call = {
      method: "PUT",
      bucket: "answers",
      key: "erp/2026-01-02/x.json",
      now: Date.parse("2026-01-02T03:04:05.678Z"),
    } as const;
    const { url, headers } = signS3(config(), call);
    expect(url).toBe("https://s3.example.com:9000/answers/erp/2026-01-02/x.json");
    const canonical = [
      "PUT",
      "/answers/erp/2026-01-02/x.json",
      "",
      "host:s3.example.com:9000",
      "x-amz-content-sha256:UNSIGNED-PAYLOAD",
      "x-amz-date:20260102T030405Z",
      "",
      "host;x-amz-content-sha256;x-amz-date",
      "UNSIGNED-PAYLOAD",
    ].join("\n");
    expect(headers).toEqual({
      "x-amz-content-sha256": "UNSIGNED-PAYLOAD",
      "x-amz-date": "20260102T030405Z",
      authorization: `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260102/me-central-1/s3/aws4_request, SignedHeaders=host;x-amz-content-sha256;x-amz-date, Signature=${signature(config(), canonical, "20260102T030405Z")}`,
    });
  });

  it("encodes what stands in a path, but for the slashes", () => {
    const { url } = signS3(config(), { method: "GET", bucket: "b1", key: "a b/(c)!*'+é.json", now: 0 });
    expect(url).toBe("https://s3.example.com:9000/b1/a%20b/%28c%29%21%2A%27%2B%C3%A9.json");
  });
});

describe("s3Refusal", () => {
  const xml = (code: string) => `<?xml version="1.0"?><Error><Code>${code}</Code><Message>Said so.</Message></Error>`;
  it.each([
    [403, xml("SignatureDoesNotMatch"), "it answered 403 (SignatureDoesNotMatch: Said so.): check ERP_S3_SECRET_KEY"],
    [404, xml("NoSuchBucket"), "it answered 404 (NoSuchBucket: Said so.): make the bucket, or correct ERP_S3_BUCKET"],
    [500, xml("Odd"), "it answered 500 (Odd: Said so.): check the ERP_S3_… variables and the server's log"],
    [
      502,
      "<title>Bad Gateway</title>",
      'it answered 502 ("Bad Gateway"): check the ERP_S3_… variables and the server\'s log',
    ],
    [503, "", "it answered 503: check the ERP_S3_… variables and the server's log"],
  ])("tells status, code and what to do: %i", (status, body, sentence) => {
    expect(s3Refusal(status, body)).toBe(sentence);
  });
});
