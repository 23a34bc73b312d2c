import { availableParallelism } from "node:os";
import { testToken } from "#worker/token/test-token.under-test";
import { figure } from "../figure";
import { makeBenchKeys, type BenchKey } from "./bench-keys";
import { CProgram } from "./c-program";
import { Peers } from "./peers";
import { openPool, poolSlice } from "./pool-slice";
import { sideBySide } from "./side-by-side";

const SLICE_MS = 400;
const ROUNDS = 9;
const WARM_MS = 800;
const WAYS = ["graphene", "graphene_waiting", "webcrypto"] as const;

/**
 * Signing inside the key process, by its pool of children, against a C program with as many threads over the same module and
 * token; graphene-pk11, node-webcrypto-p11, and the bare add-on in as many processes, beside it. With every signature verified
 * before it is answered, and with the first by a key only. All have been at work for a while when it begins, as a service has:
 * what Node compiles while it runs is compiled by then, and C is before.
 */
export async function benchAgainstC(): Promise<void> {
  const processors = availableParallelism();
  const token = await testToken("softhsm", "bench-crypto");
  const ends: (() => unknown)[] = [() => token.drop()];
  try {
    const keys = await makeBenchKeys(token);
    // One after the other: a login rewrites SoftHSM's token under the eyes of whoever opens it.
    const c = await CProgram.start(token, processors);
    ends.unshift(() => c.stop());
    const pool = await openPool(token, processors);
    ends.unshift(() => pool.close());
    const peers = await Peers.start(token, processors);
    ends.unshift(() => peers.stop());
    const loops: Peers[] = [];
    ends.unshift(() => loops.forEach((loop) => loop.stop()));
    while (loops.length < processors) loops.push(await Peers.start(token, 1));
    const bare = async (key: BenchKey, milliseconds: number): Promise<number> => {
      const rates = await Promise.all(loops.map((loop) => loop.slice("bare", key, milliseconds)));
      return rates.reduce((sum, rate) => sum + rate, 0);
    };
    figure("crypto.processes", processors, "processes, and threads of C");
    for (const key of keys) {
      for (const check of [false, true]) await poolSlice(pool, key, check, WARM_MS);
      for (const way of WAYS) await peers.slice(way, key, WARM_MS);
      await bare(key, WARM_MS);
    }
    for (const key of keys) {
      const { yardstick, ratios } = await sideBySide(ROUNDS, () => c.slice(key, SLICE_MS), {
        pool: () => poolSlice(pool, key, false, SLICE_MS),
        verifying: () => poolSlice(pool, key, true, SLICE_MS),
        bare: () => bare(key, SLICE_MS),
        graphene: () => peers.slice("graphene", key, SLICE_MS),
        waiting: () => peers.slice("graphene_waiting", key, SLICE_MS),
        webcrypto: () => peers.slice("webcrypto", key, SLICE_MS),
      });
      const name = `crypto.${key.name}`;
      figure(`${name}.c`, yardstick, "signatures/s");
      figure(`${name}.pool`, yardstick * ratios.pool, "signatures/s");
      figure(`${name}.pool_over_c`, ratios.pool, "ratio");
      figure(`${name}.bare_add_on_over_c`, ratios.bare, "ratio");
      figure(`${name}.graphene_over_c`, ratios.graphene, "ratio");
      figure(`${name}.graphene_waiting_over_c`, ratios.waiting, "ratio");
      figure(`${name}.webcrypto_over_c`, ratios.webcrypto, "ratio");
      figure(`${name}.pool_verifying_all_over_c`, ratios.verifying, "ratio");
      // Both ways fill all processors: what one signature takes of them more is the cost of verifying it.
      const microseconds = (1e6 * processors) / yardstick;
      figure(`${name}.verifying_one`, microseconds / ratios.verifying - microseconds / ratios.pool, "us of a processor");
    }
  } finally {
    for (const end of ends) await end();
  }
}
