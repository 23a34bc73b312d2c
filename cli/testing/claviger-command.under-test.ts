import { spawn } from "node:child_process";
import path from "node:path";

export interface Run {
  readonly code: number | null;
  /** Both streams, as they came. */
  readonly said: string;
}

/** The claviger command as a person runs it, in a process of its own. */
export function claviger(args: readonly string[], env: NodeJS.ProcessEnv): Promise<Run> {
  const command = path.resolve(import.meta.dirname, "..", "claviger.mjs");
  const child = spawn(process.execPath, [command, ...args], { env, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (said += chunk.toString()));
  return new Promise((resolve) => child.once("close", (code) => resolve({ code, said })));
}
