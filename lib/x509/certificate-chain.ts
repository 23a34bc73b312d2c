import type { SignatureVerifier } from "#lib/ceremony/signature-verifier";
import { sameBytes } from "#lib/log/digest";
import { linkFault, type Certificate } from "./certificate";
import { must } from "./malformed";
import { OID } from "./object-identifiers";

/** Two authorities between a key and its root are more than most have. */
const MOST_CERTIFICATES = 4;

/**
 * The certificate and those above it among `found`, up to one that is its own issuer: by their names, which prove nothing; whether each
 * signed the one before is `chainFault`'s business. Throws `Malformed` where one is missing, two have one name, or there are more than four.
 */
export function chainUp(end: Certificate, found: readonly Certificate[]): readonly Certificate[] {
  const chain = [end];
  for (let last = end; !sameBytes(last.issuer, last.subject); ) {
    must(chain.length < MOST_CERTIFICATES, `chain: more than ${String(MOST_CERTIFICATES)} certificates`);
    const [above, another] = found.filter(({ subject }) => sameBytes(subject, last.issuer));
    must(above !== undefined, "chain: it does not lead up to a root, which has to be in it");
    must(another === undefined, "chain: two of its authorities have one name");
    chain.push(above);
    last = above;
  }
  return chain;
}

/**
 * Why the first certificate of the chain cannot be trusted for signing documents by whoever trusts the last, or null (RFC 5280 section 6): each
 * signed by the next and valid at this time, the authorities allowed to certify so deep and for that purpose, the root signed by itself.
 * Limits on names are refused, not honoured: a root that has them was not made for this.
 */
export async function chainFault(chain: readonly Certificate[], at: number, verifier: SignatureVerifier): Promise<string | null> {
  const [end, ...authorities] = chain;
  const root = authorities.at(-1);
  if (!end || !root) return "nobody but itself certified it";
  if (end.authority) return "it is itself an authority: an end certificate belongs here";
  for (const [below, above] of [...authorities, root].entries()) {
    if (above.extensions.has(OID.nameConstraints)) return "an authority over it is limited to certain names";
    const purposes = above.extendedKeyUsage?.purposes ?? [OID.anyPurpose];
    if (![OID.anyPurpose, OID.documentSigning].some((purpose) => purposes.includes(purpose))) return "an authority over it is not for signing documents";
    const fault = await linkFault(chain[below] ?? root, above, at, Math.min(below, authorities.length - 1), verifier);
    if (fault !== null) return fault;
  }
  return null;
}
