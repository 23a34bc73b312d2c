import { told } from "#lib/ceremony/told";
import { fromHex, sha256Hex } from "#lib/log/digest";
import { ok, refuse } from "#lib/result";
import {
  condemnedJson,
  fingerprintOn,
  NO_FINGERPRINT,
  objectsOf,
  readCondemned,
  shownFingerprint,
  withoutFingerprint,
} from "./condemned-key";
import { EITHER_KIND, eitherKindProblems, kindOf } from "./key-kind";
import { keyOf } from "./key-work";
import { EXAMPLE_PAIR } from "./example-keys";
import type { Operation } from "./operation";
import { OutcomeReader } from "./outcome-reader";
import { mention, textOf } from "./parameters";
import { readToken, tokenJson } from "./token-json";
import { worded } from "./worded-fact";

/** As tokens give it of a secret key: three bytes, hex. */
const CHECK_VALUE = /^[0-9a-f]{6}$/;

/**
 * The first of the two decisions that a key's destruction takes: names the key by its fingerprint and does nothing to it. What is
 * destroyed later must be this very key; where a token gives no fingerprint of a secret key, that is said, and its id and every
 * attribute must be the same. `{label, key?}`.
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
      "Check value": "Prüfwert",
      Fingerprint: "Fingerabdruck",
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
    if (key.value.kind === "secret-key" && said.fingerprint !== NO_FINGERPRINT && !CHECK_VALUE.test(said.fingerprint))
      problems.push("the fingerprint is no check value");
    const classes = said.objects.map(({ objectClass }) => objectClass).join();
    if (classes !== (key.value.kind === "key-pair" ? "private-key,public-key" : "secret-key"))
      problems.push("the key was not whole");
    return problems;
  },
  tell: (_request, outcome) => {
    const condemned = readCondemned(new OutcomeReader(outcome));
    const { label, ckaId } = condemned;
    return {
      facts: [
        { name: "Key label", value: label, measured: true },
        { name: "CKA_ID", value: ckaId, measured: true },
        ...withoutFingerprint(condemned),
        worded("Done to the key", told`nothing`),
      ],
      attributes: [],
      fingerprint: shownFingerprint(condemned, "SHA-256 of the public key"),
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
