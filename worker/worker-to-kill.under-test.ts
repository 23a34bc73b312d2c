import { workerEnvOfProcess } from "./env";
import type { WorkerStore } from "./store-port";
import type { OpenedToken } from "./parts-port";
import { runWorker } from "./work";
import { workerParts } from "./worker-parts";

/**
 * The real worker, which kills itself (SIGKILL: no handler, no goodbye) at one seam of one step's operation. TEST_KILL_AT is
 * `STEP before|during|after CALL`, where CALL is a method of the token, or `append KIND`. `before`: not done. `after`: done, but
 * nobody heard. `during`: asked, and nobody will ever know. `console before|after noteTrusted` is of no step.
 */
const [step = "", moment = "", ...call] = (process.env["TEST_KILL_AT"] ?? "").split(" ");
const seam = call.join(" ");

/** From the intent on, calls belong to the operation. */
let armed = false;

function die(): never {
  process.kill(process.pid, "SIGKILL");
  throw new Error("unreachable");
}

async function through<T>(name: string, act: () => Promise<T>): Promise<T> {
  if (!armed || name !== seam) return act();
  if (moment === "before") die();
  if (moment === "during") {
    void act().catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 3));
    die();
  }
  await act();
  return die();
}

function deadlyToken(token: OpenedToken): OpenedToken {
  return new Proxy(token, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== "function" || ["reopen", "close"].includes(String(name))) {
        return typeof member === "function" ? (member as () => unknown).bind(target) : member;
      }
      return (...args: unknown[]) => through(String(name), () => Reflect.apply(member, target, args) as Promise<unknown>);
    },
  });
}

function deadlyStore(store: WorkerStore): WorkerStore {
  return {
    ...store,
    async append(entry, after) {
      const mine = entry.kind === "operation-started" && (entry.body).step === step;
      if (mine && seam === "append operation-started") armed = true;
      const written = await through(`append ${entry.kind}`, () => store.append(entry, after));
      if (mine && written === "appended") armed = true;
      return written;
    },
    noteTrusted(facts) {
      if (step === "console") armed = true;
      return through("noteTrusted", () => store.noteTrusted(facts));
    },
  };
}

const env = workerEnvOfProcess();
if (!env.ok) throw new Error(env.refusal.join(" "));
const parts = workerParts(env.value, (line) => console.log(line));
const stop = new AbortController();
process.once("SIGTERM", () => stop.abort());
const code = await runWorker({ ...parts, store: deadlyStore(parts.store), openToken: async (onWaiting) => deadlyToken(await parts.openToken(onWaiting)) }, stop.signal);
process.exit(code);
