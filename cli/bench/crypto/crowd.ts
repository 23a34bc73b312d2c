import { figure, percentile } from "../figure";
import { callersOf, signOrder } from "./callers";
import type { KeyHouse } from "./key-house";
import type { LoadGenerator } from "./load-generator";
import { residentMegabytes } from "./processor-time";
import type { ServedKeys } from "./served-keys";

const CALLERS = 1_000;
/** Of these, so many belong to each account but the first, which has all the others. */
const OF_MODEST = 10;
const PATIENCE_MS = 1_000;
const ROUND_MS = 4_000;
const ROUNDS = 5;

/**
 * A thousand callers at once, of whom the HSM can serve a third within the time a request may wait: one account has nearly
 * all of them, nine have ten each. What is refused is told when to come again; accounts take turns; memory is the same after
 * every round.
 */
export async function benchCrowd(house: KeyHouse, load: LoadGenerator): Promise<void> {
  const served = await house.serve({ CLAVIGER_KEYS_PROCESSES: "2", CLAVIGER_KEYS_PATIENCE_MS: String(PATIENCE_MS) });
  try {
    const callers = await crowdOf(house, served);
    const order = signOrder(house.key("rsa_4096"), callers, ROUND_MS);
    await load.run({ ...order, countedMs: 2_000 });
    const before = memoryOf(served);
    const rounds = [];
    for (let round = 0; round < ROUNDS; round += 1) rounds.push({ report: await load.run(order), memory: memoryOf(served) });

    const reports = rounds.map(({ report }) => report);
    const total = (count: (one: (typeof reports)[number]) => number): number => reports.reduce((sum, one) => sum + count(one), 0);
    const seconds = total((one) => one.seconds);
    const refused = total((one) => Object.values(one.refused).reduce((sum, many) => sum + many, 0));
    figure("crypto.crowd.callers", CALLERS, "callers");
    figure("crypto.crowd.signatures", total((one) => one.done) / seconds, "signatures/s");
    figure("crypto.crowd.refused_503", refused / seconds, "refusals/s");
    figure("crypto.crowd.refused_with_retry_after", total((one) => one.saidWhen) / Math.max(1, refused), "ratio");
    figure("crypto.crowd.answered_p99", percentile(reports.flatMap((one) => one.waited), 99), "ms");
    const shares = house.applications.map(({ account }) => total((one) => one.ofAccounts[account] ?? 0) / seconds);
    const [greedy = 0, ...modest] = shares;
    figure("crypto.crowd.greedy_account", greedy, "signatures/s");
    figure("crypto.crowd.modest_account_least", Math.min(...modest), "signatures/s");
    figure("crypto.crowd.modest_account_most", Math.max(...modest), "signatures/s");
    figure("crypto.crowd.modest_least_over_most", Math.min(...modest) / Math.max(...modest), "ratio");
    const others = house.applications.slice(1).map(({ account }) => account);
    const without = reports.flatMap(({ longestWithout }) => others.map((account) => longestWithout[account] ?? NaN));
    figure("crypto.crowd.modest_longest_without", Math.max(...without), "ms");
    if (before === null) return;
    figure("crypto.crowd.memory_before", before, "MB");
    rounds.forEach(({ memory }, i) => figure(`crypto.crowd.memory_after_${String(i + 1)}`, memory ?? NaN, "MB"));
    figure("crypto.crowd.memory_last_over_first", (rounds.at(-1)?.memory ?? NaN) / (rounds[0]?.memory ?? NaN), "ratio");
  } finally {
    await served.stop();
  }
}

async function crowdOf(house: KeyHouse, served: ServedKeys) {
  const [greedy, ...modest] = await callersOf(house, [served], "rsa_4096", house.applications.length);
  if (!greedy) throw new Error("nobody");
  const few = modest.flatMap((caller) => Array.from({ length: OF_MODEST }, () => caller));
  return [...few, ...Array.from({ length: CALLERS - few.length }, () => greedy)];
}

const memoryOf = ({ pid }: ServedKeys): number | null => residentMegabytes(pid);
