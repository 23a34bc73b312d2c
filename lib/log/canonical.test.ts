import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonical, CanonicalFault, canonicalText, hashOf, parseCanonical, type Json } from "./canonical";
import { hex, sha256, utf8 } from "./digest";

const parsed = (json: string) => JSON.parse(json) as Json;

/** Anything our profile of RFC 8785 admits. */
const admitted = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom(null, true, false),
    fc.maxSafeInteger().filter((n) => !Object.is(n, -0)),
    fc.string({ unit: "grapheme" }).map((text) => text.normalize("NFC")),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(fc.string({ unit: "grapheme-ascii", maxLength: 6 }), tie("value"), { maxKeys: 4, noNullPrototype: true }),
  ),
})).value;

describe("canonical", () => {
  // RFC 8785 section 3.2.2 (strings and literals), 3.2.3 (order), and github.com/cyberphone/json-canonicalization, testdata:
  // the vectors that are NFC and have only integers. The others are refused, further down.
  test.each([
    ["RFC 8785 section 3.2.2, string", String.raw`{"string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/"}`, String.raw`{"string":"€$\u000f\nA'B\"\\\\\"/"}`],
    ["RFC 8785 section 3.2.2, literals", `{"literals": [null, true, false]}`, `{"literals":[null,true,false]}`],
    [
      "RFC 8785 section 3.2.3, in the order of UTF-16 code units",
      String.raw`{"\u20ac":"Euro Sign","\r":"Carriage Return","1":"One","\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis"}`,
      `{"\\r":"Carriage Return","1":"One","\u0080":"Control","ö":"Latin Small Letter O With Diaeresis","€":"Euro Sign","😀":"Emoji: Grinning Face"}`,
    ],
    ["testdata/arrays.json", `[56, {"d": true, "10": null, "1": []}]`, `[56,{"1":[],"10":null,"d":true}]`],
    [
      "testdata/french.json",
      `{"peach": "This sorting order", "péché": "is wrong according to French", "pêche": "but canonicalization MUST", "sin": "ignore locale"}`,
      `{"peach":"This sorting order","péché":"is wrong according to French","pêche":"but canonicalization MUST","sin":"ignore locale"}`,
    ],
    [
      "testdata/structures.json",
      String.raw`{"1": {"f": {"f": "hi", "F": 5}, "\n": 56.0}, "10": {}, "": "empty", "a": {}, "111": [{"e": "yes", "E": "no"}], "A": {}}`,
      String.raw`{"":"empty","1":{"\n":56,"f":{"F":5,"f":"hi"}},"10":{},"111":[{"E":"no","e":"yes"}],"A":{},"a":{}}`,
    ],
  ])("writes %s as published", (_source, json, written) => expect(canonicalText(parsed(json))).toBe(written));

  // RFC 8785 appendix B, the rows that are integers JavaScript holds exactly.
  test.each([[0, "0"], [9007199254740991, "9007199254740991"], [-9007199254740991, "-9007199254740991"]])("writes %d as %s", (value, written) =>
    expect(canonicalText(value)).toBe(written));

  test.each<[string, unknown, string]>([
    ["a fraction (RFC 8785 section 3.2.2, numbers)", { numbers: [4.5] }, "/numbers/0"],
    ["an integer beyond 2^53 - 1 (appendix B)", 9007199254740992, ""],
    ["minus zero, which would be written like zero (appendix B)", -0, ""],
    ["no number", NaN, ""],
    ["infinity", Infinity, ""],
    ["half a surrogate pair (RFC 8785 section 3.2.2.2)", { a: "\ud83d" }, "/a"],
    ["the other half", ["\ude00x"], "/0"],
    ["text that is not NFC (testdata/unicode.json)", { "Unnormalized Unicode": "A\u030a" }, "/Unnormalized Unicode"],
    ["a member name that is not NFC (section 3.2.3's Hebrew letter, which NFC takes apart)", { "\ufb33": 1 }, ""],
    ["undefined", { a: undefined }, "/a"],
    ["a date", { a: new Date(0) }, "/a"],
    ["bytes", new Uint8Array(2), ""],
    ["a function", { a: () => 1 }, "/a"],
  ])("refuses %s and says where", (_what, value, path) => {
    expect(() => canonical(value as Json)).toThrow(CanonicalFault);
    try {
      canonical(value as Json);
    } catch (fault) {
      expect((fault as CanonicalFault).path).toBe(path);
    }
  });

  test("a fault never carries the value", () => expect(() => canonical({ pin: "123456\ud83d" })).toThrow(/^\/pin: half a surrogate pair$/));

  test("hashes the UTF-8 bytes of the text", () => {
    expect(hex(canonical({ name: "Žižek" }))).toBe(hex(utf8(`{"name":"Žižek"}`)));
    expect(hashOf({ name: "Žižek" })).toBe(hex(sha256(utf8(`{"name":"Žižek"}`))));
  });
});

describe("parseCanonical", () => {
  test.each([
    ["white space", `{"a": 1}`],
    ["a line at the end", `{"a":1}\n`],
    ["a byte order mark", `\ufeff{"a":1}`],
    ["members in another order", `{"b":1,"a":2}`],
    ["a member named twice", `{"a":1,"a":2}`],
    ["a member named twice that comes out right", `{"a":2,"a":2}`],
    ["an escape that is not needed", String.raw`{"a":"\u0041"}`],
    ["an escaped slash", String.raw`{"a":"\/"}`],
    ["capital hex in an escape", String.raw`{"a":"\u000F"}`],
    ["a number with an exponent", `{"a":1e2}`],
    ["a number with a point", `{"a":1.0}`],
    ["minus zero", `{"a":-0}`],
    ["an integer that would be rounded", `{"a":9007199254740993}`],
    ["text that is not NFC", `{"a":"A\u030a"}`],
    ["two values", `{}{}`],
    ["nothing", ``],
  ])("refuses %s: a second spelling could carry one hash twice", (_what, text) => expect(() => parseCanonical(utf8(text))).toThrow(CanonicalFault));

  test("refuses bytes that are not UTF-8: overlong, a surrogate, cut short", () => {
    for (const bytes of [[0x22, 0xc0, 0xaf, 0x22], [0x22, 0xed, 0xa0, 0x80, 0x22], [0x22, 0xe2, 0x82, 0x22]]) {
      expect(() => parseCanonical(new Uint8Array(bytes))).toThrow(CanonicalFault);
    }
  });

  test("refuses nesting that would exhaust the stack, at once", () => {
    for (const [open, close] of [["[", "]"], ['{"a":', "}"]] as const) {
      expect(() => parseCanonical(utf8(open.repeat(200_000) + "1" + close.repeat(200_000)))).toThrow(CanonicalFault);
    }
    expect(parseCanonical(utf8("[".repeat(64) + "]".repeat(64)))).toHaveLength(1);
  });

  test("keeps a member called __proto__ as a member", () => {
    const text = `{"__proto__":{"polluted":true},"a":1}`;
    const value = parseCanonical(utf8(text)) as { polluted?: unknown };
    expect(value.polluted).toBeUndefined();
    expect(canonicalText(value as Json)).toBe(text);
  });

  test("gives back every admitted value, and is the only spelling of it", () => {
    fc.assert(
      fc.property(admitted, (value) => {
        const bytes = canonical(value);
        expect(parseCanonical(bytes)).toEqual(value);
        expect(canonical(parseCanonical(bytes))).toEqual(bytes);
      }),
    );
  });

  test("the order in which members were made does not matter", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: "grapheme-ascii" }), fc.integer(), { noNullPrototype: true }), (value) => {
        const backwards = Object.fromEntries(Object.entries(value).reverse());
        expect(canonicalText(backwards)).toBe(canonicalText(value));
      }),
    );
  });

  test("a bit changed anywhere is another hash, or no canonical form", () => {
    const value = { v: "claviger/entry/v1", seq: 7, by: "olga", body: { step: "hear", list: [1, 2, 3] } };
    const bytes = canonical(value);
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const changed = Uint8Array.from(bytes);
      changed[bit >> 3]! ^= 1 << (bit & 7);
      let hash: string | null = null;
      try {
        hash = hashOf(parseCanonical(changed));
      } catch (fault) {
        expect(fault).toBeInstanceOf(CanonicalFault);
      }
      expect(hash).not.toBe(hashOf(value));
    }
  });
});
