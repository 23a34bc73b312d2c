import { SetupFault } from "../setup/fault.mjs";
import { endAll } from "../setup/stage.mjs";
import { benchApproval } from "./approval";
import { benchContract } from "./contract";
import { benchCrypto } from "./crypto";
import { benchHashing } from "./hashing";
import { benchKeyGeneration } from "./key-generation";
import { benchLint } from "./lint";
import { benchLog } from "./log";
import { benchLogMonitor } from "./log-monitor";
import { benchStoredLog } from "./log-stored";
import { benchMemory } from "./memory";
import { benchOperations } from "./operations";
import { benchRecord } from "./record";
import { benchReplay } from "./replay";
import { benchRestore } from "./restore";
import { benchVerify } from "./verify";

/** What can be measured, in the order it is. Each prints its own figures. */
const BENCHES: Readonly<Record<string, () => Promise<void>>> = {
  replay: benchReplay,
  hashing: benchHashing,
  lint: benchLint,
  log: benchLog,
  "log-stored": benchStoredLog,
  "log-monitor": benchLogMonitor,
  record: benchRecord,
  verify: benchVerify,
  memory: benchMemory,
  keys: benchKeyGeneration,
  contract: benchContract,
  crypto: benchCrypto,
  operations: benchOperations,
  restore: benchRestore,
  approval: benchApproval,
};

async function main(asked: readonly string[]): Promise<void> {
  const names = asked.length > 0 ? asked : Object.keys(BENCHES);
  for (const name of names) {
    const bench = BENCHES[name];
    const remedy = `npm run bench -- ${Object.keys(BENCHES).join(" ")}`;
    if (!bench) throw new SetupFault(`There is no figure called ${name}.`, { remedy });
    await bench();
  }
}

main(process.argv.slice(2))
  .catch((fault: unknown) => {
    console.error(fault);
    process.exitCode = 1;
  })
  .finally(() => endAll())
  .finally(() => process.exit());
