// npm run bench: measures, asserts nothing. One figure a line, `name: value unit`; `npm run bench -- replay record` runs some
// of them.
import { spawn } from "node:child_process";
import path from "node:path";
import { checkout } from "./setup/checkout.mjs";
import { sayFault } from "./setup/fault.mjs";
import { ensurePackages } from "./setup/packages.mjs";

try {
  await ensurePackages();
  const { ensureNssToken, ensureSoftHsm } = await import("./setup/pkcs11-modules.mjs");
  const modules = { TEST_SOFTHSM_MODULE: await ensureSoftHsm(), TEST_NSS_MODULE: await ensureNssToken() };
  /** @type {NodeJS.ProcessEnv} */
  const env = { ...process.env, NODE_ENV: "production", ...modules };
  const args = ["--import", "tsx", path.join(checkout, "cli", "bench", "main.ts"), ...process.argv.slice(2)];
  const child = spawn(process.execPath, args, { cwd: checkout, env, stdio: "inherit" });
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) process.on(signal, () => child.kill(signal));
  process.exitCode = await new Promise((resolve) => child.once("exit", (code) => resolve(code ?? 1)));
} catch (error) {
  sayFault(error);
  process.exitCode = 1;
}
