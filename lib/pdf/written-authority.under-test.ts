import { randomBytes } from "node:crypto";
import { sha256 } from "#lib/log/digest";
import { sha1 } from "#lib/log/sha1";
import { readCertificate, type Certificate } from "#lib/x509/certificate";
import { basicConstraints, certificateBody, keyUsage, serialNumber, signedBody } from "#lib/x509/certificate-builder";
import { children, context, derElement, TAG, wholeBytes } from "#lib/x509/der";
import { der, derBits, derExplicit, derInteger, derNull, derOctets, derOid, derSequence, derSet, derTime, derTrue } from "#lib/x509/der-writer";
import { distinguishedName } from "#lib/x509/distinguished-name";
import { OID } from "#lib/x509/object-identifiers";
import { algorithmIdentifier } from "#lib/x509/signature-algorithm";
import { keyPair, makeRecorder, VALIDITY, type KeyPair } from "./sealing.under-test";

type Validity = Partial<typeof VALIDITY>;

/** What a response says beside "good": when each of its times is. */
export interface ResponseTimes {
  readonly producedAt: Date;
  readonly thisUpdate: Date;
  /** Null: the responder says of no time when there will be a newer one. */
  readonly nextUpdate: Date | null;
}

/**
 * A time-stamp authority without a server and without a clock: it stamps at whatever time it is told, with keys and certificates of its
 * own, and its root signs revocation lists and answers.
 */
export class WrittenAuthority {
  private constructor(
    readonly root: Uint8Array, private readonly rootKeys: KeyPair, readonly certificate: Uint8Array, private readonly keys: KeyPair,
  ) {}

  static async make(name = "Written stamps"): Promise<WrittenAuthority> {
    const { keys: rootKeys, certificate: root } = await makeRecorder({ subject: { commonName: name } });
    const keys = keyPair();
    const certificate = await issued(root, rootKeys, "Test authority", keys, OID.timeStamping, {}, [listsAt(name)]);
    return new WrittenAuthority(root, rootKeys, certificate, keys);
  }

  /** A token over the data, of that time. */
  async token(data: Uint8Array, at: Date): Promise<Uint8Array> {
    const { issuer, serial } = readCertificate(this.certificate);
    const imprint = derSequence(derSequence(derOid(OID.sha256), derNull()), derOctets(sha256(data)));
    const info = derSequence(derInteger(1), derOid("1.3.6.1.4.1.32473.1"), imprint, derInteger(7), generalized(at));
    const attributes = [
      attribute(OID.contentType, derOid(OID.timeStampInfo)),
      attribute(OID.messageDigest, derOctets(sha256(info))),
      attribute(OID.signingCertificateV2, derSequence(derSequence(derSequence(derOctets(sha256(this.certificate)))))),
    ];
    const signer = derSequence(
      ...[derInteger(1), derSequence(issuer, derInteger(serial)), SHA256, derSet(attributes, context(0))],
      ...[algorithmIdentifier("ES256"), derOctets(await this.keys.sign(derSet(attributes)))],
    );
    const enclosed = derSequence(derOid(OID.timeStampInfo), derExplicit(0, derOctets(info)));
    return derSequence(derOid(OID.signedData), derExplicit(0, derSequence(
      ...[derInteger(3), derSet([SHA256]), enclosed, derSet([this.certificate], context(0)), derSet([signer])],
    )));
  }

  /** A revocation list by its root, on which nobody stands, or the certificate that stamps, since then. */
  async list(thisUpdate: Date, nextUpdate: Date | null, revokedAt: Date | null = null): Promise<Uint8Array> {
    const times = [derTime(thisUpdate), ...(nextUpdate ? [derTime(nextUpdate)] : [])];
    const revoked = revokedAt ? [derSequence(derSequence(derInteger(readCertificate(this.certificate).serial), derTime(revokedAt)))] : [];
    const body = derSequence(derInteger(1), algorithmIdentifier("ES256"), readCertificate(this.root).subject, ...times, ...revoked);
    return signedBody(body, "ES256", await this.rootKeys.sign(body));
  }

  /** The answer of a responder that the root appointed for so long: the certificate that stamps is good. */
  async response({ producedAt, thisUpdate, nextUpdate }: ResponseTimes, responderFor: Validity = {}): Promise<Uint8Array> {
    const keys = keyPair();
    const responder = await issued(this.root, this.rootKeys, "Test responder", keys, OID.ocspSigning, responderFor);
    const certId = certIdOf(readCertificate(this.certificate), readCertificate(this.root));
    const until = nextUpdate ? [derExplicit(0, generalized(nextUpdate))] : [];
    const single = derSequence(certId, der(context(0, false)), generalized(thisUpdate), ...until);
    const data = derSequence(derExplicit(1, readCertificate(responder).subject), generalized(producedAt), derSequence(single));
    const signature = derBits(await keys.sign(data));
    const basic = derSequence(data, algorithmIdentifier("ES256"), signature, derExplicit(0, derSequence(responder)));
    return derSequence(der(TAG.enumerated, Uint8Array.of(0)), derExplicit(0, derSequence(derOid(OID.ocspBasic), derOctets(basic))));
  }
}

/** Where the certificate says that its authority's lists are: at `http://lists.test/` and the authority's name. */
function listsAt(name: string): Uint8Array {
  const address = der(context(6, false), new TextEncoder().encode(`http://lists.test/${encodeURIComponent(name)}`));
  const point = derSequence(derSequence(der(context(0), der(context(0), address))));
  return derSequence(derOid(OID.cRLDistributionPoints), derOctets(point));
}

const SHA256 = derSequence(derOid(OID.sha256));
const attribute = (type: string, value: Uint8Array) => derSequence(derOid(type), derSet([value]));
const generalized = (at: Date): Uint8Array =>
  der(TAG.generalizedTime, new TextEncoder().encode(`${at.toISOString().replace(/\.\d+Z$/, "").replace(/[-:T]/g, "")}Z`));

async function issued(
  root: Uint8Array, rootKeys: KeyPair, commonName: string, keys: KeyPair, purpose: string, validity: Validity,
  more: readonly Uint8Array[] = [],
): Promise<Uint8Array> {
  const body = certificateBody({
    ...{ algorithm: "ES256", serial: serialNumber(randomBytes(16)), issuer: readCertificate(root).subject },
    ...{ subject: distinguishedName({ commonName }), ...VALIDITY, ...validity, spki: keys.spki },
    extensions: [
      ...[basicConstraints(null), keyUsage(["digitalSignature"])],
      derSequence(derOid(OID.extendedKeyUsage), derTrue(), derOctets(derSequence(derOid(purpose)))),
      ...more,
    ],
  });
  return signedBody(body, "ES256", await rootKeys.sign(body));
}

function certIdOf(certificate: Certificate, issuer: Certificate): Uint8Array {
  const [, bits] = children(derElement(issuer.spki, TAG.sequence), TAG.sequence);
  const names = [derOctets(sha1(issuer.subject)), derOctets(sha1(wholeBytes(bits)))];
  return derSequence(derSequence(derOid(OID.sha1), derNull()), ...names, derInteger(certificate.serial));
}
