import type { RegisteredKey } from "./registered-key";

/** Encryptions in one share. With `MOST_SHARES` of them, less than 2^32. */
export const SHARE = 65_536;
/** One share of 65,536 is never given: what ceremonies encrypt by the key, to try it, is not counted here. */
export const MOST_SHARES = 65_535;
/** From the share of this number on half of them are used up (2^31). */
export const HALF = 32_768;

/** An AES key that has used half of the encryptions that NIST SP 800-38D, 8.3, lets it do. */
export type NearlyUsedUp = {
  readonly key: RegisteredKey;
  /** Of its encryptions, in whole percent; 100 once the last share of them is given. */
  readonly percent: number;
};

/** Keys whose encryptions are counted and that may encrypt, or will again: any other needs no successor for their sake. */
export const encryptsByCount = ({ algorithm, state, uses }: RegisteredKey): boolean =>
  algorithm.startsWith("AES") && uses.includes("encrypt") && (state === "active" || state === "suspended");

/**
 * All of those by the number of the last share that was given of each. It is told until the key encrypts no more because custodians said
 * so: another one has then taken its place.
 */
export const nearlyUsedUp = (keys: readonly RegisteredKey[], lastShare: ReadonlyMap<string, number>): readonly NearlyUsedUp[] =>
  keys.filter(encryptsByCount).flatMap((key): NearlyUsedUp[] => {
    const number = lastShare.get(key.key) ?? -1;
    return number >= HALF ? [{ key, percent: Math.floor(((number + 1) * 100) / MOST_SHARES) }] : [];
  });
