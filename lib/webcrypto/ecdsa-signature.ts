/** Bytes of one P-256 coordinate, and so of each half of a raw signature. */
const HALF = 32;

/**
 * An ECDSA P-256 signature from DER (SEQUENCE of two INTEGERs, X.690 section 8.3) to the raw r‖s that WebCrypto takes.
 * Null for anything but the one DER spelling of two positive numbers below 2^256, so that one signature has one form.
 */
export function rawEcdsaSignature(der: Uint8Array): Uint8Array | null {
  // Two INTEGERs of at most 33 bytes each: the length always fits one byte below 128.
  if (der[0] !== 0x30 || der[1] !== der.length - 2) return null;
  const raw = new Uint8Array(2 * HALF);
  let at = 2;
  for (const end of [HALF, 2 * HALF]) {
    const length = der[at + 1] ?? 0;
    if (der[at] !== 0x02 || length === 0 || at + 2 + length > der.length) return null;
    const number = positive(der.subarray(at + 2, at + 2 + length));
    if (!number) return null;
    raw.set(number, end - number.length);
    at += 2 + length;
  }
  return at === der.length ? raw : null;
}

/** A DER INTEGER's contents without the sign byte; null when negative, not minimal, zero or too long. */
function positive(contents: Uint8Array): Uint8Array | null {
  const first = contents[0] ?? 0;
  if (first >= 0x80) return null;
  if (first !== 0) return contents.length <= HALF ? contents : null;
  const second = contents[1];
  if (second === undefined || second < 0x80) return null;
  return contents.length <= HALF + 1 ? contents.subarray(1) : null;
}
