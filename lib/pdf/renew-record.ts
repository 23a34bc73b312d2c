import type { SignatureVerifier } from "#lib/ceremony/signature-verifier";
import { sameBytes, sha256Hex } from "#lib/log/digest";
import { archived, firstRevision, readArchive } from "#lib/record/archive-revision";
import { shownGood, type Made } from "#lib/record/archive-stamps";
import { readSignedData } from "#lib/record/cms";
import { entryStampsIn } from "#lib/record/entry-stamps";
import type { Inflate } from "#lib/record/pdf-attachments";
import { cmsOf, readSignature } from "#lib/record/pdf-signature";
import { readPdf } from "#lib/record/read-pdf";
import { readTimeStamp } from "#lib/record/time-stamp";
import { readCertificate, type Certificate } from "#lib/x509/certificate";
import { TAG, withTag } from "#lib/x509/der";
import { OID } from "#lib/x509/object-identifiers";
import { ocspAddresses } from "#lib/x509/ocsp";
import { revocationListAddresses } from "#lib/x509/revocation-list";
import { gatherEvidence, type Gathering } from "./gather-evidence";
import type { TimeStamper } from "./pades-cms";
import { stampSeal } from "./stamp-seal";

export interface RenewOptions extends Omit<Gathering, "anchors"> {
  verifier: SignatureVerifier;
  inflate: Inflate;
  timeStamp: TimeStamper;
  /** Certificates that are trusted, DER, of time-stamp authorities and of the recorder: who may have signed evidence and is in no token. */
  anchors: readonly Uint8Array[];
}

export interface Renewed {
  file: Uint8Array;
  /** What could not be had, one sentence each: the file says less than it might, and is good all the same. */
  without: string[];
}

/**
 * A sealed record made to last (PAdES B-LTA), without the recorder and its HSM: a time stamp on the seal where it has none; OCSP
 * responses and revocation lists for every certificate of which nothing in it shows yet how it stood, also of the time stamps in the
 * transcript; a time stamp over the whole. Done again years later, before the last stamp's algorithm or certificate ages, it keeps the record good. Throws
 * `Malformed` when the file is no sealed record.
 */
export async function renewRecord(record: Uint8Array, options: RenewOptions): Promise<Renewed> {
  // Under an outside party's signature the seal's own place cannot be filled any more: then the stamp over the whole is the first.
  const isOpen = sealStamp(record) === null && firstRevision(record).length === record.length;
  const stamped = isOpen ? await stampSeal(record, options.timeStamp) : record;
  const { paths, known } = await pathsOf(stamped, options);
  const { evidence, without } = await gatherEvidence(paths, { ...options, anchors: options.anchors.map(readCertificate) }, known);
  return { file: await archived(stamped, readPdf(firstRevision(stamped)), evidence, options.timeStamp), without };
}

const sealOf = (file: Uint8Array) => readSignedData(cmsOf(readSignature(readPdf(firstRevision(file)))));
function sealStamp(file: Uint8Array) {
  const token = sealOf(file).unsignedAttributes.get(OID.timeStampToken);
  return token ? readTimeStamp(withTag(token, TAG.sequence).encoded) : null;
}

/**
 * The paths of signatures and stamps, and which of their certificates are known to be good or revoked by what the file brings: none of
 * the newest stamp, on which all before it rests until now and which is asked about at each renewal. Of a seal that an organisation
 * certified all of its path; of any other only what names whom to ask, for a recorder that certified itself answers for nobody.
 */
async function pathsOf(file: Uint8Array, { inflate, anchors, verifier }: RenewOptions): Promise<{ paths: Certificate[][]; known: string[] }> {
  const sealed = readPdf(firstRevision(file));
  const stamp = sealStamp(file);
  const seal: Made = { signed: sealOf(file), at: stamp?.at ?? readSignature(sealed).claimedAt };
  const { signer, certificates } = seal.signed;
  const isOrganisations = certificates.some(({ der, spki }) => !sameBytes(der, signer.der) && sameBytes(spki, signer.spki));
  const sealing = isOrganisations ? certificates : certificates.filter((one) => ocspAddresses(one).length + revocationListAddresses(one).length > 0);
  const archive = readArchive(file, sealed);
  const behind = archive.map((one): Made =>
    one.kind === "cosignature" ? { signed: readSignedData(one.cms), at: one.claimedAt } : readTimeStamp(one.token));
  const others = [...(stamp ? [stamp] : []), ...behind, ...(await entryStampsIn(sealed, inflate))];
  const newest = behind.findLast((_, i) => archive[i]?.kind === "stamp") ?? stamp;
  const asked = newest?.signed.certificates.map(({ der }) => sha256Hex(der)) ?? [];
  const { good, revoked } = await shownGood(archive, [seal, ...others], { anchors, verifier });
  return {
    paths: [[...sealing], ...others.map(({ signed }) => [...signed.certificates])],
    known: [...good, ...revoked.keys()].filter((sha256) => !asked.includes(sha256)),
  };
}
