import { canonical, parseCanonical, type Json } from "#lib/log/canonical";
import { sha256Hex } from "#lib/log/digest";

/** Files of one flat folder with a manifest before them: what goes into an archive. */
export interface Packed {
  readonly manifest: Json;
  readonly files: readonly PackedFile[];
}

export interface PackedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A file's name and nothing else: an archive must not say where on this machine it is unpacked. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;
const LENGTH_BYTES = 4;

/** A length, the canonical listing `{manifest, files: [{name, bytes, sha256}]}`, and the files one after the other. */
export function packFiles({ manifest, files }: Packed): Uint8Array {
  const listing = canonical({
    manifest,
    files: files.map(({ name, bytes }) => ({ name, bytes: bytes.length, sha256: sha256Hex(bytes) })),
  });
  const head = Buffer.alloc(LENGTH_BYTES);
  head.writeUInt32BE(listing.length);
  return Uint8Array.from(Buffer.concat([head, listing, ...files.map(({ bytes }) => bytes)]));
}

/** Back again; null when anything is missing, too much, named otherwise, or has another hash than the listing says. */
export function unpackFiles(packed: Uint8Array): Packed | null {
  const all = Buffer.from(packed.buffer, packed.byteOffset, packed.byteLength);
  if (all.length < LENGTH_BYTES) return null;
  const end = LENGTH_BYTES + all.readUInt32BE();
  try {
    const { manifest, files: listed } = parseCanonical(all.subarray(LENGTH_BYTES, end)) as unknown as {
      manifest: Json;
      files: { name: string; bytes: number; sha256: string }[];
    };
    let at = end;
    const files = listed.map(({ name, bytes, sha256 }) => {
      const content = Uint8Array.from(all.subarray(at, at + bytes));
      at += bytes;
      if (!NAME.test(name) || content.length !== bytes || sha256Hex(content) !== sha256)
        throw new RangeError("another file than was listed");
      return { name, bytes: content };
    });
    const once = new Set(files.map(({ name }) => name)).size === files.length;
    return at === all.length && once ? { manifest, files } : null;
  } catch {
    return null;
  }
}
