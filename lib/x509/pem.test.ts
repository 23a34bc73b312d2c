import { describe, expect, test } from "vitest";
import { allFromPem, fromPem, toPem } from "./pem";

describe("PEM", () => {
  test("gives back the bytes it was made of, whatever blanks stand around and between", () => {
    const bytes = Uint8Array.from({ length: 100 }, (_, i) => i);
    const pem = toPem("CERTIFICATE", bytes);
    expect(fromPem(pem, "CERTIFICATE")).toEqual(bytes);
    expect(fromPem(`\n ${pem.replaceAll("\n", " \r\n")}\n`, "CERTIFICATE")).toEqual(bytes);
  });

  test("is one block of that label and nothing else", () => {
    const pem = toPem("CERTIFICATE", Uint8Array.of(1, 2, 3));
    for (const text of ["", pem + pem, `x${pem}`, `${pem}x`, pem.replace("AQID", "AQI"), pem.replace("AQID", "AQ*D")]) {
      expect(() => fromPem(text, "CERTIFICATE")).toThrow("PEM");
    }
    expect(() => fromPem(pem, "CERTIFICATE REQUEST")).toThrow("not exactly one CERTIFICATE REQUEST");
  });

  test("several blocks in one text are read one behind the other, with what authorities write between them", () => {
    const blocks = [Uint8Array.of(1, 2, 3), Uint8Array.of(4), new Uint8Array(100)];
    const text = blocks.map((bytes, i) => `subject=CN = ${String(i)}\n\n${toPem("CERTIFICATE", bytes)}`).join("\n");
    expect(allFromPem(`${text} end of it`, "CERTIFICATE")).toEqual(blocks);
    expect(allFromPem(toPem("KEY", Uint8Array.of(9)) + toPem("CERTIFICATE", Uint8Array.of(1)) + toPem("KEY", Uint8Array.of(9)), "CERTIFICATE")).toEqual([Uint8Array.of(1)]);
    for (const bad of ["", toPem("KEY", Uint8Array.of(1)), text.replace("AQID", "AQ*D"), text.slice(0, -20)]) expect(() => allFromPem(bad, "CERTIFICATE")).toThrow("PEM");
  });

  test("a long text that is none is refused as fast as it is read", { timeout: 2_000 }, () => {
    const blanks = " ".repeat(4_000);
    expect(() => fromPem(`-----BEGIN CERTIFICATE-----${blanks}!`, "CERTIFICATE")).toThrow("PEM");
    expect(() => fromPem(`-----BEGIN CERTIFICATE-----${"A ".repeat(100_000)}!`, "CERTIFICATE")).toThrow("PEM");
    expect(() => fromPem(`${" ".repeat(200_000)}!`, "CERTIFICATE")).toThrow("PEM");
  });
});
