import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, expect, it } from "vitest";
import { atEndOfFile, Factory, type PocketBaseServer, startErp, startPocketBase } from "./harness";

/** A curl as Debian 11 has it, as far as that matters: it knows no %{exitcode}, so nobody may ask it for a transfer. */
function folderOfOldCurl(): string {
  const folder = mkdtempSync(join(tmpdir(), "old-curl-"));
  atEndOfFile(() => rmSync(folder, { recursive: true, force: true }));
  const script = '#!/bin/sh\nif [ "$1" != --version ]; then exit 2; fi\necho "curl 7.74.0 (x86_64-pc-linux-gnu)"\n';
  writeFileSync(join(folder, "curl"), script, { mode: 0o755 });
  return folder;
}

const factory = new Factory({ seed: 31, rows: 20 });
let server: PocketBaseServer;
beforeAll(async () => {
  const erp = await startErp({ factory });
  server = await startPocketBase({ erpUrl: erp.url, env: { PATH: `${folderOfOldCurl()}:${process.env.PATH}` } });
});

it("fetches by PocketBase itself where curl is too old, and doctor says so", async () => {
  expect(await server.runSync()).toMatchObject({ status: "succeeded", transport: "http" });
  await server.expectTarget(factory.rows());
  expect((await server.cli(["doctor"])).stdout).toContain(
    "warning  transport: there is no curl 7.75 or later on this machine: answers are held in memory",
  );
});

it("says what is missing where the stream insists on curl", async () => {
  const { options } = await server.settings();
  await server.updateSettings({ options: { ...options, source: { ...options.source, transport: "curl" } } });
  expect(await server.runSync()).toMatchObject({
    status: "failed",
    error: expect.stringContaining('transport is "curl", but there is no curl 7.75 or later on this machine'),
  });
});
