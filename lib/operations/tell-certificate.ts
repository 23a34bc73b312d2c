import type { Fact, Outcome } from "#lib/ceremony/operation";
import { told, type Told } from "#lib/ceremony/told";
import { hex, sha256Hex } from "#lib/log/digest";
import { readCertificate, type Certificate } from "#lib/x509/certificate";
import { nameInWords } from "#lib/x509/distinguished-name";
import { toPem } from "#lib/x509/pem";
import type { Telling } from "./operation";
import { OutcomeReader } from "./outcome-reader";
import { readWith, reason } from "./read-with";
import { verifiedInWords, worded } from "./worded-fact";

/** What a certificate inside an outcome says, for a reader. */
export function tellCertificate(outcome: Outcome): Telling {
  const reader = new OutcomeReader(outcome);
  const bytes = reader.bytes("certificate");
  const certificate = readWith(readCertificate, bytes);
  return {
    facts: [
      { name: "Signed with", value: reader.text("label"), measured: true },
      ...(certificate.ok ? said(certificate.value) : [worded("Certificate", reason(certificate.refusal))]),
      worded("Checked outside the HSM", verifiedInWords(reader.flag("verified"))),
      { name: "Certificate (PEM)", value: toPem("CERTIFICATE", bytes).trim(), measured: true },
    ],
    attributes: [],
    fingerprint: { of: "SHA-256 of the certificate", value: reader.text("certificateSha256") },
  };
}

const said = (certificate: Certificate): Fact[] => [
  named("Subject", certificate.subject),
  named("Issuer", certificate.issuer),
  { name: "Serial number", value: hex(certificate.serial), measured: true },
  { name: "Valid from", value: new Date(certificate.notBefore).toISOString(), measured: true },
  { name: "Valid until", value: new Date(certificate.notAfter).toISOString(), measured: true },
  worded("Authority", authorityInWords(certificate.authority)),
  { name: "The key may", value: [...certificate.keyUsage].join(", ") },
  { name: "SHA-256 of the public key", value: sha256Hex(certificate.spki), measured: true },
];

/** The row of a name, or of why it cannot be read. */
export function named(row: string, name: Uint8Array): Fact {
  const words = readWith(nameInWords, name);
  return words.ok ? { name: row, value: words.value, measured: true } : worded(row, reason(words.refusal), { measured: true });
}

function authorityInWords(authority: Certificate["authority"]): Told {
  if (!authority) return told`no`;
  return authority.pathLength === null ? told`yes` : told`yes, with ${authority.pathLength} below it`;
}
