import type { SignatureVerifier } from "#lib/ceremony/signature-verifier";
import { sameBytes, sha256Hex } from "#lib/log/digest";
import type { Evidence } from "#lib/record/archive-revision";
import type { Certificate } from "#lib/x509/certificate";
import { nameInWords } from "#lib/x509/distinguished-name";
import { answerFor, ocspAddresses, ocspFault, ocspRequest, readOcspResponse } from "#lib/x509/ocsp";
import { readRevocationList, revocationListAddresses, revocationListFault, wasStale } from "#lib/x509/revocation-list";

export interface Gathering {
  verifier: SignatureVerifier;
  /** Gives the revocation list at an address, DER; throws what it likes when it cannot be had. */
  fetchList: (address: string) => Promise<Uint8Array>;
  /** Asks the responder at an address; the same. */
  askResponder: (address: string, request: Uint8Array) => Promise<Uint8Array>;
  now: () => Date;
  anchors: readonly Certificate[];
}

/**
 * What shows today that the certificates of these paths are not revoked, with a sentence for each of which nothing could be had. Only
 * what an auditor will believe is taken: signed by who issued the certificate, or by a responder that they appointed. `known`: certificates
 * (SHA-256) about which nobody need be asked again.
 */
export async function gatherEvidence(
  paths: readonly (readonly Certificate[])[], options: Gathering, known: readonly string[] = [],
): Promise<{ evidence: Evidence; without: string[] }> {
  const evidence = { certificates: [] as Uint8Array[], revocationLists: [] as Uint8Array[], responses: [] as Uint8Array[] };
  const without: string[] = [];
  const seen: Uint8Array[] = [];
  const inPaths = paths.flat();
  for (const certificate of inPaths.filter((one) => !sameBytes(one.issuer, one.subject))) {
    if (known.includes(sha256Hex(certificate.der))) continue;
    if (seen.some((der) => sameBytes(der, certificate.der))) continue;
    seen.push(certificate.der);
    const issuer = await issuerOf(certificate, [...inPaths, ...options.anchors], options.verifier);
    const answer = issuer ? await answerAbout(certificate, issuer, options) : "who issued it is not known here";
    const list = issuer ? await listAbout(certificate, issuer, options) : null;
    if (answer instanceof Uint8Array) evidence.responses.push(answer);
    if (list instanceof Uint8Array && !evidence.revocationLists.some((one) => sameBytes(one, list))) evidence.revocationLists.push(list);
    const had = answer instanceof Uint8Array || list instanceof Uint8Array;
    if (had && issuer && ![...inPaths, ...evidence.certificates.map((der) => ({ der }))].some(({ der }) => sameBytes(der, issuer.der))) {
      evidence.certificates.push(issuer.der);
    }
    const why = [answer, list].filter((one) => typeof one === "string");
    if (!had) without.push(`Nothing shows that ${nameInWords(certificate.subject)} was not revoked: ${why.join("; ") || "it says nowhere whom to ask"}.`);
    else if (why.length > 0) without.push(`Of ${nameInWords(certificate.subject)}: ${why.join("; ")}.`);
  }
  return { evidence, without };
}

async function issuerOf(certificate: Certificate, authorities: readonly Certificate[], verifier: SignatureVerifier): Promise<Certificate | null> {
  for (const one of authorities.filter(({ subject }) => sameBytes(subject, certificate.issuer))) {
    if (await verifier.verify(certificate.algorithm, one.spki, certificate.signed, certificate.signature)) return one;
  }
  return null;
}

/** The responder's answer; why none can be had; null when the certificate names no responder. */
async function answerAbout(
  certificate: Certificate, issuer: Certificate, { verifier, askResponder, now }: Gathering,
): Promise<Uint8Array | string | null> {
  let why: string | null = null;
  for (const address of ocspAddresses(certificate)) {
    try {
      const response = readOcspResponse(await askResponder(address, ocspRequest(certificate, issuer)));
      const named = response.responses.length === 1 && answerFor(response, certificate, issuer) !== null;
      const fault = named ? await ocspFault(response, issuer, now().getTime(), verifier) : "it answers about another certificate";
      if (fault === null) return response.der;
      why = `the OCSP responder at ${address} is not to be believed: ${fault}`;
    } catch (fault) {
      why = `the OCSP responder at ${address} has no answer: ${fault instanceof Error ? fault.message : "unreadable"}`;
    }
  }
  return why;
}

/** The list that tells of the certificate; why none can be had; null when the certificate says of none. */
async function listAbout(
  certificate: Certificate, issuer: Certificate, { verifier, fetchList, now }: Gathering,
): Promise<Uint8Array | string | null> {
  let why: string | null = null;
  for (const address of revocationListAddresses(certificate)) {
    try {
      const list = readRevocationList(await fetchList(address));
      const stale = wasStale(list, now().getTime()) ? "there has to be a newer one" : null;
      const fault = (await revocationListFault(list, issuer, verifier)) ?? stale;
      if (fault === null) return list.der;
      why = `the revocation list at ${address} is not to be believed: ${fault}`;
    } catch (fault) {
      why = `the revocation list at ${address} cannot be had: ${fault instanceof Error ? fault.message : "unreadable"}`;
    }
  }
  return why;
}
