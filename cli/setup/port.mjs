import { createServer } from "node:net";
import { SetupFault } from "./fault.mjs";

/**
 * @param {number} port 0 for any
 * @returns {Promise<number>} the port, when 127.0.0.1 has it free just now; otherwise 0
 */
function tryPort(port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(0));
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}

/**
 * A free port on 127.0.0.1: the preferred one when it is free, else another.
 * @param {number} [preferred]
 */
export async function freePort(preferred = 0) {
  return (await tryPort(preferred)) || tryPort(0);
}

/**
 * Refuses when another program has the port.
 * @param {number} port
 * @param {{ what: string, remedy: string }} words `what` is named in the refusal, such as "The demo"
 */
export async function needPort(port, { what, remedy }) {
  if ((await tryPort(port)) === port) return;
  throw new SetupFault(`${what} needs port ${port}, and another program has it.`, {
    kept: "That program was not touched.",
    remedy,
  });
}
