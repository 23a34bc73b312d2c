import type { SignatureVerifier } from "#lib/ceremony/signature-verifier";
import { hex, sameBytes, sha256Hex } from "#lib/log/digest";
import { readCertificate, type Certificate } from "#lib/x509/certificate";
import { answerFor, ocspFault, readOcspResponse, type OcspResponse, type SingleResponse } from "#lib/x509/ocsp";
import { CLOCK_TOLERANCE_MS, readRevocationList, revocationListFault, wasStale, type RevocationList } from "#lib/x509/revocation-list";
import type { ArchiveRevision, Revision } from "./archive-revision";
import { readSignedData } from "./cms";
import { authorityFault, readTimeStamp, timeStampFault, type TimeStamp } from "./time-stamp";

export interface ArchiveOptions {
  verifier: SignatureVerifier;
  /** Certificates of time-stamp authorities that are trusted, DER; none: whether to trust one is not asked. */
  anchors: readonly Uint8Array[];
}

/** The seal under all of it: its time stamp, where it has one, and the certificates of the signature itself. */
export interface UnderArchive {
  readonly stamp: TimeStamp | null;
  readonly certificates: readonly Certificate[];
  /** The time stamps inside the transcript, which the seal is over. */
  readonly entryStamps?: readonly TimeStamp[];
}

/** Certificates of one signature or stamp; what happens to them after the next stamp was put over it is no matter. */
interface CoveredPath {
  readonly certificates: readonly Certificate[];
  readonly until: number | null;
}

/**
 * Why what stands behind the seal proves nothing, or null. Each time stamp must be good, by an authority that is trusted where any
 * is, and not before the one before it; each piece of evidence signed by who issued a certificate before it, or by whom they
 * appointed; and no certificate revoked before the next stamp was put over its signature.
 */
export async function archiveFault(revisions: readonly Revision[], under: UnderArchive, options: ArchiveOptions): Promise<string | null> {
  const verifier = onceEach(options.verifier);
  const anchors = options.anchors.map(readCertificate);
  const before: TimeStamp[] = under.stamp ? [under.stamp] : [];
  const sealed = [under.certificates, ...(under.entryStamps ?? []).map(({ signed }) => signed.certificates)];
  let paths: CoveredPath[] = [...sealed.map((certificates) => ({ certificates, until: under.stamp?.at ?? null })), ...before.map(uncovered)];
  for (const revision of revisions) {
    if (revision.kind === "cosignature") {
      paths.push({ certificates: readSignedData(revision.cms).certificates, until: null });
      continue;
    }
    const which = `archive time stamp ${String(before.length + (under.stamp ? 0 : 1))}: `;
    const stamp = readTimeStamp(revision.token);
    const fault =
      (await timeStampFault(stamp, revision.stamped, verifier)) ?? (anchors.length > 0 ? await authorityFault(stamp, anchors, verifier) : null);
    if (fault !== null) return which + fault;
    if (before.some(({ at }) => at > stamp.at)) return `${which}it is older than a time stamp it is over`;
    paths = paths.map(({ certificates, until }) => ({ certificates, until: until ?? stamp.at }));
    const unsound = await evidenceFault(revision, paths, stamp.at, { anchors, verifier });
    if (unsound !== null) return which + unsound;
    before.push(stamp);
    paths.push(uncovered(stamp));
  }
  return null;
}

const REMEMBERING = new WeakSet<SignatureVerifier>();

/** The same, which verifies nothing twice: each revision asks again who issued every certificate before it. */
export function onceEach(verifier: SignatureVerifier): SignatureVerifier {
  if (REMEMBERING.has(verifier)) return verifier;
  const known = new Map<string, Promise<boolean>>();
  const remembering: SignatureVerifier = {
    verify: (algorithm, spki, data, signature) => {
      const asked = [algorithm, ...[spki, data, signature].map(sha256Hex)].join();
      const answer = known.get(asked) ?? verifier.verify(algorithm, spki, data, signature);
      known.set(asked, answer);
      return answer;
    },
  };
  REMEMBERING.add(remembering);
  return remembering;
}

const uncovered = ({ signed }: TimeStamp): CoveredPath => ({ certificates: signed.certificates, until: null });

/** A certificate of which evidence may speak, with who issued it. */
interface Issued {
  readonly certificate: Certificate;
  readonly issuer: Certificate;
  readonly until: number;
}

/** Why the evidence of a revision does not speak for what is before it, or speaks against it, or null. */
async function evidenceFault(
  { certificates, revocationLists, responses }: ArchiveRevision, paths: readonly CoveredPath[], coveredAt: number,
  { anchors, verifier }: { readonly anchors: readonly Certificate[]; readonly verifier: SignatureVerifier },
): Promise<string | null> {
  const brought = certificates.map(readCertificate);
  const issued = await issuedBy(paths, [...brought, ...anchors], coveredAt, verifier);
  const lists = revocationLists.map(readRevocationList);
  const answers = responses.map(readOcspResponse);
  const isAsked = (one: Certificate) =>
    lists.some(({ issuer }) => sameBytes(issuer, one.subject)) ||
    answers.some((answer) => issued.some(({ certificate, issuer }) => issuer === one && answerFor(answer, certificate, issuer) !== null));
  if (!brought.every(isAsked)) return "its evidence brings a certificate that nothing asks for";
  for (const list of lists) {
    const fault = await listFault(list, issued, coveredAt, verifier);
    if (fault !== null) return fault;
  }
  for (const answer of answers) {
    const fault = await answerFault(answer, issued, coveredAt, verifier);
    if (fault !== null) return fault;
  }
  return null;
}

/** Every certificate before the evidence with everyone who signed it: a name alone makes nobody an issuer. */
async function issuedBy(
  paths: readonly CoveredPath[], more: readonly Certificate[], coveredAt: number, verifier: SignatureVerifier,
): Promise<Issued[]> {
  const issued: Issued[] = [];
  const authorities = [...paths.flatMap(({ certificates }) => certificates), ...more];
  for (const { certificates, until } of paths) {
    for (const certificate of certificates) {
      for (const issuer of authorities.filter(({ subject }) => sameBytes(subject, certificate.issuer))) {
        const genuine = await verifier.verify(certificate.algorithm, issuer.spki, certificate.signed, certificate.signature);
        if (genuine) issued.push({ certificate, issuer, until: until ?? coveredAt });
      }
    }
  }
  return issued;
}

const REVOKED = "a certificate was revoked before anything was put over its signature or stamp";

async function listFault(
  list: RevocationList, issued: readonly Issued[], coveredAt: number, verifier: SignatureVerifier,
): Promise<string | null> {
  const about = issued.filter(({ issuer }) => sameBytes(issuer.subject, list.issuer));
  let fault: string | null = "its evidence brings a revocation list that nothing asks for";
  for (const { issuer } of about) {
    fault = await revocationListFault(list, issuer, verifier);
    if (fault === null) break;
  }
  if (fault !== null) return fault;
  if (list.thisUpdate > coveredAt) return "a revocation list in its evidence is younger than the stamp over it";
  if (wasStale(list, coveredAt)) return "a revocation list in its evidence was no longer the newest at the stamp over it";
  return about.some(({ certificate, until }) => (list.revoked.get(hex(certificate.serial)) ?? Infinity) <= until) ? REVOKED : null;
}

/** One answer about one certificate: what else a responder says has no place here. */
async function answerFault(
  answer: OcspResponse, issued: readonly Issued[], coveredAt: number, verifier: SignatureVerifier,
): Promise<string | null> {
  const about = issued.filter(({ certificate, issuer }) => answerFor(answer, certificate, issuer) !== null);
  const [first] = about;
  if (!first || answer.responses.length !== 1) return "its evidence brings an OCSP response that nothing asks for";
  const fault = await ocspFault(answer, first.issuer, coveredAt, verifier);
  if (fault !== null) return fault;
  const revokedAt = answer.responses[0]?.revokedAt ?? Infinity;
  return about.some(({ until }) => revokedAt <= until) ? REVOKED : null;
}

/** What evidence behind a seal says of certificates, by the SHA-256 of each: of the others it says nothing. */
export interface Shown {
  /** Not revoked when the signature or stamp was made, and in no list or answer since. */
  readonly good: readonly string[];
  /** When they were revoked, in milliseconds. */
  readonly revoked: ReadonlyMap<string, number>;
}

/** A signature or stamp, and when it was made. */
export type Made = Pick<TimeStamp, "signed" | "at">;

/**
 * What the evidence of all revisions says of the certificates under these signatures and stamps: by who issued that very certificate, or by
 * whom they appointed; that one is good only evidence that is not older than what was made under it. Asked of revisions in which `archiveFault`
 * found no fault.
 */
export async function shownGood(revisions: readonly Revision[], made: readonly Made[], options: ArchiveOptions): Promise<Shown> {
  const verifier = onceEach(options.verifier);
  const madeAt = new Map<string, number>();
  for (const { at, signed } of made) {
    for (const { der } of signed.certificates) madeAt.set(sha256Hex(der), Math.max(at, madeAt.get(sha256Hex(der)) ?? at));
  }
  const asked = new Map(made.flatMap(({ signed }) => signed.certificates.map((one) => [sha256Hex(one.der), one] as const)));
  const path: CoveredPath = { certificates: [...asked.values()], until: null };
  const good = new Set<string>();
  const revoked = new Map<string, number>();
  for (const revision of revisions.filter((one) => one.kind === "stamp")) {
    const { at, signed } = readTimeStamp(revision.token);
    const lists = revision.revocationLists.map(readRevocationList);
    const answers = revision.responses.map(readOcspResponse);
    const authorities = [...options.anchors, ...revision.certificates].map(readCertificate);
    for (const one of await issuedBy([path], [...authorities, ...signed.certificates], at, verifier)) {
      const sha256 = sha256Hex(one.certificate.der);
      for (const { thisUpdate, revokedAt } of await toldOf(one, { lists, answers, at }, verifier)) {
        if (revokedAt !== null) revoked.set(sha256, Math.min(revokedAt, revoked.get(sha256) ?? revokedAt));
        else if (thisUpdate >= (madeAt.get(sha256) ?? Infinity) - CLOCK_TOLERANCE_MS) good.add(sha256);
      }
    }
  }
  return { good: [...good].filter((sha256) => !revoked.has(sha256)), revoked };
}

interface Read {
  readonly lists: readonly RevocationList[];
  readonly answers: readonly OcspResponse[];
  readonly at: number;
}

/** What those lists and answers say of it that its issuer stands behind. */
async function toldOf({ certificate, issuer }: Issued, { lists, answers, at }: Read, verifier: SignatureVerifier): Promise<Pick<SingleResponse, "thisUpdate" | "revokedAt">[]> {
  const told: Pick<SingleResponse, "thisUpdate" | "revokedAt">[] = [];
  for (const list of lists) {
    if ((await revocationListFault(list, issuer, verifier)) !== null) continue;
    told.push({ thisUpdate: list.thisUpdate, revokedAt: list.revoked.get(hex(certificate.serial)) ?? null });
  }
  for (const answer of answers) {
    const single = answerFor(answer, certificate, issuer);
    if (single && (await ocspFault(answer, issuer, at, verifier)) === null) told.push(single);
  }
  return told;
}

/** What stands behind the seal, in a sentence; times of the stamps, and whether each one's authority is shown not to have been revoked. */
export function archiveInWords(revisions: readonly Revision[]): string {
  const stamps = revisions.filter((one) => one.kind === "stamp");
  if (stamps.length === 0) return "none; what the seal and its time stamp rest on must be believed as it is today";
  const stamped = stamps.map(({ token, revocationLists, responses }) => {
    const count = (n: number, what: string) => (n === 0 ? [] : [`${String(n)} ${what}${n === 1 ? "" : "s"}`]);
    const evidence = [...count(revocationLists.length, "revocation list"), ...count(responses.length, "OCSP response")].join(" and ");
    const at = new Date(readTimeStamp(token).at).toISOString();
    return `${at} over all before it, with ${evidence === "" ? "no revocation list or OCSP response" : evidence}`;
  });
  return `stamped again ${stamped.join("; ")}`;
}
