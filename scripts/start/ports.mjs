import { createServer } from "node:net";

const DEFAULT_PORT = 8090;

/**
 * The port to serve on: `PORT` as it is, else 8090 or the next free one.
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<number>}
 * @throws when PORT is no port or is taken
 */
export async function choosePort(env) {
  if (env.PORT) return explicitPort(env.PORT);
  for (let port = DEFAULT_PORT; port < DEFAULT_PORT + 100; port++) {
    if (await isFree(port)) return port;
  }
  throw new Error(`ports ${DEFAULT_PORT} to ${DEFAULT_PORT + 99} are all taken: choose one with PORT=… npm start`);
}

/** @param {string} text */
async function explicitPort(text) {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    throw new Error(`PORT is "${text}", expected a number from 1 to 65535`);
  }
  if (await isFree(port)) return port;
  throw new Error(`port ${port} is taken: stop the program that uses it, or choose another with PORT=… npm start`);
}

/**
 * @param {number} port
 * @returns {Promise<boolean>}
 */
function isFree(port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}
