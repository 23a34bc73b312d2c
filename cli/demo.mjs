// npm run demo: sets everything up from a fresh clone and serves a rehearsal. Needs nothing but Node until the packages are
// there.
import { sayFault } from "./setup/fault.mjs";
import { ensurePackages } from "./setup/packages.mjs";
import { endWithParent } from "./setup/parent.mjs";
import { endAll } from "./setup/stage.mjs";

endWithParent();
try {
  await ensurePackages();
  const { register } = await import("tsx/esm/api");
  register();
  const { demo } = await import("./demo/main");
  process.exitCode = await demo(process.argv.slice(2));
} catch (error) {
  sayFault(error);
  process.exitCode = 1;
} finally {
  await endAll();
}
process.exit();
