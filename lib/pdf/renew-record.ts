import type { SignatureVerifier } from "#lib/ceremony/signature-verifier";
import { sameBytes } from "#lib/log/digest";
import { archived, firstRevision, readArchive, type Evidence } from "#lib/record/archive-revision";
import { readSignedData } from "#lib/record/cms";
import { cmsOf, readSignature } from "#lib/record/pdf-signature";
import { readPdf } from "#lib/record/read-pdf";
import { readTimeStamp, type TimeStamp } from "#lib/record/time-stamp";
import { readCertificate, type Certificate } from "#lib/x509/certificate";
import { TAG, withTag } from "#lib/x509/der";
import { OID } from "#lib/x509/object-identifiers";
import { readRevocationList, revocationListAddresses, revocationListFault } from "#lib/x509/revocation-list";
import type { TimeStamper } from "./pades-cms";
import { stampSeal } from "./stamp-seal";

export interface RenewOptions {
  verifier: SignatureVerifier;
  timeStamp: TimeStamper;
  /** Gives the revocation list at an address, DER; throws what it likes when it cannot be had. */
  fetchList: (address: string) => Promise<Uint8Array>;
  /** Certificates of time-stamp authorities that are trusted, DER: who may have signed a list and is in no token. */
  anchors: readonly Uint8Array[];
}

export interface Renewed {
  file: Uint8Array;
  /** What could not be had, one sentence each: the file says less than it might, and is good all the same. */
  without: string[];
}

/**
 * A sealed record made to last (PAdES B-LTA), without the recorder and its HSM: a time stamp on the seal where it has none; the
 * revocation lists of the last time stamp's authority; a time stamp over the whole. Done again years later, before the last
 * stamp's algorithm or certificate ages, it keeps the record good. Throws `Malformed` when the file is no sealed record.
 */
export async function renewRecord(record: Uint8Array, options: RenewOptions): Promise<Renewed> {
  const stamped = lastStamp(record) ? record : await stampSeal(record, options.timeStamp);
  const last = lastStamp(stamped);
  const { evidence, without } = await evidenceFor(last, options);
  return { file: await archived(stamped, readPdf(firstRevision(stamped)), evidence, options.timeStamp), without };
}

/** The youngest time stamp of the file: over all of it, else over its seal; null when there is none. */
function lastStamp(file: Uint8Array): TimeStamp | null {
  const first = readPdf(firstRevision(file));
  const revision = readArchive(file, first).at(-1);
  if (revision) return readTimeStamp(revision.token);
  const token = readSignedData(cmsOf(readSignature(first))).unsignedAttributes.get(OID.timeStampToken);
  return token ? readTimeStamp(withTag(token, TAG.sequence).encoded) : null;
}

async function evidenceFor(stamp: TimeStamp | null, { verifier, fetchList, anchors }: RenewOptions): Promise<{ evidence: Evidence; without: string[] }> {
  const path = stamp?.signed.certificates ?? [];
  const authorities = [...path, ...anchors.map(readCertificate)];
  const certificates: Uint8Array[] = [];
  const revocationLists: Uint8Array[] = [];
  const without: string[] = [];
  for (const certificate of path.filter((one) => !sameBytes(one.issuer, one.subject))) {
    const found = await listOf(certificate, authorities, verifier, fetchList);
    if (typeof found === "string") {
      without.push(found);
      continue;
    }
    if (revocationLists.some((list) => sameBytes(list, found.list))) continue;
    revocationLists.push(found.list);
    if (!path.includes(found.authority)) certificates.push(found.authority.der);
  }
  return { evidence: { certificates, revocationLists }, without };
}

/** The list that tells of the certificate with the authority that signed it, or why there is none. */
async function listOf(
  certificate: Certificate, authorities: readonly Certificate[], verifier: SignatureVerifier, fetchList: RenewOptions["fetchList"],
): Promise<{ list: Uint8Array; authority: Certificate } | string> {
  const addresses = revocationListAddresses(certificate);
  let why = "A certificate of the time-stamp authority says nowhere that its revocation list is to be had.";
  for (const address of addresses) {
    try {
      const list = readRevocationList(await fetchList(address));
      for (const authority of authorities.filter(({ subject }) => sameBytes(subject, list.issuer))) {
        if ((await revocationListFault(list, authority, verifier)) === null) return { list: list.der, authority };
      }
      why = `The revocation list at ${address} is signed by nobody in the path of the time stamp.`;
    } catch (fault) {
      why = `The revocation list at ${address} cannot be had: ${fault instanceof Error ? fault.message : "unreadable"}.`;
    }
  }
  return why;
}
