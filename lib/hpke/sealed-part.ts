import { Aes256Gcm, CipherSuite, HkdfSha256 } from "@hpke/core";
import { DhkemX25519HkdfSha256 } from "@hpke/dhkem-x25519";

/** RFC 9180 in base mode, by the IANA numbers of its section 7: who sent a part is told by the passkey that signed its hash. */
export const SUITE = { kem: 0x20, kdf: 1, aead: 2 } as const;

const suite = () => new CipherSuite({ kem: new DhkemX25519HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });

/** What is encrypted always has this length, so that a ciphertext does not tell how long a PIN is: its length, then it, then zeros. */
const PADDED_BYTES = 256;
const MOST_BYTES = PADDED_BYTES - 1;
const ENCAPSULATED_BYTES = 32;
const TAG_BYTES = 16;

/** How long every sealed part is: the encapsulated key, then the ciphertext with its tag. */
export const SEALED_BYTES = ENCAPSULATED_BYTES + PADDED_BYTES + TAG_BYTES;

/**
 * Encrypts a part to the holder of a public key (X25519, 32 bytes) and to one place, which `info` says. Throws a RangeError for a
 * part of none or more than 255 bytes, and whatever the library throws for a key that is none.
 */
export async function sealPart(publicKey: Uint8Array, info: Uint8Array, part: Uint8Array): Promise<Uint8Array> {
  if (part.length === 0 || part.length > MOST_BYTES) throw new RangeError("a part has 1 to 255 bytes");
  const padded = new Uint8Array(PADDED_BYTES);
  padded[0] = part.length;
  padded.set(part, 1);
  try {
    const hpke = suite();
    const recipientPublicKey = await hpke.kem.deserializePublicKey(owned(publicKey));
    const { enc, ct } = await hpke.seal({ recipientPublicKey, info: owned(info) }, owned(padded));
    const sealed = new Uint8Array(enc.byteLength + ct.byteLength);
    sealed.set(new Uint8Array(enc));
    sealed.set(new Uint8Array(ct), enc.byteLength);
    return sealed;
  } finally {
    padded.fill(0);
  }
}

/** A key pair that is in the memory of this process and nowhere else, until it is forgotten. */
export class OneTimeKey {
  readonly publicKey: Uint8Array;
  /** The library's own form of the private key, whose bytes can be overwritten; null once they were. */
  #privateKey: CryptoKey | null;

  private constructor(publicKey: Uint8Array, privateKey: CryptoKey) {
    this.publicKey = publicKey;
    this.#privateKey = privateKey;
  }

  static async make(): Promise<OneTimeKey> {
    const { kem } = suite();
    const { publicKey, privateKey } = await kem.generateKeyPair();
    return new OneTimeKey(new Uint8Array(await kem.serializePublicKey(publicKey)), privateKey);
  }

  /** The part, or null when it was sealed to another key or place, or was changed. Throws once the key was forgotten. */
  async open(sealed: Uint8Array, info: Uint8Array): Promise<Uint8Array | null> {
    const recipientKey = this.#privateKey;
    if (!recipientKey) throw new Error("the one-time key was forgotten");
    if (sealed.length !== SEALED_BYTES) return null;
    const [enc, ciphertext] = [sealed.subarray(0, ENCAPSULATED_BYTES), sealed.subarray(ENCAPSULATED_BYTES)];
    let padded: Uint8Array;
    try {
      padded = new Uint8Array(await suite().open({ recipientKey, enc: owned(enc), info: owned(info) }, owned(ciphertext)));
    } catch {
      // HPKE has one answer to everything that was not sealed for this key and place (RFC 9180, section 5.2: OpenError).
      return null;
    }
    const length = padded[0] ?? 0;
    const part = length > 0 && length < padded.length ? padded.slice(1, 1 + length) : null;
    padded.fill(0);
    return part;
  }

  /** Overwrites the private key. */
  forget(): void {
    const raw: unknown = this.#privateKey && Reflect.get(this.#privateKey, "key");
    if (raw instanceof Uint8Array) raw.fill(0);
    this.#privateKey = null;
  }
}

/** Bytes with a buffer of their own, as the library and WebCrypto take them. */
const owned = (bytes: Uint8Array): ArrayBuffer => new Uint8Array(bytes).buffer;
