import { told, type Told } from "#lib/ceremony/told";
import type { Json } from "#lib/log/canonical";
import { fromHex, sha256Hex } from "#lib/log/digest";
import { ok, refuse } from "#lib/result";
import type { KeyAlgorithm } from "#lib/token/algorithm";
import type { KeyReading, ObjectReading } from "#lib/token/attributes";
import { cloneKey as bringKey } from "#lib/token/clone-key";
import { differences, type KeyTemplate, type KeyUsage } from "#lib/token/template";
import { fingerprintOn, NO_FINGERPRINT, objectsOf } from "./condemned-key";
import { proofKindOf, proveClone, recheckProof, recheckProofSignature } from "./clone-proof";
import { EITHER_KIND, eitherKindProblems, kindOf } from "./key-kind";
import { keyOf } from "./key-work";
import type { MadeKey } from "./made-key";
import { objectJson, readObject } from "./object-json";
import { EXAMPLE_PAIR } from "./example-keys";
import type { Operation } from "./operation";
import { OutcomeReader } from "./outcome-reader";
import { mention, textOf, type ParameterSchemas } from "./parameters";
import { calling, callingInGerman, readToken, tokenJson } from "./token-json";
import { otherTokenProblems, RECEIVING_TOKEN } from "./token-parameter";
import { worded } from "./worded-fact";

const WRAPPING = "AES-256 key wrap with padding (RFC 5649), its key under RSA-OAEP of the receiving token";

const PARAMETERS: ParameterSchemas = { ...EITHER_KIND, to: RECEIVING_TOKEN };

/**
 * Copies a key of this ceremony into another token: `{label, to, key?}`. It leaves its token wrapped, for the other one alone,
 * and only if it is marked extractable; the copy is not, wherever the original is. Shown to be the same key before anybody says
 * so.
 */
export const cloneKey: Operation = {
  name: "clone-key",
  effect: "uses",
  parameters: PARAMETERS,
  example: [{ ...EXAMPLE_PAIR, extractable: true }, { operation: "clone-key", label: EXAMPLE_PAIR.label, to: "vault" }],
  work: {
    en: { doing: "bringing {label} into {to}", done: "{label} is in {to} as well" },
    de: { doing: "bringt {label} nach {to}", done: "{label} ist auch in {to}" },
  },
  rowsIn: {
    de: {
      "the same": "gleich",
      different: "verschieden",
      "the copy signed, and the original's public key verified it outside the HSM":
        "die Kopie hat signiert, und der öffentliche Schlüssel des Originals hat es außerhalb des HSM bestätigt",
      "the copy opened what was sealed outside the HSM with the original's public key":
        "die Kopie hat geöffnet, was außerhalb des HSM mit dem öffentlichen Schlüssel des Originals verschlossen wurde",
      "the copy opened what the original had sealed": "die Kopie hat geöffnet, was das Original verschlossen hat",
      "both gave the same MAC over a message that names this ceremony":
        "beide gaben denselben MAC über eine Nachricht, die diese Zeremonie nennt",
      "both tokens gave the same check value of it, which is three bytes: the key may do nothing that shows more":
        "beide Tokens gaben denselben Prüfwert, drei Bytes: Der Schlüssel darf nichts, was mehr zeigen würde",
      "CKA_ID of the copy": "Kennung der Kopie (CKA_ID)",
      "Fingerprints of original and copy": "Fingerabdrücke von Original und Kopie",
      "Into token": "In das Token",
      "Shown to be the same key": "Als derselbe Schlüssel erwiesen",
      "Wrapped by": "Eingepackt durch",
      "the copy cannot be taken out": "die Kopie kann nicht herausgegeben werden",
    },
  },
  problems: (request) => [...eitherKindProblems(request, PARAMETERS), ...otherTokenProblems(request, "to")],
  makes: () => [],
  needs: (request) => mention(request, kindOf(request)),
  tokens: (request) => [textOf(request, "to")],
  world: (request) => [{ event: "key-cloned", label: textOf(request, "label"), to: textOf(request, "to") }],
  sentence: (request, token) =>
    [
      `Copy the key ${textOf(request, "label")} from token ${token.serial}, wrapped, into ${calling(textOf(request, "to"), token)}; `,
      "the copy can do what the original can, and cannot be taken out again.",
    ].join(""),
  sentenceIn: {
    de: (request, token) =>
      `Den Schlüssel ${textOf(request, "label")} von Token ${token.serial} eingewickelt in ` +
      `${callingInGerman(textOf(request, "to"), token)} kopieren; die Kopie kann, was das Original kann, und lässt sich ` +
      "nicht wieder herausholen.",
  },
  facts: (request) => [
    { name: "Key label", value: textOf(request, "label"), measured: true },
    { name: "Into token", value: textOf(request, "to"), measured: true },
  ],
  recheck(request, outcome, context) {
    const reader = new OutcomeReader(outcome);
    const [label, ckaId, cloneId, to] = [reader.text("label"), reader.keyId("ckaId"), reader.hash("cloneId"), reader.text("to")];
    const [fingerprint, cloneFingerprint, wrapping] = [
      reader.text("fingerprint"),
      reader.text("cloneFingerprint"),
      reader.text("wrapping"),
    ];
    const clone = reader.list("clone", readObject);
    const tests = reader.list("tests", readTest);
    const proof = reader.member("proof");
    readToken(reader.member("token"), context);
    const { profile } = readToken(reader.member("other"), context, textOf(request, "to"));
    reader.end();
    const found = keyOf(request, context, kindOf(request));
    if (reader.problems.length > 0 || !profile) return reader.problems;
    if (!found.ok) return [`no ${kindOf(request).replace("-", " ")} called ${textOf(request, "label")} was made before`];
    const key = found.value;
    const problems = recheckProof(proof, key, fingerprint, request.operation, context);
    if (label !== key.label || ckaId !== key.ckaId) problems.push("another key was copied");
    if (cloneId !== context.ckaId) problems.push("the copy's CKA_ID is not the one that the approvals give");
    if (to !== textOf(request, "to")) problems.push(`it was copied into ${to}`);
    if (wrapping !== WRAPPING) problems.push("it was wrapped in another way than this operation has");
    if (fingerprint !== cloneFingerprint) problems.push("the copy has another fingerprint");
    if (key.kind === "key-pair" && fingerprint !== sha256Hex(key.spki))
      problems.push("the fingerprint is not that of the public key");
    const reading = readingOf(key, clone);
    if (!reading) problems.push("the copy is not whole");
    else problems.push(...differences(templateOf(key, context.ckaId), reading, profile, true, "brought"));
    if (tests.length === 0) problems.push("the copy was not tested");
    for (const { test, passed } of tests) if (!passed) problems.push(`the test ${test} of the copy failed`);
    return [...new Set([...reader.problems, ...problems])];
  },
  recheckSignatures: (outcome, verifier) => recheckProofSignature(new OutcomeReader(outcome).member("proof"), verifier),
  tell(_request, outcome) {
    const reader = new OutcomeReader(outcome);
    const proof = reader.member("proof").text("kind");
    return {
      facts: [
        { name: "Key label", value: reader.text("label"), measured: true },
        worded("Into token", told`${reader.text("to")}, serial ${reader.member("other").text("serial")}`, { measured: true }),
        { name: "CKA_ID of the copy", value: reader.text("cloneId"), measured: true },
        { name: "Wrapped by", value: reader.text("wrapping") },
        worded(
          "Fingerprints of original and copy",
          reader.text("fingerprint") === reader.text("cloneFingerprint") ? told`the same` : told`different`,
        ),
        worded("Shown to be the same key", PROVEN[proof] ?? told`${proof}`),
      ],
      attributes: [{ text: "the copy cannot be taken out", needless: false }],
      fingerprint: {
        of: reader.text("fingerprint").length === 64 ? "SHA-256 of the public key" : "Check value",
        value: reader.text("fingerprint"),
      },
    };
  },
  async isBegun(_token, request, context) {
    const other = await context.other(textOf(request, "to"));
    const lookup = await other.lookById(fromHex(context.ckaId));
    // Half a copy is none, and is no reason to make one now: it is told, and taken away.
    if (lookup.found === "half") {
      await context.onStep?.({ at: "looked", lookup });
      await other.destroyById(fromHex(context.ckaId));
    }
    return lookup.found === "complete";
  },
  async undo(_token, request, context) {
    await (await context.other(textOf(request, "to"))).destroyById(fromHex(context.ckaId));
  },
  async execute(token, request, context) {
    const found = keyOf(request, context, kindOf(request));
    if (!found.ok) return found;
    const key = found.value;
    const kind = proofKindOf(key);
    const uncompared = refuse({ call: request.operation, name: "COPY-COULD-NOT-BE-COMPARED" });
    if (!kind) return uncompared;
    const to = textOf(request, "to");
    const other = await context.other(to);
    if ((await other.info()).serial === (await token.info()).serial)
      return refuse({ call: request.operation, name: "OWN-TOKEN" });
    const there = await token.lookById(fromHex(key.ckaId));
    if (there.found !== "complete") return refuse({ call: request.operation, name: "KEY-NOT-THERE" });
    const fingerprint = await fingerprintOn(token, key, there.key);
    if (kind === "check-value" && fingerprint === NO_FINGERPRINT) return uncompared;
    const original = { id: fromHex(key.ckaId), spki: key.kind === "key-pair" ? key.spki : null };
    const cloned = await bringKey(token, other, original, templateOf(key, context.ckaId), context.onStep);
    if (!cloned.ok) return refuse({ call: request.operation, name: cloned.refusal.reason });
    const { reading, tests, recovered } = cloned.value;
    const cloneFingerprint = await fingerprintOn(other, { ...key, ckaId: context.ckaId }, reading);
    const proof = fingerprint === cloneFingerprint ? await proveClone(token, other, key, kind, request.operation, context) : null;
    if (!proof) {
      await other.destroyById(fromHex(context.ckaId));
      const compared = kind !== "check-value" || cloneFingerprint !== NO_FINGERPRINT;
      return compared ? refuse({ call: request.operation, name: "COPY-IS-ANOTHER-KEY" }) : uncompared;
    }
    const said: { readonly [fact: string]: Json } = {
      label: key.label,
      ckaId: key.ckaId,
      cloneId: context.ckaId,
      to,
      wrapping: WRAPPING,
      fingerprint,
      cloneFingerprint,
    };
    const clone = {
      clone: objectsOf(reading).map(objectJson),
      tests: tests.map(({ test, passed }) => ({ test, passed })),
      proof,
    };
    return ok({
      outcome: { ...said, ...clone, token: await tokenJson(token), other: await tokenJson(other) },
      recovered,
      destroyed: [],
    });
  },
};

const PROVEN: Readonly<Record<string, Told>> = {
  signature: told`the copy signed, and the original's public key verified it outside the HSM`,
  "private-decryption": told`the copy opened what was sealed outside the HSM with the original's public key`,
  decryption: told`the copy opened what the original had sealed`,
  mac: told`both gave the same MAC over a message that names this ceremony`,
  "check-value": told`both tokens gave the same check value of it, which is three bytes: the key may do nothing that shows more`,
};

/** The copy as it is ordered: able to do what the original can, and never to be taken out. */
function templateOf({ label, algorithm, usage }: MadeKey, ckaId: string): KeyTemplate {
  const uses = Object.fromEntries(usage.map((use) => [use, true])) as KeyUsage;
  return { algorithm: algorithm as KeyAlgorithm, label, id: fromHex(ckaId), usage: uses, extractable: false, sensitive: true };
}

/** The copy's objects as one reading; null when they are not those of a key of its kind. */
function readingOf(key: MadeKey, objects: readonly ObjectReading[]): KeyReading | null {
  const [first, second, ...more] = objects;
  if (!first || more.length > 0) return null;
  if (key.kind === "secret-key") return second ? null : { kind: "secret", secretKey: first };
  if (second?.spkiSha256 !== sha256Hex(key.spki)) return null;
  return { kind: "pair", privateKey: first, publicKey: second, spki: key.spki };
}

function readTest(reader: OutcomeReader): { readonly test: string; readonly passed: boolean } {
  const read = { test: reader.text("test"), passed: reader.flag("passed") };
  reader.end();
  return read;
}
