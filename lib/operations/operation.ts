import type { Fact, OperationRules, Outcome, RecheckContext, TokenSerials } from "#lib/ceremony/operation";
import type { OperationRequest } from "#lib/ceremony/script";
import type { SignatureVerifier } from "#lib/ceremony/signature-verifier";
import type { Result } from "#lib/result";
import type { BackupPort } from "./backup-port";
import type { SignatureAlgorithm } from "#lib/token/algorithm";
import type { ObjectReading } from "#lib/token/attributes";
import type { ObtainStep } from "#lib/token/obtain-key";
import type { TokenProfile } from "#lib/token/profile";
import type { Token } from "#lib/token/token";
import type { Jwk } from "./jwk";
import type { ParameterSchemas } from "./parameters";
import type { TokenKeeper } from "#lib/token/token-keeper";

/** What a reader is told about an outcome: rows of facts, attributes in words, and the one fingerprint to compare aloud. */
export interface Telling {
  readonly facts: readonly Fact[];
  /** `needless` marks a capability that the script did not ask for. */
  readonly attributes: readonly { readonly text: string; readonly needless: boolean }[];
  readonly fingerprint: { readonly of: string; readonly value: string } | null;
}

/** Checks a signature outside the HSM; ECDSA signatures in DER. False for anything that does not verify. */
export type VerifySignature = (algorithm: SignatureAlgorithm, spki: Uint8Array, data: Uint8Array, signature: Uint8Array) => Promise<boolean>;

/**
 * What the platform's own crypto makes of a public key: its numbers, and the SHA-256 of the SPKI it writes from them itself, hex.
 */
export interface PlatformKey {
  readonly jwk: Jwk;
  readonly spkiSha256: string;
}
/** Null for bytes that the platform takes for no public key. */
export type ReadPublicKey = (spki: Uint8Array) => Promise<PlatformKey | null>;

/** Encrypts outside the HSM to an RSA public key: OAEP with SHA-1. */
export type EncryptOaep = (spki: Uint8Array, plaintext: Uint8Array) => Promise<Uint8Array>;

export type ExecuteContext = RecheckContext & {
  /** Fresh random bytes, hex: test messages carry them. */
  readonly nonce: string;
  readonly verifySignature: VerifySignature;
  readonly readPublicKey: ReadPublicKey;
  readonly encryptOaep: EncryptOaep;
  /** Another token by the name the script has for it, opened: the very device that the recorder announced, or it throws. */
  readonly other: (name: string) => Promise<Token>;
  /** The work on the PINs of another token, by its name. Nothing of it is begun twice: after any failure, people decide anew. */
  readonly keeper: (name: string) => TokenKeeper;
  /** A secret of the request, joined from its two parts; it is overwritten once the operation is over, so nothing keeps it. */
  readonly secret: (name: string) => Promise<Uint8Array>;
  /** Backups of the ceremony's own token. */
  readonly backups: BackupPort;
  /** What the worker remembers of this call on its own disk: noted before the first destruction, and kept until it is told. */
  readonly begun: { readonly noted: () => boolean; readonly note: () => void };
  /** The seams of making a key, and what half a key was found: awaited before the next call. */
  readonly onStep?: (step: ObtainStep) => Promise<void> | void;
};

/**
 * Other operations, and the inventory, know an outcome by its members, whatever operation it is of: `privateKey` and `publicKey` or
 * `secretKey` is a key that was made, the same inside `found` one that was there before, `clone` what another token received,
 * `was` with `left` what was destroyed, `lost` what went with a token that was made anew, `objects` a listing, `format` a backup.
 */
export interface Executed {
  readonly outcome: Outcome;
  /** The work had been done by an earlier call whose reply was lost; it was found and not repeated. */
  readonly recovered: boolean;
  /** What an interrupted generation had left and this call destroyed. */
  readonly destroyed: readonly ObjectReading[];
}

/** Why an operation was not done: the call that said no and a stable name, as `operation-failed` keeps them. */
export interface OperationRefusal {
  readonly call: string;
  readonly name: string;
  /** The module's own return code, where it gave one. */
  readonly ckr?: number;
}

/**
 * What the room says of an operation, with the request's own texts in place of `{label}` and the like: while it is done, in words
 * that follow "the worker is at the token:", and once it is done; where the second is left out, the outcome's facts are said.
 */
export type WordsOfWork = { readonly doing: string; readonly done?: string };

/**
 * One operation, whole: its rules, what people are told about its outcome, and how it is done. It knows the port to a token and
 * no token, so that browser, worker and verifier share it; only the worker ever has a token to hand it.
 */
export interface Operation extends OperationRules {
  /** Its parameters, each as JSON Schema: the published schema of scripts is made of them, and `problems` knows no others. */
  readonly parameters: ParameterSchemas;
  /** A ceremony in small: what is asked of a token in turn, this operation last. Scripts' schema shows it; tests play it. */
  readonly example: readonly OperationRequest[];
  readonly work: { readonly en: WordsOfWork; readonly de: WordsOfWork };
  /** What rows, attributes and fingerprints of its own are called in other languages, by the English that it tells them in. */
  readonly rowsIn?: { readonly de: { readonly [row: string]: string } };
  /** The sentence in other languages, of the same parameters: shown under the one that is approved; nobody signs it. */
  readonly sentenceIn: { readonly de: (request: OperationRequest, token: TokenSerials) => string };
  /** Total: an outcome that does not hold is told as far as it can be read. */
  tell(request: OperationRequest, outcome: Outcome): Telling;
  readonly execute: Execute;
  /**
   * The part of the recheck that needs a platform's crypto: whether the signatures inside an outcome verify. Problems in
   * sentences, none when they are good; left out by operations that sign nothing anybody could check.
   */
  readonly recheckSignatures?: (outcome: Outcome, verifier: SignatureVerifier, request: OperationRequest) => Promise<string[]>;
  /** Why it cannot be done on another token of this profile, listed under this label, by a stable name; null when it can. */
  readonly unable?: (request: OperationRequest, device: { readonly profile: TokenProfile; readonly label: string }) => string | null;
  /**
   * For work that leaves something behind and is not found by its CKA_ID on the ceremony's own token: whether an earlier call has
   * done it, or begun it in a way that only finishing it puts right; what is only half made is taken away. Asked where work that was
   * not begun must not begin any more. "unknown" where what was to be destroyed is gone and this worker did not note that it began: another
   * worker of the token may have done it, on whose disk that stands.
   */
  readonly isBegun?: (token: Token, request: OperationRequest, context: ExecuteContext) => Promise<boolean | "unknown">;
  /** It looks into its other tokens, with the user PINs that they have, although people enter PINs for it. */
  readonly opens?: true;
  /** Takes away what it made, where its outcome contradicts what was asked. */
  readonly undo?: (token: Token, request: OperationRequest, context: ExecuteContext) => Promise<void>;
}

/**
 * Does the work on the token. May be called again after any interruption: makers look before they make, the others leave
 * nothing behind. Refuses what the token's rules refuse; throws `TokenFault` when the world breaks.
 */
export type Execute = (token: Token, request: OperationRequest, context: ExecuteContext) => Promise<Result<Executed, OperationRefusal>>;
