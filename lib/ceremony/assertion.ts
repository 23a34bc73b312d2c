import { base64url, fromBase64url, fromHex, sameBytes, sha256, text, utf8 } from "../log/digest";
import { ok, type Result } from "../result";
import type { Assertion } from "./entry";
import { no, type Refusal } from "./refusal";
import type { Passkey, Roster } from "./roster";
import type { SignatureVerifier } from "./signature-verifier";

declare const verified: unique symbol;

/**
 * Proof that the holder of `passkey` signed the document whose SHA-256 is `challenge`, after user verification, on an
 * origin of this roster. Only `verifyAssertion` makes one; `admit` accepts nothing else as a person's signature.
 */
export type VerifiedAssertion = {
  readonly [verified]: true;
  readonly credentialId: string;
  readonly spki: string;
  /** Hex. */
  readonly challenge: string;
  readonly counter: number;
  /** What the authenticator signed of the passkey: it may be synced between devices, and is backed up now. */
  readonly backupEligible: boolean;
  readonly backedUp: boolean;
};

const USER_PRESENT = 0x01;
const USER_VERIFIED = 0x04;
const BACKUP_ELIGIBLE = 0x08;
const BACKED_UP = 0x10;

/**
 * W3C WebAuthn Level 2, section 7.2, steps 11 to 20, over a challenge that is the hash of a document (hex).
 * The signature counter is reported and not judged: synced passkeys keep it at zero.
 */
export async function verifyAssertion(
  verifier: SignatureVerifier,
  rp: Roster["rp"],
  passkey: Passkey,
  challenge: string,
  assertion: Assertion,
): Promise<Result<VerifiedAssertion, Refusal>> {
  let authenticatorData: Uint8Array, clientDataJSON: Uint8Array, signature: Uint8Array, spki: Uint8Array, client: unknown;
  try {
    authenticatorData = fromBase64url(assertion.authenticatorData);
    clientDataJSON = fromBase64url(assertion.clientDataJSON);
    signature = fromBase64url(assertion.signature);
    spki = fromBase64url(passkey.spki);
    client = JSON.parse(text(clientDataJSON));
  } catch {
    return no("ASSERTION-TYPE", { problem: "unreadable" });
  }
  if (typeof client !== "object" || client === null) return no("ASSERTION-TYPE", { problem: "client data is no object" });
  const { type, challenge: signed, origin, crossOrigin } = client as { [member: string]: unknown };

  if (type !== "webauthn.get") return no("ASSERTION-TYPE", { type: String(type) });
  if (signed !== base64url(fromHex(challenge))) return no("ASSERTION-CHALLENGE", { expected: challenge });
  if (typeof origin !== "string" || !rp.origins.includes(origin)) return no("ASSERTION-ORIGIN", { origin: String(origin) });
  if (crossOrigin === true) return no("ASSERTION-ORIGIN", { origin, crossOrigin: true });
  if (authenticatorData.length < 37) return no("ASSERTION-TYPE", { problem: "authenticator data too short" });
  if (!sameBytes(authenticatorData.subarray(0, 32), sha256(utf8(rp.id)))) return no("ASSERTION-RP", { rp: rp.id });

  const flags = authenticatorData[32] as number;
  if ((flags & USER_PRESENT) === 0 || (flags & USER_VERIFIED) === 0) return no("ASSERTION-USER-VERIFIED", { flags });

  const data = new Uint8Array(authenticatorData.length + 32);
  data.set(authenticatorData);
  data.set(sha256(clientDataJSON), authenticatorData.length);
  if (!(await verifier.verify(passkey.algorithm, spki, data, signature))) {
    return no("ASSERTION-SIGNATURE", { passkey: passkey.id });
  }
  const counter = new DataView(authenticatorData.buffer, authenticatorData.byteOffset).getUint32(33);
  return ok({ credentialId: passkey.id, spki: passkey.spki, challenge, counter, ...backupFlags(authenticatorData) } as VerifiedAssertion);
}

/** What an authenticator says of its passkey in authenticator data (WebAuthn section 6.1): worth what the signature over it is. */
export function backupFlags(authenticatorData: Uint8Array): Pick<VerifiedAssertion, "backupEligible" | "backedUp"> {
  const flags = authenticatorData[32] ?? 0;
  return { backupEligible: (flags & BACKUP_ELIGIBLE) !== 0, backedUp: (flags & BACKED_UP) !== 0 };
}
