/** The oldest curl that tells how a transfer ended: `exitcode` and `errormsg` in `--write-out "%{json}"`. */
const OLDEST = { major: 7, minor: 75 };

/** Whether a curl whose `--version` says this can be used; an older one (Debian 11, RHEL 8) counts as none. */
export function isCurlNewEnough(version: string): boolean {
  const [, major, minor] = /^curl (\d+)\.(\d+)/.exec(version) ?? [];
  if (major === undefined) return false;
  return Number(major) > OLDEST.major || (Number(major) === OLDEST.major && Number(minor) >= OLDEST.minor);
}
