import { hex } from "#lib/log/digest";
import type { PlatformKey, ReadPublicKey } from "#lib/operations/operation";

const MEMBERS = ["kty", "crv", "n", "e", "x", "y"] as const;

const IMPORTS: readonly (EcKeyImportParams | RsaHashedImportParams | Algorithm)[] = [
  { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" },
  ...["P-256", "P-384", "P-521"].map((namedCurve) => ({ name: "ECDSA", namedCurve })),
  { name: "Ed25519" },
];

/**
 * A public key as the platform understands it: parsed by WebCrypto, taken out as numbers, put together again from those and
 * hashed,
 * without a line of this project's own DER or SHA-256. Null when the platform takes the bytes for no key of the known kinds.
 */
export const webCryptoPublicKey: ReadPublicKey = async (spki) => {
  for (const algorithm of IMPORTS) {
    const read = await readAs(algorithm, spki);
    if (read) return read;
  }
  return null;
};

async function readAs(algorithm: (typeof IMPORTS)[number], spki: Uint8Array): Promise<PlatformKey | null> {
  const { subtle } = globalThis.crypto;
  try {
    const key = await subtle.importKey("spki", new Uint8Array(spki), algorithm, true, ["verify"]);
    const all = await subtle.exportKey("jwk", key);
    const jwk = Object.fromEntries(MEMBERS.flatMap((name) => (all[name] === undefined ? [] : [[name, all[name]]])));
    const again = await subtle.exportKey("spki", await subtle.importKey("jwk", jwk, algorithm, true, ["verify"]));
    return { jwk, spkiSha256: hex(new Uint8Array(await subtle.digest("SHA-256", again))) };
  } catch (fault) {
    if (fault instanceof Error && fault.name === "DataError") return null;
    throw fault;
  }
}
