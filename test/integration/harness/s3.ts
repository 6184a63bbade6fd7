import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { ensureVersitygw } from "../../../scripts/test/versitygw.mjs";
import { atEndOfFile } from "./cleanup";
import { type Child, cleanEnvironment, freePort, startChild } from "./process";
import { waitFor } from "./wait";

const ACCESS = "test-access-key";
export const S3_SECRET = "test-secret-Key/+with=marks";
const BUCKET = "erp-answers";

/** versitygw on a folder: a real S3 server, whose objects are plain files. */
export class S3Server {
  private child: Child | undefined;
  private readonly root = mkdtempSync(join(tmpdir(), "s3-"));

  private constructor(
    private readonly binary: string,
    private readonly port: number,
  ) {
    for (const folder of ["data", "meta"]) mkdirSync(join(this.root, folder));
    mkdirSync(join(this.root, "data", BUCKET));
    atEndOfFile(() => rmSync(this.root, { recursive: true, force: true, maxRetries: 5 }));
  }

  /** May take minutes the first time: see SLOW_START_MS. */
  static async start(): Promise<S3Server> {
    const server = new S3Server(ensureVersitygw(), await freePort());
    await server.start();
    return server;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** What PocketBase is started with to use it. */
  get env(): NodeJS.ProcessEnv {
    return {
      ERP_S3_ENDPOINT: this.endpoint,
      ERP_S3_BUCKET: BUCKET,
      ERP_S3_ACCESS_KEY: ACCESS,
      ERP_S3_SECRET_KEY: S3_SECRET,
    };
  }

  async start(): Promise<void> {
    const env = cleanEnvironment({ ROOT_ACCESS_KEY: ACCESS, ROOT_SECRET_KEY: S3_SECRET });
    const [data, meta] = [join(this.root, "data"), join(this.root, "meta")];
    const args = ["--quiet", "--port", `127.0.0.1:${this.port}`, "posix", "--sidecar", meta, data];
    const child = startChild(this.binary, args, { env });
    this.child = child;
    const answers = async () => !child.running() || (await fetch(this.endpoint)).status > 0;
    await waitFor(answers, `versitygw to answer:\n${child.log()}`);
  }

  async stop(): Promise<void> {
    this.child?.signal("SIGTERM");
    await this.child?.ended;
  }

  /** The bucket's folder. */
  get folder(): string {
    return join(this.root, "data", BUCKET);
  }

  files(): string[] {
    return filesIn(this.folder);
  }
}

/** The first start builds the server. */
export const SLOW_START_MS = 600_000;

/** Paths of all files below a folder, sorted; none when there is no folder. */
export function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
    .sort();
}
