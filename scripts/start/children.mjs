import { spawn } from "node:child_process";

/** Milliseconds a child gets between the polite signal and the other one. */
const GRACE_MS = 20_000;

/**
 * @typedef {object} Child a process of the demo
 * @property {number} pid
 * @property {import("node:child_process").ChildProcess} process
 * @property {() => Promise<unknown>} stop asks it to end and waits
 */

/** The demo's processes. `fallen` rejects, in words for a person, when one of them ends that nobody has stopped. */
export class Children {
  /** @type {Child[]} */
  #children = [];
  #stopping = false;
  /** @type {(error: Error) => void} */
  #fall = () => {};
  /** @type {Promise<never>} */
  fallen = new Promise((_, reject) => {
    this.#fall = reject;
  });

  /**
   * @param {{ name: string, command: string, args: string[], lastWords: () => string }} what lastWords: the end of its log
   * @param {import("node:child_process").SpawnOptions} options
   * @returns {Child}
   */
  start({ name, command, args, lastWords }, options) {
    if (this.#stopping) throw new Error(`${name} was not started: the demo is stopping`);
    const child = spawn(command, args, { windowsHide: true, ...options });
    /** @type {Promise<string>} */
    const ended = new Promise((resolve) => {
      child.once("error", (error) => resolve(error.message));
      child.once("close", (code, signal) => resolve(signal ? `ended by ${signal}` : `exit code ${code}`));
    });
    ended.then((how) =>
      this.#fall(new Error(`${name} has stopped by itself (${how}), so the demo ends. ${lastWords()}`)),
    );
    const one = { pid: child.pid ?? 0, process: child, stop: () => stop(child, ended) };
    this.#children.push(one);
    return one;
  }

  /** The last one first: PocketBase may be in the middle of a fetch, and gets to end it. */
  async stopAll() {
    this.#stopping = true;
    for (const child of this.#children.reverse()) await child.stop();
  }
}

/**
 * @param {import("node:child_process").ChildProcess} child
 * @param {Promise<string>} ended
 */
async function stop(child, ended) {
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), GRACE_MS);
  await ended;
  clearTimeout(timer);
}
