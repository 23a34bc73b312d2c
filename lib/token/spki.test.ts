import { createPublicKey, generateKeyPairSync, sign, verify } from "node:crypto";
import { describe, expect, test } from "vitest";
import { der, octetStringContent, unsignedInteger } from "./der";
import { curveOfParameters, curveParameters, ecdsaSignatureDer, ecSpki, rsaSpki } from "./spki";

const CURVES = { "P-256": "prime256v1", "P-384": "secp384r1", "P-521": "secp521r1" } as const;
const bytes = (base64url: string): Uint8Array => Uint8Array.from(Buffer.from(base64url, "base64url"));

describe("public keys in DER", () => {
  test("an RSA key has the bytes OpenSSL writes, leading zeros or not", () => {
    for (const size of [1024, 2048]) {
      const { publicKey } = generateKeyPairSync("rsa", { modulusLength: size });
      const { n, e } = publicKey.export({ format: "jwk" });
      const expected = Uint8Array.from(publicKey.export({ format: "der", type: "spki" }));
      expect(rsaSpki(bytes(n!), bytes(e!))).toEqual(expected);
      expect(rsaSpki(Uint8Array.of(0, 0, ...bytes(n!)), Uint8Array.of(0, ...bytes(e!)))).toEqual(expected);
    }
  });

  test("an EC key has the bytes OpenSSL writes, from the bare point and from the OCTET STRING", () => {
    for (const [curve, namedCurve] of Object.entries(CURVES) as [keyof typeof CURVES, string][]) {
      const { publicKey } = generateKeyPairSync("ec", { namedCurve });
      const { x, y } = publicKey.export({ format: "jwk" });
      const point = Uint8Array.of(4, ...bytes(x!), ...bytes(y!));
      const expected = Uint8Array.from(publicKey.export({ format: "der", type: "spki" }));
      expect(ecSpki(curve, point)).toEqual(expected);
      expect(ecSpki(curve, der(0x04, point))).toEqual(expected);
      expect(createPublicKey({ key: Buffer.from(expected), format: "der", type: "spki" }).asymmetricKeyDetails?.namedCurve).toBe(namedCurve);
    }
  });

  test("refuses points of another curve, compressed, cut short or empty (SoftHSM leaves such after a kill)", () => {
    const point = Uint8Array.of(4, ...new Uint8Array(64).fill(7));
    expect(ecSpki("P-384", point)).toBeNull();
    expect(ecSpki("P-256", Uint8Array.of(2, ...new Uint8Array(32)))).toBeNull();
    expect(ecSpki("P-256", Uint8Array.of(2, ...new Uint8Array(64)))).toBeNull();
    expect(ecSpki("P-256", point.subarray(0, 64))).toBeNull();
    expect(ecSpki("P-256", der(0x04, point).subarray(0, 66))).toBeNull();
    expect(ecSpki("P-256", new Uint8Array())).toBeNull();
    expect(ecSpki("P-256", der(0x04, new Uint8Array()))).toBeNull();
  });

  test("curves are told by their object identifier", () => {
    for (const curve of Object.keys(CURVES) as (keyof typeof CURVES)[]) expect(curveOfParameters(curveParameters(curve))).toBe(curve);
    expect(curveOfParameters(Uint8Array.of(0x06, 0x05, 0x2b, 0x81, 0x04, 0x00, 0x0a))).toBeNull();
  });
});

describe("ECDSA signatures in DER", () => {
  test("r‖s becomes what OpenSSL verifies, on every curve, high bits and leading zeros included", () => {
    for (const namedCurve of Object.values(CURVES)) {
      const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve });
      for (let i = 0; i < 60; i += 1) {
        const message = Buffer.from(`message ${i}`);
        const raw = Uint8Array.from(sign("sha256", message, { key: privateKey, dsaEncoding: "ieee-p1363" }));
        expect(verify("sha256", message, { key: publicKey, dsaEncoding: "der" }, ecdsaSignatureDer(raw))).toBe(true);
      }
    }
  });

  test("refuses an odd or empty length", () => {
    expect(() => ecdsaSignatureDer(new Uint8Array(63))).toThrow(RangeError);
    expect(() => ecdsaSignatureDer(new Uint8Array())).toThrow(RangeError);
  });
});

describe("DER itself", () => {
  test("integers are minimal and never read as negative", () => {
    expect(unsignedInteger(Uint8Array.of(0, 0, 1))).toEqual(Uint8Array.of(2, 1, 1));
    expect(unsignedInteger(Uint8Array.of(0x80))).toEqual(Uint8Array.of(2, 2, 0, 0x80));
    expect(unsignedInteger(Uint8Array.of(0, 0))).toEqual(Uint8Array.of(2, 1, 0));
    expect(unsignedInteger(new Uint8Array())).toEqual(Uint8Array.of(2, 1, 0));
  });

  test("an octet string is read only when it is exactly one, in the shortest form", () => {
    for (const length of [0, 1, 127, 128, 133, 255, 256, 1000]) {
      expect(octetStringContent(der(0x04, new Uint8Array(length).fill(9)))).toEqual(new Uint8Array(length).fill(9));
    }
    expect(octetStringContent(Uint8Array.of(4))).toBeNull();
    expect(octetStringContent(Uint8Array.of(5, 0))).toBeNull();
    expect(octetStringContent(Uint8Array.of(4, 1, 9, 9))).toBeNull();
    expect(octetStringContent(Uint8Array.of(4, 0x81, 1, 9))).toBeNull();
    expect(octetStringContent(Uint8Array.of(4, 0x80, 0, 0))).toBeNull();
    expect(octetStringContent(Uint8Array.of(4, 0x83, 0, 0, 1, 9))).toBeNull();
  });
});
