import { no, type Refusal } from "#lib/ceremony/refusal";
import { mayUse } from "#lib/register/may-use";
import type { KeyUse, RegisteredKey } from "#lib/register/registered-key";
import { ok, type Result } from "#lib/result";
import { KEY_PAIR_ALGORITHMS, signaturesOf, type KeyPairAlgorithm, type SignatureAlgorithm } from "#lib/token/algorithm";
import type { CipherAlgorithm, EndorsedGrant, GrantedKeys, KeyOperation, UseAlgorithm } from "./grant";

export const CIPHER_OPERATIONS = ["encrypt", "decrypt", "wrap", "unwrap", "mac", "verify-mac"] as const satisfies readonly KeyOperation[];
export type CipherOperation = (typeof CIPHER_OPERATIONS)[number];

/** What a caller asks: an operation of a key, by its alias or its id. */
export type Ask = {
  readonly operation: Exclude<KeyOperation, CipherOperation | "public-key">;
  readonly name: string;
  /** What is signed or verified by; null for what the grant and the key have first. */
  readonly algorithm: SignatureAlgorithm | null;
  /** Which of the keys behind an alias is meant, where that is known: the one that a signature names. */
  readonly which?: (key: PairKey) => boolean;
};

/** The same of what is no signature. */
export type CipherAsk = {
  readonly operation: CipherOperation;
  readonly name: string;
  readonly algorithm: CipherAlgorithm | null;
  /** Id of the key that is meant behind an alias: the one that encrypted. */
  readonly key: string | null;
};

type Permitted<K, A> = {
  readonly [permitted]: true;
  readonly grant: EndorsedGrant;
  readonly granted: GrantedKeys;
  readonly key: K;
  readonly algorithm: A;
  /** CKA_ID on the token, hex; null for what needs no token. */
  readonly ckaId: string | null;
};
declare const permitted: unique symbol;

/** A key that may be used so, where it stands, and under which grant. Only `decideUse` makes one. */
export type PermittedUse = Permitted<PairKey, SignatureAlgorithm>;
/** The same of what is no signature. Only `decideCipher` makes one. */
export type PermittedCipher = Permitted<RegisteredKey, CipherAlgorithm>;

/** A pair whose public half may be told. Only `decidePublicKey` makes one. */
export type PermittedKey = Permitted<PairKey, UseAlgorithm>;

/** A pair of the register, whose public half is known. */
export type PairKey = RegisteredKey & { readonly spki: string; readonly spkiSha256: string };

/** What is known of keys, by id. */
export type KnownKeys = ReadonlyMap<string, RegisteredKey>;

/** As long as the longest token that a grant lets live. */
const LONGEST_TOKEN_MS = 15 * 60_000;

/** What an operation is to the register, of a pair or of a secret key; null where the one or the other has none. */
const USES: { readonly [operation in Exclude<KeyOperation, "public-key">]: { readonly pair: KeyUse | null; readonly secret: KeyUse | null } } = {
  sign: { pair: "sign", secret: null },
  "issue-token": { pair: "sign", secret: null },
  verify: { pair: "verify", secret: null },
  "verify-token": { pair: "verify", secret: null },
  encrypt: { pair: "encrypt", secret: "encrypt" },
  decrypt: { pair: "decrypt", secret: "decrypt" },
  wrap: { pair: "wrap", secret: "wrap" },
  unwrap: { pair: "unwrap", secret: "unwrap" },
  mac: { pair: null, secret: "sign" },
  "verify-mac": { pair: null, secret: "verify" },
};

/** What the public half of a pair does is done without the token. */
const BY_PUBLIC_HALF: readonly KeyOperation[] = ["verify", "verify-token", "public-key", "encrypt", "wrap"];

/**
 * Whether an account may do this with that key, at that moment, on that token: its grant first, then purpose, state and time of the
 * key. Of several keys behind an alias, the first that may. Refuses GRANT-TIME, GRANT-SCOPE (also where there is no such key: whose
 * keys there are is nobody's business), KEY-RECORDED, and what `mayUse` refuses of the first.
 */
export function decideUse(grant: EndorsedGrant, keys: KnownKeys, token: string, ask: Ask, at: string): Result<PermittedUse, Refusal> {
  const { which } = ask;
  const isMeant = which && ((key: RegisteredKey | undefined) => isPair(key) && which(key));
  return decide(grant, keys, token, { ...ask, isMeant }, at) as Result<PermittedUse, Refusal>;
}

/** The same of encryption, wrapping and MACs. */
export function decideCipher(grant: EndorsedGrant, keys: KnownKeys, token: string, ask: CipherAsk, at: string): Result<PermittedCipher, Refusal> {
  const { key: id } = ask;
  const isMeant = id === null ? undefined : (key: RegisteredKey | undefined) => key?.key === id;
  return decide(grant, keys, token, { ...ask, isMeant }, at) as Result<PermittedCipher, Refusal>;
}

/** Whether its public half may be told, by which it is verified, or encrypted to. */
export function decidePublicKey(grant: EndorsedGrant, keys: KnownKeys, token: string, name: string, at: string): Result<PermittedKey, Refusal> {
  const ask = { operation: "public-key", name, algorithm: null, isMeant: undefined } as const;
  return decide(grant, keys, token, ask, at) as Result<PermittedKey, Refusal>;
}

type AnyAsk = {
  readonly operation: KeyOperation;
  readonly name: string;
  readonly algorithm: UseAlgorithm | null;
  readonly isMeant: ((key: RegisteredKey | undefined) => boolean) | undefined;
};
type Usable = { readonly key: RegisteredKey; readonly algorithm: UseAlgorithm; readonly ckaId: string | null };

function decide(grant: EndorsedGrant, keys: KnownKeys, token: string, ask: AnyAsk, at: string): Result<object, Refusal> {
  const { account, until } = grant.grant;
  const { operation, name } = ask;
  const scope = { account, operation, name };
  if (at >= until) return no("GRANT-TIME", { account, until });
  const granted = grant.grant.keys.find(({ alias, keys: ids }) => alias === name || ids.includes(name));
  if (!granted?.operations.includes(operation)) return no("GRANT-SCOPE", scope);
  if (ask.algorithm !== null && !granted.algorithms.includes(ask.algorithm)) return no("GRANT-SCOPE", { ...scope, algorithm: ask.algorithm });
  let first: Refusal | null = null;
  for (const id of granted.keys.includes(name) ? [name] : granted.keys) {
    const known = keys.get(id);
    if (ask.isMeant?.(known) === false) continue;
    const usable = usableKey(granted, known, id, token, ask, at);
    if (usable.ok) return ok({ grant, granted, ...usable.value });
    first ??= usable.refusal;
  }
  return no(first?.invariant ?? "GRANT-SCOPE", first?.facts ?? scope);
}

function usableKey(
  granted: GrantedKeys,
  key: RegisteredKey | undefined,
  id: string,
  token: string,
  { operation, algorithm: asked }: AnyAsk,
  at: string,
): Result<Usable, Refusal> {
  if (!key || (key.kind === "key-pair" && !isPair(key))) return no("KEY-RECORDED", { key: id });
  const use = useOf(key, operation);
  if (use === null) return no("KEY-PURPOSE", { key: id, operation, of: key.algorithm });
  const may = mayUse(key, use, at);
  if (!may.ok) return may;
  const fitting = algorithmsGranted(granted, key, operation);
  const algorithm = asked ?? fitting[0];
  if (algorithm === undefined || !fitting.includes(algorithm)) return no("KEY-PURPOSE", { key: id, algorithm: asked, of: key.algorithm });
  if (isPair(key) && BY_PUBLIC_HALF.includes(operation)) return ok({ key, algorithm, ckaId: null });
  const place = key.places.find(({ gone, token: serial }) => gone === null && serial === token);
  return place ? ok({ key, algorithm, ckaId: place.ckaId }) : no("KEY-RECORDED", { key: id, token });
}

/** What an operation is to the register, of that key; null where no key of its kind does it. Whose public key is asked for is whatever it is for. */
export function useOf({ kind, uses }: RegisteredKey, operation: KeyOperation): KeyUse | null {
  if (operation !== "public-key") return USES[operation][kind === "key-pair" ? "pair" : "secret"];
  if (kind !== "key-pair") return null;
  return uses.includes("sign") ? "verify" : uses.includes("decrypt") ? "encrypt" : "wrap";
}

const isPair = (key: RegisteredKey | undefined): key is PairKey =>
  key !== undefined && key.kind === "key-pair" && key.spki !== null && key.spkiSha256 !== null;

/** What a key of the register can sign by; nothing for what is no pair. */
export const signaturesIn = ({ algorithm }: RegisteredKey): readonly SignatureAlgorithm[] =>
  (KEY_PAIR_ALGORITHMS as readonly string[]).includes(algorithm) ? signaturesOf(algorithm as KeyPairAlgorithm) : [];

/** What a key of the register does that by, whether it was made for it or not; nothing for what no key of its kind does. */
export function algorithmsIn(key: RegisteredKey, operation: KeyOperation): readonly UseAlgorithm[] {
  const [family] = key.algorithm.split("-");
  switch (operation) {
    case "encrypt":
    case "decrypt":
      return family === "RSA" ? ["RSA-OAEP"] : family === "AES" ? ["AES-GCM"] : [];
    case "wrap":
    case "unwrap":
      return family === "RSA" ? ["RSA-OAEP"] : family === "AES" ? ["AES-KWP"] : [];
    case "mac":
    case "verify-mac":
      return family === "HMAC" ? ["HS256"] : [];
    case "public-key":
      return key.uses.includes("sign") || family !== "RSA" ? signaturesIn(key) : ["RSA-OAEP"];
    case "sign":
    case "verify":
    case "issue-token":
    case "verify-token":
      return signaturesIn(key);
  }
}

/** What a key of the register does that by and what is granted lets it: where nothing is left, the key does it for nobody. */
export const algorithmsGranted = ({ algorithms }: GrantedKeys, key: RegisteredKey, operation: KeyOperation): readonly UseAlgorithm[] =>
  algorithmsIn(key, operation).filter((one) => algorithms.includes(one));

/** Whether an account may draw random bytes. Refuses GRANT-TIME and GRANT-SCOPE. */
export function decideRandom(grant: EndorsedGrant, at: string): Result<EndorsedGrant, Refusal> {
  const { account, until, random } = grant.grant;
  if (at >= until) return no("GRANT-TIME", { account, until });
  return random ? ok(grant) : no("GRANT-SCOPE", { account, operation: "random" });
}

/** A key that anybody may verify by now, with the algorithms that some account issues tokens by. */
export type PublishedKey = { readonly key: PairKey; readonly algorithms: readonly SignatureAlgorithm[] };

/**
 * Every key that is published: one by which some grant issues tokens, as long as it may verify and the last token can be in its time. A
 * key that is not active yet is published ahead of its first signature, so that verifiers know it by then (RFC 7517 key sets, old and new
 * overlap). One that signs whatever bytes its account likes is in no set: whoever trusts the set would take them for tokens. With `issuer`,
 * only keys by which somebody issues tokens in that name.
 */
export function publishedKeys(grants: Iterable<EndorsedGrant>, keys: KnownKeys, at: string, issuer: string | null = null): readonly PublishedKey[] {
  const published = new Map<string, PublishedKey>();
  const last = new Date(Date.parse(at) - LONGEST_TOKEN_MS).toISOString();
  for (const { grant } of grants) {
    if (last >= grant.until) continue;
    const issues = ({ operations, tokens }: GrantedKeys) => operations.includes("issue-token") && (issuer === null || tokens?.issuer === issuer);
    for (const granted of grant.keys.filter(issues)) {
      for (const id of granted.keys) {
        const key = keys.get(id);
        if (!isPair(key) || !(key.state === "pre-activation" || mayUse(key, "verify", at).ok)) continue;
        const before = published.get(id)?.algorithms ?? [];
        const algorithms = signaturesIn(key).filter((one) => granted.algorithms.includes(one) || before.includes(one));
        if (algorithms.length > 0) published.set(id, { key, algorithms });
      }
    }
  }
  return [...published.values()].sort((a, b) => (a.key.key < b.key.key ? -1 : 1));
}
