import type { Outcome, RecheckContext } from "#lib/ceremony/operation";
import type { OperationRequest } from "#lib/ceremony/script";
import { sentenceOf } from "#lib/ceremony/told";
import type { Json } from "#lib/log/canonical";
import { sha256Hex, utf8 } from "#lib/log/digest";
import { FakeKeeper } from "#lib/token/fake-keeper.under-test";
import { FakeToken, FakeTokenMemory } from "#lib/token/fake-token.under-test";
import { webCryptoEncryptOaep } from "#lib/webcrypto/encrypt-oaep";
import { webCryptoPublicKey } from "#lib/webcrypto/public-key-reader";
import { webCryptoVerifier } from "#lib/webcrypto/web-crypto-verifier";
import { book, type Book } from "./book";
import { EXAMPLE_AES, EXAMPLE_HMAC, EXAMPLE_PAIR } from "./example-keys";
import { executeOperation } from "./execute-operation";
import { FakeBackups } from "./fake-backups.under-test";
import type { ExecuteContext, OperationRefusal } from "./operation";

export const PAIR = EXAMPLE_PAIR;
export const AES = EXAMPLE_AES;
export const HMAC = EXAMPLE_HMAC;
export const CEREMONY = "c-1";
/** When every intent here was written. */
export const STARTED = "2026-11-22T15:00:00.250Z";

/** Operations done one after the other on one token, as a ceremony would do them. */
export class PerformedOperations {
  readonly memory = new FakeTokenMemory();
  token = new FakeToken(this.memory);
  /** The other token, called "vault". */
  readonly vaultMemory = new FakeTokenMemory("vault", "fa4e000000000002");
  vault = new FakeToken(this.vaultMemory);
  readonly keeper = new FakeKeeper(this.vaultMemory);
  /** What custodians have entered, by the secret's name. */
  secrets: { readonly [name: string]: string } = {
    "so-pin": "officer-pin",
    "new-so-pin": "new-officer-pin",
    "user-pin": "user-pin",
    "new-user-pin": "new-user-pin",
    "backup-key": "one half and the other half",
  };
  readonly backups = new FakeBackups(this.memory);
  readonly earlier: RecheckContext["earlier"][number][] = [];
  /** The calls that noted that they begin to destroy, by CKA_ID. */
  readonly begun = new Set<string>();

  constructor(readonly operations: Book = book) {}

  /** What the next operation would be authorised by. */
  context(): ExecuteContext {
    const place = String(this.earlier.length);
    const ckaId = sha256Hex(utf8(`quorum ${place}`));
    return {
      ceremony: CEREMONY,
      ckaId,
      startedAt: STARTED,
      earlier: [...this.earlier],
      others: { vault: this.vaultMemory.serial },
      other: (name) => (name === "vault" ? Promise.resolve(this.vault) : Promise.reject(new Error(`no token called ${name}`))),
      backups: this.backups,
      begun: { noted: () => this.begun.has(ckaId), note: () => void this.begun.add(ckaId) },
      keeper: (name) => (name === "vault" ? this.keeper : raise(`no token called ${name}`)),
      secret: (name) => Promise.resolve(utf8(this.secrets[name] ?? raise(`nobody entered ${name}`))),
      nonce: sha256Hex(utf8(`nonce ${place}`)),
      verifySignature: (algorithm, spki, data, signature) => webCryptoVerifier.verify(algorithm, spki, data, signature),
      readPublicKey: webCryptoPublicKey,
      encryptOaep: webCryptoEncryptOaep,
    };
  }

  async try(request: OperationRequest): Promise<{ outcome: Outcome; recovered: boolean; context: ExecuteContext } | OperationRefusal> {
    const context = this.context();
    const done = await executeOperation(this.token, request, context, this.operations);
    if (!done.ok) return done.refusal;
    const { outcome, recovered } = done.value;
    return { outcome, recovered, context };
  }

  /** Does it, and keeps its outcome as an earlier one. Throws when it is refused. */
  async do(request: OperationRequest): Promise<{ outcome: Outcome; context: ExecuteContext }> {
    const done = await this.try(request);
    if ("name" in done) throw new Error(`${done.call}: ${done.name}`);
    this.earlier.push({ request, outcome: done.outcome, ckaId: done.context.ckaId });
    return done;
  }
}

/** Everything of the list, done in turn; the last one's outcome and the context it was done in. */
export async function performAll(
  ...requests: OperationRequest[]
): Promise<{ outcome: Outcome; context: ExecuteContext; performed: PerformedOperations }> {
  const performed = new PerformedOperations();
  let last: { outcome: Outcome; context: ExecuteContext } | null = null;
  for (const request of requests) last = await performed.do(request);
  if (!last) throw new Error("nothing was done");
  return { ...last, performed };
}

/** What is wrong with a request, in English; one sentence where there is no such operation. */
export const problemsOf = (operations: Book, request: OperationRequest): string[] =>
  operations.find(request.operation)?.problems(request).map((said) => sentenceOf(said)) ?? ["no such operation"];

export const recheck = (request: OperationRequest, outcome: Outcome, context: RecheckContext): string[] =>
  book.find(request.operation)?.recheck(request, outcome, context) ?? ["no such operation"];

/** The outcome with one value inside it put in another's place; `path` is members and indexes with dots. */
export function changed(outcome: Outcome, path: string, value: Json | undefined): Outcome {
  const copy: Record<string, unknown> = structuredClone(outcome);
  const names = path.split(".");
  const last = names.pop() ?? "";
  let place = copy;
  for (const name of names) place = place[name] as Record<string, unknown>;
  if (value === undefined) Reflect.deleteProperty(place, last);
  else place[last] = value;
  return copy as Outcome;
}

function raise(why: string): never {
  throw new Error(why);
}
