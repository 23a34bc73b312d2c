import type { SignatureVerifier } from "#lib/ceremony/signature-verifier";
import { sha256Hex } from "#lib/log/digest";
import { readCertificate, type Certificate } from "#lib/x509/certificate";
import { algorithmProtectionFault, digestFault, onlyAttributes, readSignedData, signingCertificateFault, type SignedData } from "./cms";
import { derElement, DerFields, TAG, withTag } from "#lib/x509/der";
import { SHA_256 } from "#lib/x509/digest-algorithm";
import { Malformed, must } from "#lib/x509/malformed";
import { OID } from "#lib/x509/object-identifiers";
import { firstRevision, readArchive, type Revision } from "./archive-revision";
import { archiveFault, archiveInWords, onceEach, shownGood, type Shown } from "./archive-stamps";
import { cosignatureFault, cosignaturesInWords } from "./cosignatures";
import { entryStampsIn } from "./entry-stamps";
import type { Inflate } from "./pdf-attachments";
import { activeContentFault } from "./pdf-content";
import { byteRangeFault, cmsOf, readSignature, sealedBytes, type PdfSignature } from "./pdf-signature";
import { Appended, readPdf, type PdfFile } from "./read-pdf";
import { sealPathFault, sealPathInWords, usageFault } from "./recorder-path";
import { anchorsOver, authorityFault, readTimeStamp, timeStampFault, type TimeStamp } from "./time-stamp";

/** In this order; a check whose ground is missing is not examined, and not ok. */
export const SEAL_CHECKS = [
  "structure", "nothing-after-the-signature", "no-active-content", "signature-field", "byte-range", "cms-form", "digest",
  "signing-certificate", "trust-anchor", "certificate-path", "key-usage", "signature", "timestamp", "archive", "outside-signatures",
] as const;
export type SealCheckName = (typeof SEAL_CHECKS)[number];

export interface SealCheck {
  name: SealCheckName;
  ok: boolean;
  /** One sentence: what was found. */
  reason: string;
}

export interface SealOptions {
  /** The recorder's certificate, DER: the one thing the auditor brought. */
  trustAnchor: Uint8Array;
  verifier: SignatureVerifier;
  /** Whether the recorder is known by the organisation that certified its key, and not by itself. */
  byOrganisation?: boolean;
  /** When the certificates must have been valid, if no trusted time stamp says so; else the time the signer claims. Milliseconds. */
  at?: number;
  /** Certificates of time-stamp authorities that are trusted. */
  timeStampAnchors?: readonly Uint8Array[];
  /** Refuse a record without a time stamp from one of the anchors. */
  requireTimeStamp?: boolean;
  /** Opens the transcript, so that evidence behind the seal may speak of the time stamps in it; without it none may. */
  inflate?: Inflate;
}

export interface SealVerdict {
  checks: SealCheck[];
  /** The file, when every check is ok: read attachments from this and from nothing else. */
  sealed: PdfFile | null;
  /** Time of the seal in milliseconds, and who says so; null when not established. */
  sealedAt: { at: number; by: "time-stamp authority" | "signer" } | null;
  /** Which of the authorities that are trusted stamped the seal itself: SHA-256 of their certificates. */
  authorities: readonly string[];
  /** Certificates of time stamps inside the transcript that are shown not to have been revoked, SHA-256 of each. */
  stampsShownGood: readonly string[];
  /** Those of which the same evidence says when they were revoked: later, or the record would not be good. Milliseconds. */
  stampsRevoked: ReadonlyMap<string, number>;
}

/** Checks the seal of a record against the one certificate the auditor brought. Never throws for what is in the file. */
export async function verifySeal(bytes: Uint8Array, options: SealOptions): Promise<SealVerdict> {
  const checks: SealCheck[] = [];
  let sealedAt: SealVerdict["sealedAt"] = null;
  let sealed: PdfFile | null = null;
  let authorities: readonly string[] = [];
  let shown: Shown = { good: [], revoked: new Map() };
  try {
    const pdf = await examine("structure", () => readPdf(firstRevision(bytes)), (pdf) => `one revision, ${pdf.objects.size} objects, every byte accounted for`);
    const archive = await examine("nothing-after-the-signature", () => readArchive(bytes, pdf), afterInWords);
    await demand("no-active-content", () => activeContentFault(pdf), "no scripts, no actions, nothing fetched");
    const signature = await examine("signature-field", () => readSignature(pdf), () => "one signature, PAdES baseline");
    await demand("byte-range", () => byteRangeFault(signature, pdf), "all bytes but the signature's own");
    const signed = await examine("cms-form", () => readSeal(signature), () => "one signer, ES256, nothing unread");
    const content = sealedBytes(signature, pdf);
    await demand("digest", () => digestFault(signed, content), () => `SHA-256 ${sha256Hex(content)}`);
    await demand("signing-certificate", () => signingCertificateFault(signed) ?? algorithmProtectionFault(signed), "bound by the signature");
    const anchor = await examine("trust-anchor", () => readAnchor(options.trustAnchor), ({ der }) => `SHA-256 ${sha256Hex(der)}`);
    const stamp = readStamp(signed);
    sealedAt = await timeOfSeal(stamp, signature, options);
    const { at } = sealedAt;
    await demand("certificate-path", () => sealPathFault(signed, anchor, pathTimes(at, signature.claimedAt, options), options.verifier), () => sealPathInWords(signed, anchor, at));
    await demand("key-usage", () => usageFault(signed.signer), "for signing documents");
    await demand("signature", async () =>
      await options.verifier.verify("ES256", signed.signer.spki, signed.signedBytes, signed.signature) ? null : "the signature does not verify",
    "verifies under the record-signing key");
    await demand("timestamp", () => stamp === null ? unstampedFault(archive, signed, anchor, signature.claimedAt, options) : stampFault(stamp, signed, options),
      stampReason(stamp, options));
    const archiving = { verifier: onceEach(options.verifier), anchors: options.timeStampAnchors ?? [] };
    const entryStamps = archive.some(({ kind }) => kind === "stamp") && options.inflate ? await entryStampsIn(pdf, options.inflate) : [];
    const under = { stamp: stamp instanceof Malformed ? null : stamp, certificates: signed.certificates, entryStamps };
    await demand("archive", () => archiveFault(archive, under, archiving), () => archiveInWords(archive));
    shown = await shownGood(archive, [...entryStamps, { signed, at }], archiving);
    await demand("outside-signatures", () => cosignatureFault(archive, options.verifier), () => cosignaturesInWords(archive));
    if (stamp && !(stamp instanceof Malformed)) authorities = (await anchorsOver(stamp, archiving.anchors, options.verifier)).by;
    sealed = pdf;
  } catch (refused) {
    if (!(refused instanceof Refused)) throw refused;
    for (const name of SEAL_CHECKS.slice(checks.length)) {
      checks.push({ name, ok: false, reason: `not examined, because ${refused.check} failed` });
    }
  }
  return { checks, sealed, sealedAt: sealed ? sealedAt : null, authorities, stampsShownGood: shown.good, stampsRevoked: shown.revoked };

  function pass(name: SealCheckName, reason: string): void {
    checks.push({ name, ok: true, reason });
  }
  function fail(name: SealCheckName, reason: string): never {
    checks.push({ name, ok: false, reason });
    throw new Refused(name);
  }
  async function examine<T>(name: SealCheckName, read: () => T, reason: (value: T) => string): Promise<T> {
    try {
      const value = read();
      pass(name, reason(value));
      return value;
    } catch (fault) {
      if (!(fault instanceof Malformed)) throw fault;
      if (fault instanceof Appended) pass("structure", "the first revision was read to its end");
      return fail(fault instanceof Appended ? "nothing-after-the-signature" : name, fault.message);
    }
  }
  async function demand(name: SealCheckName, fault: () => string | null | Promise<string | null>, reason: string | (() => string)): Promise<void> {
    try {
      const found = await fault();
      if (found !== null) fail(name, found);
      pass(name, typeof reason === "string" ? reason : reason());
    } catch (thrown) {
      if (!(thrown instanceof Malformed)) throw thrown;
      fail(name, thrown.message);
    }
  }
}

function afterInWords(revisions: readonly Revision[]): string {
  const count = (kind: Revision["kind"], what: string) => {
    const { length } = revisions.filter((one) => one.kind === kind);
    return length === 0 ? [] : [`${String(length)} ${what}${length === 1 ? "" : "s"}`];
  };
  const behind = [...count("stamp", "archive time stamp"), ...count("cosignature", "outside signature")];
  return behind.length === 0 ? "the file ends where it was sealed" : `the file ends where it was sealed, but for ${behind.join(" and ")}`;
}

class Refused extends Error {
  constructor(readonly check: SealCheckName) {
    super(check);
  }
}

const SIGNED_ATTRIBUTES = [OID.contentType, OID.messageDigest, OID.signingCertificateV2, OID.cmsAlgorithmProtection];

/** PAdES baseline (ETSI EN 319 142-1 clause 6.3): detached, no signing-time attribute; ES256 is the only algorithm we seal with. */
function readSeal(signature: PdfSignature): SignedData {
  const signed = readSignedData(cmsOf(signature));
  must(signed.contentType === OID.data && signed.content === null, "CMS: not a detached signature");
  must(signed.algorithm === "ES256" && signed.digest === SHA_256, "CMS: not ES256");
  // ECDSA-Sig-Value: read here, so that no other spelling of the same two numbers is accepted.
  const numbers = DerFields.of(derElement(signed.signature, TAG.sequence));
  numbers.next(TAG.integer);
  numbers.next(TAG.integer);
  numbers.end();
  onlyAttributes(signed.signedAttributes, SIGNED_ATTRIBUTES);
  onlyAttributes(signed.unsignedAttributes, [OID.timeStampToken]);
  return signed;
}

/** Who knows the recorder itself loses nothing by an organisation's certificate that ended before somebody stamped the seal; who knows the organisation does. */
const pathTimes = (at: number, claimedAt: number, options: SealOptions) => ({ at, chainAt: options.byOrganisation ? at : (options.at ?? claimedAt) });

function readAnchor(der: Uint8Array): Certificate {
  const anchor = readCertificate(der);
  must(anchor.authority !== null, "the trust anchor is no certificate authority");
  return anchor;
}

/** A token that cannot be read is reported by the `timestamp` check, not here. */
function readStamp(signed: SignedData): TimeStamp | Malformed | null {
  const token = signed.unsignedAttributes.get(OID.timeStampToken);
  if (!token) return null;
  try {
    return readTimeStamp(withTag(token, TAG.sequence).encoded);
  } catch (fault) {
    if (fault instanceof Malformed) return fault;
    throw fault;
  }
}

async function timeOfSeal(stamp: TimeStamp | Malformed | null, signature: PdfSignature, options: SealOptions): Promise<NonNullable<SealVerdict["sealedAt"]>> {
  if (stamp && !(stamp instanceof Malformed) && options.timeStampAnchors?.length) return { at: stamp.at, by: "time-stamp authority" };
  return { at: options.at ?? signature.claimedAt, by: "signer" };
}

async function stampFault(stamp: TimeStamp | Malformed, signed: SignedData, options: SealOptions): Promise<string | null> {
  if (stamp instanceof Malformed) return stamp.message;
  const fault = await timeStampFault(stamp, signed.signature, options.verifier);
  if (fault) return fault;
  const anchors = options.timeStampAnchors ?? [];
  if (anchors.length > 0) return authorityFault(stamp, anchors.map(readCertificate), options.verifier);
  return options.requireTimeStamp ? NO_ANCHORS : null;
}
const NO_ANCHORS = "no certificate of a time-stamp authority was given to trust";

/** How long after it was sealed a record that others signed first may get its first stamp, and still be called stamped. */
const MOST_UNSTAMPED_MS = 24 * 60 * 60_000;

/**
 * A record signed by others before it was stamped has its first stamp over all of it, which the check `archive` judges. That it was sealed
 * when the signer says is then no more than the signer's word, so the stamp has to be of the same day, and the path good at its time.
 */
async function unstampedFault(
  archive: readonly Revision[], signed: SignedData, anchor: Certificate, claimedAt: number, options: SealOptions,
): Promise<string | null> {
  if (!options.requireTimeStamp) return null;
  const first = archive.find((one) => one.kind === "stamp");
  if (!first) return "there is no time stamp, and one is required";
  if (!options.timeStampAnchors?.length) return NO_ANCHORS;
  const { at } = readTimeStamp(first.token);
  const when = `the first time stamp over the seal is of ${new Date(at).toISOString()}`;
  if (at > claimedAt + MOST_UNSTAMPED_MS) return `${when}, more than a day after it was sealed by its own word`;
  const path = await sealPathFault(signed, anchor, pathTimes(at, claimedAt, options), options.verifier);
  return path && `${when}, and then ${path}`;
}

function stampReason(stamp: TimeStamp | Malformed | null, options: SealOptions): string {
  if (!stamp || stamp instanceof Malformed) return "none on the seal; its time is what the signer claims";
  const at = new Date(stamp.at).toISOString();
  if (options.timeStampAnchors?.length) return `${at}, by a trusted authority`;
  return `${at}, over this signature; whether to trust its authority was not asked`;
}
