import { sentenceOf } from "#lib/ceremony/told";
import { base64url, fromHex, sameBytes, sha256Hex } from "#lib/log/digest";
import { refuse } from "#lib/result";
import { createCertificationRequest, readCertificationRequest, requestIsGenuine } from "#lib/x509/certification-request";
import { distinguishedName } from "#lib/x509/distinguished-name";
import { toPem } from "#lib/x509/pem";
import { certifyingSignature } from "./certifying-signature";
import { keyOf, recheckKeyWork, workedWith } from "./key-work";
import { EXAMPLE_PAIR } from "./example-keys";
import type { Operation } from "./operation";
import { OutcomeReader } from "./outcome-reader";
import { KEY_LABEL, labelProblems, mention, textOf, unknownParameters, type ParameterSchemas } from "./parameters";
import { readWith, reason } from "./read-with";
import { SUBJECT, subjectInWords, subjectOf } from "./subject-parameter";
import { named } from "./tell-certificate";
import { verifiedInWords, worded } from "./worded-fact";

const PARAMETERS: ParameterSchemas = { label: KEY_LABEL, subject: SUBJECT };

/** Signs a request (PKCS #10) with which an outside authority can certify the key: `{label, subject}`. */
export const createCsr: Operation = {
  name: "create-csr",
  effect: "uses",
  parameters: PARAMETERS,
  example: [EXAMPLE_PAIR, { operation: "create-csr", label: EXAMPLE_PAIR.label, subject: { commonName: "signer" } }],
  work: {
    en: { doing: "signing a certificate request with {label}", done: "request of {label} signed" },
    de: { doing: "unterschreibt einen Zertifikatsantrag mit {label}", done: "Antrag von {label} unterschrieben" },
  },
  rowsIn: {
    de: {
      "Request (PEM)": "Antrag (PEM)",
      "SHA-256 of the request": "SHA-256 des Antrags",
    },
  },
  problems: (request) =>
    [...unknownParameters(request, PARAMETERS), ...labelProblems(request), ...subjectOf(request).problems],
  makes: () => [],
  needs: (request) => mention(request, "key-pair"),
  sentence: (request, token) =>
    `Sign a request for a certificate in the name of “${nameOf(request)}” with ${textOf(request, "label")} ` +
    `on token ${token.serial}. It is for an outside authority; no certificate is made.`,
  sentenceIn: {
    de: (request, token) =>
      `Einen Zertifikatsantrag auf den Namen „${nameOf(request)}“ mit ${textOf(request, "label")} auf Token ${token.serial} signieren. ` +
      "Er ist für eine Stelle außerhalb; es entsteht kein Zertifikat.",
  },
  facts: (request) => [
    { name: "Key label", value: textOf(request, "label"), measured: true },
    { name: "Subject", value: nameOf(request), measured: true },
  ],
  recheck: (request, outcome, context) =>
    recheckKeyWork(request, outcome, context, {
      kind: "key-pair",
      read: (reader) => ({
        request: reader.bytes("request"),
        requestSha256: reader.hash("requestSha256"),
        verified: reader.flag("verified"),
      }),
      judge(said, key) {
        const { subject, problems: unsound } = subjectOf(request);
        const problems = unsound.map((said) => sentenceOf(said));
        const signed = readWith(readCertificationRequest, said.request);
        if (!signed.ok || !subject) return [...problems, ...(signed.ok ? [] : [signed.refusal])];
        if (!sameBytes(signed.value.subject, distinguishedName(subject))) problems.push("the request names another subject");
        if (!sameBytes(signed.value.spki, key.spki)) problems.push("the request is for another key");
        if (signed.value.algorithm !== certifyingSignature(key)) {
          problems.push(`a ${key.algorithm} key did not sign by ${signed.value.algorithm}`);
        }
        if (signed.value.attributes.length > 0) problems.push("the request asks for more than a name");
        if (said.requestSha256 !== sha256Hex(said.request)) problems.push("the fingerprint is not the hash of the request");
        if (!said.verified) problems.push("the request did not verify outside the HSM");
        return problems;
      },
    }),
  async recheckSignatures(outcome, verifier) {
    const signed = readWith(readCertificationRequest, new OutcomeReader(outcome).bytes("request"));
    return signed.ok && (await requestIsGenuine(signed.value, verifier)) ? [] : ["the request for a certificate does not verify"];
  },
  tell(_request, outcome) {
    const reader = new OutcomeReader(outcome);
    const bytes = reader.bytes("request");
    const signed = readWith(readCertificationRequest, bytes);
    return {
      facts: [
        { name: "Key label", value: reader.text("label"), measured: true },
        signed.ok ? named("Subject", signed.value.subject) : worded("Subject", reason(signed.refusal), { measured: true }),
        worded("Checked outside the HSM", verifiedInWords(reader.flag("verified"))),
        { name: "Request (PEM)", value: toPem("CERTIFICATE REQUEST", bytes).trim(), measured: true },
      ],
      attributes: [],
      fingerprint: { of: "SHA-256 of the request", value: reader.text("requestSha256") },
    };
  },
  async execute(token, request, context) {
    const no = (name: string) => refuse({ call: request.operation, name });
    const made = keyOf(request, context, "key-pair");
    if (!made.ok) return made;
    const key = made.value;
    const { subject } = subjectOf(request);
    const algorithm = certifyingSignature(key);
    if (!subject) return no("PARAMETERS");
    if (!algorithm) return no("KEY-CANNOT-SIGN-SO");
    const sign = (bytes: Uint8Array) => token.sign(fromHex(key.ckaId), algorithm, bytes);
    const bytes = await createCertificationRequest({ subject: distinguishedName(subject), spki: key.spki, algorithm, sign });
    const { signed, signature } = readCertificationRequest(bytes);
    if (!(await context.verifySignature(algorithm, key.spki, signed, signature))) return no("SIGNATURE-NOT-GOOD");
    return workedWith(key, token, { request: base64url(bytes), requestSha256: sha256Hex(bytes), verified: true });
  },
};

function nameOf(request: Parameters<typeof subjectOf>[0]): string {
  const { subject } = subjectOf(request);
  return subject ? subjectInWords(subject) : "an unsound subject";
}
