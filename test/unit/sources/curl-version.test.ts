import { expect, it } from "vitest";
import { isCurlNewEnough } from "../../../src/sources/curl-version";

it.each([
  ["curl 7.75.0 (x86_64-pc-linux-gnu) libcurl/7.75.0 OpenSSL/1.1.1j", true],
  ["curl 7.88.1 (x86_64-pc-linux-gnu) libcurl/7.88.1 OpenSSL/3.0.19\nRelease-Date: 2023-02-20", true],
  ["curl 8.0.1 (Windows) libcurl/8.0.1 Schannel", true],
  ["curl 10.2.0-DEV (x86_64-pc-linux-gnu)", true],
  ["curl 7.74.0 (x86_64-pc-linux-gnu) libcurl/7.74.0 OpenSSL/1.1.1w", false],
  ["curl 7.61.1 (x86_64-redhat-linux-gnu) libcurl/7.61.1", false],
  ["curl 7.8.1 (i386)", false],
  ["curl: option --version: is unknown", false],
  ["", false],
])("%j can be used: %j", (version, usable) => {
  expect(isCurlNewEnough(version)).toBe(usable);
});
