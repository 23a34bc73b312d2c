import type { Json } from "../log/canonical";
import type { Body } from "./entry";
import type { OperationRequest } from "./script";
import type { Told } from "./told";

/**
 * What an operation does to key material. `creates`, `uses` and `destroys` need a quorum, always; `reads` looks at what
 * anyone at the token may see (lists, attributes, public parts).
 */
export type OperationEffect = "creates" | "uses" | "destroys" | "reads";

/** A key that a request makes or needs, by the label the script gives it. */
export type KeyMention = { readonly label: string; readonly kind: "key-pair" | "secret-key" };

/** What came of an operation: canonical JSON, signed by the recorder as part of its entry. */
export type Outcome = { readonly [fact: string]: Json };

/** The devices of a ceremony: its own token by serial number, the other tokens that its script works on by name and serial number. */
export type TokenSerials = { readonly serial: string; readonly others?: { readonly [name: string]: string } | undefined };

/** What stands for the serial number of a token that is not initialised yet, and may be given another one when it is. */
export const NO_SERIAL = "none";

/**
 * One row a reader sees under an operation: what is true, in words, with the measured value. `said` is a value that is words: it
 * can be said in another language, and `value` is the same in English.
 */
export type Fact = {
  readonly name: string;
  readonly value: string;
  readonly measured?: boolean;
  readonly said?: Told;
  /** The name, where it is put together of words and values. */
  readonly called?: Told;
};

/**
 * A secret that two custodians enter in two parts, the first followed by the second. `chosen`: they make it up now and type it
 * twice; else it is one they know. `pinOf` names the token whose PIN it is, which then says how long it may be, and
 * `holder` whose: nobody enters parts of both PINs of one token.
 */
export type SecretAsked = {
  readonly name: string;
  /** In words that follow "the first half of": "the new user PIN of token vault". */
  readonly title: string;
  /** The same in other languages. */
  readonly titleIn: { readonly de: string };
  readonly chosen: boolean;
  readonly pinOf?: string;
  readonly holder?: "security-officer" | "user";
  /** What else than a PIN it is, alike in every operation that asks for it: "backup first". Nobody enters both parts of that, ever. */
  readonly whole?: string;
  /** Bytes of the whole secret, where no token says. */
  readonly length?: { readonly least: number; readonly most: number };
};

/** The rules of one operation, as far as they can be applied without a token. lib/operations has one file for each. */
export interface OperationRules {
  readonly name: string;
  readonly effect: OperationEffect;
  /** What is wrong with the parameters, in sentences; none when they are sound. */
  problems(request: OperationRequest): Told[];
  /** The keys that this request brings into being, and those that must exist before it. */
  makes(request: OperationRequest): readonly KeyMention[];
  needs(request: OperationRequest): readonly KeyMention[];
  /** The plain sentence people read and approve: what will happen, to which key, and what that key can and cannot do. */
  sentence(request: OperationRequest, token: TokenSerials): string;
  /** The other tokens it works on, by the names the script has for them; none when this is left out. */
  tokens?(request: OperationRequest): readonly string[];
  /** The secrets it needs, which two custodians enter in two parts each; none when this is left out. Only with a quorum. */
  secrets?(request: OperationRequest): readonly SecretAsked[];
  /** The token in its parameter `token` may have another serial number afterwards: the outcome's is the one from then on. */
  readonly renews?: true;
  /** The parameters as facts, for the signing sheet and the record. */
  facts(request: OperationRequest): Fact[];
  /**
   * What a verifier can recompute years later without the HSM: contradictions between the request, the earlier outcomes
   * of this ceremony (oldest first) and this outcome, in sentences; none when it holds.
   */
  recheck(request: OperationRequest, outcome: Outcome, context: RecheckContext): string[];
  /**
   * What this outcome shows that neither an earlier outcome of the ceremony nor its first look accounts for: the facts of the
   * class D deviation that the recorder then owes. Null when all is accounted for, as always when this is left out.
   */
  differs?(request: OperationRequest, outcome: Outcome, earlier: RecheckContext["earlier"]): Body<"worker-noted">["facts"] | null;
  /** What it does to the linter's model of the world, beyond the keys it makes and needs; nothing when it is left out. */
  world?(request: OperationRequest): readonly WorldEvent[];
}

/**
 * Something an operation changes or learns, as the linter sees it. `token` is the name of one of the script's other tokens;
 * null is the ceremony's own.
 */
export type WorldEvent =
  | {
      readonly event: "key-made";
      readonly label: string;
      readonly kind: KeyMention["kind"];
      readonly algorithm: string;
      readonly usage: readonly string[];
      readonly extractable: boolean;
      /** Only a key that the token's security officer made trusted may wrap it. */
      readonly wrapWithTrusted?: true;
    }
  /** A key that was there before the ceremony: it is known from now on, and nobody asks when it was tested. */
  | { readonly event: "key-identified"; readonly label: string; readonly kind: KeyMention["kind"] }
  /** It was seen to work, shown unable to leave, or its public half was exported. */
  | { readonly event: "key-tested" | "key-proven-inside" | "key-exported" | "key-certified"; readonly label: string }
  | { readonly event: "key-cloned"; readonly label: string; readonly to: string }
  | { readonly event: "key-condemned" | "key-destroyed"; readonly label: string }
  /** `wrapped`: key by key, for which each must be able to leave; else the whole token, as its provider archives it. */
  | { readonly event: "backup-made"; readonly backup: string; readonly wrapped: boolean }
  | { readonly event: "backup-verified"; readonly backup: string }
  | { readonly event: "backup-restored"; readonly backup: string; readonly to: string; readonly wrapped: boolean }
  | { readonly event: "token-initialised" | "token-condemned" | "token-zeroised"; readonly token: string | null }
  | { readonly event: "pin-changed"; readonly token: string | null; readonly pin: "so" | "user" }
  | { readonly event: "keys-listed"; readonly token: string | null }
  /** `compared`: with the firmware that the script expects. */
  | { readonly event: "health-read"; readonly token: string | null; readonly compared: boolean };

export type RecheckContext = {
  readonly ceremony: string;
  /** The CKA_ID this operation was authorised to use, hex. */
  readonly ckaId: string;
  /** When the intent of this operation was written, UTC: certificates are valid from then on. */
  readonly startedAt: string;
  readonly earlier: readonly { readonly request: OperationRequest; readonly outcome: Outcome; readonly ckaId: string }[];
  /** Serial numbers of the other tokens by name. */
  readonly others?: TokenSerials["others"];
};

/** All operations there are, by name. */
export interface OperationBook {
  find(name: string): OperationRules | null;
}
