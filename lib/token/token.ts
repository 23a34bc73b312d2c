import type { Result } from "#lib/result";
import type { SignatureAlgorithm } from "./algorithm";
import type { KeyReading, LeavingReadings, ObjectReading } from "./attributes";
import type { TokenRefusal } from "./fault";
import type { TokenProfile } from "./profile";
import type { KeyTemplate } from "./template";

/** Who the token says it is (PKCS#11 2.40, C_GetTokenInfo). Flags by name, without `CKF_`, sorted. */
export interface TokenIdentity {
  readonly label: string;
  readonly manufacturer: string;
  readonly model: string;
  readonly serial: string;
  readonly hardwareVersion: string;
  readonly firmwareVersion: string;
  readonly flags: readonly string[];
  /** Bytes that a PIN of this token may have, as the module says it. */
  readonly pinLength: { readonly least: number; readonly most: number };
  /** Bytes; null where the module does not say. */
  readonly freePublicMemory: number | null;
  readonly freePrivateMemory: number | null;
}

export interface Mechanism {
  /** PKCS#11's name without `CKM_`; the number in hex when there is none. */
  readonly name: string;
  readonly minKeySize: number;
  readonly maxKeySize: number;
  readonly flags: readonly string[];
}

/** A key that was generated; `kept` is false while it lives only in the session of the process that made it. */
export interface PreparedKey {
  readonly handle: string;
  readonly kept: boolean;
  readonly milliseconds: number;
}

/** A prepared key by its handle, or a key on the token by its CKA_ID. */
export type KeyTarget = { readonly handle: string } | { readonly id: Uint8Array };

/**
 * What stands under a CKA_ID. "half": an interrupted generation left a part; it can be of no use and may be destroyed. Where
 * nothing has the id, but the token holds nameless remains of a killed writer (see the profile), those are the parts: they may
 * be this key's.
 */
export type KeyLookup =
  | { readonly found: "nothing" }
  | { readonly found: "half"; readonly parts: readonly ObjectReading[] }
  | { readonly found: "complete"; readonly key: KeyReading };

/** One use a key was put to as a test; `ckrName` is the module's answer where that was an error. */
export interface KeyTest {
  readonly test: "sign-verify" | "mac" | "encrypt-decrypt" | "decrypt" | "wrap-unwrap" | "unwrap" | "derive";
  readonly passed: boolean;
  readonly ckrName: string | null;
}

export type ExportAnswer = "refused" | "allowed" | "not offered" | "unclear";

/** One try at getting a key out, and what the module said. "ignored" stands for CKR_OK without any effect. */
export interface ExportAttempt {
  readonly attempt: string;
  readonly answer: ExportAnswer;
  readonly ckr: number | null;
  readonly ckrName: string;
}

/**
 * `not-exportable` needs every attempt refused or not offered, and the key not marked extractable. One allowed attempt makes it
 * `exportable`; an unclear answer, or no wrapping mechanism that was shown to work, makes it `not-shown`. Findings are sorted
 * names.
 */
export interface ExportProof {
  readonly verdict: "not-exportable" | "exportable" | "not-shown";
  readonly findings: readonly string[];
  /** As they read after every attempt. */
  readonly attributes: LeavingReadings;
  readonly attempts: readonly ExportAttempt[];
}

/** The public half, as SPKI DER, of a one-time RSA pair in another token: whoever wraps to it wraps for that token alone. */
export interface Transport {
  readonly handle: string;
  readonly spki: Uint8Array;
}

/**
 * A key on its way to another token: under a one-time AES-256 key (RFC 5649), and that under the other token's RSA key (OAEP).
 */
export interface WrappedKey {
  readonly wrappingKey: Uint8Array;
  readonly key: Uint8Array;
}

export interface SignOptions {
  /** ECDSA only: "der" (the default; X.509, CMS, WebCrypto-verifier port) or "raw" r‖s (JWS). */
  readonly ecdsa?: "der" | "raw";
}

export interface Sealed {
  readonly iv: Uint8Array;
  /** Ciphertext followed by the 16-byte tag. */
  readonly ciphertext: Uint8Array;
}

/**
 * The port to an HSM. Every method throws `TokenFault` (or its kinds `TokenGone`, `PinRefused`, `BadTokenArgument`) when the
 * world breaks; only rules of this folder come back as refusals. Calls are served one at a time in the order they were made.
 */
export interface Token {
  readonly profile: TokenProfile;

  info(): Promise<TokenIdentity>;
  mechanisms(): Promise<readonly Mechanism[]>;

  /**
   * Generates a key in the module. Refuses an unsound template, an algorithm the module does not offer, a label or an id that
   * any object already has. Where the profile can copy objects the key is a session object and dies with this process until
   * `keepKey`; elsewhere it is on the token at once and `kept` says so.
   */
  prepareKey(template: KeyTemplate): Promise<Result<PreparedKey, TokenRefusal>>;
  /** Reads every attribute of a prepared key, one by one. */
  readBack(handle: string): Promise<KeyReading>;
  /** Uses a key in every way its attributes allow and checks the results outside the module where that is possible. */
  testKey(key: KeyTarget): Promise<readonly KeyTest[]>;
  /** Copies a prepared key onto the token and reads the copy. Refuses when label or id were taken meanwhile. */
  keepKey(handle: string): Promise<Result<KeyReading, TokenRefusal>>;
  /** Forgets a prepared key; one that the module already holds is destroyed. */
  discardKey(handle: string): Promise<void>;

  /** Looks under a CKA_ID. Answers "nothing" only after the token itself answered; two keys under one id are a fault. */
  lookById(id: Uint8Array): Promise<KeyLookup>;
  /** Every object on the token, sorted by class, label and id. Session objects of this process are left out. */
  listObjects(): Promise<readonly ObjectReading[]>;
  /** The public key under this id as SPKI DER. Faults when there is none. */
  exportPublicKey(id: Uint8Array): Promise<Uint8Array>;
  /** Destroys every key object with this id, private halves first, and nameless remains; answers how many there were. */
  destroyById(id: Uint8Array): Promise<number>;
  /**
   * Destroys every object on the token, whatever it is, private and secret keys first; answers how many there were. For other
   * tokens only.
   */
  destroyAll(): Promise<number>;
  /**
   * What tells a secret key from another without showing it: three bytes, hex, of a block of zeros encrypted (AES,
   * GlobalPlatform's key check value) or of its HMAC. A key that may only wrap wraps the zeros, or its module says the value it
   * keeps of it. Null for a key of which nothing of this can be had.
   */
  checkValue(id: Uint8Array): Promise<string | null>;

  /** Signs the bytes (hashed outside the module) and checks the signature with the public key before giving it out. */
  sign(id: Uint8Array, algorithm: SignatureAlgorithm, bytes: Uint8Array, options?: SignOptions): Promise<Uint8Array>;
  /** HMAC-SHA256 by a secret key. */
  mac(id: Uint8Array, bytes: Uint8Array): Promise<Uint8Array>;
  /** Whether the token itself accepts this HMAC-SHA256 under the key (C_Verify): false for one that it refuses. */
  verifyMac(id: Uint8Array, bytes: Uint8Array, mac: Uint8Array): Promise<boolean>;
  /**
   * Whether the module's HMAC-SHA256 is the real one: it is given a throw-away key whose value is known outside, and its answer
   * is computed again there. "not offered" where the module takes no key from outside, as many in FIPS mode do.
   */
  checkMacMechanism(): Promise<boolean | "not offered">;
  /**
   * Whether the module's AES-GCM is the real one: as `checkMacMechanism`, with a throw-away key known outside, in both directions.
   */
  checkCipherMechanism(): Promise<boolean | "not offered">;
  /** Decrypts with the private half what was encrypted with the public one outside: RSA-OAEP with SHA-1, which every module has. */
  decryptOaep(id: Uint8Array, ciphertext: Uint8Array): Promise<Uint8Array>;
  /** AES-GCM with a fresh 12-byte iv and a 128-bit tag. */
  encrypt(id: Uint8Array, plaintext: Uint8Array, aad?: Uint8Array): Promise<Sealed>;
  decrypt(id: Uint8Array, sealed: Sealed, aad?: Uint8Array): Promise<Uint8Array>;

  /** Makes a one-time transport pair, which lives until it is unwrapped with, or the process ends. */
  openTransport(): Promise<Transport>;
  /**
   * Wraps a key to another token's transport. Refuses a key that is not marked extractable (whatever the module would do), one
   * that may be wrapped by trusted keys only, and a module without RFC 5649.
   */
  wrapTo(id: Uint8Array, transport: Uint8Array): Promise<Result<WrappedKey, TokenRefusal>>;
  /**
   * Unwraps a key into this token as the template says; `spki` is the public half of a pair. Prepared and kept like a generated
   * one, and to be read back like one: some modules take no notice of the template. The transport is used up.
   */
  unwrapFrom(handle: string, wrapped: WrappedKey, template: KeyTemplate, spki: Uint8Array | null): Promise<Result<PreparedKey, TokenRefusal>>;

  /** Tries to get the private or secret key out by every way PKCS#11 has. What leaks is overwritten, never returned. */
  proveNotExportable(id: Uint8Array): Promise<ExportProof>;

  /** Random bytes of the module, 1 to 1024. */
  random(length: number): Promise<Uint8Array>;
}
