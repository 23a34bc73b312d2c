import { sha256 } from "#lib/log/digest";
import { readCertificate } from "#lib/x509/certificate";
import { context, derElement, TAG } from "#lib/x509/der";
import { der, derExplicit, derInteger, derOctets, derOid, derSequence, derSet } from "#lib/x509/der-writer";
import { OID } from "#lib/x509/object-identifiers";
import { algorithmIdentifier } from "#lib/x509/signature-algorithm";

/** A key with its certificate, for a signature in a PDF. */
export interface PdfSigner {
  algorithm: "ES256" | "RS256";
  /** DER. */
  certificate: Uint8Array;
  /** The certificates that go along, DER. */
  chain: Uint8Array[];
  /** Those above the signer's own, the root last, where the signature has to bind them as well: else somebody could exchange them. */
  path?: readonly Uint8Array[];
  /** Over SHA-256 of the data; ECDSA signatures in DER. */
  sign(data: Uint8Array): Promise<Uint8Array>;
}

/** The key that seals records. In production it is in the token and only the attributes to be signed go there. */
export interface RecordSigner extends PdfSigner {
  algorithm: "ES256";
}

/** Gives the RFC 3161 token over these bytes; throws a `TimeStampFault` when it cannot be had. */
export type TimeStamper = (data: Uint8Array) => Promise<Uint8Array>;

/**
 * The detached CMS of a PAdES baseline signature (ETSI EN 319 142-1 clause 6.3): B-B, or B-T with a time stamp. The claimed time
 * stands in the PDF, not here: the baseline forbids the signing-time attribute.
 */
export async function padesCms(content: Uint8Array, signer: PdfSigner, timeStamp?: TimeStamper): Promise<Uint8Array> {
  const { issuer, serial } = readCertificate(signer.certificate);
  const bound = [signer.certificate, ...(signer.path ?? [])];
  const algorithm = algorithmIdentifier(signer.algorithm);
  const attributes = [
    attribute(OID.contentType, derOid(OID.data)),
    attribute(OID.messageDigest, derOctets(sha256(content))),
    attribute(OID.signingCertificateV2, signingCertificates(bound)),
    attribute(OID.cmsAlgorithmProtection, derSequence(SHA256, der(context(1), derElement(algorithm, TAG.sequence).content))),
  ];
  const signature = await signer.sign(derSet(attributes));
  const signerInfo = derSequence(
    derInteger(1),
    derSequence(issuer, derInteger(serial)),
    SHA256,
    derSet(attributes, context(0)),
    algorithm,
    derOctets(signature),
    ...(timeStamp ? [derSet([attribute(OID.timeStampToken, await timeStamp(signature))], context(1))] : []),
  );
  return derSequence(derOid(OID.signedData), derExplicit(0, derSequence(
    derInteger(1),
    derSet([SHA256]),
    derSequence(derOid(OID.data)),
    derSet([signer.certificate, ...signer.chain], context(0)),
    derSet([signerInfo]),
  )));
}

const SHA256 = derSequence(derOid(OID.sha256));
const attribute = (type: string, value: Uint8Array) => derSequence(derOid(type), derSet([value]));

/** SigningCertificateV2 (RFC 5035): the hash algorithm is left out, as DER wants it for SHA-256. */
function signingCertificates(certificates: readonly Uint8Array[]): Uint8Array {
  return derSequence(derSequence(...certificates.map((certificate) => {
    const { issuer, serial } = readCertificate(certificate);
    const issuerSerial = derSequence(derSequence(der(context(4), issuer)), derInteger(serial));
    return derSequence(derOctets(sha256(certificate)), issuerSerial);
  })));
}
