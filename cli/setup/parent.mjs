/**
 * npm starts a script through a shell, which a SIGTERM to npm ends without a word to the script: it would go on with nobody
 * left to end it. So a script that npm started ends when its parent does.
 */
export function endWithParent() {
  if (process.env["npm_lifecycle_event"] === undefined) return;
  const parent = process.ppid;
  const look = () => {
    if (process.ppid !== parent) process.kill(process.pid, "SIGTERM");
  };
  setInterval(look, 300).unref();
}
