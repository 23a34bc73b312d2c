import type { Fact, Outcome } from "#lib/ceremony/operation";
import { hex, sha256Hex } from "#lib/log/digest";
import { readCertificate, type Certificate } from "#lib/x509/certificate";
import { nameInWords } from "#lib/x509/distinguished-name";
import { toPem } from "#lib/x509/pem";
import type { Telling } from "./operation";
import { OutcomeReader } from "./outcome-reader";
import { readWith } from "./read-with";

/** What a certificate inside an outcome says, for a reader. */
export function tellCertificate(outcome: Outcome): Telling {
  const reader = new OutcomeReader(outcome);
  const bytes = reader.bytes("certificate");
  const certificate = readWith(readCertificate, bytes);
  return {
    facts: [
      { name: "Signed with", value: reader.text("label"), measured: true },
      ...(certificate.ok ? said(certificate.value) : [{ name: "Certificate", value: certificate.refusal }]),
      { name: "Checked outside the HSM", value: reader.flag("verified") ? "the signature is good" : "the signature is not good" },
      { name: "Certificate (PEM)", value: toPem("CERTIFICATE", bytes).trim(), measured: true },
    ],
    attributes: [],
    fingerprint: { of: "SHA-256 of the certificate", value: reader.text("certificateSha256") },
  };
}

const said = (certificate: Certificate): Fact[] => [
  { name: "Subject", value: named(certificate.subject), measured: true },
  { name: "Issuer", value: named(certificate.issuer), measured: true },
  { name: "Serial number", value: hex(certificate.serial), measured: true },
  { name: "Valid from", value: new Date(certificate.notBefore).toISOString(), measured: true },
  { name: "Valid until", value: new Date(certificate.notAfter).toISOString(), measured: true },
  { name: "Authority", value: authorityInWords(certificate.authority) },
  { name: "The key may", value: [...certificate.keyUsage].join(", ") },
  { name: "SHA-256 of the public key", value: sha256Hex(certificate.spki), measured: true },
];

function named(name: Uint8Array): string {
  const words = readWith(nameInWords, name);
  return words.ok ? words.value : words.refusal;
}

function authorityInWords(authority: Certificate["authority"]): string {
  if (!authority) return "no";
  return authority.pathLength === null ? "yes" : `yes, with ${String(authority.pathLength)} below it`;
}
