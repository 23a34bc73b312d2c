import { base64url, fromHex, sameBytes, sha256Hex } from "#lib/log/digest";
import { ok, refuse } from "#lib/result";
import { madeKey } from "./made-key";
import type { Execute, Operation } from "./operation";
import { OutcomeReader } from "./outcome-reader";
import { labelProblems, mention, textOf, unknownParameters } from "./parameters";
import { algorithmOfSpki } from "./spki-algorithm";
import { readToken, tokenJson } from "./token-json";

/** Takes the public half of a pair off the token: `{label}`. Its fingerprint is what people read aloud. */
export const rules: Operation = {
  name: "export-public-key",
  effect: "reads",
  problems: (request) => [...unknownParameters(request, ["label"]), ...labelProblems(request)],
  makes: () => [],
  needs: (request) => mention(request, "key-pair"),
  sentence: (request, token) => `Read the public key of ${textOf(request, "label")} from token ${token.serial} and show its fingerprint. The private key is not touched.`,
  facts: (request) => [{ name: "Key label", value: textOf(request, "label"), measured: true }],
  recheck(request, outcome, context) {
    const reader = new OutcomeReader(outcome);
    const label = reader.text("label");
    const ckaId = reader.hash("ckaId");
    const spki = reader.bytes("spki");
    const spkiSha256 = reader.hash("spkiSha256");
    readToken(reader.member("token"), context);
    reader.end();
    const { problems } = reader;
    if (problems.length > 0) return problems;
    const key = madeKey(context.earlier, textOf(request, "label"));
    if (!key?.spki) return [`no key pair called ${textOf(request, "label")} was made before`];
    if (label !== key.label || ckaId !== key.ckaId) problems.push("it is the public key of another key");
    if (!sameBytes(spki, key.spki)) problems.push("it is not the public key that was made");
    if (spkiSha256 !== sha256Hex(spki)) problems.push("the fingerprint is not the hash of the public key");
    if (algorithmOfSpki(spki) !== key.algorithm) problems.push(`it is not a ${key.algorithm} public key`);
    return problems;
  },
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
};

export const execute: Execute = async (token, request, context) => {
  const key = madeKey(context.earlier, textOf(request, "label"));
  if (!key) return refuse({ call: request.operation, name: "KEY-NOT-MADE-HERE" });
  const spki = await token.exportPublicKey(fromHex(key.ckaId));
  const outcome = { label: key.label, ckaId: key.ckaId, spki: base64url(spki), spkiSha256: sha256Hex(spki), token: await tokenJson(token) };
  return ok({ outcome, recovered: false, destroyed: [] });
};
