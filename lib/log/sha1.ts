import { sha1 as nobleSha1 } from "@noble/hashes/legacy.js";

/**
 * SHA-1, as a name and nothing else: OCSP (RFC 6960) and the validation data of PDF (ISO 32000-2 clause 12.8.4.3) call certificates,
 * keys and signatures by it. What is called so is always compared, or its signature checked, as well.
 */
export const sha1 = (bytes: Uint8Array): Uint8Array => nobleSha1(bytes);
