import type { SignatureVerifier } from "#lib/ceremony/signature-verifier";
import { sameBytes, sha256Hex } from "#lib/log/digest";
import { nameInWords } from "#lib/x509/distinguished-name";
import { must } from "#lib/x509/malformed";
import { OID } from "#lib/x509/object-identifiers";
import type { Revision } from "./archive-revision";
import { algorithmProtectionFault, digestFault, onlyAttributes, readSignedData, signingCertificateFault, type SignedData } from "./cms";
import { strangerFault } from "./time-stamp";

const SIGNED_ATTRIBUTES = [OID.contentType, OID.messageDigest, OID.signingCertificateV2, OID.cmsAlgorithmProtection];

/**
 * Why an outside party's signature behind the seal proves nothing, or null: a PAdES baseline signature over everything before it, by
 * the key of the certificate it binds, with nothing in it that is unread and no certificate beside its path. Whether the party is who
 * its certificate says, is for whoever knows its authority.
 */
export async function cosignatureFault(revisions: readonly Revision[], verifier: SignatureVerifier): Promise<string | null> {
  let number = 0;
  for (const revision of revisions) {
    if (revision.kind !== "cosignature") continue;
    number += 1;
    const fault = await oneFault(readCoSignature(revision.cms), revision.signed, revision.claimedAt, verifier);
    if (fault !== null) return `outside signature ${String(number)}: ${fault}`;
  }
  return null;
}

function readCoSignature(cms: Uint8Array): SignedData {
  const signed = readSignedData(cms);
  must(signed.contentType === OID.data && signed.content === null, "CMS: not a detached signature");
  must(signed.algorithm === "ES256" || signed.algorithm === "RS256", "CMS: not ES256 or RS256");
  onlyAttributes(signed.signedAttributes, SIGNED_ATTRIBUTES);
  onlyAttributes(signed.unsignedAttributes, []);
  return signed;
}

async function oneFault(signed: SignedData, content: Uint8Array, claimedAt: number, verifier: SignatureVerifier): Promise<string | null> {
  const { signer } = signed;
  const form = digestFault(signed, content) ?? signingCertificateFault(signed) ?? algorithmProtectionFault(signed);
  if (form !== null) return form;
  if (signer.authority) return "it is made with the key of an authority";
  const { keyUsage } = signer;
  if (keyUsage.size > 0 && !keyUsage.has("digitalSignature") && !keyUsage.has("nonRepudiation")) return "its key is not for signatures";
  if (claimedAt < signer.notBefore || claimedAt > signer.notAfter) return "its certificate was not valid at the time it claims";
  if (!(await verifier.verify(signed.algorithm, signer.spki, signed.signedBytes, signed.signature))) return "it does not verify";
  return strangerFault(signed, verifier);
}

/** Who signed beside the recorder, and since when by their own word. */
export function cosignaturesInWords(revisions: readonly Revision[]): string {
  const signed = revisions.flatMap((one) => {
    if (one.kind !== "cosignature") return [];
    const { signer } = readSignedData(one.cms);
    const issuer = sameBytes(signer.issuer, signer.subject) ? "by itself" : `by ${nameInWords(signer.issuer)}`;
    const at = new Date(one.claimedAt).toISOString();
    return [`${nameInWords(signer.subject)} (certified ${issuer}, SHA-256 ${sha256Hex(signer.der)}), at ${at} by their own word`];
  });
  if (signed.length === 0) return "nobody beside the recorder";
  return `outside parties, over all before: ${signed.join("; ")}. That each is who the certificate says is its authority's word`;
}
