import { expect, it } from "vitest";
import { utf8 } from "#lib/log/digest";
import { mediaTypeOf } from "./media-type";

const latin1 = (text: string) => Uint8Array.from(text, (sign) => sign.charCodeAt(0));

it.each([
  ["\xff\xd8\xff\xe0 and the rest", "image/jpeg"],
  ["\x89PNG\r\n\x1a\n", "image/png"],
  ["RIFF\x10\0\0\0WEBPVP8 ", "image/webp"],
  ["\0\0\0\x18ftypheic", "image/heic"],
  ["\0\0\0\x20ftypisom\0\0\x02\0", "video/mp4"],
  ["\0\0\0\x14ftypqt  ", "video/quicktime"],
  ["\x1a\x45\xdf\xa3", "video/matroska"],
  ["%PDF-1.7\n", "application/pdf"],
  ["PK\x03\x04", "application/zip"],
  ["\0\0\0", "application/octet-stream"],
  ["caf\xe9 noir", "application/octet-stream"],
])("knows %j by its first bytes", (start, type) => {
  expect(mediaTypeOf(latin1(start))).toBe(type);
});

it("takes markup and scripts for plain text, so that nothing has a name that a browser would run", () => {
  for (const text of ["<!DOCTYPE html><script>1</script>", '<svg xmlns="http://www.w3.org/2000/svg"/>', "Protokoll für Müller\n"])
    expect(mediaTypeOf(utf8(text))).toBe("text/plain");
});

it("does not mind a character cut off at the end of what is looked at", () => {
  expect(mediaTypeOf(utf8("ü".repeat(3000)).subarray(0, 4_095))).toBe("text/plain");
});
