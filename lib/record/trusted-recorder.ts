import type { Entry } from "../ceremony/entry";
import type { SignatureVerifier } from "../ceremony/signature-verifier";
import { fromBase64url, sameBytes, sha256Hex } from "../log/digest";
import { readCertificate } from "../x509/certificate";
import { chainFault } from "../x509/certificate-chain";
import { nameInWords } from "../x509/distinguished-name";
import { Malformed } from "../x509/malformed";
import { firstRevision } from "./archive-revision";
import { readSignedData } from "./cms";
import type { Anchor } from "./conclusions";
import { cmsOf, readSignature } from "./pdf-signature";
import { readPdf } from "./read-pdf";
import { isCertifiedKey, isExactly, organisationChain, ownCertificate, usageFault, type Brought } from "./recorder-path";
import type { Check } from "./verify-transcript";

/** A certificate (DER), or the SHA-256 of it out of the minutes, in lower-case hex. */
type Known = Uint8Array | { readonly sha256: string };

/**
 * The root of an organisation and, word by word, the name under which its authorities certify the recorder. The name is no ornament: whoever
 * has any other certificate of the same organisation could seal a record too, and only the name says that it is not the recorder's.
 */
export interface TrustedOrganisation {
  readonly organisation: Known;
  readonly name: string;
}

/** What the auditor knows the recorder by: its own certificate, or who answers for it and as whom. */
export type TrustedRecorder = Known | TrustedOrganisation;

/** Whom a file has to be by, once what the auditor brought is held against what is in it. */
interface FoundRecorder {
  readonly anchor: Anchor;
  /** The recorder's own certificate; null when nothing in the file is by whom the auditor trusts. */
  readonly certificate: Uint8Array | null;
  /** What was found of the organisation; why nothing was, where nothing was; none for a recorder that is known by itself. */
  readonly checks: readonly Check[];
}

/** The certificates that a file brings; `since`: when the recorder brought them, in milliseconds; null of a seal, whose own checks ask for its time. */
export interface Bringing extends Brought {
  readonly since: number | null;
}
/** The same, with the number of the entry that brought them. */
export type BringingEntry = Bringing & { readonly entry: number };

/** The certificates of a record's seal, or null where there is none. Never throws for what is in the file. */
export function broughtBySeal(pdf: Uint8Array): Bringing | null {
  return readable(() => ({ ...readSignedData(cmsOf(readSignature(readPdf(firstRevision(pdf))))), since: null }));
}

/** Those with which the recorder attached itself to a ceremony, or null. */
export function broughtByEntries(entries: readonly Entry[]): BringingEntry | null {
  const attached = entries.find((entry) => entry.kind === "recorder-attached");
  if (attached?.kind !== "recorder-attached") return null;
  const { certificate, chain = [] } = attached.body.recorder;
  return readable(() => {
    const certificates = [...chain, certificate].map((der) => readCertificate(fromBase64url(der)));
    const [signer] = certificates;
    return signer ? { signer, certificates, since: Date.parse(attached.at), entry: attached.seq } : null;
  });
}

function readable<T>(read: () => T | null): T | null {
  try {
    return read();
  } catch (fault) {
    if (fault instanceof Malformed) return null;
    throw fault;
  }
}

/**
 * Whether it is shown that the organisation did not take its word back before it counted: `shownGood` are certificates of which that is shown (SHA-256),
 * `revoked` those of which the same evidence says when they were revoked (milliseconds), later, or the seal would not be good. None where nobody asks.
 */
export function revocationCheck(
  { kind }: Anchor, brought: Bringing | null, shownGood: readonly string[], revoked: ReadonlyMap<string, number> = new Map(),
): Check[] {
  if (kind !== "organisation" || !brought) return [];
  const asked = organisationChain(brought).filter(({ issuer, subject }) => !sameBytes(issuer, subject));
  const name = "not-revoked";
  const later = asked.flatMap(({ der, subject }) => {
    const at = revoked.get(sha256Hex(der));
    return at === undefined ? [] : [` That of ${nameInWords(subject)} was revoked on ${new Date(at).toISOString()}, after the seal was stamped: what was sealed from then on is not to be believed.`];
  });
  if (asked.every(({ der }) => shownGood.includes(sha256Hex(der)) || revoked.has(sha256Hex(der)))) {
    return [{ name, ok: true, reason: `Evidence behind the seal shows that no certificate on the way to your root was revoked before.${later.join("")}` }];
  }
  const reason = "Nothing in the file shows that the organisation did not revoke the recorder's certificate: ask its authority.";
  return [{ name, ok: true, examined: false, reason: `${reason}${later.join("")}` }];
}

/** Total: never throws for what is in a file. */
export async function foundRecorder(trusted: TrustedRecorder, brought: Bringing | null, verifier: SignatureVerifier): Promise<FoundRecorder> {
  const isOrganisation = "organisation" in trusted;
  const known = isOrganisation ? trusted.organisation : trusted;
  const sha256 = known instanceof Uint8Array ? sha256Hex(known) : known.sha256;
  const how = { sha256, brought: known instanceof Uint8Array ? "whole" : "fingerprint" } as const;
  if (isOrganisation) return { anchor: { kind: "organisation", name: trusted.name, ...how }, ...(await certified(sha256, trusted.name, brought, verifier)) };
  const certificate = known instanceof Uint8Array ? known : (brought?.certificates.find(({ der }) => sha256Hex(der) === sha256)?.der ?? null);
  const reason = `nothing in the file brings a certificate with the fingerprint you trust, ${sha256}, or there is no seal`;
  return { anchor: { kind: "recorder", name: null, ...how }, certificate, checks: certificate ? [] : [{ name: "trust-anchor", ok: false, reason }] };
}

/** The recorder's own certificate, if the root certified the same key under exactly that name. */
async function certified(root: string, name: string, brought: Bringing | null, verifier: SignatureVerifier): Promise<Omit<FoundRecorder, "anchor">> {
  const check = (ok: boolean, reason: string): Check => ({ name: "organisation", ok, reason });
  const no = (reason: string) => ({ certificate: null, checks: [check(false, reason)] });
  if (name.trim() === "") return no("Nobody can be known by an empty name.");
  try {
    const own = brought && ownCertificate(brought);
    if (!brought || !own || !isCertifiedKey(brought, own) || sameBytes(own.der, brought.signer.der)) {
      return no("No organisation answers for the recorder: there is no certificate of its key but its own.");
    }
    const chain = organisationChain(brought);
    if (!isExactly(brought.certificates, [...chain, own])) return no("With the certificate of the recorder's key come others that are not on its path.");
    const above = sha256Hex(chain.at(-1)?.der ?? own.der);
    if (above !== root) return no(`The certificate of the recorder's key leads to another root than yours: SHA-256 ${above}.`);
    const issued = Math.max(...chain.map(({ notBefore }) => notBefore));
    const fault = usageFault(brought.signer) ?? (await chainFault(chain, brought.since ?? issued, verifier));
    if (fault !== null) return no(`The certificate of the recorder's key is not to be trusted: ${fault}.`);
    const called = nameInWords(brought.signer.subject);
    if (called !== name) return no(`Your root certified this key as “${called}”. That is not the name you know the recorder by, “${name}”: it is somebody else.`);
    const said = `Your root certified the recorder's key as “${name}”. That it gives this name to no other key is its word.`;
    return { certificate: own.der, checks: [check(true, `${said} The recorder's own certificate: SHA-256 ${sha256Hex(own.der)}.`)] };
  } catch (fault) {
    if (fault instanceof Malformed) return no(`The certificate of the recorder's key cannot be used: ${fault.message}.`);
    throw fault;
  }
}
