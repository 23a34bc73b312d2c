import type { RecheckContext } from "#lib/ceremony/operation";
import type { OperationRequest } from "#lib/ceremony/script";
import { sentenceOf, told, type Told } from "#lib/ceremony/told";
import { base64url, sha256Hex } from "#lib/log/digest";
import { refuse } from "#lib/result";
import { readCertificate } from "#lib/x509/certificate";
import { distinguishedName } from "#lib/x509/distinguished-name";
import { CERTIFICATE_PROFILES, certificateProblems, validity, type CertificateOrder } from "./certificate-profile";
import { certifyingSignature } from "./certifying-signature";
import { keyOf, recheckKeyWork, workedWith } from "./key-work";
import type { MadePair } from "./made-key";
import { EXAMPLE_CA, EXAMPLE_ROOT } from "./example-keys";
import type { Operation } from "./operation";
import { OutcomeReader } from "./outcome-reader";
import { KEY_LABEL, labelProblems, mention, textOf, unknownParameters, type ParameterSchemas } from "./parameters";
import { readWith } from "./read-with";
import { freshSerial, signCertificate } from "./sign-certificate";
import { SUBJECT, subjectInWords, subjectOf } from "./subject-parameter";
import { tellCertificate } from "./tell-certificate";
import { worded } from "./worded-fact";

const MOST_YEARS = 25;
const MOST_BELOW = 4;
const YEARS_WANTED = told`A root is valid for 1 to ${MOST_YEARS} whole years.`;
const PATH_LENGTH_WANTED = told`The path length is 0 to ${MOST_BELOW}: how many authorities may stand one below the other.`;

/** The length in years; 0 when it is none. */
const yearsOf = ({ years }: OperationRequest): number => (typeof years === "number" && Number.isInteger(years) ? years : 0);
/** How many authorities may stand one below the other; null without the parameter: any number. */
const belowOf = ({ pathLength }: OperationRequest): number | null => (typeof pathLength === "number" ? pathLength : null);

const PARAMETERS: ParameterSchemas = {
  label: KEY_LABEL,
  subject: SUBJECT,
  years: { type: "integer", minimum: 1, maximum: MOST_YEARS, description: "How long the certificate is valid." },
  pathLength: {
    type: "integer",
    minimum: 0,
    maximum: MOST_BELOW,
    description: "How many authorities may stand one below the other; any number, if left out.",
  },
};

/** Signs a key's certificate with the key itself: the root that others will trust. `{label, subject, years, pathLength?}`. */
export const issueRootCertificate: Operation = {
  name: "issue-root-certificate",
  effect: "uses",
  parameters: PARAMETERS,
  example: [EXAMPLE_CA, EXAMPLE_ROOT],
  work: {
    en: { doing: "signing the root certificate of {label}", done: "{label} is a root authority" },
    de: { doing: "unterschreibt das Wurzelzertifikat von {label}", done: "{label} ist eine Wurzelinstanz" },
  },
  problems: (request) => [
    ...unknownParameters(request, PARAMETERS),
    ...labelProblems(request),
    ...subjectOf(request).problems,
    ...(yearsOf(request) >= 1 && yearsOf(request) <= MOST_YEARS ? [] : [YEARS_WANTED]),
    ...(isPathLength(request["pathLength"]) ? [] : [PATH_LENGTH_WANTED]),
  ],
  makes: () => [],
  needs: (request) => mention(request, "key-pair"),
  world: (request) => [{ event: "key-certified", label: textOf(request, "label") }],
  sentence: (request, token) =>
    `Make ${textOf(request, "label")} on token ${token.serial} a root authority in the name of “${nameOf(request)}”: ` +
    `sign its certificate with the key itself, valid for ${sentenceOf(yearsInWords(yearsOf(request)))} from now${belowInWords(belowOf(request))}. ` +
    "Whoever trusts this root trusts all that it signs.",
  sentenceIn: {
    de(request, token) {
      const years = yearsOf(request);
      return (
        `${textOf(request, "label")} auf Token ${token.serial} zur Wurzel auf den Namen „${nameOf(request)}“ machen: ihr Zertifikat mit dem ` +
        `Schlüssel selbst signieren, von jetzt an ${years === 1 ? "ein Jahr" : `${String(years)} Jahre`} gültig${belowInGerman(belowOf(request))}. ` +
        "Wer dieser Wurzel vertraut, vertraut allem, was sie signiert."
      );
    },
  },
  facts: (request) => [
    { name: "Key label", value: textOf(request, "label"), measured: true },
    { name: "Subject", value: nameOf(request), measured: true },
    worded("Valid for", yearsInWords(yearsOf(request))),
  ],
  recheck: (request, outcome, context) =>
    recheckKeyWork(request, outcome, context, {
      kind: "key-pair",
      read: (reader) => ({
        certificate: reader.bytes("certificate"),
        certificateSha256: reader.hash("certificateSha256"),
        verified: reader.flag("verified"),
      }),
      judge(said, key) {
        const certificate = readWith(readCertificate, said.certificate);
        if (!certificate.ok) return [certificate.refusal];
        const order = orderOf(request, context, key, certificate.value.serial);
        const problems = order ? certificateProblems(certificate.value, order) : ["no such certificate could be ordered"];
        if (said.certificateSha256 !== sha256Hex(said.certificate)) {
          problems.push("the fingerprint is not the hash of the certificate");
        }
        if (!said.verified) problems.push("the certificate did not verify outside the HSM");
        return problems;
      },
    }),
  async recheckSignatures(outcome, verifier) {
    const certificate = readWith(readCertificate, new OutcomeReader(outcome).bytes("certificate"));
    if (!certificate.ok) return [certificate.refusal];
    const { algorithm, spki, signed, signature } = certificate.value;
    return (await verifier.verify(algorithm, spki, signed, signature))
      ? []
      : ["the root certificate is not signed by its own key"];
  },
  tell: (_request, outcome) => tellCertificate(outcome),
  async execute(token, request, context) {
    const made = keyOf(request, context, "key-pair");
    if (!made.ok) return made;
    const serial = await freshSerial(token);
    if (!serial) return refuse({ call: request.operation, name: "NO-RANDOM-NUMBERS" });
    const order = orderOf(request, context, made.value, serial);
    if (!order) {
      return refuse({ call: request.operation, name: certifyingSignature(made.value) ? "PARAMETERS" : "KEY-CANNOT-SIGN-SO" });
    }
    const signed = await signCertificate(token, request, made.value, order, context.verifySignature);
    if (!signed.ok) return signed;
    const certificate = signed.value;
    const fingerprint = sha256Hex(certificate);
    return workedWith(made.value, token, { certificate: base64url(certificate), certificateSha256: fingerprint, verified: true });
  },
};

function orderOf(
  request: OperationRequest, context: Pick<RecheckContext, "startedAt">, key: MadePair, serial: Uint8Array,
): CertificateOrder | null {
  const { subject } = subjectOf(request);
  const algorithm = certifyingSignature(key);
  if (!subject || !algorithm) return null;
  const name = distinguishedName(subject);
  return {
    profile: { ...CERTIFICATE_PROFILES["root-ca"], authority: { pathLength: belowOf(request) } },
    algorithm,
    serial,
    issuer: name,
    subject: name,
    issuerKey: null,
    spki: key.spki,
    ...validity(context.startedAt, { years: yearsOf(request) }),
  };
}

const isPathLength = (value: unknown): boolean =>
  value === undefined || (typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= MOST_BELOW);

const yearsInWords = (years: number): Told => (years === 1 ? told`one year` : told`${years} years`);

function belowInWords(pathLength: number | null): string {
  if (pathLength === null) return "";
  return pathLength === 0
    ? ", with no authority below it"
    : `, with at most ${String(pathLength)} authorities one below the other`;
}

const belowInGerman = (pathLength: number | null): string =>
  pathLength === null
    ? ""
    : pathLength === 0
      ? ", ohne Stelle darunter"
      : `, mit höchstens ${String(pathLength)} ${pathLength === 1 ? "Stelle" : "Stellen"} untereinander`;

function nameOf(request: OperationRequest): string {
  const { subject } = subjectOf(request);
  return subject ? subjectInWords(subject) : "an unsound subject";
}
