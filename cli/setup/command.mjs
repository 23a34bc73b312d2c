import { spawn, spawnSync } from "node:child_process";
import { checkout } from "./checkout.mjs";
import { SetupFault } from "./fault.mjs";
import { atEnd } from "./stage.mjs";

/**
 * @typedef {{ cwd?: string, env?: NodeJS.ProcessEnv, uid?: number, gid?: number, input?: string }} RunOptions
 * @typedef {{ code: number, output: string }} Ran
 */

/**
 * Runs a command to its end and keeps what it printed. Never throws for an exit code: a command that could not be started
 * answers 127 and says why.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<Ran>}
 */
export function run(command, args, options = {}) {
  return new Promise((resolve) => {
    const { input, ...rest } = options;
    const child = spawn(command, args, { cwd: checkout, ...rest, stdio: ["pipe", "pipe", "pipe"] });
    const forget = atEnd(() => child.kill("SIGTERM"));
    let output = "";
    const keep = (/** @type {Buffer} */ chunk) => {
      output += chunk.toString();
    };
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    child.stdin.on("error", () => {}); // it may end without reading
    child.stdin.end(input ?? "");
    child.once("error", (error) => {
      forget();
      resolve({ code: 127, output: `${output}${error.message}` });
    });
    child.once("exit", (code, signal) => {
      forget();
      // What it started may keep the pipes open (pg_ctl leaves a server behind): its own end is what counts.
      setImmediate(() => resolve({ code: code ?? 128, output: signal ? `${output}\nended by ${signal}` : output }));
    });
  });
}

/**
 * The same, for a command that must succeed.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions & { happened: string, remedy: string, kept?: string }} options
 * @returns {Promise<string>} what it printed
 */
export async function runOrFault(command, args, { happened, remedy, kept, ...options }) {
  const { code, output } = await run(command, args, options);
  if (code === 0) return output;
  const tail = output.trim().split("\n").slice(-25).join("\n");
  throw new SetupFault(`${happened}\n${tail}`, { remedy: spaceRemedy(output) ?? remedy, ...(kept !== undefined && { kept }) });
}

/** @param {string} output */
export function spaceRemedy(output) {
  return /ENOSPC|No space left on device/i.test(output) ? "free some disk space and run the same command again" : undefined;
}

/** @param {string} name */
export function hasCommand(name) {
  return spawnSync("sh", ["-c", `command -v "$0" >/dev/null`, name]).status === 0;
}
