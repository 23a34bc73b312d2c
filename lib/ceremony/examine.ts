import { fromBase64url } from "../log/digest";
import { ok, type Result } from "../result";
import { verifyAssertion, type VerifiedAssertion } from "./assertion";
import type { Ceremony } from "./ceremony";
import { verifyEndorsement, type Endorsement, type VerifiedEndorsement } from "./endorsement";
import { readEntry, recorderBytes, type Entry } from "./entry";
import { no, type Refusal } from "./refusal";
import { passkeyOf, type Roster } from "./roster";
import type { SignatureVerifier } from "./signature-verifier";
import type { Readiness } from "./stated-readiness";
import { statementHash } from "./statement";

declare const signed: unique symbol;
declare const checked: unique symbol;

/** Proof that the holder of the recorder key `spki` signed the entry. Only `examine` makes one. */
export type RecorderSigned = { readonly [signed]: true; readonly spki: string };

/** An entry whose bytes are canonical and whose signatures hold. The only thing `admit` takes; only `examine` makes it. */
export type CheckedEntry = {
  readonly [checked]: true;
  readonly entry: Entry;
  readonly hash: string;
  readonly assertion: VerifiedAssertion | null;
  readonly recorder: RecorderSigned | null;
  /** Of an opening: its endorsements, in their order. */
  readonly endorsements: readonly VerifiedEndorsement[];
  /** Of an opening: who is ready, by statements that are signed. */
  readonly readiness: Readiness | null;
};

/**
 * Reads kept bytes and checks every signature in them that can be checked: a person's assertion and the endorsements of an opening
 * against the roster the ceremony opened with, the recorder's against the key it attached with. Membership and signature come before any rule
 * of the room. Refuses ENTRY-SHAPE, OPENED-FIRST, PASSKEY-ROSTER, ASSERTION-*, RECORDER-FIRST, RECORDER-SIGNED.
 */
export async function examine(verifier: SignatureVerifier, ceremony: Ceremony | null, bytes: Uint8Array): Promise<Result<CheckedEntry, Refusal>> {
  const read = readEntry(bytes);
  if (!read.ok) return read;
  const { entry, hash } = read.value;
  const done = (
    assertion: VerifiedAssertion | null,
    recorder: RecorderSigned | null,
    endorsements: readonly VerifiedEndorsement[] = [],
    readiness: Readiness | null = null,
  ) => ok({ entry, hash, assertion, recorder, endorsements, readiness } as CheckedEntry);

  if (entry.kind === "ceremony-opened") {
    const { roster, readiness } = entry.body;
    const verified = (given: readonly Endorsement[]) => verifyAll(verifier, roster, given);
    const endorsements = await verified(entry.body.endorsements);
    if (!endorsements.ok) return endorsements;
    if (!readiness) return done(null, null, endorsements.value);
    const duties = await verified(readiness.duties);
    if (!duties.ok) return duties;
    const passkeys = await verified(readiness.passkeys);
    if (!passkeys.ok) return passkeys;
    return done(null, null, endorsements.value, { ...readiness, duties: duties.value, passkeys: passkeys.value });
  }

  if ("assertion" in entry.body) {
    if (!ceremony) return no("OPENED-FIRST", { kind: entry.kind });
    const { statement, assertion } = entry.body;
    const found = passkeyOf(ceremony.roster, assertion.credentialId);
    if (!found) return no("PASSKEY-ROSTER", { passkey: assertion.credentialId });
    const verified = await verifyAssertion(verifier, ceremony.roster.rp, found.passkey, statementHash(statement), assertion);
    return verified.ok ? done(verified.value, null) : verified;
  }

  if (entry.signature !== null) {
    const spki = entry.kind === "recorder-attached" ? entry.body.recorder.spki : ceremony?.recorder?.recorder.spki;
    if (spki === undefined) return no("RECORDER-FIRST", { kind: entry.kind });
    let key: Uint8Array, signature: Uint8Array;
    try {
      key = fromBase64url(spki);
      signature = fromBase64url(entry.signature);
    } catch {
      return no("RECORDER-SIGNED", { problem: "unreadable" });
    }
    if (!(await verifier.verify("ES256", key, recorderBytes(entry), signature))) return no("RECORDER-SIGNED", { kind: entry.kind });
    return done(null, { spki } as RecorderSigned);
  }
  return done(null, null);
}

async function verifyAll(
  verifier: SignatureVerifier,
  roster: Roster,
  given: readonly Endorsement[],
): Promise<Result<VerifiedEndorsement[], Refusal>> {
  const verified: VerifiedEndorsement[] = [];
  for (const one of given) {
    const signed = await verifyEndorsement(verifier, roster, one);
    if (!signed.ok) return signed;
    verified.push(signed.value);
  }
  return ok(verified);
}
