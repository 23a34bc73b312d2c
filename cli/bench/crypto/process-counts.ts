import { availableParallelism } from "node:os";
import { figure } from "../figure";
import { CProgram } from "./c-program";
import { callersOf, signOrder } from "./callers";
import { KeyHouse, type BenchServer } from "./key-house";
import type { LoadGenerator } from "./load-generator";
import type { ServedKeys } from "./served-keys";
import { sideBySide } from "./side-by-side";
import type { Caller } from "./load";

const [C_MS, HTTP_MS] = [400, 1_200];
const ROUNDS = 2;
const CALLERS = 64;
const KEYS = ["rsa_4096", "es256"] as const;
/** One signing child each: what is counted is key processes. */
const ALONE = { CLAVIGER_KEYS_PROCESSES: "1" };

/**
 * Throughput of 1, 2 and 4 key processes behind one token, and of 2 and 4 behind two, against C on one token with all
 * processors.
 */
export async function benchProcessCounts(server: BenchServer, house: KeyHouse, load: LoadGenerator): Promise<void> {
  const c = await CProgram.start(house.grounds.grounds.token, availableParallelism());
  const other = await KeyHouse.open(server, "bench_two", 2);
  const [here, there]: [ServedKeys[], ServedKeys[]] = [[], []];
  const measure = async (name: string): Promise<void> => {
    for (const key of KEYS) {
      const of = async (one: KeyHouse, served: ServedKeys[]): Promise<Caller[]> =>
        served.length === 0 ? [] : callersOf(one, served, key, CALLERS / (there.length > 0 ? 2 : 1));
      const callers = [...(await of(house, here)), ...(await of(other, there))];
      const bench = house.key(key);
      const { yardstick, ratios } = await sideBySide(ROUNDS, () => c.slice(bench, C_MS), {
        http: async () => {
          const { done, seconds } = await load.run(signOrder(bench, callers, HTTP_MS));
          return done / seconds;
        },
      });
      figure(`crypto.processes.${name}.${key}`, yardstick * ratios.http, "signatures/s");
      figure(`crypto.processes.${name}.${key}_over_c`, ratios.http, "ratio");
    }
  };
  const more = async (of: KeyHouse, served: ServedKeys[], until: number): Promise<void> => {
    while (served.length < until) served.push(await of.serve(ALONE));
  };
  const less = async (served: ServedKeys[], until: number): Promise<void> => {
    for (const one of served.splice(until)) await one.stop();
  };
  try {
    await more(house, here, 1);
    await measure("1_on_one_token");
    await more(house, here, 2);
    await measure("2_on_one_token");
    await more(house, here, 4);
    await measure("4_on_one_token");
    await less(here, 1);
    await more(other, there, 1);
    await measure("2_on_two_tokens");
    await more(house, here, 2);
    await more(other, there, 2);
    await measure("4_on_two_tokens");
  } finally {
    c.stop();
    await less(here, 0);
    await other.close();
  }
}
