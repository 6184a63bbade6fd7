import { afterAll } from "vitest";

type Undo = () => void | Promise<void>;

const undone: Undo[] = [];
const killed = new Set<number>();

/** Runs when the test file ends, also when a test failed; the last one first. */
export function atEndOfFile(undo: Undo): void {
  undone.push(undo);
}

/** Processes that must not outlive the test file, whatever happens. */
export function killAtEnd(pid: number): void {
  killed.add(pid);
}

/** The process has ended: its number may belong to another one by now. */
export function hasEnded(pid: number): void {
  killed.delete(pid);
}

function killAll(): void {
  for (const pid of killed) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // It ended by itself.
    }
  }
  killed.clear();
}

afterAll(async () => {
  killAll();
  for (const undo of undone.splice(0).reverse()) await undo();
});
process.once("exit", killAll);
