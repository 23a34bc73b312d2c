/**
 * An ECDSA signature from DER (SEQUENCE of two INTEGERs, X.690 section 8.3) to the raw r‖s that WebCrypto takes, each half of
 * `size` bytes. Null for anything but the one DER spelling of two positive numbers of that size, so that one signature has
 * one form.
 */
export function rawEcdsaSignature(der: Uint8Array, size: number): Uint8Array | null {
  // Two INTEGERs of at most 67 bytes each: the length fits one byte, which P-521 alone writes in the long form.
  const long = der[1] === 0x81;
  const length = long ? (der[2] ?? 0) : (der[1] ?? 0);
  const begin = long ? 3 : 2;
  if (der[0] !== 0x30 || length >= 0x80 !== long || length !== der.length - begin) return null;
  const raw = new Uint8Array(2 * size);
  let at = begin;
  for (const end of [size, 2 * size]) {
    const bytes = der[at + 1] ?? 0;
    if (der[at] !== 0x02 || bytes === 0 || at + 2 + bytes > der.length) return null;
    const number = positive(der.subarray(at + 2, at + 2 + bytes), size);
    if (!number) return null;
    raw.set(number, end - number.length);
    at += 2 + bytes;
  }
  return at === der.length ? raw : null;
}

/** A DER INTEGER's contents without the sign byte; null when negative, not minimal, zero or too long. */
function positive(contents: Uint8Array, size: number): Uint8Array | null {
  const first = contents[0] ?? 0;
  if (first >= 0x80) return null;
  if (first !== 0) return contents.length <= size ? contents : null;
  const second = contents[1];
  if (second === undefined || second < 0x80) return null;
  return contents.length <= size + 1 ? contents.subarray(1) : null;
}
