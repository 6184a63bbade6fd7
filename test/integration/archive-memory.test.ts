import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it } from "vitest";
import { archiveTo, localFiles, replayArchive, startArchiving } from "./archive-instance";
import { atEndOfFile } from "./harness";
import { S3Server, SLOW_START_MS } from "./harness/s3";

const MEGABYTE = 1024 * 1024;
const SIZE = 50 * MEGABYTE;

/** No JSON from its first character on: the run fails at once after it was archived, so only that costs memory. */
const ANSWER = "x".repeat(SIZE);

/** The most memory a process has ever had, in bytes. */
function peakOf(pid: number): number {
  const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return Number(kilobytes) * 1024;
}

it(
  "archives an answer of 50 MB, and reads it again, in far less memory than that",
  async () => {
    const http = createServer((_, response) => response.end(ANSWER)).listen(0);
    atEndOfFile(() => void http.close());
    const s3 = await S3Server.start();
    atEndOfFile(() => s3.stop());
    const { server } = await startArchiving({ s3 });
    await archiveTo(server, "none");
    await server.updateSettings({ source_url: `http://127.0.0.1:${(http.address() as AddressInfo).port}/rows` });
    await server.runSync();
    await server.runSync();
    const usual = peakOf(server.pid);
    for (const to of ["s3", "local"]) {
      await archiveTo(server, to);
      const run = await server.runSync();
      expect(run).toMatchObject({ status: "failed", archive_error: "", bytes: ANSWER.length });
      await replayArchive(server, run).catch(() => undefined);
      expect((await server.runs())[0]).toMatchObject({ replay_of: run.id, bytes: ANSWER.length });
    }
    expect(s3.files()).toHaveLength(1);
    expect(localFiles(server)).toHaveLength(1);
    expect(peakOf(server.pid) - usual).toBeLessThan(SIZE / 2);
  },
  SLOW_START_MS,
);
