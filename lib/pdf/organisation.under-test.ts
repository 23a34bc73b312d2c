import { randomBytes } from "node:crypto";
import { readCertificate, type KeyUsage } from "#lib/x509/certificate";
import { basicConstraints, certificateBody, extendedKeyUsage, keyUsage, serialNumber, signedBody, subjectKeyIdentifier } from "#lib/x509/certificate-builder";
import { context } from "#lib/x509/der";
import { der, derInteger, derOctets, derOid, derSequence, derTime } from "#lib/x509/der-writer";
import { algorithmIdentifier } from "#lib/x509/signature-algorithm";
import { distinguishedName, type Subject } from "#lib/x509/distinguished-name";
import { OID } from "#lib/x509/object-identifiers";
import { keyPair, VALIDITY, type KeyPair } from "./sealing.under-test";

/** What an authority of the organisation puts into a certificate, beside what a good one has. */
export interface Changes extends Partial<typeof VALIDITY> {
  readonly usages?: readonly KeyUsage[];
  readonly purposes?: readonly string[];
  readonly authority?: { readonly pathLength: number | null } | null;
  /** Extensions in DER, beside the others. */
  readonly more?: readonly Uint8Array[];
}

/** The name under which the organisation of the tests certifies its recorder, as data and as people read it. */
export const RECORDER_NAME: Subject = { organisation: "Nordhafen Clearing AG", commonName: "Claviger recorder" };
export const RECORDER_NAMED = "O=Nordhafen Clearing AG, CN=Claviger recorder";

/** An authority of an organisation, which certifies keys and other authorities below it. */
export class Organisation {
  private constructor(
    readonly certificate: Uint8Array,
    private readonly subject: Uint8Array,
    private readonly keys: KeyPair,
    private readonly above: readonly Uint8Array[],
  ) {}

  /** A root, by the name; two of one name have different keys. */
  static async make(commonName = "Nordhafen Root CA", changes: Changes = {}): Promise<Organisation> {
    const keys = keyPair();
    const subject = distinguishedName({ organisation: "Nordhafen Clearing AG", commonName });
    const body = bodyOf(subject, subject, keys.spki, { ...AUTHORITY, ...changes });
    return new Organisation(signedBody(body, "ES256", await keys.sign(body)), subject, keys, []);
  }

  /** An authority below this one. */
  async below(commonName: string, changes: Changes = {}): Promise<Organisation> {
    const keys = keyPair();
    const subject = distinguishedName({ organisation: "Nordhafen Clearing AG", commonName });
    const certificate = await this.signed(subject, keys.spki, { ...AUTHORITY, ...changes });
    return new Organisation(certificate, subject, keys, this.chain);
  }

  /** This authority's certificate and those above it, the root last. */
  get chain(): Uint8Array[] {
    return [this.certificate, ...this.above];
  }

  /** A certificate for somebody's key, with those above it, as a signer of PDF files brings them; `own`: the recorder's own certificate. */
  async certify(spki: Uint8Array, own: Uint8Array, { subject = RECORDER_NAME, ...changes }: Changes & { readonly subject?: Subject } = {}): Promise<{ certificate: Uint8Array; chain: Uint8Array[]; path: Uint8Array[] }> {
    return { certificate: await this.signed(distinguishedName(subject), spki, changes), chain: [...this.chain, own], path: this.chain };
  }

  /** A certificate for another root, by its own name and key. */
  across(other: Organisation): Promise<Uint8Array> {
    return this.signed(other.subject, other.keys.spki, AUTHORITY);
  }

  /** Its revocation list, with these certificates on it. */
  async list(thisUpdate: Date, revoked: readonly { readonly certificate: Uint8Array; readonly at: Date }[] = []): Promise<Uint8Array> {
    const entries = revoked.map(({ certificate, at }) => derSequence(derInteger(readCertificate(certificate).serial), derTime(at)));
    const until = new Date(thisUpdate.getTime() + 24 * 3600_000);
    const parts = [derInteger(1), algorithmIdentifier("ES256"), this.subject, derTime(thisUpdate), derTime(until)];
    const body = derSequence(...parts, ...(entries.length > 0 ? [derSequence(...entries)] : []));
    return signedBody(body, "ES256", await this.keys.sign(body));
  }

  private async signed(subject: Uint8Array, spki: Uint8Array, changes: Changes): Promise<Uint8Array> {
    const body = bodyOf(this.subject, subject, spki, changes);
    return signedBody(body, "ES256", await this.keys.sign(body));
  }
}

/** Says where the authority's revocation lists are to be had. */
export const listsAt = (address: string): Uint8Array => {
  const full = der(context(0), der(context(6, false), new TextEncoder().encode(address)));
  return derSequence(derOid(OID.cRLDistributionPoints), derOctets(derSequence(derSequence(der(context(0), full)))));
};

const AUTHORITY: Changes = { authority: { pathLength: null }, usages: ["keyCertSign", "cRLSign"], purposes: [] };

function bodyOf(issuer: Uint8Array, subject: Uint8Array, spki: Uint8Array, changes: Changes): Uint8Array {
  const { authority = null, usages = ["digitalSignature", "nonRepudiation"], purposes = [OID.documentSigning, OID.emailProtection], more = [] } = changes;
  const { notBefore = VALIDITY.notBefore, notAfter = VALIDITY.notAfter } = changes;
  const purpose = purposes.length === 0 ? [] : [extendedKeyUsage(purposes)];
  const extensions = [basicConstraints(authority), keyUsage(usages), ...purpose, subjectKeyIdentifier(spki), ...more];
  return certificateBody({ algorithm: "ES256", serial: serialNumber(randomBytes(16)), issuer, subject, notBefore, notAfter, spki, extensions });
}
