import { createPublicKey, generateKeyPairSync } from "node:crypto";
import { describe, expect, test } from "vitest";
import { fromBase64url } from "#lib/log/digest";
import { toPem } from "#lib/x509/pem";
import { webCryptoPublicKey } from "#lib/webcrypto/public-key-reader";
import { jwkOf, thumbprint } from "./jwk";
import { algorithmOfSpki } from "./spki-algorithm";

const made = [
  generateKeyPairSync("rsa", { modulusLength: 2048 }),
  generateKeyPairSync("rsa", { modulusLength: 3072 }),
  ...["P-256", "P-384", "P-521"].map((namedCurve) => generateKeyPairSync("ec", { namedCurve })),
  generateKeyPairSync("ed25519"),
].map(({ publicKey }) => publicKey);

describe("a public key as JWK", () => {
  test.each(made.map((key) => [algorithmOfSpki(Uint8Array.from(key.export({ type: "spki", format: "der" }))), key] as const))(
    "%s has the numbers that OpenSSL and WebCrypto find",
    async (algorithm, key) => {
      const spki = Uint8Array.from(key.export({ type: "spki", format: "der" }));
      const jwk = jwkOf(spki, algorithm!);
      expect(jwk).toEqual(key.export({ format: "jwk" }));
      expect((await webCryptoPublicKey(spki))?.jwk).toEqual(jwk);
      expect(createPublicKey(toPem("PUBLIC KEY", spki)).equals(key)).toBe(true);
    },
  );

  test("has the thumbprints of RFC 7638 section 3.1 and RFC 8037 appendix A.3", () => {
    const n =
      "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W" +
      "-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08q" +
      "NLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw";
    expect(thumbprint({ kty: "RSA", n, e: "AQAB" })).toBe("NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
    const x = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";
    expect(thumbprint({ kty: "OKP", crv: "Ed25519", x })).toBe("kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
    expect(fromBase64url(x)).toHaveLength(32);
  });

  test("WebCrypto reads nothing from what is no public key", async () => {
    expect(await webCryptoPublicKey(new Uint8Array(40))).toBeNull();
  });
});
