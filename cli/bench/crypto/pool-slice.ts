import { SigningPool } from "#worker/keys/signing-pool";
import { MOST_WORKS } from "#worker/keys/signing-protocol";
import type { TestToken } from "#worker/token/test-token.under-test";
import { DATA, type BenchKey } from "./bench-keys";

/** The key process's pool of signing children on a token, ready to sign. */
export async function openPool({ options }: Pick<TestToken, "options">, processes: number): Promise<SigningPool> {
  const { profile, modulePath, label, pin, environment } = options;
  const pool = new SigningPool({
    processes,
    config: { mode: "serve", profile, modulePath, label, pin, serial: null, configDirectory: null },
    environment,
    mostOfOne: 10_000,
    mostOfAll: 10_000,
    say: (line) => console.error(line),
    pin: { mark: () => "", refused: () => console.error("the token refused the PIN") },
  });
  while (pool.health.ready < processes) await new Promise((resolve) => setTimeout(resolve, 20));
  return pool;
}

/**
 * Signatures a second by a pool, with enough waiting that no child ever runs dry; `check` verifies every one before it is
 * answered.
 */
export async function poolSlice(pool: SigningPool, key: BenchKey, check: boolean, milliseconds: number): Promise<number> {
  const { id, spki, signature: algorithm } = key;
  const [began, window] = [performance.now(), 3 * pool.health.processes * MOST_WORKS];
  let made = 0;
  const one = async (): Promise<void> => {
    while (performance.now() - began < milliseconds) {
      await pool.perform("bench", { what: "sign", id, spki, algorithm, data: DATA, check }, 60_000);
      made += 1;
    }
  };
  await Promise.all(Array.from({ length: window }, one));
  return made / ((performance.now() - began) / 1e3);
}
