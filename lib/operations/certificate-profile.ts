import { canonicalText } from "#lib/log/canonical";
import { hex, sameBytes } from "#lib/log/digest";
import {
  authorityKeyIdentifier, basicConstraints, certificateBody, extendedKeyUsage, keyIdentifier, keyUsage, subjectKeyIdentifier,
} from "#lib/x509/certificate-builder";
import type { SignatureAlgorithm } from "#lib/token/algorithm";
import type { Certificate, KeyUsage } from "#lib/x509/certificate";
import { OID } from "#lib/x509/object-identifiers";
import { algorithmOfSpki } from "./spki-algorithm";

export const ISSUED_PROFILES = ["sub-ca", "cloudhsm-cluster", "code-signing", "document-signing"] as const;
export type ProfileName = "root-ca" | (typeof ISSUED_PROFILES)[number];

interface CertificateProfile {
  /** What people call such a certificate: "the certificate of …". */
  readonly of: string;
  readonly authority: { readonly pathLength: number | null } | null;
  readonly keyUsage: readonly KeyUsage[];
  readonly purposes: readonly string[];
  readonly mostDays: number;
  /** Issued by a root itself, whose key is RSA: AWS accepts no authority in between. */
  readonly underRsaRoot?: true;
}

const AUTHORITY: readonly KeyUsage[] = ["keyCertSign", "cRLSign"];

export const CERTIFICATE_PROFILES: Readonly<Record<ProfileName, CertificateProfile>> = {
  "root-ca": { of: "a root authority", authority: { pathLength: null }, keyUsage: AUTHORITY, purposes: [], mostDays: 9_150 },
  "sub-ca": { of: "an authority below it", authority: { pathLength: 0 }, keyUsage: AUTHORITY, purposes: [], mostDays: 5_490 },
  // What the cluster shows its clients over TLS; without purposes, as AWS's own instructions make it.
  "cloudhsm-cluster": {
    of: "an AWS CloudHSM cluster",
    authority: null,
    keyUsage: ["digitalSignature", "keyEncipherment"],
    purposes: [],
    mostDays: 7_320,
    underRsaRoot: true,
  },
  "code-signing": {
    of: "a code-signing key",
    authority: null,
    keyUsage: ["digitalSignature"],
    purposes: [OID.codeSigning],
    mostDays: 1_190,
  },
  "document-signing": {
    of: "a document-signing key",
    authority: null,
    keyUsage: ["digitalSignature", "nonRepudiation"],
    purposes: [OID.documentSigning],
    mostDays: 1_190,
  },
};

/** Everything a certificate must say, from the order and the key that signs it. */
export interface CertificateOrder {
  readonly profile: CertificateProfile;
  readonly algorithm: SignatureAlgorithm;
  readonly serial: Uint8Array;
  /** Names in DER. */
  readonly issuer: Uint8Array;
  readonly subject: Uint8Array;
  /** The issuer's key as its own certificate identifies it; null for a root. */
  readonly issuerKey: Uint8Array | null;
  readonly spki: Uint8Array;
  readonly notBefore: Date;
  readonly notAfter: Date;
}

/** A period that begins with the second of this moment and has its last second inside (RFC 5280 section 4.1.2.5). */
export function validity(
  startedAt: string, length: { readonly days: number } | { readonly years: number },
): { notBefore: Date; notAfter: Date } {
  const notBefore = new Date(startedAt);
  notBefore.setUTCMilliseconds(0);
  const end = new Date(notBefore);
  if ("days" in length) end.setUTCDate(end.getUTCDate() + length.days);
  else end.setUTCFullYear(end.getUTCFullYear() + length.years);
  return { notBefore, notAfter: new Date(end.getTime() - 1000) };
}

/** The bytes to be signed. */
export function bodyOf({ profile, issuerKey, ...order }: CertificateOrder): Uint8Array {
  const extensions = [
    basicConstraints(profile.authority),
    keyUsage(profile.keyUsage),
    ...(profile.purposes.length > 0 ? [extendedKeyUsage(profile.purposes)] : []),
    subjectKeyIdentifier(order.spki),
    ...(issuerKey === null ? [] : [authorityKeyIdentifier(issuerKey)]),
  ];
  return certificateBody({ ...order, extensions });
}

/**
 * Where a certificate, as it reads back, is not what was ordered, or is none that a careful authority would sign; in sentences.
 * Asked before the key signs, of the body with no signature yet, and again by every verifier of the certificate itself.
 */
export function certificateProblems(certificate: Certificate, order: CertificateOrder): string[] {
  const { profile } = order;
  const problems: string[] = [];
  const must = (holds: boolean, sentence: string): void => {
    if (!holds) problems.push(sentence);
  };
  const first = certificate.serial[0] ?? 0;
  must(certificate.serial.length === 16 && first >= 0x40 && first < 0x80, "the serial number is not made of 16 random bytes");
  must(sameBytes(certificate.serial, order.serial), "it has another serial number");
  must(sameBytes(certificate.issuer, order.issuer), "it names another issuer");
  must(sameBytes(certificate.subject, order.subject), "it names another subject");
  must(certificate.subject.length > 2, "it names nobody");
  must(
    sameBytes(certificate.issuer, certificate.subject) === (order.issuerKey === null),
    "a root names itself, and nobody else does",
  );
  must(sameBytes(certificate.spki, order.spki), "it holds another public key");
  must(algorithmOfSpki(certificate.spki) !== null, "its public key is of no kind that is issued here");
  must(certificate.algorithm === order.algorithm, `it is signed by ${certificate.algorithm}, ordered was ${order.algorithm}`);
  must(
    certificate.notBefore === order.notBefore.getTime() && certificate.notAfter === order.notAfter.getTime(),
    "it is valid at other times",
  );
  must(
    certificate.notAfter - certificate.notBefore <= profile.mostDays * DAY,
    `such a certificate is valid for ${String(profile.mostDays)} days at most`,
  );
  must(canonicalText(certificate.authority) === canonicalText(profile.authority), "it makes another authority of its subject");
  must([...certificate.keyUsage].join() === profile.keyUsage.join(), "its key may be used for other things");
  must(
    certificate.keyUsage.has("keyCertSign") === (certificate.authority !== null),
    "an authority signs certificates, and nobody else does",
  );
  must((certificate.extendedKeyUsage?.purposes ?? []).join() === profile.purposes.join(), "it has other purposes");
  must(hex(certificate.subjectKeyIdentifier ?? NOTHING) === hex(keyIdentifier(order.spki)), "it identifies another key");
  must(
    hex(certificate.authorityKeyIdentifier ?? NOTHING) === hex(order.issuerKey ?? NOTHING),
    "it identifies another key of its issuer",
  );
  const said = [...certificate.extensions].map(([id, { critical }]) => `${id}${critical ? "!" : ""}`).sort();
  must(said.join() === expectedExtensions(order).join(), "it has other extensions");
  return problems;
}

const NOTHING = new Uint8Array();
const DAY = 86_400_000;

const expectedExtensions = ({ profile, issuerKey }: CertificateOrder): string[] =>
  [
    `${OID.basicConstraints}!`,
    `${OID.keyUsage}!`,
    OID.subjectKeyIdentifier,
    ...(profile.purposes.length > 0 ? [OID.extendedKeyUsage] : []),
    ...(issuerKey === null ? [] : [OID.authorityKeyIdentifier]),
  ].sort();

/** Why the holder of this certificate may not issue what is ordered; in sentences, none when it may. */
export function issuerProblems(issuer: Certificate, order: CertificateOrder): string[] {
  const { authority, keyUsage: usage } = issuer;
  const problems: string[] = [];
  if (!authority || !usage.has("keyCertSign")) problems.push("the issuer is no authority");
  const below = order.profile.authority?.pathLength ?? null;
  if (order.profile.authority && authority?.pathLength !== null && (authority?.pathLength ?? 0) <= (below ?? 0)) {
    problems.push("the issuer may have no authority below it");
  }
  if (order.notBefore.getTime() < issuer.notBefore || order.notAfter.getTime() > issuer.notAfter) {
    problems.push("it would be valid when its issuer is not");
  }
  if (!issuer.subjectKeyIdentifier) problems.push("the issuer's certificate does not identify its key");
  if (order.profile.underRsaRoot) {
    if (!sameBytes(issuer.issuer, issuer.subject)) problems.push("its issuer must be a root");
    if (algorithmOfSpki(issuer.spki)?.startsWith("RSA") !== true) problems.push("its issuer's key must be RSA");
  }
  return problems;
}
