import { createHash } from "node:crypto";
import { constants, openSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const RETRY_MS = 100;
/** O_EXLOCK of macOS and BSD: open and flock in one call; Node hands the flag to open(2) as it is. */
const O_EXLOCK = 0x20;

/**
 * Waits until this process alone holds the lock of that name on this host, and holds it until the process ends, however it ends:
 * the kernel lets go of it, there is no file to clean up and no pid to mistake. `onWaiting` is called once when somebody has it.
 */
export async function holdTokenLock(name: string, onWaiting: () => void): Promise<void> {
  const key = createHash("sha256").update(name).digest("hex").slice(0, 32);
  let told = false;
  while (!(await take(key))) {
    if (!told) onWaiting();
    told = true;
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  }
}

function take(key: string): Promise<boolean> {
  return process.platform === "linux" ? takeSocket(key) : Promise.resolve(takeFile(key));
}

/** A socket in Linux's abstract namespace: bound by one process at most, gone with it. */
function takeSocket(key: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const server = createServer((connection) => connection.destroy());
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE") resolve(false);
      else reject(error);
    });
    server.listen(`\0claviger-token-${key}`, () => {
      server.unref();
      resolve(true);
    });
  });
}

function takeFile(key: string): boolean {
  const flags = constants.O_RDWR | constants.O_CREAT | constants.O_NONBLOCK | O_EXLOCK;
  try {
    openSync(join(tmpdir(), `claviger-token-${key}.lock`), flags, 0o600);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EWOULDBLOCK" || (error as NodeJS.ErrnoException).code === "EAGAIN") return false;
    throw error;
  }
}
