/** RFC 9285: the signs of a QR code's alphanumeric mode, three for each two bytes. */
const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

/** Bytes as base45 (RFC 9285, section 4). */
export function base45(bytes: Uint8Array): string {
  let out = "";
  for (let i = 0; i < bytes.length; i += 2) {
    const [high, low] = [bytes[i] ?? 0, bytes[i + 1]];
    let rest = low === undefined ? high : high * 256 + low;
    for (let signs = low === undefined ? 2 : 3; signs > 0; signs--) {
      out += ALPHABET.charAt(rest % 45);
      rest = Math.floor(rest / 45);
    }
  }
  return out;
}

/** The one spelling of `base45` back to bytes; throws a RangeError on any other sign, length or value. */
export function fromBase45(value: string): Uint8Array {
  if (value.length % 3 === 1) throw new RangeError("not base45");
  const out: number[] = [];
  for (let i = 0; i < value.length; i += 3) {
    const digits = [...value.slice(i, i + 3)].map((sign) => ALPHABET.indexOf(sign));
    if (digits.some((digit) => digit < 0)) throw new RangeError("not base45");
    const number = digits.reduceRight((sum, digit) => sum * 45 + digit, 0);
    if (number > (digits.length === 3 ? 0xffff : 0xff)) throw new RangeError("not base45");
    if (digits.length === 3) out.push(number >> 8);
    out.push(number & 0xff);
  }
  return Uint8Array.from(out);
}
