import { algorithmOfSpki } from "#lib/operations/spki-algorithm";
import { TAG, withTag } from "#lib/x509/der";
import type { Certificate } from "#lib/x509/certificate";
import { Malformed } from "#lib/x509/malformed";
import { OID } from "#lib/x509/object-identifiers";
import { firstRevision, readArchive } from "./archive-revision";
import { readSignedData } from "./cms";
import { cmsOf, readSignature } from "./pdf-signature";
import { readPdf } from "./read-pdf";
import { readTimeStamp } from "./time-stamp";
import type { Check } from "./verify-transcript";

/** What of a record ends first, and when: afterwards nobody could tell whether it was there before. */
export type Ageing = {
  readonly what: "seal-certificate" | "stamp-certificate" | "algorithm";
  readonly endsAt: string;
  /** Of the key in that certificate. */
  readonly algorithm: string;
};

/**
 * Until when signatures by a kind of key are taken to prove anything. Below 128 bits of strength: NIST SP 800-57 part 1 revision 5,
 * table 4. From 128 bits on: NIST IR 8547 (initial public draft), which disallows every one that a quantum computer breaks.
 */
const WEAKER_UNTIL = "2030-12-31T23:59:59.000Z";
const STRONGER_UNTIL = "2035-12-31T23:59:59.000Z";

/** When the algorithm of a key ends; of a kind that is not known, as the weaker ones. */
export function algorithmEnds(algorithm: string | null): string {
  const [, bits] = /^RSA-([0-9]+)$/.exec(algorithm ?? "") ?? [];
  if (bits !== undefined) return Number(bits) >= 3072 ? STRONGER_UNTIL : WEAKER_UNTIL;
  return algorithm === null ? WEAKER_UNTIL : STRONGER_UNTIL;
}

/** A record is renewed so long before it ends that a lost mail or a holiday costs nothing. */
const AHEAD_MS = 365 * 86_400_000;

/** Whether it is time to put the next time stamp over a record. */
export const isDue = ({ endsAt }: Pick<Ageing, "endsAt">, now: string): boolean => Date.parse(endsAt) - Date.parse(now) <= AHEAD_MS;

/**
 * What ends first of the outermost layer of a sealed record: of the last time stamp over it, or of the seal where there is none. What
 * is inside was stamped in time and needs nothing more. Null for what cannot be read as a record; `claviger verify` says why.
 */
export function ageingOf(bytes: Uint8Array): Ageing | null {
  try {
    const { certificate, what } = outermost(bytes);
    const algorithm = algorithmOfSpki(certificate.spki);
    const until = new Date(certificate.notAfter).toISOString();
    const ends = algorithmEnds(algorithm);
    const named = algorithm ?? "?";
    return until <= ends ? { what, endsAt: until, algorithm: named } : { what: "algorithm", endsAt: ends, algorithm: named };
  } catch (fault) {
    if (fault instanceof Malformed) return null;
    throw fault;
  }
}

const ENDED: Readonly<Record<Ageing["what"], string>> = {
  "seal-certificate": "the certificate of its seal, which nobody stamped,",
  "stamp-certificate": "the certificate of the last time stamp over it",
  algorithm: "what signatures by its outermost key are taken to prove",
};

/**
 * Whether what protects a sealed record from the outside has ended by `now` (milliseconds); none where it cannot be read. A record that was
 * not renewed in time is not bad: it no longer shows by itself that it was there before, which is said, and counted as not examined.
 */
export function ageCheck(bytes: Uint8Array, now: number): Check[] {
  const ageing = ageingOf(bytes);
  if (!ageing) return [];
  const [name, day, key] = ["age", ageing.endsAt.slice(0, 10), `(${ageing.algorithm})`];
  if (now < Date.parse(ageing.endsAt)) return [{ name, ok: true, reason: `Of what protects it from the outside the first ends on ${day}: ${ENDED[ageing.what]} ${key}.` }];
  const since = `On ${day} ended ${ENDED[ageing.what]} ${key}, and nothing renewed it.`;
  return [{ name, ok: true, examined: false, reason: `${since} That this file was there before, only the place where it was kept since can say.` }];
}

function outermost(bytes: Uint8Array): { readonly certificate: Certificate; readonly what: Ageing["what"] } {
  const pdf = readPdf(firstRevision(bytes));
  const stamps = readArchive(bytes, pdf).flatMap((revision) => (revision.kind === "stamp" ? [revision.token] : []));
  const seal = readSignedData(cmsOf(readSignature(pdf)));
  const own = seal.unsignedAttributes.get(OID.timeStampToken);
  const last = stamps.at(-1) ?? (own && withTag(own, TAG.sequence).encoded);
  return last
    ? { certificate: readTimeStamp(last).signed.signer, what: "stamp-certificate" }
    : { certificate: seal.signer, what: "seal-certificate" };
}
