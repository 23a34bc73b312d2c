import type { Fact, RecheckContext } from "#lib/ceremony/operation";
import type { SignatureVerifier } from "#lib/ceremony/signature-verifier";
import type { OperationRequest } from "#lib/ceremony/script";
import { sentenceOf, told, type Told } from "#lib/ceremony/told";
import { base64url, fromBase64url, sameBytes, sha256Hex } from "#lib/log/digest";
import { refuse, type Result } from "#lib/result";
import { readCertificate, type Certificate } from "#lib/x509/certificate";
import { readCertificationRequest, requestIsGenuine, type CertificationRequest } from "#lib/x509/certification-request";
import { nameInWords } from "#lib/x509/distinguished-name";
import { fromPem } from "#lib/x509/pem";
import {
  CERTIFICATE_PROFILES,
  certificateProblems,
  ISSUED_PROFILES,
  issuerProblems,
  validity,
  type CertificateOrder,
} from "./certificate-profile";
import { certifyingSignature } from "./certifying-signature";
import { keyOf, recheckKeyWork, workedWith } from "./key-work";
import type { MadePair } from "./made-key";
import { EXAMPLE_CA, EXAMPLE_ROOT } from "./example-keys";
import type { Operation } from "./operation";
import { OutcomeReader } from "./outcome-reader";
import { KEY_LABEL, labelProblems, textOf, unknownParameters, type ParameterSchemas } from "./parameters";
import { readWith, reason } from "./read-with";
import { freshSerial, signCertificate } from "./sign-certificate";
import { quotable } from "./subject-parameter";
import { named, tellCertificate } from "./tell-certificate";
import { worded } from "./worded-fact";

const MOST_PEM = 5_000;

const profileOf = ({ profile }: OperationRequest) => ISSUED_PROFILES.find((known) => known === profile) ?? null;
const daysOf = ({ days }: OperationRequest): number => (typeof days === "number" && Number.isInteger(days) ? days : 0);
const csrOf = (request: OperationRequest): Result<CertificationRequest, string> =>
  readWith((text: string) => readCertificationRequest(fromPem(text, "CERTIFICATE REQUEST")), textOf(request, "request"));

const PARAMETERS: ParameterSchemas = {
  issuer: { ...KEY_LABEL, description: "The label of the CA's key." },
  request: { type: "string", description: "The certificate request (PKCS#10) in PEM." },
  profile: { enum: ISSUED_PROFILES, description: "The kind of certificate." },
  days: { type: "integer", minimum: 1, description: "How long the certificate is valid." },
  issuerCertificate: {
    type: "string",
    description: "The certificate of the CA's key in PEM, when it was not issued in this ceremony.",
  },
};
const EXAMPLE_REQUEST = `-----BEGIN CERTIFICATE REQUEST-----
MIHeMIGFAgEAMCMxITAfBgNVBAMMGEV4YW1wbGUgY29kZSBzaWduaW5nIGtleTBZ
MBMGByqGSM49AgEGCCqGSM49AwEHA0IABBzGykPXibqvyZzR9O4qNhe6sGo98Hup
YQ3vK3qq5n4/NSuvG9/EROp9ImZYO3UZtYc9gnZX2a6uwe6parSTuSSgADAKBggq
hkjOPQQDAgNIADBFAiEA71sdogjL7H7VYA0vpF2qwpnpDu2JAQCSiLQ2Akl0jpsC
IEUXpoJ1oZ+OGwoZovrio/nahIu/JZzh71V5RYMb506O
-----END CERTIFICATE REQUEST-----
`;

/**
 * Signs the certificate that somebody's request asks for, as one of the known profiles has it: `{issuer, request, profile,
 * days}`. The subject and the key are the request's own, unchanged; nothing else of it is taken over. The issuer's certificate is
 * the root issued earlier in the ceremony, or `issuerCertificate`.
 */
export const issueCertificate: Operation = {
  name: "issue-certificate",
  effect: "uses",
  parameters: PARAMETERS,
  example: [
    EXAMPLE_CA,
    EXAMPLE_ROOT,
    { operation: "issue-certificate", issuer: EXAMPLE_CA.label, request: EXAMPLE_REQUEST, profile: "code-signing", days: 365 },
  ],
  work: {
    en: { doing: "signing a certificate with {issuer}", done: "certificate signed by {issuer}" },
    de: { doing: "unterschreibt ein Zertifikat mit {issuer}", done: "Zertifikat von {issuer} unterschrieben" },
  },
  rowsIn: {
    de: {
      "its own key, whose signature is checked": "sein eigener Schlüssel; die Signatur wird geprüft",
      "{0}, whose signature is not checked here": "{0}; die Signatur wird hier nicht geprüft",
      "Issuer's key": "Schlüssel des Ausstellers",
      Profile: "Profil",
      "SHA-256 of the issuer's certificate": "SHA-256 des Zertifikats des Ausstellers",
      "Who issued that certificate": "Wer jenes Zertifikat ausgestellt hat",
    },
  },
  problems: (request) => [
    ...unknownParameters(request, PARAMETERS),
    ...labelProblems({ operation: request.operation, label: textOf(request, "issuer") }),
    ...csrProblems(request),
    ...profileProblems(request),
    ...givenProblems(request),
  ],
  makes: () => [],
  needs: (request) => [{ label: textOf(request, "issuer"), kind: "key-pair" }],
  sentence(request, token) {
    const { subject, key } = csrInWords(request);
    const profile = profileOf(request);
    return (
      `Sign with ${textOf(request, "issuer")} on token ${token.serial} the certificate of ` +
      `${profile ? CERTIFICATE_PROFILES[profile].of : "nobody known"} that a request asks for in the name of “${subject ?? "an unsound request"}”, for the public key with SHA-256 ${key ?? "unknown"}, valid for ${sentenceOf(daysInWords(daysOf(request)))} from now.`
    );
  },
  sentenceIn: {
    de(request, token) {
      const { subject, key } = csrInWords(request);
      const [profile, days] = [profileOf(request), daysOf(request)];
      return (
        `Mit ${textOf(request, "issuer")} auf Token ${token.serial} das Zertifikat (${profile ?? "unbekannte Art"}) signieren, das ein Antrag auf den Namen ` +
        `„${subject ?? "ein untauglicher Antrag"}“ verlangt, für den öffentlichen Schlüssel mit SHA-256 ${key ?? "unbekannt"}, von jetzt an ` +
        `${days === 1 ? "einen Tag" : `${String(days)} Tage`} gültig.`
      );
    },
  },
  facts(request) {
    const { subject, key } = csrInWords(request);
    return [
      { name: "Issuer's key", value: textOf(request, "issuer"), measured: true },
      worded("Subject", subject === null ? told`an unsound request` : told`${subject}`, { measured: true }),
      worded("SHA-256 of the public key", key === null ? told`unknown` : told`${key}`, { measured: true }),
      { name: "Profile", value: textOf(request, "profile"), measured: true },
      worded("Valid for", daysInWords(daysOf(request))),
      ...givenInWords(request),
    ];
  },
  recheck: (request, outcome, context) =>
    recheckKeyWork(request, outcome, context, {
      kind: "key-pair",
      parameter: "issuer",
      read: (reader) => ({
        certificate: reader.bytes("certificate"),
        certificateSha256: reader.hash("certificateSha256"),
        issuerCertificate: reader.bytes("issuerCertificate"),
        verified: reader.flag("verified"),
      }),
      judge(said, key) {
        const certificate = readWith(readCertificate, said.certificate);
        const issuer = issuerOf(request, context, key);
        if (!certificate.ok || !issuer.ok) {
          return [certificate.ok ? "" : certificate.refusal, issuer.ok ? "" : issuer.refusal].filter(Boolean);
        }
        const order = orderOf(request, context, key, issuer.value, certificate.value.serial);
        if (!order) return ["no such certificate could be ordered"];
        const problems = [...certificateProblems(certificate.value, order), ...issuerProblems(issuer.value, order)];
        if (!sameBytes(said.issuerCertificate, issuer.value.der)) problems.push("the issuer's certificate is another one");
        if (said.certificateSha256 !== sha256Hex(said.certificate)) {
          problems.push("the fingerprint is not the hash of the certificate");
        }
        if (!said.verified) problems.push("the certificate did not verify outside the HSM");
        return problems;
      },
    }),
  async recheckSignatures(outcome, verifier, request) {
    const reader = new OutcomeReader(outcome);
    const certificate = readWith(readCertificate, reader.bytes("certificate"));
    const issuer = readWith(readCertificate, reader.bytes("issuerCertificate"));
    const csr = csrOf(request);
    if (!certificate.ok || !issuer.ok || !csr.ok) return ["the certificate, its issuer's or its request cannot be read"];
    const { algorithm, signed, signature } = certificate.value;
    const problems: string[] = [];
    if (!(await requestIsGenuine(csr.value, verifier))) problems.push("the request was not signed with the key it is for");
    if (!(await isGenuine(issuer.value, verifier))) problems.push("the issuer's own certificate is not signed by the key it names");
    if (!(await verifier.verify(algorithm, issuer.value.spki, signed, signature))) {
      problems.push("the certificate is not signed by its issuer");
    }
    return problems;
  },
  tell: (_request, outcome) => tellCertificate(outcome),
  async execute(token, request, context) {
    const no = (name: string) => refuse({ call: request.operation, name });
    const made = keyOf(request, context, "key-pair", "issuer");
    if (!made.ok) return made;
    const issuer = issuerOf(request, context, made.value);
    const csr = csrOf(request);
    if (!issuer.ok) return no("ISSUER-HAS-NO-CERTIFICATE");
    if (!csr.ok) return no("PARAMETERS");
    const verifier = { verify: context.verifySignature };
    if (!(await requestIsGenuine(csr.value, verifier))) return no("REQUEST-NOT-GENUINE");
    if (!(await isGenuine(issuer.value, verifier))) return no("ISSUER-CERTIFICATE-NOT-GENUINE");
    const serial = await freshSerial(token);
    if (!serial) return no("NO-RANDOM-NUMBERS");
    const order = orderOf(request, context, made.value, issuer.value, serial);
    if (!order) return no(certifyingSignature(made.value) ? "PARAMETERS" : "KEY-CANNOT-SIGN-SO");
    if (issuerProblems(issuer.value, order).length > 0) return no("ISSUER-MAY-NOT-ISSUE");
    const signed = await signCertificate(token, request, made.value, order, context.verifySignature);
    if (!signed.ok) return signed;
    return workedWith(made.value, token, {
      certificate: base64url(signed.value),
      certificateSha256: sha256Hex(signed.value),
      issuerCertificate: base64url(issuer.value.der),
      verified: true,
    });
  },
};

/** The certificate of the issuer's key: issued earlier in this ceremony, or given with the request. */
function issuerOf(
  request: OperationRequest, { earlier }: Pick<RecheckContext, "earlier">, key: MadePair,
): Result<Certificate, string> {
  const isRoot = (one: (typeof earlier)[number]) =>
    one.request.operation === "issue-root-certificate" && one.request["label"] === key.label;
  const given = textOf(request, "issuerCertificate");
  const issued = earlier.findLast(isRoot)?.outcome["certificate"];
  const issuedHere =
    typeof issued === "string" ? readWith(readCertificate, fromBase64url(issued)) : refuse("the issuer's key has no certificate");
  const certificate = given === "" ? issuedHere : readWith(certificateFromPem, given);
  if (!certificate.ok) return certificate;
  return sameBytes(certificate.value.spki, key.spki) ? certificate : refuse("the issuer's certificate is of another key");
}

/**
 * Whether a certificate that says it issued itself carries its own key's signature. One that somebody else issued cannot be
 * checked here: whoever approves is told that, and by whom it says it was issued.
 */
async function isGenuine(
  { issuer, subject, algorithm, spki, signed, signature }: Certificate,
  verifier: Pick<SignatureVerifier, "verify">,
): Promise<boolean> {
  return !sameBytes(issuer, subject) || (await verifier.verify(algorithm, spki, signed, signature));
}

const certificateFromPem = (text: string): Certificate => readCertificate(fromPem(text, "CERTIFICATE"));

function orderOf(
  request: OperationRequest, { startedAt }: Pick<RecheckContext, "startedAt">, key: MadePair, issuer: Certificate, serial: Uint8Array,
): CertificateOrder | null {
  const profile = profileOf(request);
  const csr = csrOf(request);
  const algorithm = certifyingSignature(key);
  const issuerKey = issuer.subjectKeyIdentifier;
  if (!profile || !csr.ok || !algorithm || !issuerKey) return null;
  const { subject, spki } = csr.value;
  const dates = validity(startedAt, { days: daysOf(request) });
  return { profile: CERTIFICATE_PROFILES[profile], algorithm, serial, issuer: issuer.subject, subject, issuerKey, spki, ...dates };
}

function csrProblems(request: OperationRequest): Told[] {
  if (textOf(request, "request").length > MOST_PEM) return [told`The request has more than ${MOST_PEM} characters.`];
  const csr = csrOf(request);
  if (!csr.ok) return [told`The request is no PKCS #10 in PEM that can be certified: “${reason(csr.refusal)}”.`];
  const name = readWith(nameInWords, csr.value.subject);
  if (!name.ok || name.value === "") return [told`The request names nobody in letters that can be read.`];
  return quotable(name.value)
    ? []
    : [told`The request's subject has a quotation mark, a line break or a character that cannot be seen.`];
}

function profileProblems(request: OperationRequest): Told[] {
  const profile = profileOf(request);
  if (!profile) return [told`The profile is one of ${ISSUED_PROFILES.join(", ")}.`];
  const { mostDays } = CERTIFICATE_PROFILES[profile];
  return daysOf(request) >= 1 && daysOf(request) <= mostDays
    ? []
    : [told`A ${profile} certificate is valid for 1 to ${mostDays} whole days.`];
}

function givenProblems(request: OperationRequest): Told[] {
  if (request["issuerCertificate"] === undefined) return [];
  const text = textOf(request, "issuerCertificate");
  if (text.length > MOST_PEM) return [told`The issuer's certificate has more than ${MOST_PEM} characters.`];
  const given = readWith(certificateFromPem, text);
  return given.ok ? [] : [told`The issuer's certificate cannot be read: “${reason(given.refusal)}”.`];
}

/** A certificate that nobody issued in this ceremony: whoever approves sees which one the script takes for the issuer's. */
function givenInWords(request: OperationRequest): Fact[] {
  if (request["issuerCertificate"] === undefined) return [];
  const given = readWith(certificateFromPem, textOf(request, "issuerCertificate"));
  const hash = given.ok ? told`${sha256Hex(given.value.der)}` : told`unknown`;
  return [
    given.ok ? named("Issuer", given.value.subject) : worded("Issuer", reason(given.refusal), { measured: true }),
    worded("SHA-256 of the issuer's certificate", hash, { measured: true }),
    worded("Who issued that certificate", given.ok ? issuerInWords(given.value) : told`unknown`, { measured: true }),
  ];
}

function issuerInWords({ issuer, subject }: Certificate): Told {
  if (sameBytes(issuer, subject)) return told`its own key, whose signature is checked`;
  const name = readWith(nameInWords, issuer);
  return told`${name.ok ? name.value : reason(name.refusal)}, whose signature is not checked here`;
}

/** Whose certificate is asked for, and for which key; null where the request does not say it. */
function csrInWords(request: OperationRequest): { subject: string | null; key: string | null } {
  const csr = csrOf(request);
  const name = csr.ok ? readWith(nameInWords, csr.value.subject) : csr;
  return { subject: name.ok ? name.value : null, key: csr.ok ? sha256Hex(csr.value.spki) : null };
}

const daysInWords = (days: number): Told => (days === 1 ? told`one day` : told`${days} days`);
