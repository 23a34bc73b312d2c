import { generateKeyPairSync, sign } from "node:crypto";
import { describe, expect, test } from "vitest";
import { webCryptoVerifier } from "#lib/webcrypto/web-crypto-verifier";
import { extendedKeyUsage, keyUsage } from "./certificate-builder";
import { createCertificationRequest, readCertificationRequest, requestIsGenuine } from "./certification-request";
import { context, derElement, TAG } from "./der";
import { der, derBits, derInteger, derOid, derSequence, derSet, derUtf8 } from "./der-writer";
import { distinguishedName, nameInWords } from "./distinguished-name";
import { Malformed } from "./malformed";
import { OID } from "./object-identifiers";
import { fromPem } from "./pem";
import { algorithmIdentifier, signatureAlgorithm } from "./signature-algorithm";

const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-384" });
const spki = Uint8Array.from(publicKey.export({ type: "spki", format: "der" }));
const signed = (bytes: Uint8Array) => Promise.resolve(Uint8Array.from(sign("sha384", bytes, privateKey)));
const subject = distinguishedName({ commonName: "Ünïcode & Söhne", country: "DE" });
const request = await createCertificationRequest({ subject, spki, algorithm: "ES384", sign: signed });

/**
 * What OpenSSL 3 writes: `openssl req -new -subj "/CN=from openssl" -addext subjectAltName=DNS:a.example` with an Ed25519 key.
 */
const OPENSSL = `-----BEGIN CERTIFICATE REQUEST-----
MIG9MHECAQAwFzEVMBMGA1UEAwwMZnJvbSBvcGVuc3NsMCowBQYDK2VwAyEA0jUq
gWyHUlEx90mMECQUmYE7UrIU7CtNPBDgWO/2juegJzAlBgkqhkiG9w0BCQ4xGDAW
MBQGA1UdEQQNMAuCCWEuZXhhbXBsZTAFBgMrZXADQQDCVl1b9FouLdE4nW6f+P7r
JBz6HVfoL09rlap5k/XjjpJoDEe+ze3dnKg6tNEbWfGuOiIhNhNBJlnnqT/gbjoL
-----END CERTIFICATE REQUEST-----
`;

describe("a request", () => {
  test("is read as it was written, and is genuine", async () => {
    const read = readCertificationRequest(request);
    expect(read).toMatchObject({ subject, spki, algorithm: "ES384", attributes: [] });
    expect(nameInWords(read.subject)).toBe("C=DE, CN=Ünïcode & Söhne");
    expect(await requestIsGenuine(read, webCryptoVerifier)).toBe(true);
    expect(await requestIsGenuine({ ...read, signed: read.signed.slice(0, -1) }, webCryptoVerifier)).toBe(false);
  });

  test("of OpenSSL is read as well: what it wishes for is named, and nothing more", async () => {
    const read = readCertificationRequest(fromPem(OPENSSL, "CERTIFICATE REQUEST"));
    expect(nameInWords(read.subject)).toBe("CN=from openssl");
    expect(read).toMatchObject({ algorithm: "EdDSA", attributes: [OID.extensionRequest] });
    expect(await requestIsGenuine(read, webCryptoVerifier)).toBe(true);
  });

  const attribute = (id: string) => derSequence(derOid(id), derSet([derUtf8("x")]));
  const body = (version: number, attributes: Uint8Array) =>
    derSequence(derSequence(derInteger(version), subject, spki, attributes), algorithmIdentifier("ES384"), derBits(Uint8Array.of(1)));
  const twice = derSet([attribute("1.2.3"), attribute("1.2.3")], context(0));

  test.each<[string, Uint8Array, string]>([
    ["of another version", body(1, der(context(0))), "not version 1"],
    ["with an attribute twice", body(0, twice), "attribute"],
    ["with attributes in no order", body(0, der(context(0), attribute("1.2.4"), attribute("1.2.3"))), "not in DER order"],
    ["without attributes", body(0, new Uint8Array()), "DER"],
    ["with bytes behind it", Uint8Array.of(...request, 0), "DER"],
    ["cut short", request.subarray(0, -1), "DER"],
    ["that is none", Uint8Array.of(0x30, 0), "DER"],
  ])("%s is refused", (_, bytes, why) => {
    expect(() => readCertificationRequest(bytes)).toThrow(Malformed);
    expect(() => readCertificationRequest(bytes)).toThrow(why);
  });
});

test("a request may ask for extensions, in the attribute that is there for them, and stays one of its kind", async () => {
  const asked = [keyUsage(["digitalSignature"]), extendedKeyUsage([OID.documentSigning])];
  const read = readCertificationRequest(await createCertificationRequest({ subject, spki, algorithm: "ES384", sign: signed, extensions: asked }));
  expect(read.attributes).toEqual([OID.extensionRequest]);
  for (const extension of asked) expect(Buffer.from(read.der).includes(Buffer.from(extension))).toBe(true);
});

describe("a name", () => {
  test("goes from the largest thing to the smallest, the country in printable letters", () => {
    const name = distinguishedName({ commonName: "c", organisationalUnit: "u", organisation: "o", locality: "l", state: "s", country: "SE" });
    expect(nameInWords(name)).toBe("C=SE, ST=s, L=l, O=o, OU=u, CN=c");
    expect([...name.subarray(2, 15)]).toEqual([0x31, 11, 0x30, 9, 6, 3, 0x55, 4, 6, 0x13, 2, 0x53, 0x45]);
  });

  test("cannot pass a part of one value off as another attribute", () => {
    const name = distinguishedName({ organisation: "Nordhafen, CN=Root + OU=x", commonName: "a\\, b, c=d" });
    expect(nameInWords(name)).toBe("O=Nordhafen\\, CN=Root \\+ OU=x, CN=a\\\\, b\\, c=d");
    const both = ["1.2.3", "1.2.4"].map((id) => derSequence(derOid(id), derUtf8("x")));
    expect(nameInWords(derSequence(derSet(both)))).toBe("1.2.3=x + 1.2.4=x");
  });

  test("that is not text is refused, and an attribute nobody knows is named by its number", () => {
    const of = (value: Uint8Array) => derSequence(derSet([derSequence(derOid("1.2.3"), value)]));
    expect(nameInWords(of(derUtf8("x")))).toBe("1.2.3=x");
    expect(() => nameInWords(of(derInteger(1)))).toThrow("is not text");
    expect(() => nameInWords(of(der(0x0c, Uint8Array.of(0xff))))).toThrow("not UTF-8");
  });
});

describe("the name of a signature", () => {
  test("has one spelling each", () => {
    for (const algorithm of ["ES256", "ES384", "ES512", "RS256", "PS256", "EdDSA"] as const) {
      expect(signatureAlgorithm(derElement(algorithmIdentifier(algorithm), TAG.sequence))).toBe(algorithm);
    }
  });

  test("SHA-1, an RSA signature without its NULL and a PSS without its parameters are refused", () => {
    const named = (...parts: Uint8Array[]) => () => signatureAlgorithm(derElement(derSequence(...parts), TAG.sequence));
    for (const id of ["1.2.840.113549.1.1.5", OID.sha256WithRsa, OID.rsaPss]) {
      expect(named(derOid(id))).toThrow(`${id} is not accepted`);
    }
  });
});
