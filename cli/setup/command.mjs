import { spawn, spawnSync } from "node:child_process";
import { checkout } from "./checkout.mjs";
import { SetupFault } from "./fault.mjs";
import { atEnd } from "./stage.mjs";

/**
 * @typedef {{ cwd?: string, env?: NodeJS.ProcessEnv, uid?: number, gid?: number, input?: string, timeout?: number }} RunOptions
 * @typedef {{ code: number, output: string }} Ran
 */

const LAST_WORDS_MS = 300;

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
      const answer = () => resolve({ code: code ?? 128, output: signal ? `${output}\nended by ${signal}` : output });
      // What it printed last may come after its end. What it started may keep the pipes open for good (pg_ctl leaves a server
      // behind): then its own end is what counts. What came while this process was busy is read first.
      const late = setTimeout(() => setImmediate(answer), LAST_WORDS_MS);
      child.once("close", () => {
        clearTimeout(late);
        answer();
      });
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

/**
 * Runs a command whose output goes straight to the terminal, in a process group of its own: when we are asked to stop, or
 * `limit` passes, the whole group is ended, with whatever it started.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, limitMs?: number }} [options]
 * @returns {Promise<number>} the exit code
 */
export function runShown(command, args, { env = process.env, limitMs = 90 * 60_000 } = {}) {
  return new Promise((resolve) => {
    const plain = process.stdout.isTTY ? env : { ...env, NO_COLOR: "1", FORCE_COLOR: undefined };
    const child = spawn(command, args, { cwd: checkout, env: plain, stdio: ["ignore", "inherit", "inherit"], detached: true });
    const ended = new Promise((done) => child.once("exit", done));
    const signal = (/** @type {NodeJS.Signals} */ name) => {
      try {
        if (child.pid !== undefined) process.kill(-child.pid, name);
      } catch {
        // nobody is left in the group
      }
    };
    const end = async () => {
      signal("SIGTERM");
      const late = setTimeout(() => signal("SIGKILL"), 10_000);
      await ended;
      clearTimeout(late);
      signal("SIGKILL"); // stragglers that outlived their leader
    };
    const forget = atEnd(end);
    const limit = setTimeout(() => void end(), limitMs);
    const finish = (/** @type {number} */ code) => {
      clearTimeout(limit);
      forget();
      signal("SIGKILL");
      resolve(code);
    };
    child.once("error", () => finish(127));
    child.once("exit", (code) => finish(code ?? 128));
  });
}
