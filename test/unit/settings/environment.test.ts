import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MissingVariable, references, resolve } from "../../../src/settings/environment";
import { isLiteralSecret, looksSecret } from "../../../src/settings/secrets";

const variables: Record<string, string> = {
  ERP_TOKEN: "s3cret",
  ERP_BASE_URL: "https://erp.test",
  ERP_EMPTY: "",
  ERP_TRAP: "${ERP_TOKEN}",
};
const getenv = (name: string) => variables[name] ?? "";

describe("resolve", () => {
  it.each([
    ["plain text", "plain text"],
    ["", ""],
    ["${ERP_BASE_URL}/api", "https://erp.test/api"],
    ["${ERP_BASE_URL:-https://default}/api", "https://erp.test/api"],
    ["${ERP_NONE:-https://default}/api", "https://default/api"],
    ["${ERP_NONE:-}", ""],
    ["${ERP_EMPTY:-x}", "x"],
    ["${ERP_NONE:-a:-b}", "a:-b"],
    ["${ERP_TOKEN}${ERP_TOKEN}", "s3crets3cret"],
    ["costs 5$ and {braces}", "costs 5$ and {braces}"],
    ["$ERP_TOKEN", "$ERP_TOKEN"],
    ["${ERP_TRAP}", "${ERP_TOKEN}"],
  ])("makes of %j %j", (text, resolved) => {
    expect(resolve(text, getenv)).toBe(resolved);
  });

  it.each(["ERP_NONE", "ERP_EMPTY"])("names %s when it is not set, and where to set it", (name) => {
    expect(() => resolve(`\${${name}}`, getenv)).toThrow(new MissingVariable(name).message);
    expect(new MissingVariable(name).message).toBe(
      `environment variable ${name} is not set: set it in the environment PocketBase is started with (.env.example lists the variables) and restart PocketBase`,
    );
  });

  it.each([
    "${HOME}",
    "${erp_token}",
    "${ERP_}",
    "${ERP_A B}",
    "${}",
    "${ERP_A-x}",
    "${ERP_A:x}",
    "${ERP_A:-${ERP_B}}",
    "${XERP_A}",
  ])("refuses %j", (text) => {
    expect(() => resolve(text, getenv)).toThrow("is not a reference to the environment");
  });

  it("refuses a reference without its end", () => {
    expect(() => resolve("a ${ERP_TOKEN", getenv)).toThrow('"${ERP_TOKEN" has no closing }');
  });

  it("leaves every text without ${ as it is", () => {
    fc.assert(
      fc.property(
        fc.string().filter((text) => !text.includes("${")),
        (text) => resolve(text, getenv) === text,
      ),
    );
  });

  it("puts any value in exactly as it is, and says none in an error", () => {
    fc.assert(fc.property(fc.string({ minLength: 1 }), (value) => resolve("<${ERP_X}>", () => value) === `<${value}>`));
    expect(() => resolve("${ERP_TOKEN} ${HOME}", getenv)).toThrow(/^(?!.*s3cret)/);
  });
});

describe("references", () => {
  it("lists them in order, with default and place", () => {
    expect(references("a ${ERP_A} ${ERP_B:-x}")).toEqual([
      { text: "${ERP_A}", name: "ERP_A", fallback: null, at: 2 },
      { text: "${ERP_B:-x}", name: "ERP_B", fallback: "x", at: 11 },
    ]);
  });
});

describe("secrets", () => {
  it.each([
    "Authorization",
    "Proxy-Authorization",
    "Cookie",
    "X-API-Key",
    "x-api-key",
    "apikey",
    "api_key",
    "access_token",
    "accessToken",
    "client_secret",
    "password",
    "ERP_TOKEN",
    "ERP_PWD",
    "Ocp-Apim-Subscription-Key",
    "X-Auth",
    "sig",
  ])("%s looks like one", (name) => {
    expect(looksSecret(name)).toBe(true);
  });

  it.each([
    "txnType",
    "fromDate",
    "X-Tenant",
    "key",
    "tokens",
    "design",
    "author",
    "Accept",
    "ERP_BASE_URL",
    "",
    "monkey",
  ])("%s does not", (name) => {
    expect(looksSecret(name)).toBe(false);
  });

  it.each([
    ["tok_live_123", true],
    ["${ERP_TOKEN:-tok_live_123}", true],
    ["Bearer ${ERP_TOKEN}", false],
    ["${ERP_TOKEN:-}", false],
    ["", false],
  ])("%j stands in the open: %s", (text, open) => {
    expect(isLiteralSecret(text)).toBe(open);
  });
});
