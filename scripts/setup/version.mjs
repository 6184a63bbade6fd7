/** The PocketBase versions this project runs on. The only place that names them. */

/** The version setup installs. */
export const PINNED = "0.40.6";

/** The lowest version that is accepted: older ones lack what the hooks use. */
export const LOWEST = "0.40.4";

/** What the target collection's export comes from: the upgrade test takes data from this version to the pinned one. */
export const UPGRADED = "0.22.27";

/** @param {string} version such as "0.40.6" */
function parts(version) {
  const found = /^(\d+)\.(\d+)\.(\d+)$/.exec(version);
  return found ? found.slice(1).map(Number) : null;
}

/**
 * Negative when a is older than b, positive when newer, 0 when equal.
 * @param {string} a
 * @param {string} b
 */
export function compareVersions(a, b) {
  const left = parts(a) ?? [];
  const right = parts(b) ?? [];
  for (let i = 0; i < 3; i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/**
 * True for LOWEST and every later release. Pre-releases and unreadable versions are refused.
 * @param {string} version
 */
export function isAccepted(version) {
  return parts(version) !== null && compareVersions(version, LOWEST) >= 0;
}

/**
 * The newest accepted version of the pinned minor, or undefined.
 * @param {string[]} versions such as ["0.36.8", "0.40.4"]
 */
export function newestOfPinnedMinor(versions) {
  const minor = PINNED.slice(0, PINNED.lastIndexOf(".") + 1);
  return versions
    .filter((version) => version.startsWith(minor) && isAccepted(version))
    .sort(compareVersions)
    .pop();
}
