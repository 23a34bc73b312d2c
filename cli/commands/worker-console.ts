import { PinRefused, TokenFault } from "#lib/token/fault";
import { workerEnvOfProcess, type TokenEnv, type WorkerEnv } from "#worker/env";
import type { ChildToken } from "#worker/token/child-token";
import { openToken } from "#worker/worker-parts";
import { NotDone, Unusable } from "./command";

/** What the commands at the worker's own console share: its environment and its token. */

/** The worker's environment; refuses with every problem of it. */
export function workerEnv(): WorkerEnv {
  const env = workerEnvOfProcess();
  if (env.ok) return env.value;
  throw new Unusable(["This command runs on the worker's host, with the worker's environment:", ...env.refusal.map((problem) => `  ${problem}`)].join("\n"));
}

/** Opens the token for one command and closes it again. Does not wait for a worker that has it. */
export async function withToken<T>(env: TokenEnv, use: (token: ChildToken) => Promise<T>): Promise<T> {
  let token: ChildToken;
  try {
    token = await new Promise<ChildToken>((resolve, reject) => {
      const waiting = () => reject(new NotDone(`Another process, likely the worker, has token ${env.label} open. Stop it, and run this again.`));
      openToken(env, waiting).then(resolve, reject);
    });
  } catch (fault) {
    throw explained(fault, env);
  }
  try {
    return await use(token);
  } catch (fault) {
    throw explained(fault, env);
  } finally {
    await token.close();
  }
}

/** A fault of the token as people are told it. */
export function explained(fault: unknown, env: TokenEnv): unknown {
  if (fault instanceof PinRefused) return new NotDone(`Token ${env.label} refused the PIN (${fault.ckrName}). It was tried once. Correct the PIN before you run this again: tokens lock.`);
  if (!(fault instanceof TokenFault)) return fault;
  const remedies: Readonly<Record<string, string>> = {
    "TOKEN-NOT-FOUND": "No token has this label and serial. See CLAVIGER_TOKEN_LABEL and CLAVIGER_TOKEN_SERIAL, or make one: claviger token init",
    "TOKEN-EXISTS": "A token of this label is there already; nothing is ever initialised over. Use it, or another label.",
    "PIN-FILE-NOT-READABLE": "The PIN file cannot be read. See CLAVIGER_PIN_FILE and its owner.",
    "PIN-IS-EMPTY": "The PIN is empty.",
  };
  return new NotDone(remedies[fault.ckrName] ?? `The token did not do it: ${fault.message}. See CLAVIGER_PKCS11_MODULE and the module's own configuration.`);
}
