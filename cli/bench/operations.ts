import type { OperationRequest } from "#lib/ceremony/script";
import { CSR, ISSUE, ROOT } from "#lib/operations/certificates.under-test";
import { idOf, keysOn } from "#lib/operations/backed-up-keys";
import { OPERATIONS } from "#lib/operations/every-operation";
import { executeOperation } from "#lib/operations/execute-operation";
import type { ExecuteContext } from "#lib/operations/operation";
import { AES, HMAC, PAIR } from "#lib/operations/performed-operations.under-test";
import { ok } from "#lib/result";
import { obtainKey } from "#lib/token/obtain-key";
import type { Token } from "#lib/token/token";
import { freshTemplate } from "#lib/token/token-contract.under-test";
import { RealOperations } from "#worker/token/real-operations.under-test";
import { DirectTokens, type Spent } from "./direct-tokens";
import { figure, median } from "./figure";

const ROUNDS = 5;
const VAULT = { token: "vault" };

/** What is done each round, on keys of its own. RSA keys are in another bench: each takes another time to find. */
const round = (r: string): readonly OperationRequest[] => [
  { operation: "token-health" },
  { operation: "identify-key", label: `old-${r}`, kind: "key-pair", algorithm: "EC-P256" },
  { ...PAIR, label: `jwt-${r}` },
  { ...PAIR, label: `root-${r}`, algorithm: "EC-P384" },
  { ...PAIR, label: `leaving-${r}`, extractable: true },
  { ...AES, label: `api-${r}` },
  { ...HMAC, label: `mac-${r}` },
  { operation: "export-public-key", label: `jwt-${r}` },
  { operation: "export-public-key", label: `leaving-${r}` },
  { operation: "prove-not-exportable", label: `jwt-${r}` },
  { operation: "test-signature", label: `jwt-${r}`, signature: "ES256" },
  { operation: "test-encryption", label: `api-${r}` },
  { operation: "test-mac", label: `mac-${r}` },
  { ...CSR, label: `jwt-${r}` },
  { ...ROOT, label: `root-${r}` },
  { ...ISSUE, issuer: `root-${r}`, profile: "code-signing", days: 365 },
  { operation: "unlock-token", ...VAULT },
  { operation: "clone-key", label: `leaving-${r}`, to: "vault" },
  { operation: "backup-token", backup: `main-${r}` },
  { operation: "verify-backup", backup: `main-${r}` },
  { operation: "restore-test", backup: `main-${r}`, to: "vault" },
  { operation: "condemn-key", label: `jwt-${r}` },
  { operation: "destroy-key", label: `jwt-${r}` },
  { operation: "list-keys" },
];
/** What can be done to the second token once. */
const ONCE: readonly OperationRequest[] = ["condemn-token", "zeroise-token", "change-user-pin", "change-so-pin"].map(
  (operation) => ({ operation, ...VAULT }),
);
const LAST = { operation: "initialise-token", ...VAULT, label: "vault-2026" };
const LISTED = new Set([...round(""), ...ONCE, LAST].map(({ operation }) => operation));
/** What is not listed is done once, as its own example has it. */
const BY_EXAMPLE = OPERATIONS.filter(({ name }) => !LISTED.has(name)).flatMap(({ example }) => example);

/**
 * Each operation as a worker does it (over the child that holds the module, with everything that is looked for, read back and
 * tested) against the same PKCS#11 calls, made straight through pkcs11js on a like token in this process, turn about. Where
 * a ratio is large, the time is not the token's: a child is started for another token, a backup's key is derived from its secret,
 * which is meant to be slow. A restore test works on the restored copy in yet another process; straight, the same calls are made
 * on the token that the copy is of, which holds the same keys. `restore` measures it with a hundred of them.
 */
export async function benchOperations(): Promise<void> {
  const tokens = new DirectTokens();
  const worker = await RealOperations.open("softhsm");
  const direct = await RealOperations.open("softhsm", tokens);
  const took = new Map<string, { worker: number; straight: Spent }[]>();
  const numbers = Array.from({ length: ROUNDS }, (_, i) => String(i));
  try {
    for (const { token } of [worker, direct]) for (const r of numbers) await makeOld(token, `old-${r}`);
    for (const request of [...numbers.flatMap(round), ...BY_EXAMPLE, ...ONCE, LAST]) {
      const one = {
        worker: await measured(worker, request, wallClock),
        straight: await measured(direct, request, tokens.meter, withoutCopy),
      };
      took.set(request.operation, [...(took.get(request.operation) ?? []), one]);
    }
  } finally {
    await worker.close();
    await direct.close();
  }
  for (const [operation, all] of took) {
    const name = `operations.${operation}`;
    figure(`${name}.calls`, median(all.map(({ straight }) => straight.calls)), "calls");
    figure(`${name}.worker`, median(all.map((one) => one.worker)), "ms");
    figure(`${name}.straight`, median(all.map(({ straight }) => straight.milliseconds)), "ms");
    figure(`${name}.worker_over_straight`, median(all.map((one) => one.worker / one.straight.milliseconds)), "ratio");
  }
}

function wallClock(): () => number {
  const began = performance.now();
  return () => performance.now() - began;
}

/** What the meter says of the operation itself, without what is made up for it and without its recheck. */
async function measured<T>(
  real: RealOperations, request: OperationRequest, meter: () => () => T, change = (context: ExecuteContext, _: Token) => context,
): Promise<T> {
  const readings: T[] = [];
  const came = await real.try(request, async (token, asked, context) => {
    const stop = meter();
    const done = await executeOperation(token, asked, change(context, token));
    readings.push(stop());
    return done;
  });
  const [reading] = readings;
  if ("name" in came) throw new Error(`${request.operation}: ${came.name}`);
  if (reading === undefined || real.problems.length > 0) throw new Error(`${request.operation}: ${real.problems.join("; ")}`);
  return reading;
}

/** A restore test finds the token itself where otherwise a copy of it comes out of the backup. */
function withoutCopy(context: ExecuteContext, token: Token): ExecuteContext {
  const restored = { token, keys: () => keysOn(token), idOf, discard: () => Promise.resolve(true) };
  const { backups } = context;
  return {
    ...context,
    backups: {
      begin: () => { backups.begin(); },
      make: (...args) => backups.make(...args),
      discard: (...args) => backups.discard(...args),
      verify: (...args) => backups.verify(...args),
      sweep: (...args) => backups.sweep(...args),
      restore: () => Promise.resolve(ok(restored)),
    },
  };
}

async function makeOld(token: RealOperations["token"], label: string): Promise<void> {
  const made = await obtainKey(token, { ...freshTemplate("EC-P256", { sign: true }), label });
  if (!made.ok) throw new Error(made.refusal.reason);
}
