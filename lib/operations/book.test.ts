import { describe, expect, test } from "vitest";
import type { OperationRequest } from "#lib/ceremony/script";
import { ed25519Spki, rsaSpki } from "#lib/token/spki";
import { book } from "./book";
import { AES, PAIR, problemsOf } from "./performed-operations.under-test";
import { algorithmOfSpki } from "./spki-algorithm";

const problems = (request: OperationRequest): string[] => problemsOf(book, request);
const SERIAL = { serial: "3f9a77c0aa11bb22" };

describe("parameters", () => {
  test.each([
    [PAIR],
    [{ ...PAIR, algorithm: "RSA-4096" }],
    [AES],
    [{ ...AES, algorithm: "HMAC-SHA256", usage: ["sign", "verify"] }],
    [{ operation: "token-health" }],
    [{ operation: "list-keys" }],
    [{ operation: "prove-not-exportable", label: "x" }],
    [{ operation: "export-public-key", label: "x" }],
    [{ operation: "test-signature", label: "x", signature: "RS256" }],
    [{ operation: "test-signature", label: "x", signature: "EdDSA" }],
    [{ ...PAIR, algorithm: "Ed25519" }],
    [{ operation: "test-encryption", label: "x" }],
    [{ operation: "test-mac", label: "x" }],
    [{ operation: "initialise-token", token: "vault", label: "vault-2026" }],
    [{ operation: "change-so-pin", token: "vault" }],
    [{ operation: "change-user-pin", token: "vault" }],
    [{ operation: "unlock-token", token: "vault" }],
  ])("accepts %j", (request) => {
    expect(problems(request)).toEqual([]);
  });

  test.each([
    [{ ...PAIR, bits: 1024 }, "generate-key-pair has no parameter called bits."],
    [{ ...PAIR, label: undefined }, "generate-key-pair needs the label of a key."],
    [{ ...PAIR, label: " padded " }, "A key's label has letters"],
    // It would read: "… named k, and it can never leave the HSM. Ignore on token …, and it can be taken out …".
    [{ ...PAIR, label: "k, and it can never leave the HSM. Ignore", extractable: true }, "A key's label has letters"],
    [{ ...AES, label: "\u0430pi" }, "A key's label has letters"],
    [{ operation: "export-public-key", label: "x on token 1." }, "A key's label has letters"],
    [{ ...PAIR, algorithm: "RSA-1024" }, "The algorithm of a key pair is one of"],
    [{ ...PAIR, algorithm: "AES-256" }, "The algorithm of a key pair is one of"],
    [{ ...AES, algorithm: "RSA-4096" }, "The algorithm of a secret key is one of"],
    [{ ...PAIR, usage: [] }, "The usage says what the key may do"],
    [{ ...PAIR, usage: "sign" }, "The usage says what the key may do"],
    [{ ...PAIR, usage: ["fly"] }, "A key cannot fly"],
    [{ ...PAIR, usage: ["sign", "sign"] }, "The usage names a use twice."],
    [{ ...PAIR, usage: ["decrypt"] }, "EC-P256 cannot decrypt"],
    [{ ...PAIR, algorithm: "Ed25519", usage: ["sign", "derive"] }, "Ed25519 cannot derive"],
    [{ ...PAIR, extractable: undefined }, "Whether the key is extractable must be said"],
    [{ ...PAIR, extractable: "no" }, "Whether the key is extractable must be said"],
    [{ operation: "token-health", label: "x" }, "token-health has no parameter called label."],
    [{ operation: "test-mac", label: "x", key: "y" }, "test-mac has no parameter called key."],
    [{ operation: "initialise-token", token: "vault" }, "A token's label has letters"],
    [{ operation: "initialise-token", token: "vault", label: "x".repeat(33) }, "A token's label has letters"],
    [{ operation: "initialise-token", label: "x" }, "initialise-token needs the name of another token: token."],
    [{ operation: "change-user-pin" }, "change-user-pin needs the name of another token: token."],
    [{ operation: "change-so-pin", token: "vault", pin: "1234" }, "change-so-pin has no parameter called pin."],
    [{ operation: "list-keys", all: true }, "list-keys has no parameter called all."],
    [{ operation: "export-public-key" }, "export-public-key needs the label of a key."],
    [{ operation: "test-signature", label: "x" }, "The signature that is tested is one of RS256, PS256, ES256, ES384, ES512, EdDSA."],
    [{ operation: "test-signature", label: "x", signature: "none" }, "The signature that is tested is one of RS256, PS256, ES256, ES384, ES512, EdDSA."],
    [{ operation: "prove-not-exportable", label: "x", key: "card" }, "key is key-pair or secret-key."],
  ])("refuses %j", (request, says) => {
    expect(problems(request as unknown as OperationRequest).join(" ")).toContain(says);
  });
});

describe("what people read before they approve", () => {
  test.each([
    [
      { ...PAIR, label: "jwt-signing-2026-11", algorithm: "RSA-4096" },
      "Generate an RSA-4096 signing key named jwt-signing-2026-11 on token 3f9a77c0aa11bb22; it can sign, it cannot decrypt or unwrap, and it can never leave the HSM.",
    ],
    [AES, "Generate an AES-256 encryption key named api on token 3f9a77c0aa11bb22; it can encrypt and decrypt, it cannot wrap, unwrap or derive, and it can never leave the HSM."],
    [
      { ...PAIR, algorithm: "Ed25519" },
      "Generate an Ed25519 signing key named jwt on token 3f9a77c0aa11bb22; it can sign, and it can never leave the HSM.",
    ],
    [
      { ...PAIR, usage: ["sign", "derive"], extractable: true },
      "Generate an EC-P256 key named jwt on token 3f9a77c0aa11bb22; it can sign and derive, and it can be taken out of the HSM in wrapped form.",
    ],
  ])("%#", (request, sentence) => {
    expect(book.find(request.operation)?.sentence(request, SERIAL)).toBe(sentence);
  });

  test("in German it says the same of the same parameters", () => {
    expect(book.find(AES.operation)?.sentenceIn.de(AES, SERIAL)).toBe(
      "Auf Token 3f9a77c0aa11bb22 einen Schlüssel api der Art AES-256 erzeugen; er kann verschlüsseln und entschlüsseln, er kann nicht " +
        "Schlüssel einwickeln, Schlüssel auswickeln oder Schlüssel ableiten, und er kann das HSM nie verlassen.",
    );
  });

  test("every parameter of the order of a key is in a fact", () => {
    const told = JSON.stringify(book.find("generate-key-pair")?.facts(PAIR));
    for (const text of ["jwt", "EC-P256", "sign", "never"]) expect(told).toContain(text);
  });
});

test("a name that is not in the book is null, also one that every object has", () => {
  for (const name of ["destroy-everything", "toString", "__proto__", ""]) expect(book.find(name)).toBeNull();
});

describe("the algorithm inside a public key", () => {
  const modulus = (bits: number) => Uint8Array.from({ length: bits / 8 }, (_, i) => (i === 0 ? 0xc1 : i % 251));
  const F4 = Uint8Array.of(1, 0, 1);

  test.each([2048, 3072, 4096] as const)("accepts RSA of %d bits", (bits) => {
    expect(algorithmOfSpki(rsaSpki(modulus(bits), F4))).toBe(`RSA-${String(bits)}`);
  });

  test("refuses a smaller modulus, another exponent, and bytes behind the key", () => {
    expect(algorithmOfSpki(rsaSpki(modulus(1024), F4))).toBeNull();
    expect(algorithmOfSpki(rsaSpki(modulus(4096), Uint8Array.of(3)))).toBeNull();
    const good = rsaSpki(modulus(4096), F4);
    expect(algorithmOfSpki(Uint8Array.of(...good, 0))).toBeNull();
    expect(algorithmOfSpki(good.subarray(0, 200))).toBeNull();
    expect(algorithmOfSpki(new Uint8Array())).toBeNull();
  });

  test("accepts an Ed25519 point of 32 bytes, and no other length", () => {
    const spki = ed25519Spki(new Uint8Array(32).fill(9)) ?? new Uint8Array();
    expect(algorithmOfSpki(spki)).toBe("Ed25519");
    expect(algorithmOfSpki(Uint8Array.of(...spki, 9))).toBeNull();
    expect(algorithmOfSpki(spki.subarray(0, 43))).toBeNull();
  });

  test("refuses a modulus whose top bit is not set: it has fewer bits than it says", () => {
    const short = modulus(2048);
    short[0] = 0x41;
    expect(algorithmOfSpki(rsaSpki(short, F4))).toBeNull();
  });
});
