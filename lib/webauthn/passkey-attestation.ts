import { X509Certificate } from "node:crypto";
import type { RegistrationResponseJSON } from "@simplewebauthn/server";
import { decodeAttestationObject, isoCBOR } from "@simplewebauthn/server/helpers";
import type { Passkey } from "#lib/ceremony/roster";
import { base64url, fromBase64url } from "#lib/log/digest";

type Proof = NonNullable<Passkey["attestation"]>["proof"];
/** Root certificates of makers of authenticators that the house trusts. */
export type AttestationRoots = readonly X509Certificate[];

type ReadAttestation = {
  readonly format: string;
  /** The chain that vouches, the authenticator's own first; none where nobody does. */
  readonly certificates: readonly X509Certificate[];
  readonly object: Uint8Array;
  readonly clientData: Uint8Array;
};

/** The certificates of a PEM file, in their order. Throws when one of them cannot be read. */
export const attestationRoots = (pem: string): AttestationRoots =>
  (pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []).map((one) => new X509Certificate(one));

/** What a browser's answer to a registration says of the authenticator, nothing of it verified; null when it cannot be read. */
export function readAttestation(answer: unknown): ReadAttestation | null {
  try {
    const { response } = answer as RegistrationResponseJSON;
    const [object, clientData] = [fromBase64url(response.attestationObject), fromBase64url(response.clientDataJSON)];
    const decoded = decodeAttestationObject(new Uint8Array(object));
    const format = decoded.get("fmt");
    const chain = decoded.get("attStmt").get("x5c") ?? [];
    const certificates = chain.flatMap((der) => readCertificate(der) ?? []);
    return /^[a-z0-9-]{1,32}$/.test(format) ? { format, certificates, object, clientData } : null;
  } catch {
    // Whatever a browser sends: what cannot be read is no attestation.
    return null;
  }
}

function readCertificate(der: Uint8Array): X509Certificate | null {
  try {
    return new X509Certificate(der);
  } catch {
    return null;
  }
}

/** The same answer as if no attestation had been asked for; null when it cannot be read. */
export function withoutAttestation(answer: unknown): RegistrationResponseJSON | null {
  try {
    const given = answer as RegistrationResponseJSON;
    const authData = decodeAttestationObject(new Uint8Array(fromBase64url(given.response.attestationObject))).get("authData");
    const bare = isoCBOR.encode(
      new Map<string, string | Uint8Array | Map<string, never>>([
        ["fmt", "none"],
        ["attStmt", new Map<string, never>()],
        ["authData", authData],
      ]),
    );
    return { ...given, response: { ...given.response, attestationObject: base64url(bare) } };
  } catch {
    return null;
  }
}

/**
 * How much an attestation that verifies proves. When it ends at a root is judged by signatures alone: a maker's certificate may
 * be past its time, the authenticator it vouched for is the same.
 */
export function proofOf(format: string, certificates: readonly X509Certificate[], roots: AttestationRoots): Proof {
  if (format === "none") return "none";
  const last = certificates.at(-1);
  if (!last) return "self";
  const linked = certificates.slice(1).every((issuer, i) => isIssuedBy(certificates[i], issuer));
  const ends = roots.some((root) => root.raw.equals(last.raw) || isIssuedBy(last, root));
  return linked && ends ? "root" : "certificate";
}

const isIssuedBy = (certificate: X509Certificate | undefined, issuer: X509Certificate): boolean =>
  certificate !== undefined && certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);
