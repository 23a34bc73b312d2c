import fc from "fast-check";
import { expect, test } from "vitest";
import { text, utf8 } from "#lib/log/digest";
import { base45, fromBase45 } from "./base45";

// RFC 9285, sections 4.3 and 4.4.
test.each([
  ["AB", "BB8"],
  ["Hello!!", "%69 VD92EX0"],
  ["base-45", "UJCLQE7W581"],
  ["ietf!", "QED8WEX0"],
])("spells %s as the RFC does, and reads it back", (plain, spelled) => {
  expect(base45(utf8(plain))).toBe(spelled);
  expect(text(fromBase45(spelled))).toBe(plain);
});

test("every byte string comes back as it was", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect(fromBase45(base45(bytes))).toEqual(bytes);
    }),
  );
});

test.each([
  ["a sign of another alphabet", "BB_"],
  ["a small letter", "bb8"],
  ["a length that no bytes have", "BB8B"],
  ["three signs beyond two bytes (RFC 9285, section 4.2)", "GGW"],
  ["two signs beyond one byte", "::"],
])("refuses %s", (_what, spelled) => {
  expect(() => fromBase45(spelled)).toThrow(RangeError);
});
