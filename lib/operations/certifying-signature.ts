import { KEY_PAIR_ALGORITHMS, type SignatureAlgorithm, testSignatureOf } from "#lib/token/algorithm";
import type { MadePair } from "./made-key";

/** The signature with which a key signs certificates and requests; null for a key that was not made to sign. */
export function certifyingSignature(key: Pick<MadePair, "algorithm" | "usage">): SignatureAlgorithm | null {
  const algorithm = KEY_PAIR_ALGORITHMS.find((known) => known === key.algorithm);
  return algorithm && key.usage.includes("sign") ? testSignatureOf(algorithm) : null;
}
