import { told } from "#lib/ceremony/told";
import { canonicalText } from "#lib/log/canonical";
import { base64url, fromHex, sameBytes, sha256Hex } from "#lib/log/digest";
import { refuse } from "#lib/result";
import { toPem } from "#lib/x509/pem";
import { jwkOf, thumbprint } from "./jwk";
import { keyOf, recheckKeyWork, workedWith } from "./key-work";
import { EXAMPLE_PAIR } from "./example-keys";
import type { Operation } from "./operation";
import { OutcomeReader } from "./outcome-reader";
import { KEY_LABEL, labelProblems, mention, textOf, unknownParameters, type ParameterSchemas } from "./parameters";
import { algorithmOfSpki } from "./spki-algorithm";
import { worded } from "./worded-fact";

const PARAMETERS: ParameterSchemas = { label: KEY_LABEL };

/**
 * Takes the public half of a pair off the token: `{label}`. Its fingerprint is what people read aloud, so two implementations
 * work it out: ours, from the token's own numbers, and the platform's, which parses the key and writes and hashes it anew.
 */
export const exportPublicKey: Operation = {
  name: "export-public-key",
  effect: "reads",
  parameters: PARAMETERS,
  example: [EXAMPLE_PAIR, { operation: "export-public-key", label: EXAMPLE_PAIR.label }],
  work: {
    en: { doing: "reading the public key of {label}", done: "public key of {label} exported" },
    de: { doing: "liest den öffentlichen Schlüssel von {label}", done: "öffentlicher Schlüssel von {label} ausgegeben" },
  },
  rowsIn: {
    de: {
      "both implementations agree": "beide Programme kommen auf denselben",
      "the implementations disagree": "die Programme kommen auf verschiedene",
      "Fingerprint worked out twice": "Fingerabdruck zweimal berechnet",
      "JWK thumbprint (RFC 7638)": "JWK-Fingerabdruck (RFC 7638)",
      "Public key (JWK)": "Öffentlicher Schlüssel (JWK)",
      "Public key (PEM)": "Öffentlicher Schlüssel (PEM)",
      "Public key (SPKI, DER)": "Öffentlicher Schlüssel (SPKI, DER)",
    },
  },
  problems: (request) => [...unknownParameters(request, PARAMETERS), ...labelProblems(request)],
  makes: () => [],
  needs: (request) => mention(request, "key-pair"),
  world: (request) => [{ event: "key-exported", label: textOf(request, "label") }],
  sentence: (request, token) =>
    `Read the public key of ${textOf(request, "label")} from token ${token.serial} and show its fingerprint. The private key is not touched.`,
  sentenceIn: {
    de: (request, token) =>
      `Den öffentlichen Schlüssel von ${textOf(request, "label")} aus Token ${token.serial} lesen und seinen ` +
      "Fingerabdruck zeigen. Der private Schlüssel wird nicht angerührt.",
  },
  facts: (request) => [{ name: "Key label", value: textOf(request, "label"), measured: true }],
  recheck: (request, outcome, context) =>
    recheckKeyWork(request, outcome, context, {
      kind: "key-pair",
      read: (reader) => ({
        spki: reader.bytes("spki"),
        spkiSha256: reader.hash("spkiSha256"),
        platformSha256: reader.hash("platformSha256"),
        jwk: reader.any("jwk"),
        thumbprint: reader.text("thumbprint"),
      }),
      judge(said, key) {
        const problems: string[] = [];
        const algorithm = algorithmOfSpki(said.spki);
        if (!sameBytes(said.spki, key.spki)) problems.push("it is not the public key that was made");
        if (said.spkiSha256 !== sha256Hex(said.spki)) problems.push("the fingerprint is not the hash of the public key");
        if (said.platformSha256 !== said.spkiSha256) problems.push("the second implementation found another fingerprint");
        if (algorithm === null || algorithm !== key.algorithm) return [...problems, `it is not a ${key.algorithm} public key`];
        const jwk = jwkOf(said.spki, algorithm);
        if (canonicalText(said.jwk) !== canonicalText(jwk)) problems.push("the JWK is of another key");
        if (said.thumbprint !== thumbprint(jwk)) problems.push("the thumbprint is not that of the JWK");
        return problems;
      },
    }),
  tell(_request, outcome) {
    const reader = new OutcomeReader(outcome);
    const spki = reader.bytes("spki");
    const agree = reader.text("platformSha256") === reader.text("spkiSha256");
    return {
      facts: [
        { name: "Key label", value: reader.text("label"), measured: true },
        worded("Public key (SPKI, DER)", told`${spki.length} bytes`),
        worded("Fingerprint worked out twice", agree ? told`both implementations agree` : told`the implementations disagree`),
        { name: "JWK thumbprint (RFC 7638)", value: reader.text("thumbprint"), measured: true },
        { name: "Public key (JWK)", value: canonicalText(reader.any("jwk")), measured: true },
        { name: "Public key (PEM)", value: toPem("PUBLIC KEY", spki).trim(), measured: true },
      ],
      attributes: [],
      fingerprint: { of: "SHA-256 of the public key", value: reader.text("spkiSha256") },
    };
  },
  async execute(token, request, context) {
    const no = (name: string) => refuse({ call: request.operation, name });
    const made = keyOf(request, context, "key-pair");
    if (!made.ok) return made;
    const key = made.value;
    const spki = await token.exportPublicKey(fromHex(key.ckaId));
    const algorithm = algorithmOfSpki(spki);
    if (!sameBytes(spki, key.spki)) return no("ANOTHER-PUBLIC-KEY");
    if (algorithm === null) return no("PUBLIC-KEY-NOT-READABLE");
    const jwk = jwkOf(spki, algorithm);
    const platform = await context.readPublicKey(spki);
    const spkiSha256 = sha256Hex(spki);
    if (platform?.spkiSha256 !== spkiSha256 || canonicalText(platform.jwk) !== canonicalText(jwk)) {
      return no("FINGERPRINTS-DIFFER");
    }
    const fingerprints = { spkiSha256, platformSha256: platform.spkiSha256 };
    return workedWith(key, token, { spki: base64url(spki), ...fingerprints, jwk, thumbprint: thumbprint(jwk) });
  },
};
