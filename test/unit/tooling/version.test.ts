import { expect, test } from "vitest";
import { findChecksum, releaseFile } from "../../../scripts/setup/from-release.mjs";
import { nodeVersionProblem } from "../../../scripts/setup/node-version.mjs";
import { isAccepted, LOWEST, newestOfPinnedMinor, PINNED } from "../../../scripts/setup/version.mjs";

test.each([
  [LOWEST, true],
  [PINNED, true],
  ["0.40.10", true],
  ["1.0.0", true],
  ["0.40.3", false],
  ["0.9.9", false],
  ["0.41.0-rc.1", false],
  ["(untracked)", false],
])("PocketBase %s is accepted: %s", (version, accepted) => {
  expect(isAccepted(version)).toBe(accepted);
});

test.each<[string[], string | undefined]>([
  [["0.36.8", "0.40.4", "0.40.5", "0.41.0"], "0.40.5"],
  [["0.40.9", "0.40.10"], "0.40.10"],
  [["0.36.8", "0.40.3", "0.41.0"], undefined],
])("of %j the newest accepted patch of the pinned minor is %s", (versions, newest) => {
  expect(newestOfPinnedMinor(versions)).toBe(newest);
});

test.each([
  ["20.19.0", true],
  ["20.20.1", true],
  ["22.12.0", true],
  ["25.0.0", true],
  ["18.20.0", false],
  ["20.18.3", false],
  ["21.7.0", false],
  ["22.11.9", false],
])("Node %s will do: %s", (version, fine) => {
  expect(nodeVersionProblem(version) === undefined).toBe(fine);
});

test("says in one sentence which Node to install", () => {
  expect(nodeVersionProblem("18.20.0")).toBe(
    'This is Node 18.20.0, expected ^20.19.0 || >=22.12.0: install Node 22 or later ("nvm install 22").',
  );
});

test.each([
  ["linux", "x64", `pocketbase_${PINNED}_linux_amd64.zip`],
  ["darwin", "arm64", `pocketbase_${PINNED}_darwin_arm64.zip`],
  ["win32", "x64", `pocketbase_${PINNED}_windows_amd64.zip`],
  ["sunos", "x64", undefined],
])("the release for %s %s is %s", (platform, arch, name) => {
  expect(releaseFile(platform, arch)).toBe(name);
});

test("reads checksums with the sign for binary files and with Windows line ends", () => {
  const hash = "A".repeat(64);
  expect(findChecksum(`${hash} *a.zip\r\n`, "a.zip")).toBe("a".repeat(64));
  expect(findChecksum(`${hash}  b-a.zip\n`, "a.zip")).toBeUndefined();
});
