import type { KeyState } from "#lib/ceremony/key-states";
import type { KeyMention } from "#lib/ceremony/operation";
import type { Refusal } from "#lib/ceremony/refusal";
import type { Mode } from "#lib/ceremony/roles";
import { hashOf } from "#lib/log/canonical";
import type { Commitment } from "#lib/log/commitment";
import type { KEY_USES } from "#lib/operations/key-order";
import type { ObjectReading } from "#lib/token/attributes";
import type { ProfileId } from "#lib/token/profile";
import type { OutcomeRef } from "./ceremony-evidence";

/** What a key may be asked to do. A MAC is made by "sign" and checked by "verify". */
export type KeyUse = (typeof KEY_USES)[number];

/** One token that holds, or held, the key. */
export type KeyPlace = {
  /** Serial number. */
  readonly token: string;
  /** CKA_ID, hex. */
  readonly ckaId: string;
  /** As they were read when an outcome said that they are there. */
  readonly objects: readonly ObjectReading[];
  readonly since: OutcomeRef;
  readonly gone: OutcomeRef | null;
};

export type KeyEvent =
  | {
      readonly what: "made" | "found" | "copied" | "condemned" | "destroyed" | "backed-up" | "restored";
      readonly at: string;
      readonly by: OutcomeRef;
      readonly people: readonly string[];
      /** The token it happened on, or the backup. */
      readonly where: string;
    }
  | {
      readonly what: "changed";
      readonly at: string;
      /** Hash of the change's document. */
      readonly change: string;
      readonly from: KeyState;
      readonly to: KeyState;
      readonly people: readonly string[];
      readonly reason: Commitment;
      /** Whether it was written of the key as it was before another change that counts, and counts itself because it is stricter. */
      readonly overtook: boolean;
    };

/** A key as the outcomes and the changes that a quorum agreed to make it. */
export type RegisteredKey = {
  /** SHA-256 of the public key; of a secret key a hash of the token and the id that it was first recorded under. */
  readonly key: string;
  readonly label: string;
  readonly kind: KeyMention["kind"];
  readonly algorithm: string;
  /** DER, base64url; null of a secret key. */
  readonly spki: string | null;
  readonly spkiSha256: string | null;
  /** Of a secret key, where an outcome gives one. */
  readonly checkValue: string | null;
  /** What it was ordered for; of a key that was there before, what its attributes let it do. */
  readonly uses: readonly KeyUse[];
  readonly state: KeyState;
  readonly stateSince: string;
  /** Whether it ever was: a destroyed key that had been compromised stays so. */
  readonly compromised: boolean;
  /** The outcome by which it came into the register. `made` there, or found as one that was there before. */
  readonly born: OutcomeRef & {
    readonly how: "made" | "found";
    readonly title: string;
    readonly script: { readonly script: string; readonly edition: number; readonly hash: string };
    readonly recorder: string;
    readonly approvedBy: readonly string[];
    /** What kind of module it was judged as; null where the outcome names none that is known. */
    readonly profile: ProfileId | null;
    /** SHA-256 of every file that was named as evidence in that ceremony. */
    readonly files: readonly string[];
  };
  readonly owner: Commitment | null;
  readonly purpose: Commitment | null;
  readonly environment: "production" | "test";
  readonly cryptoperiodDays: number | null;
  readonly processingDays: number | null;
  /** When it first became active. */
  readonly activeSince: string | null;
  /** Until when it may protect anything: the end of its cryptoperiod, or when it was deactivated. Null where nobody said. */
  readonly endsAt: string | null;
  /** Until when it may process what it protected. Null where nobody said. */
  readonly processedUntil: string | null;
  readonly destroyed: OutcomeRef | null;
  readonly places: readonly KeyPlace[];
  readonly backups: readonly { readonly backup: string; readonly by: OutcomeRef; readonly restored: OutcomeRef | null }[];
  readonly history: readonly KeyEvent[];
  /** Every ceremony that did something to it. */
  readonly ceremonies: readonly string[];
  /** What a change binds to: the hash of its birth and of every change and destruction since. */
  readonly head: string;
};

/** All keys of one mode, at a moment. */
export type Register = {
  readonly at: string;
  readonly mode: Mode;
  readonly keys: readonly RegisteredKey[];
  /** Changes that a quorum signed and the rules do not allow: they changed nothing. */
  readonly refused: readonly { readonly change: string; readonly key: string; readonly refusal: Refusal }[];
};

/** The id of a pair is its public key's; another token's copy is the same key. */
export const pairId = (spkiSha256: string): string => spkiSha256;
/** A secret key shows nothing of itself: it is known by where it was first recorded. */
export const secretId = (token: string, ckaId: string): string => hashOf({ v: "claviger/secret-key/v1", token, ckaId });

/** What a key's history comes to after one more event of it. */
export const nextHead = (key: string, before: string | null, event: string): string =>
  hashOf({ v: "claviger/key-head/v1", key, before, event });
