import { TokenFault } from "#lib/token/fault";

/**
 * Whether the module answers an attempt with an error of its own. Throws whatever else stops it: a token that is gone is no answer.
 */
export async function isRefused(attempt: Promise<unknown>): Promise<boolean> {
  try {
    await attempt;
    return false;
  } catch (fault) {
    if (fault instanceof TokenFault && !fault.gone && fault.ckr !== null) return true;
    throw fault;
  }
}

/** The bytes with one bit of one byte flipped. */
export const bitFlipped = (bytes: Uint8Array, at: number): Uint8Array => Uint8Array.from(bytes, (byte, i) => (i === at ? byte ^ 1 : byte));
