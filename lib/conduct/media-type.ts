/** How many bytes of a file are looked at. */
export const LOOKED_AT = 4_096;

type Mark = readonly [at: number, bytes: string, type: string];

/** What files of a kind begin with (or have at that place), as Latin-1. */
const MARKS: readonly Mark[] = [
  [0, "\xff\xd8\xff", "image/jpeg"],
  [0, "\x89PNG\r\n\x1a\n", "image/png"],
  [0, "GIF87a", "image/gif"],
  [0, "GIF89a", "image/gif"],
  [0, "II*\0", "image/tiff"],
  [0, "MM\0*", "image/tiff"],
  [8, "WEBP", "image/webp"],
  [4, "ftypheic", "image/heic"],
  [4, "ftypheix", "image/heic"],
  [4, "ftypmif1", "image/heif"],
  [4, "ftypavif", "image/avif"],
  [4, "ftypqt  ", "video/quicktime"],
  [4, "ftyp", "video/mp4"],
  [0, "\x1a\x45\xdf\xa3", "video/matroska"],
  [0, "%PDF-", "application/pdf"],
  [0, "PK\x03\x04", "application/zip"],
];

/**
 * What a file is by its first bytes, never by its name or by what a browser says of it. Text of any kind, markup and scripts
 * too, is plain text here, and whatever is not known is only bytes: nothing that a browser would run has a name of its own.
 */
export function mediaTypeOf(head: Uint8Array): string {
  const start = Array.from(head.subarray(0, 32), (byte) => String.fromCharCode(byte)).join("");
  const mark = MARKS.find(([at, bytes]) => start.startsWith(bytes, at));
  return mark?.[2] ?? (isText(head.subarray(0, LOOKED_AT)) ? "text/plain" : "application/octet-stream");
}

/** Whether the bytes are UTF-8 without control characters; the last character may be cut off. */
function isText(head: Uint8Array): boolean {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(head, { stream: true });
    return text !== "" && !/[^\P{Cc}\t\n\f\r]/u.test(text);
  } catch {
    return false; // not UTF-8
  }
}
