import type { SignatureVerifier } from "#lib/ceremony/signature-verifier";
import { sameBytes } from "#lib/log/digest";
import { Malformed } from "#lib/x509/malformed";
import { firstRevision } from "./archive-revision";
import { readSignedData } from "./cms";
import type { Inflate } from "./pdf-attachments";
import { cmsOf, readSignature, sealedBytes } from "./pdf-signature";
import { readPdf } from "./read-pdf";
import { ownCertificate } from "./recorder-path";
import { verifySeal } from "./verify-seal";

/**
 * Whether a file is a sealed record (`sealed`, as its recorder left it) with what makes it last and nothing else: the same signed bytes
 * under the same seal, which verifies under the certificate that the record brought, and behind it only revisions that verify. Whose
 * authorities stamped it is not asked: that is for whoever brings theirs to `claviger verify`.
 */
export async function isRenewal(sealed: Uint8Array, file: Uint8Array, verifier: SignatureVerifier, inflate: Inflate): Promise<boolean> {
  const [before, after] = [sealOf(sealed), sealOf(file)];
  if (!before || !after || !sameBytes(before.content, after.content) || !sameBytes(before.signature, after.signature)) return false;
  const { sealed: held } = await verifySeal(file, { trustAnchor: before.anchor, verifier, inflate });
  return held !== null;
}

/** What the seal of a record signs, its signature, and the certificate of the recorder that it brings; null where there is no seal. */
function sealOf(file: Uint8Array): { content: Uint8Array; signature: Uint8Array; anchor: Uint8Array } | null {
  try {
    const pdf = readPdf(firstRevision(file));
    const signature = readSignature(pdf);
    const signed = readSignedData(cmsOf(signature));
    const anchor = ownCertificate(signed);
    return anchor ? { content: sealedBytes(signature, pdf), signature: signed.signature, anchor: anchor.der } : null;
  } catch (fault) {
    if (fault instanceof Malformed) return null;
    throw fault;
  }
}
