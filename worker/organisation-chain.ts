import type { SignatureVerifier } from "#lib/ceremony/signature-verifier";
import { sameBytes, sha256Hex } from "#lib/log/digest";
import { usageFault } from "#lib/record/recorder-path";
import { readCertificate, type Certificate } from "#lib/x509/certificate";
import { chainFault, chainUp } from "#lib/x509/certificate-chain";
import { nameInWords } from "#lib/x509/distinguished-name";
import { Malformed } from "#lib/x509/malformed";

// An organisation's certificate of the recorder's key (decision 0068): what `claviger recorder certify` takes, and the worker judges anew whenever
// it uses one. Where they are kept nobody has to be believed.

/** DER: the certificate of the recorder's key first, the root last. */
export type OrganisationChain = readonly [Uint8Array, ...Uint8Array[]];

/** Whom the worker's environment names: an organisation's root, by its SHA-256, and the name under which it certifies the recorder. */
export interface PinnedOrganisation {
  readonly root: string;
  readonly name: string;
}

/** What the worker's memory has of them. */
export interface KeepsChains {
  organisationChains(): Uint8Array[][];
}

/** All of it has to lie in the seal, beside a time stamp with certificates of its own. */
const MOST_BYTES = 8_000;

/** The chain of the recorder's key among these certificates, in order; or why it is not good at this time, for this key. Every one has to be on it. */
export async function judgedChain(
  found: readonly Uint8Array[], spki: Uint8Array, at: Date, verifier: SignatureVerifier,
): Promise<{ readonly chain: OrganisationChain; readonly end: Certificate; readonly root: Certificate } | string> {
  try {
    const certificates = found.map(readCertificate);
    const [end, another] = certificates.filter((one) => sameBytes(one.spki, spki));
    if (!end) return "none of them is of this recorder's key";
    if (another) return "more than one of them is of this recorder's key";
    const chain = chainUp(end, certificates.filter((one) => one !== end));
    if (chain.length !== certificates.length) return "one of them is not on the way from the recorder's key to the root";
    if (chain.reduce((bytes, { der }) => bytes + der.length, 0) > MOST_BYTES) return `they have more than the ${String(MOST_BYTES)} bytes that there is room for in a seal`;
    nameInWords(end.subject);
    const fault = usageFault(end) ?? (await chainFault(chain, at.getTime(), verifier));
    const [, ...above] = chain;
    return fault ?? { chain: [end.der, ...above.map(({ der }) => der)], end, root: chain.at(-1) ?? end };
  } catch (fault) {
    if (fault instanceof Malformed) return fault.message;
    throw fault;
  }
}

/**
 * The chain with which this recorder seals now: of those kept that are good and by the organisation that is pinned, under the name that is, the one
 * that was issued last; null where there is none. Whoever can write a file into the worker's folder says nobody's name.
 */
export async function organisationChain(
  memory: KeepsChains, pinned: PinnedOrganisation | null, spki: Uint8Array, at: Date, verifier: SignatureVerifier,
): Promise<OrganisationChain | null> {
  if (!pinned) return null;
  const judged = await Promise.all(memory.organisationChains().map((found) => judgedChain(found, spki, at, verifier)));
  const good = judged.flatMap((one) => (typeof one !== "string" && sha256Hex(one.root.der) === pinned.root && nameInWords(one.end.subject) === pinned.name ? [one] : []));
  return good.sort((a, b) => b.end.notBefore - a.end.notBefore || b.end.notAfter - a.end.notAfter)[0]?.chain ?? null;
}
