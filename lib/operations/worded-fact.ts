import type { Fact } from "#lib/ceremony/operation";
import { sentenceOf, told, type Told } from "#lib/ceremony/told";

/** A row whose value is words: read in English in the record, and in the reader's language on a screen. */
export const worded = (name: string, said: Told, voice: Pick<Fact, "measured"> = {}): Fact => ({
  ...{ name, value: sentenceOf(said), said },
  ...voice,
});

/** Whether a signature verified outside the HSM. */
export const verifiedInWords = (verified: boolean): Told =>
  verified ? told`the signature is good` : told`the signature is not good`;
