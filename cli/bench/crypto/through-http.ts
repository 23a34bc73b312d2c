import { availableParallelism } from "node:os";
import { figure, percentile } from "../figure";
import type { BenchKey } from "./bench-keys";
import { CProgram } from "./c-program";
import { callersOf, signOrder } from "./callers";
import { answerOf } from "./child-answer";
import type { BenchServer, KeyHouse } from "./key-house";
import type { LoadGenerator } from "./load-generator";
import { processorSeconds } from "./processor-time";
import type { ServedKeys } from "./served-keys";
import { sideBySide } from "./side-by-side";
import { STAGES, type Stage, type StageTimes } from "./stages";

const [C_MS, HTTP_MS] = [500, 1_500];
const ROUNDS = { rsa_4096: 6, rsa_2048: 3, es256: 3 } as const;
const CALLERS = 64;
const HALF_LOAD_MS = 10_000;
/** By whom processors are used. */
const WHO = ["signing_children", "key_process", "postgresql", "load_generator"] as const;
type Used = Readonly<Record<(typeof WHO)[number], number>>;

/**
 * Through HTTP, with every use on disk before its answer, against the C program with as many threads on the same token; then
 * how long one waits at half of that, and where the time goes.
 */
export async function benchThroughHttp(server: BenchServer, house: KeyHouse, load: LoadGenerator): Promise<void> {
  const processors = availableParallelism();
  const processes = { CLAVIGER_KEYS_PROCESSES: String(processors) };
  const c = await CProgram.start(house.grounds.grounds.token, processors);
  try {
    const served = await house.serve(processes);
    let rate = 0;
    for (const name of ["rsa_2048", "es256", "rsa_4096"] as const) rate = await throughput({ server, house, served, c, load }, name);
    await halfLoad(house, served, load, rate / 2);
    await served.stop();
    await stages(house, await house.serve(processes, "cli/bench/crypto/clocked-keys.ts"), load, rate / 2);
  } finally {
    c.stop();
  }
}

/** What a throughput is measured of. */
interface Parts {
  readonly server: BenchServer;
  readonly house: KeyHouse;
  readonly served: ServedKeys;
  readonly c: CProgram;
  readonly load: LoadGenerator;
}

/** Signatures a second, and by whom processors are used for each. */
async function throughput({ server, house, served, c, load }: Parts, name: BenchKey["name"]): Promise<number> {
  const [key, callers] = [house.key(name), await callersOf(house, [served], name, CALLERS)];
  const spent = new Map<(typeof WHO)[number], number>();
  let made = 0;
  const { yardstick, ratios } = await sideBySide(ROUNDS[name], () => c.slice(key, C_MS), {
    http: async () => {
      const before = used(server, served, load);
      const { done, seconds, refused, answered } = await load.run(signOrder(key, callers, HTTP_MS));
      if (Object.keys(refused).length > 0) throw new Error(`refused: ${JSON.stringify(refused)}`);
      const after = used(server, served, load);
      for (const who of WHO) spent.set(who, (spent.get(who) ?? 0) + after[who] - before[who]);
      made += answered;
      return done / seconds;
    },
  });
  const said = `crypto.http.${name}`;
  figure(`${said}.c`, yardstick, "signatures/s");
  figure(`${said}.signatures`, yardstick * ratios.http, "signatures/s");
  figure(`${said}.over_c`, ratios.http, "ratio");
  figure(`${said}.processor_per_signature.c`, (1e3 * availableParallelism()) / yardstick, "ms");
  for (const [who, seconds] of spent) if (!Number.isNaN(seconds)) figure(`${said}.processor_per_signature.${who}`, (1e3 * seconds) / made, "ms");
  return yardstick * ratios.http;
}

/** Seconds of a processor, by whom; nothing where the system does not say. */
function used({ postgres }: BenchServer, { pid }: ServedKeys, load: LoadGenerator): Used {
  const [own, all] = [processorSeconds(pid, { alone: true }) ?? NaN, processorSeconds(pid) ?? NaN];
  return {
    signing_children: all - own,
    key_process: own,
    postgresql: processorSeconds(postgres.pid()) ?? NaN,
    load_generator: processorSeconds(load.pid) ?? NaN,
  };
}

/**
 * At times that follow no answer, from when each was due: a generator that waits for answers would leave out the worst of
 * them.
 */
async function halfLoad(house: KeyHouse, served: ServedKeys, load: LoadGenerator, perSecond: number): Promise<void> {
  const callers = await callersOf(house, [served], "rsa_4096", CALLERS);
  const { waited, done, seconds } = await load.run({ ...signOrder(house.key("rsa_4096"), callers, HALF_LOAD_MS), perSecond });
  figure("crypto.http.half_load", done / seconds, "signatures/s");
  for (const p of [50, 95, 99]) figure(`crypto.http.half_load.p${String(p)}`, percentile(waited, p), "ms");
}

/** Where the time of a request goes at half load, inside the key process: medians, and the slowest in twenty. */
async function stages(house: KeyHouse, served: ServedKeys, load: LoadGenerator, perSecond: number): Promise<void> {
  const callers = await callersOf(house, [served], "rsa_4096", CALLERS);
  const order = { ...signOrder(house.key("rsa_4096"), callers, HALF_LOAD_MS / 2), perSecond };
  await load.run({ ...order, countedMs: 1_000 });
  await stageTimes(served);
  await load.run(order);
  const times = await stageTimes(served);
  const mean = (stage: Stage): number => times[stage].reduce((sum, one) => sum + one, 0) / times[stage].length;
  for (const stage of STAGES) figure(`crypto.http.stage.${stage}.p95`, percentile(times[stage], 95), "ms");
  // Means add up: what is neither the pool's nor the log's nor the sending's is reading, deciding and writing the answer.
  for (const stage of STAGES) figure(`crypto.http.stage.${stage}.mean`, mean(stage), "ms");
  figure("crypto.http.stage.reading_and_deciding.mean", mean("whole") - mean("pool") - mean("log") - mean("sending"), "ms");
}

async function stageTimes({ child }: ServedKeys): Promise<StageTimes> {
  child.send("stages");
  return (await answerOf(child, "the key process with clocks")) as StageTimes;
}
