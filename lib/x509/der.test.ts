import { describe, expect, test } from "vitest";
import { fromHex, hex } from "#lib/log/digest";
import { derElement, derElements, oid, smallInteger, TAG, time } from "./der";
import { der, derInteger, derOid, derSet, derTime } from "./der-writer";
import { Malformed } from "./malformed";
import { fromPem, toPem } from "./pem";

// Encodings that BER allows, or that are simply broken: DER has one spelling, and this reader knows no other (X.690 chapter 10).
const refused: Record<string, string> = {
  "an indefinite length": "3080020101 0000",
  "a long length for a short value": "308103020101",
  "a length with a leading zero": "30820003020101",
  "a length of five bytes": "308500000000030201 01",
  "a value longer than the bytes": "300402 01",
  "a header without length": "30",
  "a tag of several bytes": "1f8101 00",
  "an integer with a leading zero": "02020001",
  "a negative integer with leading ones": "0202ff80",
  "an integer without a value": "0200",
  "a boolean of one": "010101",
  "a boolean of two bytes": "0102ffff",
  "a null with content": "050100",
  "an object identifier that does not end": "06022a86",
  "an object identifier with padding": "06042a8001 01",
  "an empty object identifier": "0600",
  "a bit string with unused bits set": "03020101",
  "a bit string with eight unused bits": "03020800",
  "an empty bit string": "0300",
};
test.each(Object.entries(refused))("refuses %s", (_, digits) => {
  const bytes = fromHex(digits.replace(/ /g, ""));
  expect(() => derElements(bytes).flatMap((element) => (element.tag & 0x20 ? derElements(element.content) : []))).toThrow(Malformed);
});

test("refuses a second element where one belongs, and another tag", () => {
  expect(() => derElement(fromHex("05000500"), TAG.null)).toThrow(Malformed);
  expect(() => derElement(fromHex("0500"), TAG.sequence)).toThrow(Malformed);
});

describe("what is written is read", () => {
  test.each(["1.2.840.113549.1.7.2", "2.5.29.15", "1.3.6.1.5.5.7.3.36", "2.16.840.1.101.3.4.2.1", "0.9.2342", "2.999.1"])("the identifier %s", (id) => {
    expect(oid(derElement(derOid(id), TAG.oid))).toBe(id);
  });
  test.each([0, 1, 127, 128, 255, 256, 65_535, 2 ** 31 - 1])("the integer %i", (value) => {
    expect(smallInteger(derElement(derInteger(value), TAG.integer))).toBe(value);
  });
  test.each([0, 127, 128, 255, 256, 70_000])("a value of %i bytes", (length) => {
    expect(derElement(der(TAG.octetString, new Uint8Array(length)), TAG.octetString).content.length).toBe(length);
  });
  test.each(["1999-12-31T23:59:59.000Z", "2026-11-22T15:09:00.000Z", "2049-12-31T23:59:59.000Z", "2050-01-01T00:00:00.000Z"])("the time %s", (at) => {
    expect(time(derElements(derTime(new Date(at)))[0])).toBe(Date.parse(at));
  });
  test("a set, in the order of its encodings", () => {
    expect(hex(derSet([derInteger(3), derInteger(1), derInteger(2)]))).toBe("3109020101020102020103");
  });
  test("a certificate in PEM", () => {
    const bytes = Uint8Array.from({ length: 200 }, (_, i) => i);
    expect(fromPem(toPem("CERTIFICATE", bytes), "CERTIFICATE")).toEqual(bytes);
  });
});

test.each(["20261341000000Z", "20261122150960Z", "2026112215Z", "20261122150900+0100", "20261122150900.50Z", "20261122150900"])("refuses the time %s", (text) => {
  const element = derElements(der(TAG.generalizedTime, new TextEncoder().encode(text)))[0];
  expect(() => time(element)).toThrow(Malformed);
});

test("refuses a time of 300,000 digits without choking on it", () => {
  const element = derElements(der(TAG.generalizedTime, new Uint8Array(300_000).fill(0x32)))[0];
  expect(() => time(element)).toThrow(Malformed);
});

test.each([
  ["two blocks", toPem("CERTIFICATE", new Uint8Array(3)).repeat(2)],
  ["another label", toPem("PRIVATE KEY", new Uint8Array(3))],
  ["text around it", `hello\n${toPem("CERTIFICATE", new Uint8Array(3))}`],
  ["broken base64", "-----BEGIN CERTIFICATE-----\nAAA\n-----END CERTIFICATE-----\n"],
])("refuses PEM with %s", (_, text) => {
  expect(() => fromPem(text, "CERTIFICATE")).toThrow(Malformed);
});
