import { fromHex, sha256Hex } from "#lib/log/digest";
import { ok, refuse } from "#lib/result";
import { condemnedJson, fingerprintOn, objectsOf, readCondemned } from "./condemned-key";
import { EITHER_KIND, eitherKindProblems, kindOf } from "./key-kind";
import { keyOf } from "./key-work";
import { EXAMPLE_PAIR } from "./example-keys";
import type { Operation } from "./operation";
import { OutcomeReader } from "./outcome-reader";
import { mention, textOf } from "./parameters";
import { readToken, tokenJson } from "./token-json";

/**
 * The first of the two decisions that a key's destruction takes: names the key by its fingerprint and does nothing to it. What is
 * destroyed later must be this very key. `{label, key?}`.
 */
export const condemnKey: Operation = {
  name: "condemn-key",
  effect: "uses",
  parameters: EITHER_KIND,
  example: [EXAMPLE_PAIR, { operation: "condemn-key", label: EXAMPLE_PAIR.label }],
  work: {
    en: { doing: "reading {label} once more", done: "{label} condemned" },
    de: { doing: "liest {label} noch einmal", done: "{label} zur Vernichtung bestimmt" },
  },
  rowsIn: {
    de: {
      "Done to the key": "Mit dem Schlüssel getan",
    },
  },
  problems: (request) => eitherKindProblems(request),
  makes: () => [],
  needs: (request) => mention(request, kindOf(request)),
  world: (request) => [{ event: "key-condemned", label: textOf(request, "label") }],
  sentence: (request, token) =>
    [
      `Condemn the key ${textOf(request, "label")} on token ${token.serial}: say which key it is by its fingerprint, so `,
      "that a later step may destroy it. Nothing is done to it now.",
    ].join(""),
  sentenceIn: {
    de: (request, token) =>
      `Den Schlüssel ${textOf(request, "label")} auf Token ${token.serial} zur Vernichtung bestimmen: durch seinen ` +
      "Fingerabdruck sagen, welcher es ist, damit ein späterer Schritt ihn vernichten darf. Jetzt geschieht nichts mit " +
      "ihm.",
  },
  facts: (request) => [{ name: "Key label", value: textOf(request, "label"), measured: true }],
  recheck(request, outcome, context) {
    const reader = new OutcomeReader(outcome);
    const said = readCondemned(reader);
    readToken(reader.member("token"), context);
    reader.end();
    if (reader.problems.length > 0) return reader.problems;
    const key = keyOf(request, context, kindOf(request));
    if (!key.ok) return [`no ${kindOf(request).replace("-", " ")} called ${textOf(request, "label")} is known`];
    const { label, ckaId } = key.value;
    const problems: string[] = [];
    if (said.label !== label || said.ckaId !== ckaId) problems.push("it is another key that was condemned");
    if (key.value.kind === "key-pair" && said.fingerprint !== sha256Hex(key.value.spki))
      problems.push("the fingerprint is not that of the public key");
    const classes = said.objects.map(({ objectClass }) => objectClass).join();
    if (classes !== (key.value.kind === "key-pair" ? "private-key,public-key" : "secret-key"))
      problems.push("the key was not whole");
    return problems;
  },
  tell: (_request, outcome) => {
    const { label, ckaId, fingerprint } = readCondemned(new OutcomeReader(outcome));
    return {
      facts: [
        { name: "Key label", value: label, measured: true },
        { name: "CKA_ID", value: ckaId, measured: true },
        { name: "Done to the key", value: "nothing" },
      ],
      attributes: [],
      fingerprint: { of: fingerprint.length === 64 ? "SHA-256 of the public key" : "Check value", value: fingerprint },
    };
  },
  async execute(token, request, context) {
    const key = keyOf(request, context, kindOf(request));
    if (!key.ok) return key;
    const found = await token.lookById(fromHex(key.value.ckaId));
    if (found.found !== "complete") return refuse({ call: request.operation, name: "KEY-NOT-THERE" });
    const fingerprint = await fingerprintOn(token, key.value, found.key);
    const { label, ckaId } = key.value;
    const outcome = {
      ...condemnedJson({ label, ckaId, fingerprint, objects: objectsOf(found.key) }),
      token: await tokenJson(token),
    };
    return ok({ outcome, recovered: false, destroyed: [] });
  },
};
