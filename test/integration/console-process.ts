import { type Child, cleanEnvironment, type PocketBaseServer, REPOSITORY, startChild } from "./harness";
import { findBinary } from "./harness/binary";

/** `pocketbase erp …` on the server's data as a child that can be sent signals, or watched while it runs. */
export async function startConsole(
  server: PocketBaseServer,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<Child> {
  const options = { env: cleanEnvironment(env), cwd: REPOSITORY };
  return startChild(await findBinary(), consoleArguments(server, args), options);
}

export function consoleArguments(server: PocketBaseServer, args: readonly string[]): string[] {
  return [
    "erp",
    ...args,
    `--dir=${server.dataDir}`,
    `--hooksDir=${server.hooksDir}`,
    `--migrationsDir=${REPOSITORY}pb_migrations`,
    "--hooksWatch=false",
    "--automigrate=false",
    "--dev=false",
  ];
}
