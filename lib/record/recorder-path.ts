import type { SignatureVerifier } from "#lib/ceremony/signature-verifier";
import { hex, sameBytes, sha256Hex } from "#lib/log/digest";
import { pathFault, type Certificate } from "#lib/x509/certificate";
import { chainFault, chainUp } from "#lib/x509/certificate-chain";
import { nameInWords } from "#lib/x509/distinguished-name";
import { OID } from "#lib/x509/object-identifiers";
import { signingPathFault, type SignedData } from "./cms";

// A seal hangs from the recorder in one of two ways: its certificate was issued by the recorder, for the record-signing key; or it is of the
// recorder's own key, and an organisation issued it (decision 0068). In both the recorder's own certificate is among those that it brings.

/** Who signed, and every certificate beside that one: out of a seal, or as the recorder told it in its first entry. */
export interface Brought {
  readonly signer: Certificate;
  readonly certificates: readonly Certificate[];
}

/** The recorder's own certificate among those of a seal, or null: of the key that sealed, and issued by it; or that issued the sealing one. */
export function ownCertificate({ signer, certificates }: Brought): Certificate | null {
  const itsOwn = certificates.filter(({ issuer, subject }) => sameBytes(issuer, subject));
  return itsOwn.find(({ spki }) => sameBytes(spki, signer.spki)) ?? itsOwn.find(({ subject }) => sameBytes(subject, signer.issuer)) ?? null;
}

/** The certificate by which an organisation names the recorder, and those above it up to its root. Throws `Malformed` as `chainUp` does. */
export const organisationChain = ({ signer, certificates }: Brought): readonly Certificate[] =>
  chainUp(signer, certificates.filter(({ spki }) => !sameBytes(spki, signer.spki)));

/**
 * Why the sealing certificate is not this recorder's, or null: `at` is when the recorder's own path must have been good, `chainAt` an organisation's
 * over it (milliseconds). Certificates are unsigned: none may be there that is not on the path.
 */
export async function sealPathFault(
  signed: SignedData, own: Certificate, { at, chainAt }: { at: number; chainAt: number }, verifier: SignatureVerifier,
): Promise<string | null> {
  const { signer, certificates } = signed;
  if (!isCertifiedKey(signed, own)) {
    const strangers = certificates.filter(({ der }) => !sameBytes(der, signer.der) && !sameBytes(der, own.der));
    if (strangers.length > 0 || certificates.length > 2) return "the seal brings another authority than the trust anchor";
    return pathFault(signer, own, at, verifier);
  }
  const chain = organisationChain(signed);
  if (!isExactly(certificates, [...chain, own])) return "the seal brings a certificate that is not on its path";
  if (at < own.notBefore || at > own.notAfter) return `the trust anchor was not valid at ${new Date(at).toISOString()}`;
  return (await chainFault(chain, chainAt, verifier)) ?? signingPathFault(signed, chain);
}

/** The same certificates, in whatever order. */
export const isExactly = (found: readonly Certificate[], wanted: readonly Certificate[]): boolean =>
  found.length === wanted.length && found.every(({ der }) => wanted.some((one) => sameBytes(one.der, der)));

/** Whether the seal is by the recorder's own key, for which an organisation answers. */
export const isCertifiedKey = ({ signer }: Brought, own: Certificate): boolean => sameBytes(signer.spki, own.spki);

export function sealPathInWords(brought: Brought, own: Certificate, at: number): string {
  const serial = `serial ${hex(brought.signer.serial)}`;
  if (!isCertifiedKey(brought, own)) return `${serial}, issued by the trust anchor`;
  const chain = organisationChain(brought);
  const until = Math.min(...chain.map(({ notAfter }) => notAfter));
  const late = at > until ? `; that path had ended at ${new Date(until).toISOString()}, before the seal was stamped` : "";
  return `${serial}, of the trust anchor's own key, ${chainInWords(chain)}${late}`;
}

export function chainInWords(chain: readonly Certificate[]): string {
  const [end, root] = [chain[0], chain.at(-1)];
  return end && root ? `certified as ${nameInWords(end.subject)} under ${nameInWords(root.subject)}, SHA-256 ${sha256Hex(root.der)}` : "";
}

/** Why a certificate is not for a signature that binds, under a document; or null. */
export function usageFault({ keyUsage, extendedKeyUsage }: Certificate): string | null {
  if (!keyUsage.has("digitalSignature") || !keyUsage.has("nonRepudiation")) return "the certificate's key is not for signatures that bind";
  if (!extendedKeyUsage?.purposes.includes(OID.documentSigning)) return "the certificate is not for signing documents";
  return null;
}
