import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { checkout } from "../setup/checkout.mjs";
import { SetupFault, sayFault } from "../setup/fault.mjs";

/** The programs below node_modules that the start scripts run, without npx in between: it would swallow signals. */
export const programs = {
  next: path.join(checkout, "node_modules", "next", "dist", "bin", "next"),
  prisma: path.join(checkout, "node_modules", "prisma", "build", "index.js"),
};

/** Runs `start` and tells a person when it cannot. @param {() => void | Promise<void>} start */
export async function startOrSay(start) {
  try {
    if (!existsSync(path.join(checkout, "node_modules"))) throw new SetupFault("The npm packages are not installed.", { remedy: "npm ci" });
    await start();
  } catch (error) {
    sayFault(error);
    process.exitCode = 1;
  }
}

/** Throws a SetupFault where the packages were installed without what follows them. */
export function needDatabaseClient() {
  if (existsSync(path.join(checkout, "lib", "generated", "prisma"))) return;
  throw new SetupFault("The database client was not made, which npm ci does at its end.", { remedy: "npm ci, without --ignore-scripts" });
}

/**
 * Becomes another Node program, as far as one process can: same terminal, same signals, same exit code. Always as production.
 * @param {readonly string[]} args
 */
export function become(args) {
  /** @type {NodeJS.ProcessEnv} */
  const env = { NEXT_TELEMETRY_DISABLED: "1", ...process.env, NODE_ENV: "production" };
  const child = spawn(process.execPath, args, { cwd: checkout, stdio: "inherit", env });
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) process.on(signal, () => child.kill(signal));
  child.once("exit", (code, signal) => {
    process.exitCode = code ?? (signal === null ? 1 : 128);
  });
}
