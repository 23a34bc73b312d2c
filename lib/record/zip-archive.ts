import { utf8 } from "#lib/log/digest";

/** A file of an archive: its path with forward slashes, and its bytes. */
export type ArchivedFile = { readonly name: string; readonly bytes: Uint8Array };

/** Bit 11: names are UTF-8 (APPNOTE 4.4.4). */
const UTF8_NAMES = 0x0800;
/** 1 January 1980, 00:00, as DOS has it: an archive of the same files is the same bytes whenever it is made. */
const NO_DATE = 0x0021;
const LARGEST = 0xffff_ffff;
const MOST = 0xffff;

/**
 * The files as one ZIP archive (PKWARE APPNOTE 6.3.9), stored and not packed, in the order given: the same bytes from the same files.
 * Throws a RangeError for what its 32-bit form cannot hold, and for a name that would leave the folder it is unpacked into.
 */
export function zipArchive(files: readonly ArchivedFile[]): Uint8Array {
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let at = 0;
  for (const { name, bytes } of files) {
    if (!isInside(name)) throw new RangeError(`${name} is no name for a file of an archive`);
    const path = utf8(name);
    const told = [UTF8_NAMES, 0, 0, NO_DATE];
    const sizes = [crc32(bytes), bytes.length, bytes.length];
    const local = record(0x0403_4b50, [20, ...told], sizes, [path.length, 0], path);
    directory.push(record(0x0201_4b50, [20, 20, ...told], sizes, [path.length, 0, 0, 0, 0, 0, 0, at & 0xffff, at >>> 16], path));
    parts.push(local, bytes);
    at += local.length + bytes.length;
  }
  const listed = directory.reduce((sum, { length }) => sum + length, 0);
  if (files.length > MOST || at + listed > LARGEST) throw new RangeError("too much for one archive");
  const end = record(0x0605_4b50, [0, 0, files.length, files.length], [listed, at], [0], new Uint8Array());
  return joined([...parts, ...directory, end]);
}

/** A signature, numbers of two bytes, of four, of two again, and what follows: little-endian, as all of ZIP. */
function record(signature: number, two: readonly number[], four: readonly number[], last: readonly number[], rest: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(4 + 2 * two.length + 4 * four.length + 2 * last.length + rest.length);
  const view = new DataView(bytes.buffer);
  let at = 0;
  const put16 = (value: number) => {
    view.setUint16(at, value, true);
    at += 2;
  };
  const put32 = (value: number) => {
    view.setUint32(at, value, true);
    at += 4;
  };
  put32(signature);
  two.forEach(put16);
  four.forEach(put32);
  last.forEach(put16);
  bytes.set(rest, at);
  return bytes;
}

const isInside = (name: string): boolean =>
  name.length <= 1000 && /^[^/\\\p{Cc}][^\\\p{Cc}]*$/u.test(name) && name.split("/").every((part) => part !== "" && part !== "." && part !== "..");

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb8_8320 ^ (value >>> 1) : value >>> 1;
  return value;
});

/** CRC-32 as ZIP has it (ISO 3309). */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffff_ffff;
  for (const byte of bytes) crc = (TABLE[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  return (crc ^ 0xffff_ffff) >>> 0;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
