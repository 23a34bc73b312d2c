import type { OperationRequest } from "#lib/ceremony/script";
import { freshTemplate } from "#lib/token/token-contract.under-test";
import { obtainKey } from "#lib/token/obtain-key";
import { RealOperations } from "#worker/token/real-operations.under-test";
import { figure, median, millisecondsOf } from "./figure";

const KEYS = 100;
const ROUNDS = 3;
const BACKUP = { operation: "backup-token", backup: "main" };
const VERIFY = { operation: "verify-backup", backup: "main" };
const RESTORE = { operation: "restore-test", backup: "main", to: "vault" };

/**
 * A token of a hundred signing keys backed up, its backup verified, and restored into a second token in another process, where
 * every key is compared and signs once. By the clock on the wall, from the order to the outcome.
 */
export async function benchRestore(): Promise<void> {
  const real = await RealOperations.open("softhsm");
  try {
    for (let made = 0; made < KEYS; made++) {
      const key = await obtainKey(real.token, freshTemplate("EC-P256", { sign: true }));
      if (!key.ok) throw new Error(key.refusal.reason);
    }
    figure("restore.keys", KEYS, "keys");
    const timed = (request: OperationRequest): Promise<number> =>
      millisecondsOf(async () => {
        const came = await real.try(request);
        if ("name" in came) throw new Error(`${request.operation}: ${came.name}`);
      });
    await timed({ operation: "token-health" });
    figure("restore.backup_per_100_keys", (await timed(BACKUP)) / 1000, "s");
    figure("restore.verify_per_100_keys", (await timed(VERIFY)) / 1000, "s");
    const tests: number[] = [];
    for (let round = 0; round < ROUNDS; round++) tests.push(await timed(RESTORE));
    figure("restore.test_per_100_keys", median(tests) / 1000, "s");
    if (real.problems.length > 0) throw new Error(real.problems.join("\n"));
  } finally {
    await real.close();
  }
}
