import { randomUUID } from "node:crypto";
import {
  decideCipher,
  decidePublicKey,
  decideRandom,
  decideUse,
  type Ask,
  type CipherAsk,
  type PermittedCipher,
  type PermittedKey,
  type PermittedUse,
} from "#lib/accounts/decide-use";
import type { EndorsedGrant, KeyOperation } from "#lib/accounts/grant";
import { issuingKeys } from "#lib/accounts/mixed-key";
import { no, type Refusal } from "#lib/ceremony/refusal";
import { fromBase64url, fromHex, sha256Hex } from "#lib/log/digest";
import { ok, type Result } from "#lib/result";
import { TokenFault } from "#lib/token/fault";
import type { LoggedUse } from "#lib/store/key-uses";
import type { Access } from "./access-tokens";
import { EncryptionsUsedUp, SharesWithheld, type EncryptionShares } from "./encryption-shares";
import type { Known } from "./knowledge";
import { problem, refusedProblem, type Problem } from "./problem";
import type { RequestRate } from "./request-rate";
import { isPassing, PoolBusy, type SigningPool } from "./signing-pool";
import { INPUT_REFUSED, MOST_BYTES, type Work } from "./signing-protocol";
import { LogUnavailable, type UseLog } from "./use-log";

export interface KeyUsesParts {
  /** What is known now, or null when it is too old to go by. */
  readonly known: () => Known | null;
  readonly pool: Pick<SigningPool, "perform">;
  readonly shares: Pick<EncryptionShares, "count" | "countAgain">;
  readonly log: UseLog;
  readonly rate: RequestRate;
  /** Serial number of the token that the pool is on. */
  readonly token: string;
  readonly name: string;
  readonly patienceMs: number;
  readonly verifiesAll: boolean;
  readonly now: () => Date;
}

/** An answer, or why there is none; `use` is its row in the log, null where nothing was decided of a key. */
export type Used<T> = { readonly use: string; readonly value: T } | { readonly use: string | null; readonly problem: Problem };

/** What a rule decided, and what the log says of it. */
interface Decided<P> {
  readonly permitted: P;
  readonly scope: string;
  readonly key: string | null;
  readonly algorithm: string | null;
}

/** As PKCS#11 has it: three bytes of what the key makes of zeros. */
const CHECK_VALUE = /^[0-9a-f]{6}$/;

interface Asked<P, T> {
  readonly operation: KeyOperation | "random";
  readonly name: string | null;
  readonly algorithm: string | null;
  readonly decide: (grant: EndorsedGrant, known: Known) => Result<Decided<P>, Refusal>;
  /** What was given, whose digest is logged where nothing comes of it. */
  readonly given: Uint8Array | null;
  /** Whose digest is logged of what was answered. */
  readonly input: (permitted: P, value: T) => Uint8Array | null;
  readonly act: (permitted: P) => Promise<T>;
}

/**
 * Every use of a key, from the question who may to the row in the log: nothing is answered before that row is durable, an answer or
 * a refusal. What the web app thinks of it is asked nowhere.
 */
export class KeyUses {
  readonly #parts: KeyUsesParts;

  constructor(parts: KeyUsesParts) {
    this.#parts = parts;
  }

  /**
   * One operation of a pair. `more` decides what the rules of the operation itself say; its value is what `act` goes by. `given` is what
   * the caller sent, `input` what was signed or verified.
   */
  ofKey<P, T>(
    access: Access,
    ask: Ask,
    given: Uint8Array,
    more: (permitted: PermittedUse) => Result<P, Refusal>,
    input: (value: P) => Uint8Array,
    act: (value: P, permitted: PermittedUse) => Promise<T>,
  ): Promise<Used<T>> {
    const { token, now } = this.#parts;
    return this.#use(access, {
      ...ask,
      given,
      decide(grant, known) {
        const use = decideUse(grant, known.keys, token, ask, now().toISOString());
        if (!use.ok) return use;
        // Whoever signs raw bytes by a key of tokens could write any token, whatever its own grant says of claims.
        const { key } = use.value.key;
        if (ask.operation === "sign" && issuingIn(known).has(key)) return no("GRANT-SCOPE", { key, operation: "sign" });
        const decided = more(use.value);
        return decided.ok ? ok(decidedOf(ask.operation, use.value, { value: decided.value, use: use.value })) : decided;
      },
      input: ({ value }) => input(value),
      act: ({ value, use }) => act(value, use),
    });
  }

  /** One operation that is no signature. `input` is what is logged: what was sealed, and never what is inside. */
  ofCipher<T>(
    access: Access,
    ask: CipherAsk,
    given: Uint8Array | null,
    input: (value: T) => Uint8Array,
    act: (permitted: PermittedCipher) => Promise<T>,
  ): Promise<Used<T>> {
    const { token, now } = this.#parts;
    return this.#use(access, {
      ...ask,
      given,
      decide(grant, { keys }) {
        const use = decideCipher(grant, keys, token, ask, now().toISOString());
        return use.ok ? ok(decidedOf(ask.operation, use.value, use.value)) : use;
      },
      input: (_, value) => input(value),
      act,
    });
  }

  publicKey<T>(access: Access, name: string, act: (permitted: PermittedKey) => T): Promise<Used<T>> {
    const { token, now } = this.#parts;
    return this.#use(access, {
      ...{ operation: "public-key", name, algorithm: null, given: null, input: () => null },
      decide(grant, { keys }) {
        const use = decidePublicKey(grant, keys, token, name, now().toISOString());
        return use.ok ? ok(decidedOf("public-key", use.value, use.value)) : use;
      },
      act: (use) => Promise.resolve(act(use)),
    });
  }

  /** The signature of a permitted use, by the token. */
  signature(access: Access, { key, algorithm, ckaId }: PermittedUse, data: Uint8Array): Promise<Uint8Array> {
    const { pool, patienceMs, verifiesAll } = this.#parts;
    if (data.length > MOST_BYTES) return Promise.reject(new TokenFault("sign", null, INPUT_REFUSED));
    const work = { id: fromHex(ckaId ?? ""), spki: fromBase64url(key.spki), algorithm, data, check: verifiesAll };
    return pool.perform(access.account, { what: "sign", ...work }, patienceMs);
  }

  /** Any other work of a permitted use, by the token. Each try of an encryption is counted before it is made. */
  async work(access: Access, { key, ckaId }: PermittedCipher, work: (id: Uint8Array, checkValue: string | null) => Work): Promise<Uint8Array> {
    const { pool, patienceMs, shares } = this.#parts;
    const checkValue = CHECK_VALUE.test(key.checkValue ?? "") ? key.checkValue : null;
    const asked = work(fromHex(ckaId ?? ""), checkValue);
    if (asked.what !== "encrypt") {
      const shown = asked.what === "wrap" || asked.what === "unwrap" ? { ...asked, checkValue } : asked;
      return pool.perform(access.account, shown, patienceMs);
    }
    await shares.count(key.key);
    return pool.perform(access.account, asked, patienceMs, () => shares.countAgain(key.key));
  }

  random(access: Access, length: number): Promise<Used<Uint8Array>> {
    const { pool, patienceMs, now } = this.#parts;
    return this.#use(access, {
      operation: "random",
      name: null,
      algorithm: null,
      decide(grant) {
        const decided = decideRandom(grant, now().toISOString());
        return decided.ok ? ok({ permitted: length, scope: "random", key: null, algorithm: null }) : decided;
      },
      given: null,
      input: () => null,
      act: () => pool.perform(access.account, { what: "random", length }, patienceMs),
    });
  }

  /** Whether a request is looked at, which is asked before anything of it is read: null, or why not. Counts it. */
  admit({ account }: Access): Problem | null {
    const known = this.#parts.known();
    if (!known) return problem("EVIDENCE-STALE");
    const grant = known.grants.get(account);
    if (!grant) return problem("TOKEN-MISSING");
    const wait = this.#parts.rate.take(account, grant.grant.perMinute, performance.now());
    return wait > 0 ? problem("RATE-PASSED", wait) : null;
  }

  async #use<P, T>(access: Access, asked: Asked<P, T>): Promise<Used<T>> {
    const { name, now } = this.#parts;
    const [use, began] = [randomUUID(), performance.now()];
    const known = this.#parts.known();
    if (!known) return { use: null, problem: problem("EVIDENCE-STALE") };
    const grant = known.grants.get(access.account);
    if (!grant) return { use: null, problem: problem("TOKEN-MISSING") };

    const decided = asked.decide(grant, known);
    const done = decided.ok ? await this.#act(access, asked, decided.value) : { problem: refusedProblem(decided.refusal) };
    const digest = decided.ok && "value" in done ? asked.input(decided.value.permitted, done.value) : asked.given;
    return this.#logged(done, {
      use,
      at: now().toISOString(),
      account: access.account,
      grant: grant.hash,
      key: decided.ok ? decided.value.key : asked.name,
      operation: asked.operation,
      algorithm: decided.ok ? decided.value.algorithm : asked.algorithm,
      digest: digest && sha256Hex(digest),
      result: "problem" in done ? done.problem.name : "done",
      micros: Math.min(2_147_483_647, Math.round((performance.now() - began) * 1_000)),
      process: name,
      times: 1,
    });
  }

  async #act<P, T>(
    access: Access,
    { act }: Asked<P, T>,
    { permitted, scope }: Decided<P>,
  ): Promise<{ readonly value: T } | { readonly problem: Problem }> {
    if (!access.scopes.has(scope)) return { problem: problem("SCOPE-MISSING") };
    try {
      return { value: await act(permitted) };
    } catch (fault) {
      if (fault instanceof PoolBusy) return { problem: problem(fault.why) };
      if (fault instanceof EncryptionsUsedUp) return { problem: problem("ENCRYPTIONS-USED-UP") };
      if (fault instanceof LogUnavailable) return { problem: problem("LOG-UNAVAILABLE") };
      if (fault instanceof SharesWithheld) return { problem: problem("KEY-UNUSABLE") };
      if (!(fault instanceof TokenFault)) throw fault;
      if (fault.ckrName === INPUT_REFUSED) return { problem: problem("INPUT-REFUSED") };
      return { problem: problem(isPassing(fault) ? "TOKEN-AWAY" : "KEY-UNUSABLE") };
    }
  }

  async #logged<T>(done: { readonly value: T } | { readonly problem: Problem }, row: LoggedUse): Promise<Used<T>> {
    try {
      await this.#parts.log.write(row);
      return { use: row.use, ...done };
    } catch (fault) {
      if (!(fault instanceof LogUnavailable)) throw fault;
      return { use: row.use, problem: problem("LOG-UNAVAILABLE") };
    }
  }
}

type AnyPermitted = PermittedUse | PermittedCipher | PermittedKey;
const decidedOf = <P>(operation: KeyOperation, { granted, key, algorithm }: AnyPermitted, permitted: P): Decided<P> => ({
  ...{ permitted, scope: `${operation}:${granted.alias}`, key: key.key, algorithm },
});

const issuing = new WeakMap<Known, ReadonlySet<string>>();

function issuingIn(known: Known): ReadonlySet<string> {
  const before = issuing.get(known);
  if (before) return before;
  const keys = issuingKeys([...known.grants.values()].map(({ grant }) => grant));
  issuing.set(known, keys);
  return keys;
}
