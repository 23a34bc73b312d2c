import { createCipheriv, createDecipheriv, createHmac, randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import { canonicalText, parseCanonical, type Json } from "#lib/log/canonical";
import { ok, refuse, type Result } from "#lib/result";

/**
 * Bytes under a secret that people hold: a line of JSON that says what it is, a line with its MAC, then chunks of 64 KiB, each
 * under AES-256-GCM. A chunk's nonce holds its number and whether it is the last, and what is authenticated beside it is the
 * first line: chunks cannot be cut off, exchanged or carried into another archive (the STREAM construction of Hoang,
 * Reyhanitabar, Rogaway, Vizár).
 */

const FORMAT = "claviger/sealed-archive/v1";
/** RFC 7914. 128 MiB and about half a second for each try: the secret is typed by people, and may be guessed at. */
const KDF = { name: "scrypt", n: 131_072, r: 8, p: 1 } as const;
const SCRYPT = { N: KDF.n, r: KDF.r, p: KDF.p, maxmem: 256 << 20 };
const CHUNK = 65_536;
const TAG = 16;
const MAX_HEADER = 8_192;

const derive = promisify(scrypt) as (secret: Uint8Array, salt: Uint8Array, length: number, options: object) => Promise<Buffer>;

interface Keys {
  readonly sealing: Buffer;
  readonly header: Buffer;
}

async function keysOf(secret: Uint8Array, salt: Uint8Array): Promise<Keys> {
  const both = await derive(secret, salt, 64, SCRYPT);
  return { sealing: both.subarray(0, 32), header: both.subarray(32) };
}

/** What every archive says of itself in the clear; `about` is the caller's. */
interface Header {
  readonly format: string;
  readonly about: Json;
  readonly kdf: Json;
  readonly salt: string;
  readonly cipher: "AES-256-GCM";
  readonly nonce: string;
  readonly chunk: number;
}

export type ArchiveRefusal = "NO-ARCHIVE" | "KEY-WRONG" | "ARCHIVE-DAMAGED";

/** Seals the bytes under the secret. `about` stands in the clear, and is authenticated. */
export async function sealArchive(about: Json, plain: Uint8Array, secret: Uint8Array): Promise<Uint8Array> {
  const [salt, nonce] = [randomBytes(32), randomBytes(7)];
  const header: Header = {
    format: FORMAT,
    about,
    kdf: KDF,
    salt: salt.toString("hex"),
    cipher: "AES-256-GCM",
    nonce: nonce.toString("hex"),
    chunk: CHUNK,
  };
  const line = Buffer.from(canonicalText(header as unknown as Json), "utf8");
  const keys = await keysOf(secret, salt);
  try {
    const count = Math.max(1, Math.ceil(plain.length / CHUNK));
    const chunks = Array.from({ length: count }, (_, i) => {
      const cipher = createCipheriv("aes-256-gcm", keys.sealing, nonceOf(nonce, i, i === count - 1)).setAAD(line);
      return Buffer.concat([cipher.update(plain.subarray(i * CHUNK, (i + 1) * CHUNK)), cipher.final(), cipher.getAuthTag()]);
    });
    return Uint8Array.from(Buffer.concat([line, Buffer.from(`\n${macOf(keys, line).toString("hex")}\n`), ...chunks]));
  } finally {
    forget(keys);
  }
}

/** Opens it again. Tells a wrong secret from an archive that was changed or cut after it was sealed. */
export async function openArchive(
  bytes: Uint8Array,
  secret: Uint8Array,
): Promise<Result<{ readonly about: Json; readonly plain: Uint8Array }, ArchiveRefusal>> {
  const read = readHeader(bytes);
  if (!read) return refuse("NO-ARCHIVE");
  const { header, line, mac, body } = read;
  const keys = await keysOf(secret, Buffer.from(header.salt, "hex"));
  try {
    if (!timingSafeEqual(macOf(keys, line), mac)) return refuse("KEY-WRONG");
    const plain = openChunks(body, keys, Buffer.from(header.nonce, "hex"), line);
    return plain ? ok({ about: header.about, plain }) : refuse("ARCHIVE-DAMAGED");
  } finally {
    forget(keys);
  }
}

/** What an archive says of itself, authenticated by nobody yet; null for anything else. */
export const aboutArchive = (bytes: Uint8Array): Json | null => readHeader(bytes)?.header.about ?? null;

function readHeader(bytes: Uint8Array): { header: Header; line: Buffer; mac: Buffer; body: Buffer } | null {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = all.subarray(0, MAX_HEADER).indexOf(0x0a);
  const macEnd = all.indexOf(0x0a, end + 1);
  if (end < 0 || macEnd - end !== 65) return null;
  const line = all.subarray(0, end);
  try {
    const header = parseCanonical(line) as unknown as Header;
    // The cost of the derivation is not the file's to choose.
    const known = header.format === FORMAT && header.chunk === CHUNK && canonicalText(header.kdf) === canonicalText(KDF);
    const mac = all.toString("latin1", end + 1, macEnd);
    const sound = known && /^[0-9a-f]{64}$/.test(mac) && /^[0-9a-f]{64}$/.test(header.salt) && /^[0-9a-f]{14}$/.test(header.nonce);
    return sound
      ? { header, line, mac: Buffer.from(mac, "hex"), body: all.subarray(macEnd + 1) }
      : null;
  } catch {
    return null;
  }
}

function openChunks(body: Buffer, keys: Keys, nonce: Buffer, line: Buffer): Uint8Array | null {
  const count = Math.ceil(body.length / (CHUNK + TAG));
  const opened: Buffer[] = [];
  for (let i = 0; i < count; i += 1) {
    const chunk = body.subarray(i * (CHUNK + TAG), (i + 1) * (CHUNK + TAG));
    if (chunk.length < TAG) return null;
    const decipher = createDecipheriv("aes-256-gcm", keys.sealing, nonceOf(nonce, i, i === count - 1)).setAAD(line);
    decipher.setAuthTag(chunk.subarray(-TAG));
    try {
      opened.push(Buffer.concat([decipher.update(chunk.subarray(0, -TAG)), decipher.final()]));
    } catch {
      return null;
    }
  }
  return count === 0 ? null : Uint8Array.from(Buffer.concat(opened));
}

function nonceOf(prefix: Buffer, chunk: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  prefix.copy(nonce);
  nonce.writeUInt32BE(chunk, 7);
  nonce[11] = last ? 1 : 0;
  return nonce;
}

function macOf({ header }: Keys, line: Buffer): Buffer {
  return createHmac("sha256", header).update(line).digest();
}

function forget({ sealing, header }: Keys): void {
  sealing.fill(0);
  header.fill(0);
}
