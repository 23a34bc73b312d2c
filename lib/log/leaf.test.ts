import { expect, test } from "vitest";
import { text, utf8 } from "./digest";
import { eventHash, leafBytes, readLeaf, type Leaf } from "./leaf";

const hash = "0f".repeat(32);
const entry: Leaf = { kind: "entry", ceremony: "c-1", seq: 7, hash };
const event: Leaf = { kind: "event", event: "12", hash };

test.each([entry, event])("a leaf is read back as it was: %o", (leaf) => expect(readLeaf(leafBytes(leaf))).toEqual(leaf));
test.each([
  ["no JSON", utf8("leaf")],
  ["null", utf8("null")],
  ["another version", utf8(text(leafBytes(entry)).replace("v1", "v2"))],
  ["a member more", utf8(text(leafBytes(entry)).replace('{"', '{"also":1,"'))],
  ["another kind", utf8(text(leafBytes(entry)).replace('"entry"', '"other"'))],
  ["a number for a name", utf8(text(leafBytes(event)).replace('"12"', "12"))],
  ["a place between two", utf8(text(leafBytes(entry)).replace('"seq":7', '"seq":1.5'))],
  ["a place before the first", utf8(text(leafBytes(entry)).replace('"seq":7', '"seq":-7'))],
  ["a space", utf8(text(leafBytes(entry)).replace(",", ", "))],
])("with %s it is none", (_what, bytes) => expect(readLeaf(bytes)).toBeNull());

test("every member of an event is in its hash, the salt too", () => {
  const whole = { event: "1", at: "2026-11-22T10:00:00.000Z", kind: "signed-in", by: "p-1", facts: "{}", salt: "aa" };
  const hashes = [whole, ...Object.keys(whole).map((member) => ({ ...whole, [member]: "x" })), { ...whole, by: null }].map(eventHash);
  expect(new Set(hashes).size).toBe(8);
});
