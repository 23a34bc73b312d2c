import { describe, expect, test } from "vitest";
import { fromPem, toPem } from "./pem";

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

  test("a long text that is none is refused as fast as it is read", { timeout: 2_000 }, () => {
    const blanks = " ".repeat(4_000);
    expect(() => fromPem(`-----BEGIN CERTIFICATE-----${blanks}!`, "CERTIFICATE")).toThrow("PEM");
    expect(() => fromPem(`-----BEGIN CERTIFICATE-----${"A ".repeat(100_000)}!`, "CERTIFICATE")).toThrow("PEM");
    expect(() => fromPem(`${" ".repeat(200_000)}!`, "CERTIFICATE")).toThrow("PEM");
  });
});
