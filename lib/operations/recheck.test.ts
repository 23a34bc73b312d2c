import { describe, expect, test } from "vitest";
import type { Outcome } from "#lib/ceremony/operation";
import type { SignatureVerifier } from "#lib/ceremony/signature-verifier";
import type { Json } from "#lib/log/canonical";
import { base64url, sha256Hex } from "#lib/log/digest";
import { KEY_PAIR_ALGORITHMS, SIGNATURE_ALGORITHMS, signaturesOf } from "#lib/token/algorithm";
import { book } from "./book";
import { OPERATIONS } from "./every-operation";
import { playExample } from "./operation-contract.under-test";
import { changed, HMAC, PAIR, performAll, recheck } from "./performed-operations.under-test";
import { webCryptoVerifier } from "#lib/webcrypto/web-crypto-verifier";

const SIGN = { operation: "test-signature", label: "jwt", signature: "ES256" };
const MAC = { operation: "test-mac", label: "mac" };

const played = new Map(await Promise.all(OPERATIONS.map(async (operation) => [operation.name, await playExample(operation, OPERATIONS)] as const)));
const recheckSignature = (outcome: Outcome, verifier: SignatureVerifier): Promise<string[]> =>
  book.find("test-signature")?.recheckSignatures?.(outcome, verifier, SIGN) ?? Promise.resolve(["not there"]);
const of = (name: string) => {
  const found = played.get(name);
  if (!found) throw new Error(name);
  return found;
};

const other = "ab".repeat(32);
const wrong: readonly (readonly [operation: string, path: string, value: Json, says: string])[] = [
  ["token-health", "keys", 7, "0 keys are listed, 7 were counted"],
  ["token-health", "mechanisms", [], "the token names no mechanism"],
  ["token-health", "token.profile", "toy", "there is no profile called toy"],

  ["token-health", "expected", { model: "X" }, "something else was expected of the token"],

  ["identify-key", "label", "other", "the key is called other, asked was for old"],
  ["identify-key", "ckaId", other, "its private key has another label or id"],
  ["identify-key", "spkiSha256", other, "its public key has another fingerprint"],
  ["identify-key", "found.spki", base64url(new Uint8Array(91)), "its public key is of another kind"],
  ["identify-key", "found.privateKey.algorithm", "EC-P384", "it is EC-P384, asked was for EC-P256"],
  ["identify-key", "found.privateKey.id", other, "its private key was not on the token when it was listed"],
  ["identify-key", "found.publicKey.objectClass", "certificate", "its objects are of other classes"],

  ["generate-key-pair", "label", "master", "the key is called master, ordered was jwt"],
  ["generate-key-pair", "algorithm", "EC-P384", "the key is EC-P384, ordered was EC-P256"],
  ["generate-key-pair", "ckaId", other, "the CKA_ID is not the one that the approvals give"],
  ["generate-key-pair", "spkiSha256", other, "the fingerprint is not the hash of the public key"],
  ["generate-key-pair", "publicKey.spkiSha256", other, "the public key object on the token is another key"],
  ["generate-key-pair", "privateKey.id", other, "private key: id differs"],
  ["generate-key-pair", "privateKey.attributes.EXTRACTABLE", true, "private key: EXTRACTABLE reads true, ordered false"],
  ["generate-key-pair", "privateKey.attributes.SENSITIVE", false, "private key: SENSITIVE reads false, ordered true"],
  ["generate-key-pair", "privateKey.attributes.NEVER_EXTRACTABLE", "not offered", "private key: NEVER_EXTRACTABLE reads not offered, ordered true"],
  ["generate-key-pair", "privateKey.attributes.LOCAL", false, "private key: LOCAL reads false, ordered true"],
  ["generate-key-pair", "privateKey.attributes.DERIVE", true, "private key: DERIVE reads true, ordered false"],
  ["generate-key-pair", "privateKey.algorithm", "EC-P384", "private key: is EC-P384, ordered EC-P256"],
  ["generate-key-pair", "tests", [], "the key was not tested"],
  ["generate-key-pair", "tests.0.passed", false, "the test sign-verify failed"],
  ["generate-key-pair", "spki", base64url(new Uint8Array(91)), "the public key holds an unknown key, ordered was EC-P256"],

  ["generate-secret-key", "secretKey.attributes.EXTRACTABLE", true, "secret key: EXTRACTABLE reads true, ordered false"],
  ["generate-secret-key", "secretKey.attributes.SIGN", true, "secret key: SIGN reads true, ordered false"],
  ["generate-secret-key", "secretKey.algorithm", "AES-128", "secret key: is AES-128, ordered AES-256"],
  ["generate-secret-key", "ckaId", other, "the CKA_ID is not the one that the approvals give"],

  ["prove-not-exportable", "ckaId", other, "it was done with another key"],
  ["prove-not-exportable", "verdict", "exportable", "the verdict is exportable"],
  ["prove-not-exportable", "findings", ["WRAPPED"], "found: WRAPPED"],
  ["prove-not-exportable", "findings", ["WRAPPING-NOT-TRIED"], "found: WRAPPING-NOT-TRIED"],
  ["prove-not-exportable", "attempts", [], "what was read and tried gives not-shown: READING-NOT-TRIED, WRAPPING-NOT-TRIED"],
  ["prove-not-exportable", "attempts.0.answer", "allowed", "what was read and tried gives exportable: GAVE-OUT-PRIVATE-PART"],
  ["prove-not-exportable", "attempts.0.answer", "unclear", "gives not-shown: UNCLEAR-ANSWER"],
  ["prove-not-exportable", "attempts.0.answer", "perhaps", "read VALUE: there is no answer perhaps"],
  ["prove-not-exportable", "attributes.SENSITIVE", false, "gives exportable: MARKED-NOT-SENSITIVE"],
  ["prove-not-exportable", "attributes.SENSITIVE", "not offered", "gives exportable: MARKED-NOT-SENSITIVE"],
  ["prove-not-exportable", "attributes.EXTRACTABLE", true, "gives exportable: MARKED-EXTRACTABLE"],
  ["prove-not-exportable", "attributes.ALWAYS_SENSITIVE", false, "gives not-shown: NOT-ALWAYS-SENSITIVE"],
  ["prove-not-exportable", "attributes.ALWAYS_SENSITIVE", "not offered", "gives not-shown: NOT-ALWAYS-SENSITIVE"],
  ["prove-not-exportable", "attributes.NEVER_EXTRACTABLE", false, "gives not-shown: NOT-ALWAYS-UNEXTRACTABLE"],
  ["prove-not-exportable", "attributes.LOCAL", "yes", "the attribute LOCAL was not read"],

  ["export-public-key", "ckaId", other, "it was done with another key"],
  ["export-public-key", "spkiSha256", other, "the fingerprint is not the hash of the public key"],
  ["export-public-key", "spki", base64url(new Uint8Array(91)), "it is not the public key that was made"],
  ["export-public-key", "platformSha256", other, "the second implementation found another fingerprint"],
  ["export-public-key", "jwk.x", "AAAA", "the JWK is of another key"],
  ["export-public-key", "thumbprint", "AAAA", "the thumbprint is not that of the JWK"],

  ["test-signature", "ckaId", other, "it was done with another key"],
  ["test-signature", "signature", "RS256", "signed with RS256, asked was ES256"],
  ["test-signature", "nonce", other, "the message does not name this ceremony"],
  ["test-signature", "spki", base64url(new Uint8Array(91)), "checked with a public key that is not the one made"],
  ["test-signature", "value", "", "there is no signature"],
  ["test-signature", "verified", false, "the signature did not verify outside the HSM"],

  ["test-encryption", "ckaId", other, "it was done with another key"],
  ["test-encryption", "mechanism", "AES-CBC", "AES-256 was tested with AES-CBC"],
  ["test-encryption", "nonce", other, "the message does not name this ceremony"],
  ["test-encryption", "ciphertext", "AAAA", "the ciphertext has another length than its message gives"],
  ["test-encryption", "decrypted", false, "what was decrypted is not what was encrypted"],
  ["test-encryption", "changedRefused", false, "a changed ciphertext was not refused"],

  ["test-encryption", "mechanismChecked", false, "the mechanism is not AES-GCM"],

  ["test-decryption", "ckaId", other, "it was done with another key"],
  ["test-decryption", "mechanism", "RSA-PKCS", "RSA-2048 was tested with RSA-PKCS"],
  ["test-decryption", "nonce", other, "the message does not name this ceremony"],
  ["test-decryption", "spki", base64url(new Uint8Array(91)), "encrypted with a public key that is not the one made"],
  ["test-decryption", "ciphertext", "AAAA", "the ciphertext has another length than the key gives"],
  ["test-decryption", "decrypted", false, "what was decrypted is not what was encrypted outside the HSM"],
  ["test-decryption", "changedRefused", false, "a changed ciphertext was not refused"],

  ["test-mac", "ckaId", other, "it was done with another key"],
  ["test-mac", "mechanism", "HMAC-SHA1", "HMAC-SHA256 was tested with HMAC-SHA1"],
  ["test-mac", "nonce", other, "the message does not name this ceremony"],
  ["test-mac", "mac", "AAAA", "the MAC has another length than its mechanism gives"],
  ["test-mac", "repeated", false, "the same message gave another MAC"],
  ["test-mac", "otherDiffers", false, "another message gave the same MAC"],
  ["test-mac", "accepted", "not allowed", "the token did not accept its own MAC"],
  ["test-mac", "changedRefused", false, "a changed MAC was not refused"],
  ["test-mac", "mechanismChecked", false, "the mechanism is not HMAC-SHA256"],

  ["backup-token", "backup", "other", "the backup is called other"],
  ["backup-token", "format", "zip", "it was sealed in a way that this operation does not have"],
  ["backup-token", "bytes", 0, "the file is empty"],
  ["backup-token", "keys", [], "the key jwt is not in the backup"],
  ["backup-token", "keys.0.fingerprint", other, "a fingerprint is not that of its public key"],

  ["verify-backup", "backup", "other", "another backup was read"],
  ["verify-backup", "sha256", other, "the file is not the one that was written"],
  ["verify-backup", "bytes", 1, "the file is not the one that was written"],
  ["verify-backup", "files", 0, "the backup holds no file"],
  ["verify-backup", "keys", 7, "the keys in it are not those that were on the token"],
  ["verify-backup", "manifestSame", false, "the keys in it are not those that were on the token"],

  ["restore-test", "sha256", other, "another backup was restored"],
  ["restore-test", "keysCompared", 0, "0 keys were compared, 1 are in the backup"],
  ["restore-test", "knownByNameOnly", ["jwt"], "the keys without a fingerprint are not those that the backup lists so"],
  ["restore-test", "restored.serial", "0000", "another token came out of the backup"],
  ["restore-test", "other.serial", "0000", "announced as vault was"],
  ["restore-test", "discarded", false, "the restored token was not taken away"],
  ["restore-test", "signatures", [], "the restored key jwt may sign, and there are 0 signatures of it"],
  ["restore-test", "signatures.0.label", "other", "the restored key jwt may sign, and there are 0 signatures of it"],
  ["restore-test", "signatures.0.nonce", other, "the message that jwt signed does not name this ceremony"],
  ["restore-test", "signatures.0.value", "", "there is no signature of jwt"],

  ["clone-key", "ckaId", other, "another key was copied"],
  ["clone-key", "cloneId", other, "the copy's CKA_ID is not the one that the approvals give"],
  ["clone-key", "to", "cellar", "it was copied into cellar"],
  ["clone-key", "other.serial", "0000", "announced as vault was"],
  ["clone-key", "wrapping", "in the clear", "it was wrapped in another way"],
  ["clone-key", "cloneFingerprint", other, "the copy has another fingerprint"],
  ["clone-key", "fingerprint", other, "the fingerprint is not that of the public key"],
  ["clone-key", "clone", [], "the copy is not whole"],
  ["clone-key", "clone.1.spkiSha256", other, "the copy is not whole"],
  ["clone-key", "clone.0.attributes.EXTRACTABLE", true, "private key: EXTRACTABLE reads true, ordered false"],
  ["clone-key", "clone.0.attributes.SENSITIVE", false, "private key: SENSITIVE reads false, ordered true"],
  ["clone-key", "tests", [], "the copy was not tested"],
  ["clone-key", "tests.0.passed", false, "the test sign-verify of the copy failed"],
  ["clone-key", "proof.kind", "trust", "a trust proves nothing of this key"],
  ["clone-key", "proof.nonce", other, "the message of the proof does not name this ceremony"],
  ["clone-key", "proof.spki", base64url(new Uint8Array(91)), "the proof was checked with another public key"],
  ["clone-key", "proof.signature", "RS256", "the proof is signed with RS256"],
  ["clone-key", "proof.value", "", "there is no signature of the copy"],

  ["condemn-key", "ckaId", other, "it is another key that was condemned"],
  ["condemn-key", "fingerprint", other, "the fingerprint is not that of the public key"],
  ["condemn-key", "was", [], "the key was not whole"],

  ["destroy-key", "ckaId", other, "what was destroyed is not what was condemned"],
  ["destroy-key", "fingerprint", other, "what was destroyed is not what was condemned"],
  ["destroy-key", "was", [], "what was destroyed is not what was condemned"],
  ["destroy-key", "found", "somehow", "the key cannot have been found somehow"],
  ["destroy-key", "found", "not at all", "the count of destroyed objects is not that of the key"],
  ["destroy-key", "objectsDestroyed", 1, "the count of destroyed objects is not that of the key"],
  ["destroy-key", "left", ["public-key jwt"], "still on the token: public-key jwt"],
  ["destroy-key", "use.refused", false, "the key could still be used"],

  ["zeroise-token", "objectsDestroyed", 9, "more was destroyed than was condemned"],

  ["list-keys", "inventory.keys", 3, "the comparison is not what the listing and the ceremony's outcomes give"],
  ["list-keys", "inventory.changed", ["x"], "the comparison is not what the listing and the ceremony's outcomes give"],
  ["list-keys", "objects.0.attributes.DERIVE", true, "the comparison is not what the listing and the ceremony's outcomes give"],
  ["list-keys", "inventory.missing", ["x"], "the comparison is not what the listing and the ceremony's outcomes give"],
  ["list-keys", "objects", [], "the comparison is not what the listing and the ceremony's outcomes give"],
];

test.each(wrong)("%s refuses another %s", (name, path, value, says) => {
  const { request, outcome, context } = of(name);
  const problems = recheck(request, changed(outcome, path, value), context);
  expect(problems.length).toBeGreaterThan(0);
  // The fake's first attempt is named after the kind of the key.
  expect(problems.join("; ")).toContain(says);
});

test("a test signature of another ceremony is refused: its message names the ceremony", () => {
  const { request, outcome, context } = of("test-signature");
  expect(recheck(request, outcome, { ...context, ceremony: "c-2" })).toContain("the message does not name this ceremony");
});

test("a label made twice is refused", () => {
  const { request, outcome, context } = of("generate-key-pair");
  const earlier = [...context.earlier, { request, outcome, ckaId: context.ckaId }];
  expect(recheck(request, outcome, { ...context, earlier })).toContain("a key called jwt was made before");
});

test.each(["prove-not-exportable", "export-public-key", "test-signature", "test-encryption", "test-mac", "condemn-key"])("%s of a key that the ceremony did not make is refused", (name) => {
  const { request, outcome, context } = of(name);
  const [problem] = recheck(request, outcome, { ...context, earlier: context.earlier.slice(0, 1) });
  expect(problem).toMatch(/^no (?:key pair|secret key) called \w+ (?:was made before|is known)$/);
});

test("the signature inside a test signature is checked, by whoever has the platform's crypto", async () => {
  const { outcome } = of("test-signature");
  expect(await recheckSignature(outcome, webCryptoVerifier)).toEqual([]);
  expect(await recheckSignature(changed(outcome, "message", base64url(new Uint8Array(8))), webCryptoVerifier)).toEqual(["the test signature does not verify"]);
  expect(await recheckSignature(changed(outcome, "signature", "XX256"), webCryptoVerifier)).toEqual(["the test signature cannot be read"]);
});

test("a key that may sign only is not asked to verify, and its outcome must not say that it did", async () => {
  const { outcome, context } = await performAll({ ...HMAC, usage: ["sign"] }, MAC);
  expect(outcome).toMatchObject({ accepted: "not allowed", changedRefused: "not allowed" });
  expect(recheck(MAC, outcome, context)).toEqual([]);
  expect(recheck(MAC, { ...outcome, accepted: true }, context)).toEqual(["the token did not accept its own MAC"]);
});

describe.each(KEY_PAIR_ALGORITHMS.filter((algorithm) => algorithm !== "RSA-3072" && algorithm !== "RSA-4096"))("a %s key", (algorithm) => {
  const pair = { ...PAIR, algorithm };
  const mine = signaturesOf(algorithm);

  test.each(mine)("is tested with %s, and the signature is checked again years later", async (signature) => {
    const request = { ...SIGN, signature };
    const { outcome, context } = await performAll(pair, request);
    expect(recheck(request, outcome, context)).toEqual([]);
    expect(await recheckSignature(outcome, webCryptoVerifier)).toEqual([]);
    const forged = changed(outcome, "message", base64url(new Uint8Array(8)));
    expect(await recheckSignature(forged, webCryptoVerifier)).toEqual(["the test signature does not verify"]);
  });

  test("is refused a signature of another kind of key, and an outcome that says it made one", async () => {
    const foreign = SIGNATURE_ALGORITHMS.find((signature) => !mine.includes(signature)) ?? "";
    const { performed, outcome, context } = await performAll(pair, { ...SIGN, signature: mine[0] ?? "" });
    const refusal = await performed.try({ ...SIGN, signature: foreign });
    expect(refusal).toEqual({ call: "test-signature", name: "KEY-CANNOT-SIGN-SO" });
    const request = { ...SIGN, signature: foreign };
    expect(recheck(request, { ...outcome, signature: foreign }, context)).toContain(`a ${algorithm} key cannot sign with ${foreign}`);
  });
});

test("the fingerprint told is that of the key", () => {
  const { request, outcome } = of("export-public-key");
  expect(book.find(request.operation)?.tell(request, outcome).fingerprint?.value).toBe(outcome["spkiSha256"]);
  expect(outcome["spkiSha256"]).toMatch(/^[0-9a-f]{64}$/);
  expect(sha256Hex(new Uint8Array())).not.toBe(outcome["spkiSha256"]);
});

test("a destruction that nothing condemned before is refused, whatever its outcome says", () => {
  const { request, outcome, context } = of("destroy-key");
  expect(recheck(request, outcome, { ...context, earlier: context.earlier.slice(0, 2) })).toEqual(["no earlier step condemned the key jwt"]);
  const zeroised = of("zeroise-token");
  const earlier = zeroised.context.earlier.slice(0, 1);
  expect(recheck(zeroised.request, zeroised.outcome, { ...zeroised.context, earlier })).toEqual(["no earlier step condemned the token vault"]);
});

test("a destroyed key is no key of the ceremony any more: nothing can be done with it, and it may not be destroyed twice", () => {
  const { request, outcome, context } = of("destroy-key");
  const earlier = [...context.earlier, { request, outcome, ckaId: context.ckaId }];
  expect(recheck(request, outcome, { ...context, earlier })).toEqual(["no earlier step condemned the key jwt"]);
  const exported = of("export-public-key");
  expect(recheck(exported.request, exported.outcome, { ...exported.context, earlier })[0]).toMatch(/^no key pair called jwt/);
});
