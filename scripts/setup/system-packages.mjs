import { run } from "./commands.mjs";

/** What the tests call besides Node: curl fetches, openssl makes the certificates of the TLS tests. */
const COMMANDS = { curl: ["--version"], openssl: ["version"] };

/**
 * Looks for the commands the tests need. Nothing is installed.
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {string | undefined} what is missing and how to install it, in one sentence
 */
export function missingSystemPackages(env = process.env) {
  const missing = Object.entries(COMMANDS)
    .filter(([command, args]) => run(command, args, { env }).missing)
    .map(([command]) => command);
  if (missing.length === 0) return undefined;
  const names = missing.join(" ");
  const install = { darwin: `brew install ${names}`, win32: `winget install ${names}` };
  const how = install[/** @type {keyof typeof install} */ (process.platform)] ?? `apt-get install -y ${names}`;
  return `The tests need ${missing.join(" and ")}: "${how}".`;
}
