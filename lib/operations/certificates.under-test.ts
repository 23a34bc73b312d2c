import { generateKeyPairSync, sign } from "node:crypto";
import { createCertificationRequest } from "#lib/x509/certification-request";
import { distinguishedName } from "#lib/x509/distinguished-name";
import { toPem } from "#lib/x509/pem";
import { EXAMPLE_CA, EXAMPLE_ROOT } from "./example-keys";

export const SUBJECT = EXAMPLE_ROOT.subject;
export const CA = EXAMPLE_CA;
export const ROOT = EXAMPLE_ROOT;
export const CSR = { operation: "create-csr", label: "jwt", subject: { commonName: "signer" } };

/** Somebody else's request, as an HSM of a cluster makes it. */
export async function requestOf(
  commonName = "HSM:3F9A:PARTN:5, for FIPS mode", with_ = generateKeyPairSync("rsa", { modulusLength: 2048 }),
): Promise<string> {
  const spki = Uint8Array.from(with_.publicKey.export({ type: "spki", format: "der" }));
  const signed = (bytes: Uint8Array) => Promise.resolve(Uint8Array.from(sign("sha256", bytes, with_.privateKey)));
  const subject = distinguishedName({ commonName });
  return toPem("CERTIFICATE REQUEST", await createCertificationRequest({ subject, spki, algorithm: "RS256", sign: signed }));
}
export const CLUSTER = await requestOf();
export const ISSUE = { operation: "issue-certificate", issuer: "root", request: CLUSTER, profile: "cloudhsm-cluster", days: 3652 };
