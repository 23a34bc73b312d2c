import type { SignatureVerifier } from "#lib/ceremony/signature-verifier";
import { hex, sameBytes } from "#lib/log/digest";
import { readCertificate, type Certificate } from "#lib/x509/certificate";
import { readRevocationList, revocationListFault, type RevocationList } from "#lib/x509/revocation-list";
import type { ArchiveRevision } from "./archive-revision";
import { authorityFault, readTimeStamp, timeStampFault, type TimeStamp } from "./time-stamp";

export interface ArchiveOptions {
  verifier: SignatureVerifier;
  /** Certificates of time-stamp authorities that are trusted, DER; none: whether to trust one is not asked. */
  anchors: readonly Uint8Array[];
}

/**
 * Why what stands behind the seal proves nothing, or null. Each time stamp must be good, by an authority that is trusted where any
 * is, and not before the one before it; each piece of evidence signed by somebody in the path of a stamp before it; and no
 * stamp's certificate revoked before the next stamp was put over it. `seal` is the time stamp on the seal itself, where it has one.
 */
export async function archiveFault(revisions: readonly ArchiveRevision[], seal: TimeStamp | null, options: ArchiveOptions): Promise<string | null> {
  const { verifier } = options;
  const anchors = options.anchors.map(readCertificate);
  const before: TimeStamp[] = seal ? [seal] : [];
  for (const [i, revision] of revisions.entries()) {
    const which = `archive time stamp ${String(i + 1)}: `;
    const stamp = readTimeStamp(revision.token);
    const fault =
      (await timeStampFault(stamp, revision.stamped, verifier)) ?? (anchors.length > 0 ? await authorityFault(stamp, anchors, verifier) : null);
    if (fault !== null) return which + fault;
    if (before.some(({ at }) => at > stamp.at)) return `${which}it is older than a time stamp it is over`;
    const unsound = await evidenceFault(revision, before, stamp.at, anchors, verifier);
    if (unsound !== null) return which + unsound;
    before.push(stamp);
  }
  return null;
}

/** Why the evidence of a revision does not speak for the stamps before it, or speaks against one, or null. */
async function evidenceFault(
  { certificates, revocationLists }: ArchiveRevision, stamps: readonly TimeStamp[], coveredAt: number, anchors: readonly Certificate[], verifier: SignatureVerifier,
): Promise<string | null> {
  const inPaths = stamps.flatMap(({ signed }) => signed.certificates);
  const brought = certificates.map(readCertificate);
  const authorities = [...inPaths, ...brought, ...anchors];
  const lists = revocationLists.map(readRevocationList);
  const idle = brought.find((one) => !lists.some(({ issuer }) => sameBytes(issuer, one.subject)));
  if (idle) return "its evidence brings a certificate that nothing asks for";
  for (const list of lists) {
    const fault = await listFault(list, authorities, verifier);
    if (fault !== null) return fault;
    if (!inPaths.some(({ issuer }) => sameBytes(issuer, list.issuer))) return "its evidence brings a revocation list that nothing asks for";
    if (list.thisUpdate > coveredAt) return "a revocation list in its evidence is younger than the stamp over it";
    // A stamp was there at the latest when the next one was put over it; what happens to its authority afterwards is no matter.
    const revoked = stamps.some(({ signed }, i) => signed.certificates.some(({ issuer, serial }) =>
      sameBytes(issuer, list.issuer) && (list.revoked.get(hex(serial)) ?? Infinity) <= (stamps[i + 1]?.at ?? coveredAt)));
    if (revoked) return "a certificate of a time-stamp authority was revoked before anything was put over its stamp";
  }
  return null;
}

async function listFault(list: RevocationList, authorities: readonly Certificate[], verifier: SignatureVerifier): Promise<string | null> {
  let fault: string | null = "a revocation list in its evidence is signed by nobody in the path";
  for (const authority of authorities.filter(({ subject }) => sameBytes(subject, list.issuer))) {
    fault = await revocationListFault(list, authority, verifier);
    if (fault === null) return null;
  }
  return fault;
}

/** What stands behind the seal, in a sentence; times of the stamps, and whether each one's authority is shown not to have been revoked. */
export function archiveInWords(revisions: readonly ArchiveRevision[]): string {
  if (revisions.length === 0) return "none; what the seal and its time stamp rest on must be believed as it is today";
  const at = revisions.map(({ token, revocationLists }) => {
    const lists = revocationLists.length === 0 ? "no revocation list" : `${String(revocationLists.length)} revocation ${revocationLists.length === 1 ? "list" : "lists"}`;
    return `${new Date(readTimeStamp(token).at).toISOString()} over all before it, with ${lists}`;
  });
  return `stamped again ${at.join("; ")}`;
}
