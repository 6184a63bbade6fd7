import PocketBase from "pocketbase";
import { repeatedly } from "./probe.mjs";
import { PROBE, PROBE_ID, SUPERUSER, TARGET } from "./server.mjs";

/** Between two requests of one kind, in ms. A login costs the server 50 ms of hashing. */
const PAUSE_MS = { read: 20, write: 20, login: 250 };

/** Between two tiny writes, when only the longest stall is looked for. */
const STALL_PAUSE_MS = 15;

/**
 * @typedef {Record<"read" | "write" | "login", import("./probe.mjs").Latency>} PeopleLatency
 */

/**
 * People who use PocketBase: pages of the target are read, a record of theirs is saved, somebody logs in.
 * @param {import("./server.mjs").BenchServer} server
 * @returns {{ stop: () => Promise<PeopleLatency> }}
 */
export function bePeople(server) {
  const login = new PocketBase(server.url).autoCancellation(false);
  const loops = {
    read: repeatedly(() => server.pb.collection(TARGET).getList(1, 30, { skipTotal: true }), PAUSE_MS.read),
    write: repeatedly(() => writeOne(server), PAUSE_MS.write),
    login: repeatedly(
      () => login.collection("_superusers").authWithPassword(SUPERUSER.email, SUPERUSER.password),
      PAUSE_MS.login,
    ),
  };
  return {
    stop: async () => {
      const [read, write, logins] = await Promise.all([loops.read.stop(), loops.write.stop(), loops.login.stop()]);
      return { read, write, login: logins };
    },
  };
}

/**
 * The longest time a tiny write had to wait while `work` went on: no write transaction was much longer.
 * @template T
 * @param {import("./server.mjs").BenchServer} server
 * @param {() => Promise<T>} work
 * @returns {Promise<{ result: T, stallMs: number }>}
 */
export async function longestStall(server, work) {
  const loop = repeatedly(() => writeOne(server), STALL_PAUSE_MS);
  const result = await work();
  const { max } = await loop.stop();
  return { result, stallMs: max };
}

let written = 0;

/** @param {import("./server.mjs").BenchServer} server */
function writeOne(server) {
  written++;
  return server.pb.collection(PROBE).update(PROBE_ID, { n: written });
}
