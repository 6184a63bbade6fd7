import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { hasEnded, killAtEnd } from "./cleanup";

export interface Outcome {
  /** Exit code, or null when a signal ended it. */
  code: number | null;
  stdout: string;
  stderr: string;
}

/** A child process with its output, killed at the end of the test file at the latest. */
export interface Child {
  pid: number;
  /** Both outputs in the order they came. */
  log(): string;
  stdout(): string;
  stderr(): string;
  /** Sends a signal; nothing happens when the process has ended. */
  signal(name: NodeJS.Signals): void;
  /** Resolves when the process has ended and its output is complete. */
  ended: Promise<Outcome>;
  running(): boolean;
}

export function startChild(command: string, args: string[], options: { env: NodeJS.ProcessEnv; cwd?: string }): Child {
  const child = spawn(command, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
  const pid = child.pid;
  if (pid === undefined) throw new Error(`cannot start ${command}: is it there, and may it be run?`);
  killAtEnd(pid);
  const output = collectOutput(child);
  let running = true;
  const ended = new Promise<Outcome>((resolve) => {
    child.once("exit", () => {
      running = false;
      hasEnded(pid);
    });
    child.once("close", (code) => resolve({ code, stdout: output.stdout(), stderr: output.stderr() }));
  });
  return { pid, ...output, ended, running: () => running, signal: (name) => void (running && child.kill(name)) };
}

function collectOutput(child: ChildProcess): Pick<Child, "log" | "stdout" | "stderr"> {
  const parts = { log: "", stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name]?.setEncoding("utf8").on("data", (text: string) => {
      parts[name] += text;
      parts.log += text;
    });
  }
  return { log: () => parts.log, stdout: () => parts.stdout, stderr: () => parts.stderr };
}

/** What a child needs of this process's surroundings, without its proxies and ERP settings. */
export function cleanEnvironment(more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = { TZ: "UTC" };
  for (const name of ["PATH", "HOME", "TMPDIR", "SystemRoot", "TEMP"]) {
    if (process.env[name] !== undefined) env[name] = process.env[name];
  }
  return { ...env, ...more };
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // A dead child that nobody asked about is there until somebody does.
    return !existsSync("/proc/self/stat") || !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}

/** A port nobody listens on at this moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}
