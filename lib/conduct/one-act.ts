import { hashOf, type Json } from "#lib/log/canonical";
import { sha256, utf8 } from "#lib/log/digest";

/** On a shared browser: who acts, and their passkey's signature over exactly this act. */
export type OneAct = { readonly ceremony: string; readonly person: string; readonly nonce: string; readonly act: Json };

/**
 * What a person's passkey signs for one act on a browser that is passed from hand to hand: the hash of the act with its
 * purpose, its ceremony, its person and a nonce used once. No statement, endorsement or sign-in can be one, nor one of them
 * this; and it is worth nothing for another act, another person or a second time.
 */
export const oneActChallenge = ({ ceremony, person, nonce, act }: OneAct): Uint8Array =>
  sha256(utf8(["claviger/one-act/v1", ceremony, person, nonce, hashOf(act)].join("\0")));
