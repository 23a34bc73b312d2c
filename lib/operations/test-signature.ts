import type { OperationRequest } from "#lib/ceremony/script";
import { told } from "#lib/ceremony/told";
import { base64url, fromHex, sameBytes, sha256Hex } from "#lib/log/digest";
import { refuse } from "#lib/result";
import { KEY_PAIR_ALGORITHMS, SIGNATURE_ALGORITHMS, type SignatureAlgorithm, signaturesOf } from "#lib/token/algorithm";
import type { MadePair } from "./made-key";
import { keyOf, recheckKeyWork, workedWith } from "./key-work";
import { EXAMPLE_PAIR } from "./example-keys";
import type { Operation } from "./operation";
import { OutcomeReader } from "./outcome-reader";
import { KEY_LABEL, labelProblems, mention, textOf, unknownParameters, type ParameterSchemas } from "./parameters";
import { testMessage } from "./test-message";
import { verifiedInWords, worded } from "./worded-fact";

const signatureOf = (request: OperationRequest): SignatureAlgorithm | null =>
  SIGNATURE_ALGORITHMS.find((signature) => signature === request["signature"]) ?? null;

/** Whether a key of this algorithm makes such signatures at all; its attributes are the token's to enforce. */
function canSign(key: MadePair, signature: string): boolean {
  const algorithm = KEY_PAIR_ALGORITHMS.find((known) => known === key.algorithm);
  return algorithm !== undefined && signaturesOf(algorithm).some((known) => known === signature);
}

const PARAMETERS: ParameterSchemas = {
  label: KEY_LABEL,
  signature: { enum: SIGNATURE_ALGORITHMS, description: "The signature that is tried." },
};

/**
 * Signs a message that names the ceremony in the HSM and checks it outside, with the public key made earlier: `{label,
 * signature}`.
 */
export const testSignature: Operation = {
  name: "test-signature",
  effect: "uses",
  parameters: PARAMETERS,
  example: [EXAMPLE_PAIR, { operation: "test-signature", label: EXAMPLE_PAIR.label, signature: "ES256" }],
  work: {
    en: { doing: "signing a test sentence with {label}", done: "{label} tested" },
    de: { doing: "unterschreibt einen Probesatz mit {label}", done: "{label} erprobt" },
  },
  rowsIn: {
    de: {
      Signature: "Signaturverfahren",
    },
  },
  problems: (request) => [
    ...unknownParameters(request, PARAMETERS),
    ...labelProblems(request),
    ...(signatureOf(request) ? [] : [told`The signature that is tested is one of ${SIGNATURE_ALGORITHMS.join(", ")}.`]),
  ],
  makes: () => [],
  needs: (request) => mention(request, "key-pair"),
  world: (request) => [{ event: "key-tested", label: textOf(request, "label") }],
  sentence: (request, token) =>
    `Sign one test message that names this ceremony with ${textOf(request, "label")} on token ${token.serial} ` +
    `(${textOf(request, "signature")}), and check the signature outside the HSM.`,
  sentenceIn: {
    de: (request, token) =>
      `Eine Probenachricht, die diese Zeremonie nennt, mit ${textOf(request, "label")} auf Token ${token.serial} signieren ` +
      `(${textOf(request, "signature")}) und die Signatur außerhalb des HSM prüfen.`,
  },
  facts: (request) => [
    { name: "Key label", value: textOf(request, "label"), measured: true },
    { name: "Signature", value: textOf(request, "signature"), measured: true },
  ],
  recheck: (request, outcome, context) =>
    recheckKeyWork(request, outcome, context, {
      kind: "key-pair",
      read: (reader) => ({
        signature: reader.text("signature"),
        nonce: reader.hash("nonce"),
        message: reader.bytes("message"),
        value: reader.bytes("value"),
        spki: reader.bytes("spki"),
        verified: reader.flag("verified"),
      }),
      judge({ signature, nonce, message, value, spki, verified }, key) {
        const problems: string[] = [];
        if (signature !== request["signature"]) {
          problems.push(`signed with ${signature}, asked was ${textOf(request, "signature")}`);
        }
        if (!canSign(key, signature)) problems.push(`a ${key.algorithm} key cannot sign with ${signature}`);
        if (!sameBytes(spki, key.spki)) problems.push("checked with a public key that is not the one made");
        if (!sameBytes(message, testMessage(request.operation, key.label, context, nonce))) {
          problems.push("the message does not name this ceremony");
        }
        if (value.length === 0) problems.push("there is no signature");
        if (!verified) problems.push("the signature did not verify outside the HSM");
        return problems;
      },
    }),
  tell(_request, outcome) {
    const reader = new OutcomeReader(outcome);
    return {
      facts: [
        { name: "Key label", value: reader.text("label"), measured: true },
        { name: "Signature", value: reader.text("signature"), measured: true },
        worded("Checked outside the HSM", verifiedInWords(reader.flag("verified"))),
        { name: "SHA-256 of the message", value: sha256Hex(reader.bytes("message")), measured: true },
      ],
      attributes: [],
      fingerprint: null,
    };
  },
  async recheckSignatures(outcome, verifier) {
    const reader = new OutcomeReader(outcome);
    const signature = SIGNATURE_ALGORITHMS.find((known) => known === reader.text("signature"));
    const [spki, message, value] = [reader.bytes("spki"), reader.bytes("message"), reader.bytes("value")];
    if (reader.problems.length > 0 || !signature) return ["the test signature cannot be read"];
    return (await verifier.verify(signature, spki, message, value)) ? [] : ["the test signature does not verify"];
  },
  async execute(token, request, context) {
    const made = keyOf(request, context, "key-pair");
    const signature = signatureOf(request);
    if (!made.ok) return made;
    if (!signature) return refuse({ call: request.operation, name: "PARAMETERS" });
    const key = made.value;
    if (!canSign(key, signature)) return refuse({ call: request.operation, name: "KEY-CANNOT-SIGN-SO" });
    const message = testMessage(request.operation, key.label, context, context.nonce);
    const value = await token.sign(fromHex(key.ckaId), signature, message);
    if (!(await context.verifySignature(signature, key.spki, message, value))) {
      return refuse({ call: request.operation, name: "SIGNATURE-NOT-GOOD" });
    }
    return workedWith(key, token, {
      signature,
      nonce: context.nonce,
      message: base64url(message),
      value: base64url(value),
      spki: base64url(key.spki),
      verified: true,
    });
  },
};
