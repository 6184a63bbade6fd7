/**
 * Calls back when the npm that started this process has ended. npm passes a signal only to the shell in between, which
 * (dash, for one) ends without passing it on. Does nothing without npm: a server may outlive the shell it came from.
 * @param {() => void} callback
 */
export function whenNpmEnds(callback) {
  if (!process.env.npm_lifecycle_event) return;
  const shell = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === shell) return;
    clearInterval(timer);
    callback();
  }, 250);
  timer.unref();
}
