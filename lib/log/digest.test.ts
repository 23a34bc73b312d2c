import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { base64url, fromBase64url, fromHex, hex, sameBytes, sha256Hex, text, utf8 } from "./digest";

const bytes = fc.uint8Array({ maxLength: 80 });

describe("sha256", () => {
  // NIST CAVP / FIPS 180-4 examples.
  test.each([
    ["", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],
    ["abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"],
    ["abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"],
  ])("of %j is as published", (message, digest) => expect(sha256Hex(utf8(message))).toBe(digest));
});

describe("hex", () => {
  test("there and back", () => fc.assert(fc.property(bytes, (value) => { expect(fromHex(hex(value))).toEqual(value); })));
  test.each(["0", "0A", "zz", " 00", "00\n", "0x00"])("refuses %j: one value has one spelling", (value) => expect(() => fromHex(value)).toThrow(RangeError));
});

describe("base64url", () => {
  // RFC 4648 section 10, without padding, and two values that tell this alphabet from the other one.
  test.each([
    ["", ""],
    ["f", "Zg"],
    ["fo", "Zm8"],
    ["foo", "Zm9v"],
    ["foob", "Zm9vYg"],
    ["fooba", "Zm9vYmE"],
    ["foobar", "Zm9vYmFy"],
    ["\xfb", "w7s"],
  ])("of %j is %s", (plain, written) => expect(base64url(utf8(plain))).toBe(written));
  test("has - and _ where the other alphabet has + and /", () => expect(base64url(Uint8Array.of(0xfb, 0xff, 0xbf))).toBe("-_-_"));
  test("there and back", () => fc.assert(fc.property(bytes, (value) => { expect(fromBase64url(base64url(value))).toEqual(value); })));

  test.each([
    ["padding", "Zg=="],
    ["the other alphabet", "+/+/"],
    ["a length no bytes have", "Zm9vY"],
    ["stray bits after one byte", "Zh"],
    ["stray bits after two bytes", "Zm9"],
    ["white space", "Zm 9v"],
    ["a line end", "Zm9v\n"],
    ["a letter outside ASCII", "Zm9ſ"],
  ])("refuses %s", (_what, value) => expect(() => fromBase64url(value)).toThrow(RangeError));

  test("of all texts of up to three characters, exactly one spells each value", () => {
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".split("");
    const spellings = new Set<string>();
    let refused = 0;
    const accept = (value: string) => {
      try {
        expect(base64url(fromBase64url(value))).toBe(value);
        spellings.add(value);
      } catch (fault) {
        if (!(fault instanceof RangeError)) throw fault;
        refused++;
      }
    };
    for (const a of alphabet) {
      accept(a);
      for (const b of alphabet) accept(a + b);
    }
    expect([spellings.size, refused]).toEqual([256, 64 + 64 * 64 - 256]);
  });
});

describe("text", () => {
  test("gives back what utf8 was given, a byte order mark too", () => expect(text(utf8("\ufeffŽižek 👩‍🚀"))).toBe("\ufeffŽižek 👩‍🚀"));
  test("throws on bytes that are not UTF-8", () => expect(() => text(Uint8Array.of(0xff))).toThrow(TypeError));
});

describe("sameBytes", () => {
  test("compares length and every byte", () => {
    expect(sameBytes(Uint8Array.of(1, 2), Uint8Array.of(1, 2))).toBe(true);
    expect(sameBytes(Uint8Array.of(1, 2), Uint8Array.of(1, 3))).toBe(false);
    expect(sameBytes(Uint8Array.of(1, 2), Uint8Array.of(1, 2, 0))).toBe(false);
    expect(sameBytes(new Uint8Array(), Uint8Array.of(0))).toBe(false);
  });
});
