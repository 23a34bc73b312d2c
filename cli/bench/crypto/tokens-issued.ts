import { availableParallelism } from "node:os";
import { figure, percentile } from "../figure";
import { callersAt } from "./callers";
import type { KeyHouse } from "./key-house";
import type { LoadGenerator } from "./load-generator";

/** What is asked of it: a thousand tokens a second, 95 of 100 within 50 ms. */
const PER_SECOND = 1_000;
const [CALLERS, WARM_MS, MOST_MS, AT_RATE_MS] = [64, 1_000, 4_000, 8_000];
const TOKENS = { es256: "jwt-ec", rs256: "jwt-rsa" } as const;

/**
 * Tokens issued by applications over HTTP, each signed by the token's key and logged before its answer: how many a second where
 * each caller asks when answered, and how long one waits where a thousand a second are asked for, or half of the most where that
 * is less.
 */
export async function benchTokensIssued(house: KeyHouse, load: LoadGenerator): Promise<void> {
  const served = await house.serve({ CLAVIGER_KEYS_PROCESSES: String(availableParallelism()) });
  try {
    for (const [name, alias] of Object.entries(TOKENS)) {
      const callers = await callersAt(house, [served], `${alias}/tokens`, CALLERS);
      const body = JSON.stringify({ claims: { sub: "anna", scope: "orders:read" }, audience: "api" });
      const order = { callers, body, warmMs: WARM_MS };
      const most = await load.run({ ...order, countedMs: MOST_MS, perSecond: null });
      if (Object.keys(most.refused).length > 0) throw new Error(`refused: ${JSON.stringify(most.refused)}`);
      const rate = most.done / most.seconds;
      const perSecond = rate > 1.25 * PER_SECOND ? PER_SECOND : rate / 2;
      const { done, seconds, waited } = await load.run({ ...order, countedMs: AT_RATE_MS, perSecond });
      figure(`crypto.tokens.${name}.most`, rate, "tokens/s");
      figure(`crypto.tokens.${name}.asked`, perSecond, "tokens/s");
      figure(`crypto.tokens.${name}.issued`, done / seconds, "tokens/s");
      for (const p of [50, 95, 99]) figure(`crypto.tokens.${name}.p${String(p)}`, percentile(waited, p), "ms");
    }
  } finally {
    await served.stop();
  }
}
