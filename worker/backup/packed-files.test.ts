import { expect, test } from "vitest";
import { canonical, type Json } from "#lib/log/canonical";
import { sha256Hex, utf8 } from "#lib/log/digest";
import { packFiles, unpackFiles } from "./packed-files";

const files = [
  { name: "token.object", bytes: utf8("abc") },
  { name: "a.object", bytes: new Uint8Array() },
];
const packed = packFiles({ manifest: { keys: [] }, files });

/** A listing of one's own choosing before the same file. */
function listing(change: { readonly [member: string]: Json }, content = "abc"): Uint8Array {
  const text = canonical({
    manifest: null,
    files: [{ name: "token.object", bytes: 3, sha256: sha256Hex(utf8("abc")), ...change }],
  });
  const head = Buffer.alloc(4);
  head.writeUInt32BE(text.length);
  return Uint8Array.from(Buffer.concat([head, text, Buffer.from(content)]));
}

test("what was packed is unpacked", () => {
  expect(unpackFiles(packed)).toEqual({ manifest: { keys: [] }, files });
  expect(unpackFiles(listing({}))).not.toBeNull();
});

test.each<[string, Uint8Array]>([
  ["nothing", new Uint8Array()],
  ["a file cut short", packed.subarray(0, -1)],
  ["bytes that no file has", Uint8Array.from([...packed, 0])],
  ["another file than was listed", listing({}, "abd")],
  ["a path in the place of a name", listing({ name: "../token.object" })],
  ["a hidden file", listing({ name: ".token" })],
  ["a length that is none", listing({ bytes: -3 })],
])("refuses %s", (_, bytes) => {
  expect(unpackFiles(bytes)).toBeNull();
});
