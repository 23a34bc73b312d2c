import { base64url, fromHex, sameBytes, sha256Hex } from "#lib/log/digest";
import { keyOf, recheckKeyWork, workedWith } from "./key-work";
import type { Operation } from "./operation";
import { OutcomeReader } from "./outcome-reader";
import { labelProblems, mention, textOf, unknownParameters } from "./parameters";
import { algorithmOfSpki } from "./spki-algorithm";

/** Takes the public half of a pair off the token: `{label}`. Its fingerprint is what people read aloud. */
export const exportPublicKey: Operation = {
  name: "export-public-key",
  effect: "reads",
  problems: (request) => [...unknownParameters(request, ["label"]), ...labelProblems(request)],
  makes: () => [],
  needs: (request) => mention(request, "key-pair"),
  world: (request) => [{ event: "key-exported", label: textOf(request, "label") }],
  sentence: (request, token) => `Read the public key of ${textOf(request, "label")} from token ${token.serial} and show its fingerprint. The private key is not touched.`,
  facts: (request) => [{ name: "Key label", value: textOf(request, "label"), measured: true }],
  recheck: (request, outcome, context) =>
    recheckKeyWork(request, outcome, context, {
      kind: "key-pair",
      read: (reader) => ({ spki: reader.bytes("spki"), spkiSha256: reader.hash("spkiSha256") }),
      judge({ spki, spkiSha256 }, key) {
        const problems: string[] = [];
        if (!sameBytes(spki, key.spki)) problems.push("it is not the public key that was made");
        if (spkiSha256 !== sha256Hex(spki)) problems.push("the fingerprint is not the hash of the public key");
        if (algorithmOfSpki(spki) !== key.algorithm) problems.push(`it is not a ${key.algorithm} public key`);
        return problems;
      },
    }),
  tell(_request, outcome) {
    const reader = new OutcomeReader(outcome);
    return {
      facts: [
        { name: "Key label", value: reader.text("label"), measured: true },
        { name: "Public key (SPKI, DER)", value: `${String(reader.bytes("spki").length)} bytes` },
      ],
      attributes: [],
      fingerprint: { of: "SHA-256 of the public key", value: reader.text("spkiSha256") },
    };
  },
  async execute(token, request, context) {
    const key = keyOf(request, context, "key-pair");
    if (!key.ok) return key;
    const spki = await token.exportPublicKey(fromHex(key.value.ckaId));
    return workedWith(key.value, token, { spki: base64url(spki), spkiSha256: sha256Hex(spki) });
  },
};
