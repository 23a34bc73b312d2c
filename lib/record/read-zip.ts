import { sameBytes, text } from "../log/digest";
import { zipArchive, type ArchivedFile } from "./zip-archive";

const LOCAL = 0x0403_4b50;
const DIRECTORY = 0x0201_4b50;
const LOCAL_LENGTH = 30;
/** A record at its largest, with everything that is in it once more. */
const MOST_BYTES = 160 * 1024 * 1024;
const MOST_FILES = 64;

/** Whether the bytes begin as an archive does: what they are then is for `readZip` to say. */
export const looksLikeZip = (bytes: Uint8Array): boolean => bytes.length > LOCAL_LENGTH && view(bytes).getUint32(0, true) === LOCAL;

/**
 * The files of an archive that `zipArchive` made, and of no other: what was read is put together again and has to be the same bytes.
 * So there is nothing packed that could grow, no second directory, no path that leaves the folder, and no byte that means nothing.
 * Null for everything else.
 */
export function readZip(bytes: Uint8Array): readonly ArchivedFile[] | null {
  if (bytes.length > MOST_BYTES) return null;
  const files: ArchivedFile[] = [];
  let at = 0;
  while (files.length <= MOST_FILES && at + LOCAL_LENGTH <= bytes.length && view(bytes).getUint32(at, true) === LOCAL) {
    const [size, nameLength] = [view(bytes).getUint32(at + 22, true), view(bytes).getUint16(at + 26, true)];
    const from = at + LOCAL_LENGTH + nameLength;
    const name = textOf(bytes.subarray(at + LOCAL_LENGTH, from));
    if (name === null || from + size > bytes.length) return null;
    files.push({ name, bytes: bytes.subarray(from, from + size) });
    at = from + size;
  }
  if (at + 4 > bytes.length || view(bytes).getUint32(at, true) !== DIRECTORY) return null;
  return sameBytes(rebuilt(files), bytes) ? files : null;
}

const view = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

function textOf(bytes: Uint8Array): string | null {
  try {
    return text(bytes);
  } catch {
    return null;
  }
}

/** Nothing, for names that no archive may have. */
function rebuilt(files: readonly ArchivedFile[]): Uint8Array {
  try {
    return zipArchive(files);
  } catch (fault) {
    if (fault instanceof RangeError) return new Uint8Array();
    throw fault;
  }
}
