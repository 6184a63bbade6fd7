import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { dependenciesAreCurrent, npmProblem } from "../../../scripts/setup/dependencies.mjs";
import { withEnvironmentFile } from "../../../scripts/setup/environment-file.mjs";
import { missingSystemPackages } from "../../../scripts/setup/system-packages.mjs";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "dependencies-test-"));
  mkdirSync(join(folder, "node_modules"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const lock = (path: string, packages: object) => writeFileSync(join(folder, path), JSON.stringify({ packages }));
const wanted = {
  "": { version: "0.1.0" },
  "node_modules/a": { version: "1.0.0" },
  "node_modules/a-win32": { version: "1.0.0", optional: true },
};

test.each<[what: string, installed: object | undefined, current: boolean]>([
  ["nothing is installed", undefined, false],
  ["all is as locked, without another system's packages", { "node_modules/a": { version: "1.0.0" } }, true],
  ["a package is missing", {}, false],
  ["a package has another version", { "node_modules/a": { version: "0.9.0" } }, false],
])("knows whether npm ci is needed when %s", (_, installed, current) => {
  lock("package-lock.json", wanted);
  if (installed) lock("node_modules/.package-lock.json", installed);
  expect(dependenciesAreCurrent(folder)).toBe(current);
});

test("tells in one sentence, without npm's stack, that there is no network", () => {
  const failed = "request to https://npm.example.com/a failed, reason: getaddrinfo ENOTFOUND npm.example.com";
  const said = `npm error code ENOTFOUND\nnpm error FetchError: ${failed}\nnpm error     at ClientRequest.<anonymous> (i.js:130:14)\n`;
  expect(npmProblem(said, 1)).toBe(
    `the npm packages could not be loaded (${failed}): check the network, or HTTPS_PROXY where a proxy is in between`,
  );
  expect(npmProblem("npm error code ETIMEDOUT\n", 1)).toContain("could not be loaded (ETIMEDOUT): check the network");
});

test("leaves any other failure of npm in its own words", () => {
  const said = "npm error code EUSAGE\nnpm error `npm ci` can only install with an existing package-lock.json\n";
  expect(npmProblem(said, 1)).toBe(`${said}"npm ci" failed (1), see above`);
  expect(npmProblem("", "SIGINT")).toBe('"npm ci" failed (SIGINT), see above');
});

test("says how to install what is missing", () => {
  expect(missingSystemPackages({ PATH: folder })).toMatch(
    /^The tests need curl and openssl: ".+ install .*curl openssl"\.$/,
  );
  expect(missingSystemPackages()).toBeUndefined();
});

test("reads .env, where a variable that is set wins", () => {
  const file = join(folder, ".env");
  writeFileSync(file, '# comment\nERP_TOKEN="a b" # secret\nPB_DATA=from-file\n\nexport ERP_LOG_JSON=1\n');
  expect(withEnvironmentFile({ PB_DATA: "set" }, file)).toEqual({
    ERP_TOKEN: "a b",
    PB_DATA: "set",
    ERP_LOG_JSON: "1",
  });
  expect(withEnvironmentFile({ A: "1" }, join(folder, "none"))).toEqual({ A: "1" });
});
