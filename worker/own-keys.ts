import type { SignatureVerifier } from "#lib/ceremony/signature-verifier";
import { sameBytes } from "#lib/log/digest";
import { readCertificate } from "#lib/x509/certificate";
import { ok, refuse, type Result } from "#lib/result";
import type { TokenRefusal } from "#lib/token/fault";
import { obtainKey } from "#lib/token/obtain-key";
import type { KeyTemplate } from "#lib/token/template";
import type { Token } from "#lib/token/token";
import { createRecorderCertificate, issueRecordSigningCertificate, serialNumber } from "#lib/x509/certificate-builder";
import { certificatesOf, type CertificatePair, type CertificateRefusal } from "./known-certificates";
import { MemoryFault, type WorkerMemory } from "./memory";
import { RECORD_SIGNING_KEY, RECORDER_KEY, signAsRecorder, type Recorder } from "./recorder";

const YEARS = { recorder: 20, recordSigning: 10 };

/** Where the certificates of a recorder that is on the token already may be found, when they are not in this worker's memory. */
export interface KnownElsewhere {
  readonly verifier: SignatureVerifier;
  readonly find: () => Promise<readonly CertificatePair[]>;
}

export type MakingRefusal = TokenRefusal | CertificateRefusal;

/**
 * The worker's own keys and certificates, made if they are not there: crash it anywhere and run it again. What is there stays,
 * so that a second run prints the fingerprint of the first. Keys that another worker of the token made get no second trust
 * anchor: their certificates are taken from `elsewhere` once they are proved by the keys, or else it refuses. Refuses what the
 * token refuses.
 */
export async function makeRecorder(
  token: Token,
  memory: WorkerMemory,
  organisation: string | null,
  now: Date,
  elsewhere: KnownElsewhere | null = null,
): Promise<Result<Recorder, MakingRefusal>> {
  const begun = memory.certificate("trust-anchor") !== null || memory.isMakingRecorder;
  if (!begun && (await isRecorderOn(token))) {
    const known = await certificatesElsewhere(token, elsewhere, now);
    if (!known.ok) return known;
    memory.keepCertificate("record-signing", known.value.recordSigning);
    memory.keepCertificate("trust-anchor", known.value.trustAnchor);
  }
  if (!begun) memory.noteMakingRecorder(now.toISOString());
  const recorder = await madeRecorder(token, memory, organisation, now);
  if (recorder.ok) memory.noteRecorderMade();
  return recorder;
}

/** Whether one of the recorder's keys is on the token, whole. Half a key has no certificate anywhere: who left it did not come to its end. */
export const isRecorderOn = async (token: Token): Promise<boolean> => (await ownPublicKeys(token)).some((spki) => spki !== null);

async function certificatesElsewhere(
  token: Token,
  elsewhere: KnownElsewhere | null,
  now: Date,
): Promise<Result<CertificatePair, CertificateRefusal>> {
  const [recorder, recordSigning] = await ownPublicKeys(token);
  const none: CertificateRefusal = { reason: "CERTIFICATES-MISSING", facts: { found: 0, why: null } };
  if (!recorder || !recordSigning || !elsewhere) return refuse(none);
  return certificatesOf({ recorder, recordSigning }, await elsewhere.find(), now, elsewhere.verifier);
}

async function madeRecorder(
  token: Token,
  memory: WorkerMemory,
  organisation: string | null,
  now: Date,
): Promise<Result<Recorder, TokenRefusal>> {
  const recorderSpki = await ownKey(token, RECORDER_KEY);
  if (!recorderSpki.ok) return recorderSpki;
  const signingSpki = await ownKey(token, RECORD_SIGNING_KEY);
  if (!signingSpki.ok) return signingSpki;

  const { serial } = await token.info();
  const sign = (data: Uint8Array) => signAsRecorder(token, data);
  const of = organisation === null ? {} : { organisation };
  const named = (commonName: string) => ({ commonName: `${commonName} ${serial}`, ...of });
  if (!memory.certificate("trust-anchor")) {
    const subject = named("Claviger recorder");
    const validity = { notBefore: now, notAfter: later(now, YEARS.recorder), serial: serialNumber(await token.random(16)) };
    const certificate = await createRecorderCertificate({ subject, spki: recorderSpki.value, sign, ...validity });
    memory.keepCertificate("trust-anchor", certificate);
  }
  const issuer = memory.certificate("trust-anchor");
  if (issuer && !memory.certificate("record-signing")) {
    const subject = named("Claviger record signing");
    const validity = { notBefore: now, notAfter: later(now, YEARS.recordSigning), serial: serialNumber(await token.random(16)) };
    const certificate = await issueRecordSigningCertificate({ subject, spki: signingSpki.value, sign, issuer, ...validity });
    memory.keepCertificate("record-signing", certificate);
  }
  const recorder = await findRecorder(token, memory);
  if (!recorder) throw new MemoryFault("the certificates just made are not there");
  return ok(recorder);
}

async function ownKey(token: Token, template: KeyTemplate): Promise<Result<Uint8Array, TokenRefusal>> {
  const made = await obtainKey(token, template);
  return made.ok ? ok(await token.exportPublicKey(template.id)) : made;
}

/**
 * The worker's recorder as keys on the token and certificates in its memory say, or null when `claviger init` has not made it.
 * Throws MemoryFault when the two do not belong together: another token, or another worker's folder.
 */
export async function findRecorder(token: Token, memory: WorkerMemory): Promise<Recorder | null> {
  const certificate = memory.certificate("trust-anchor");
  const recordSigningCertificate = memory.certificate("record-signing");
  const [recorder, signing] = await ownPublicKeys(token);
  if (!certificate || !recordSigningCertificate || !recorder || !signing) return null;
  const certified = [certificate, recordSigningCertificate].map((der) => readCertificate(der).spki);
  if (![recorder, signing].every((spki, i) => sameBytes(spki, certified[i] ?? new Uint8Array()))) {
    throw new MemoryFault("the certificates in the worker's state folder are of other keys than those on the token");
  }
  return { spki: recorder, certificate, recordSigningCertificate };
}

/** The public halves of recorder and record-signing key; null for one that is not whole on the token. */
async function ownPublicKeys(token: Token): Promise<(Uint8Array | null)[]> {
  const lookups = [await token.lookById(RECORDER_KEY.id), await token.lookById(RECORD_SIGNING_KEY.id)];
  return lookups.map((lookup) => (lookup.found === "complete" && lookup.key.kind === "pair" ? lookup.key.spki : null));
}

const later = (now: Date, years: number): Date =>
  new Date(Date.UTC(now.getUTCFullYear() + years, now.getUTCMonth(), now.getUTCDate()));
