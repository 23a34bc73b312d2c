import type { RecheckContext } from "#lib/ceremony/operation";
import type { SignatureVerifier } from "#lib/ceremony/signature-verifier";
import type { Json } from "#lib/log/canonical";
import { base64url, fromHex, sameBytes, sha256, sha256Hex } from "#lib/log/digest";
import {
  isKeyPairAlgorithm,
  testSignatureOf,
  type KeyAlgorithm,
  type SignatureAlgorithm,
  SIGNATURE_ALGORITHMS,
} from "#lib/token/algorithm";
import type { Token } from "#lib/token/token";
import type { MadeKey } from "./made-key";
import type { ExecuteContext } from "./operation";
import type { OutcomeReader } from "./outcome-reader";
import { oaepBytes } from "./test-decryption";
import { testMessage } from "./test-message";

/**
 * How a copy is shown to be the same key: it signs what the original's public key verifies, or opens what was sealed with that
 * public key outside, or what the original sealed, or gives the MAC or at least the check value that the original gives. Null for
 * a key that may do nothing of this: nobody could tell its copy from another key.
 */
export type ProofKind = "signature" | "private-decryption" | "decryption" | "mac" | "check-value";

export function proofKindOf({ kind, usage, algorithm }: MadeKey): ProofKind | null {
  if (kind === "key-pair") return usage.includes("sign") ? "signature" : usage.includes("decrypt") ? "private-decryption" : null;
  if (algorithm.startsWith("AES")) return usage.includes("encrypt") && usage.includes("decrypt") ? "decryption" : "check-value";
  return usage.includes("sign") ? "mac" : null;
}

/** The proof as the outcome keeps it, or null when the copy is not the same key or nothing of it can be compared. */
export async function proveClone(
  original: Token,
  copy: Token,
  key: MadeKey,
  kind: ProofKind,
  operation: string,
  context: ExecuteContext,
): Promise<{ readonly [fact: string]: Json } | null> {
  const message = testMessage(operation, key.label, context, context.nonce);
  const [originalId, copyId] = [fromHex(key.ckaId), fromHex(context.ckaId)];
  if (kind === "check-value") {
    const [value, ofCopy] = [await original.checkValue(originalId), await copy.checkValue(copyId)];
    return value !== null && value === ofCopy ? { kind, value } : null;
  }
  const common = { kind, nonce: context.nonce, messageSha256: sha256Hex(message) };
  if (kind === "signature" && key.kind === "key-pair") {
    const signature = signatureFor(key);
    if (!signature) return null;
    const value = await copy.sign(copyId, signature, message);
    const good = await context.verifySignature(signature, key.spki, message, value);
    return good
      ? { ...common, signature, message: base64url(message), value: base64url(value), spki: base64url(key.spki) }
      : null;
  }
  if (kind === "private-decryption" && key.kind === "key-pair") {
    const ciphertext = await context.encryptOaep(key.spki, sha256(message));
    const same = sameBytes(await copy.decryptOaep(copyId, ciphertext), sha256(message));
    return same ? { ...common, spki: base64url(key.spki), ciphertext: base64url(ciphertext), same } : null;
  }
  if (kind === "mac") {
    const [one, other] = [await original.mac(originalId, message), await copy.mac(copyId, message)];
    return sameBytes(one, other) ? { ...common, same: true } : null;
  }
  const sealed = await original.encrypt(originalId, message, copyId);
  return sameBytes(await copy.decrypt(copyId, sealed, copyId), message) ? { ...common, same: true } : null;
}

function signatureFor({ algorithm }: MadeKey): SignatureAlgorithm | null {
  const known = algorithm as KeyAlgorithm;
  return isKeyPairAlgorithm(known) ? testSignatureOf(known) : null;
}

/**
 * Contradictions of a proof with the key it is about, and with the fingerprint of both, in sentences. The signature itself is
 * `recheckProofSignature`'s.
 */
export function recheckProof(
  reader: OutcomeReader,
  key: MadeKey,
  fingerprint: string,
  operation: string,
  context: RecheckContext,
): string[] {
  const kind = reader.text("kind");
  const of = kind === proofKindOf(key) ? [] : [`a ${kind} proves nothing of this key`];
  return [...of, ...(kind === "check-value" ? recheckValue(reader, fingerprint) : recheckUse(reader, kind, key, operation, context))];
}

function recheckValue(reader: OutcomeReader, fingerprint: string): string[] {
  const value = reader.text("value");
  reader.end();
  return value === fingerprint && /^[0-9a-f]{6}$/.test(value) ? [] : ["the check value is not that of the key"];
}

function recheckUse(reader: OutcomeReader, kind: string, key: MadeKey, operation: string, context: RecheckContext): string[] {
  const nonce = reader.hash("nonce");
  const messageSha256 = reader.hash("messageSha256");
  const signed =
    kind === "signature"
      ? {
          name: reader.text("signature"),
          message: reader.bytes("message"),
          value: reader.bytes("value"),
          spki: reader.bytes("spki"),
        }
      : null;
  const sealed = kind === "private-decryption" ? { spki: reader.bytes("spki"), ciphertext: reader.bytes("ciphertext") } : null;
  const same = signed ? true : reader.flag("same");
  reader.end();
  const problems: string[] = [];
  const message = testMessage(operation, key.label, context, nonce);
  if (messageSha256 !== sha256Hex(message)) problems.push("the message of the proof does not name this ceremony");
  if (!same) problems.push("the copy is another key");
  if (signed && key.kind === "key-pair") {
    if (!sameBytes(signed.message, message)) problems.push("the message of the proof does not name this ceremony");
    if (!sameBytes(signed.spki, key.spki)) problems.push("the proof was checked with another public key");
    if (signed.name !== signatureFor(key)) problems.push(`the proof is signed with ${signed.name}`);
    if (signed.value.length === 0) problems.push("there is no signature of the copy");
  }
  if (sealed && key.kind === "key-pair") {
    if (!sameBytes(sealed.spki, key.spki)) problems.push("the proof was sealed with another public key");
    if (sealed.ciphertext.length !== oaepBytes(key)) problems.push("the ciphertext has another length than the key gives");
  }
  return [...new Set(problems)];
}

/** Whether the copy's signature verifies under the original's public key; none to check in the other proofs. */
export async function recheckProofSignature(reader: OutcomeReader, verifier: SignatureVerifier): Promise<string[]> {
  if (reader.text("kind") !== "signature") return [];
  const signature = SIGNATURE_ALGORITHMS.find((known) => known === reader.text("signature"));
  const [spki, message, value] = [reader.bytes("spki"), reader.bytes("message"), reader.bytes("value")];
  if (reader.problems.length > 0 || !signature) return ["the copy's signature cannot be read"];
  return (await verifier.verify(signature, spki, message, value))
    ? []
    : ["the copy's signature does not verify under the original's public key"];
}
