import type { KeyMention } from "#lib/ceremony/operation";
import type { OperationRequest } from "#lib/ceremony/script";
import { told, type Told } from "#lib/ceremony/told";
import type { Json } from "#lib/log/canonical";
import { base64url, hex, sha256Hex } from "#lib/log/digest";
import { ok, refuse } from "#lib/result";
import { KEY_PAIR_ALGORITHMS, SECRET_KEY_ALGORITHMS } from "#lib/token/algorithm";
import type { AttributeName, KeyReading } from "#lib/token/attributes";
import { attributesInWords, readKey } from "./key-outcome";
import { identityOf } from "./inventory";
import { isWorkersOwn } from "./backed-up-keys";
import { KEY_USAGE, KEY_USES, usageProblems, usesInGerman, usesInWords } from "./key-order";
import { madeKey } from "./made-key";
import { objectJson, readObject } from "./object-json";
import type { Operation } from "./operation";
import { OutcomeReader } from "./outcome-reader";
import { inWords, KEY_LABEL, labelProblems, textOf, unknownParameters, type ParameterSchemas } from "./parameters";
import { algorithmOfSpki } from "./spki-algorithm";
import { readToken, tokenJson } from "./token-json";
import { worded } from "./worded-fact";

const kindOf = ({ kind }: OperationRequest): KeyMention["kind"] | null =>
  (kind === "key-pair" || kind === "secret-key" ? kind : null);
const useOf = (reading: KeyReading) => (reading.kind === "pair" ? reading.privateKey : reading.secretKey);
const objectsOf = (reading: KeyReading) =>
  (reading.kind === "pair" ? [reading.privateKey, reading.publicKey] : [reading.secretKey]);
/** What the script says the key is for; null where it does not say. */
const purposeOf = ({ usage }: OperationRequest): readonly string[] | null =>
  usage === undefined ? null : KEY_USES.filter((use) => Array.isArray(usage) && usage.includes(use));
/** Of these uses, those that the key does not have. */
const lacking = (reading: KeyReading, purpose: readonly string[] | null) =>
  (purpose ?? []).filter((use) => useOf(reading).attributes[use.toUpperCase() as AttributeName] !== true);

const PARAMETERS: ParameterSchemas = {
  label: KEY_LABEL,
  kind: { enum: ["key-pair", "secret-key"] satisfies KeyMention["kind"][], description: "Which kind of key it is." },
  algorithm: { enum: [...KEY_PAIR_ALGORITHMS, ...SECRET_KEY_ALGORITHMS], description: "Kind and size of the key." },
  usage: { ...KEY_USAGE, description: "What the key is for; whatever else it can do is marked." },
  spkiSha256: { type: "string", description: "SHA-256 of the public key, hex: which key is meant." },
};

/**
 * Brings a key that is on the token already into the ceremony, so that later steps may name it: `{label, kind, algorithm,
 * usage?, spkiSha256?}`. There must be exactly one of that label. It is read, not tested, and stays a key that was there before.
 * With `usage`, what the key is for, it must be able to do that, and every other capability is marked as needless.
 */
export const identifyKey: Operation = {
  name: "identify-key",
  effect: "reads",
  parameters: PARAMETERS,
  example: [{ operation: "identify-key", label: "old", kind: "key-pair", algorithm: "EC-P256" }],
  work: {
    en: { doing: "looking for the key {label}", done: "{label} found" },
    de: { doing: "sucht den Schlüssel {label}", done: "{label} gefunden" },
  },
  rowsIn: {
    de: {
      "yes: this ceremony found it and did not make it": "ja: Diese Zeremonie hat ihn gefunden und nicht erzeugt",
      "Was there before": "War vorher da",
      "What it is for": "Wozu er dient",
    },
  },
  problems: (request) => [
    ...unknownParameters(request, PARAMETERS),
    ...labelProblems(request),
    ...ownKeyProblems(request),
    ...(kindOf(request) ? [] : [told`${"kind"} is ${"key-pair"} or ${"secret-key"}.`]),
    ...algorithmProblems(request),
    ...(request["usage"] === undefined ? [] : usageProblems(request["usage"])),
    ...hashProblems(request),
  ],
  makes: () => [],
  needs: () => [],
  world: (request) => [{ event: "key-identified", label: textOf(request, "label"), kind: kindOf(request) ?? "key-pair" }],
  sentence: (request, token) =>
    [
      `Find the ${textOf(request, "algorithm")} key ${textOf(request, "label")} that is on token ${token.serial} already, `,
      "and read its attributes",
      request["spkiSha256"] === undefined ? "" : ` and its public key, which must have the fingerprint ${textOf(request, "spkiSha256")}`,
      purposeOf(request) ? `. It is there to ${inWords(purposeOf(request) ?? [])}; whatever else it can do is marked` : "",
      ". Nothing is changed.",
    ].join(""),
  sentenceIn: {
    de: (request, token) =>
      [
        `Den ${textOf(request, "algorithm")}-Schlüssel ${textOf(request, "label")} finden, der schon auf Token ` +
        `${token.serial} ist, `,
        "und seine Attribute lesen",
        request["spkiSha256"] === undefined ? "" : ` und seinen öffentlichen Schlüssel, der den Fingerabdruck ${textOf(request, "spkiSha256")} haben muss`,
        purposeOf(request)
          ? `. Wozu er da ist: ${usesInGerman(purposeOf(request) ?? [])}; was er sonst noch kann, wird gekennzeichnet`
          : "",
        ". Nichts wird geändert.",
      ].join(""),
  },
  facts: (request) => [
    { name: "Key label", value: textOf(request, "label"), measured: true },
    { name: "Algorithm", value: textOf(request, "algorithm"), measured: true },
    ...(purposeOf(request) ? [worded("What it is for", usesInWords(purposeOf(request) ?? []))] : []),
  ],
  recheck(request, outcome, context) {
    const kind = kindOf(request) ?? "key-pair";
    const reader = new OutcomeReader(outcome);
    const label = reader.text("label");
    const ckaId = reader.keyId("ckaId");
    const found = reader.member("found");
    const reading = readKey(found, kind);
    found.end();
    const spkiSha256 = kind === "key-pair" ? reader.hash("spkiSha256") : null;
    readToken(reader.member("token"), context);
    reader.end();
    const { problems } = reader;
    if (problems.length > 0) return problems;
    if (label !== request["label"]) problems.push(`the key is called ${label}, asked was for ${textOf(request, "label")}`);
    if (madeKey(context.earlier, label)) problems.push(`${label} is a key of this ceremony already`);
    const classes = objectsOf(reading).map(({ objectClass }) => objectClass).join();
    if (classes !== (kind === "key-pair" ? "private-key,public-key" : "secret-key")) {
      problems.push("its objects are of other classes");
    }
    for (const object of objectsOf(reading)) {
      if (object.label !== label || hex(object.id) !== ckaId) {
        problems.push(`its ${object.objectClass.replace("-", " ")} has another label or id`);
      }
      if (isNew(object, context.earlier)) {
        problems.push(`its ${object.objectClass.replace("-", " ")} was not on the token when it was listed`);
      }
    }
    if (useOf(reading).algorithm !== request["algorithm"]) {
      problems.push(`it is ${useOf(reading).algorithm ?? "of an unknown kind"}, asked was for ${textOf(request, "algorithm")}`);
    }
    for (const use of lacking(reading, purposeOf(request))) problems.push(`it cannot ${use}, which it is for`);
    if (reading.kind === "pair") {
      if (algorithmOfSpki(reading.spki) !== request["algorithm"]) problems.push("its public key is of another kind");
      const hashes = [sha256Hex(reading.spki), reading.publicKey.spkiSha256, request["spkiSha256"] ?? spkiSha256];
      if (hashes.some((hash) => hash !== spkiSha256)) problems.push("its public key has another fingerprint");
    }
    return problems;
  },
  tell(request, outcome) {
    const reader = new OutcomeReader(outcome);
    const reading = readKey(reader.member("found"), kindOf(request) ?? "key-pair");
    return {
      facts: [
        { name: "Key label", value: reader.text("label"), measured: true },
        worded("Algorithm", told`${useOf(reading).algorithm ?? told`not known`}`, { measured: true }),
        { name: "CKA_ID", value: reader.text("ckaId"), measured: true },
        worded("Was there before", told`yes: this ceremony found it and did not make it`),
      ],
      attributes: attributesInWords(useOf(reading), purposeOf(request)),
      fingerprint: reading.kind === "pair" ? { of: "SHA-256 of the public key", value: reader.text("spkiSha256") } : null,
    };
  },
  async execute(token, request, context) {
    const no = (name: string) => refuse({ call: request.operation, name });
    const label = textOf(request, "label");
    if (madeKey(context.earlier, label)) return no("KEY-OF-THIS-CEREMONY");
    const called = (await token.listObjects()).filter((object) => object.label === label && object.objectClass !== "certificate");
    const [first] = called;
    if (!first) return no("KEY-NOT-FOUND");
    if (called.some(({ id }) => hex(id) !== hex(first.id)) || first.id.length === 0) return no("KEY-NOT-UNIQUE");
    const lookup = await token.lookById(first.id);
    if (lookup.found !== "complete") return no("KEY-NOT-COMPLETE");
    const reading = lookup.key;
    if ((reading.kind === "pair") !== (kindOf(request) === "key-pair") || useOf(reading).algorithm !== request["algorithm"]) {
      return no("ANOTHER-KIND-OF-KEY");
    }
    if (objectsOf(reading).some((object) => object.label !== label)) return no("KEY-NOT-UNIQUE");
    if (lacking(reading, purposeOf(request)).length > 0) return no("KEY-CANNOT-DO-IT");
    if (objectsOf(reading).some((object) => isNew(object, context.earlier))) return no("KEY-NOT-LISTED");
    const spkiSha256 = reading.kind === "pair" ? sha256Hex(reading.spki) : null;
    if (request["spkiSha256"] !== undefined && request["spkiSha256"] !== spkiSha256) return no("ANOTHER-PUBLIC-KEY");
    const found = { found: foundJson(reading), token: await tokenJson(token) };
    const outcome: { [fact: string]: Json } = { label, ckaId: hex(first.id), ...found };
    if (spkiSha256 !== null) outcome["spkiSha256"] = spkiSha256;
    return ok({ outcome, recovered: false, destroyed: [] });
  },
};

const foundJson = (reading: KeyReading): Json =>
  reading.kind === "pair"
    ? { spki: base64url(reading.spki), privateKey: objectJson(reading.privateKey), publicKey: objectJson(reading.publicKey) }
    : { secretKey: objectJson(reading.secretKey) };

/**
 * Whether the token's first listing in this ceremony did not have the object. Without a listing nobody can say that it was there
 * before, and it counts as new.
 */
function isNew(object: Parameters<typeof identityOf>[0], earlier: Parameters<typeof madeKey>[0]): boolean {
  const listing =
    earlier.find(({ request, outcome }) => "objects" in outcome && request["token"] === undefined)?.outcome["objects"];
  if (!Array.isArray(listing)) return true;
  return !listing.some((one: Json) => identityOf(readObject(new OutcomeReader(one))) === identityOf(object));
}

/** What signs the transcript and the record signs nothing else, and is not destroyed by those whom it watches. */
function ownKeyProblems(request: OperationRequest): Told[] {
  return isWorkersOwn(textOf(request, "label"))
    ? [told`A key whose label begins with claviger- is the worker's own, and no ceremony works with it.`]
    : [];
}

function algorithmProblems(request: OperationRequest): Told[] {
  const known: readonly string[] = kindOf(request) === "secret-key" ? SECRET_KEY_ALGORITHMS : KEY_PAIR_ALGORITHMS;
  return known.includes(textOf(request, "algorithm")) ? [] : [told`The algorithm is one of ${known.join(", ")}.`];
}

function hashProblems(request: OperationRequest): Told[] {
  if (request["spkiSha256"] === undefined) return [];
  if (kindOf(request) !== "key-pair") return [told`A secret key has no public key with a fingerprint.`];
  return /^[0-9a-f]{64}$/.test(textOf(request, "spkiSha256"))
    ? []
    : [told`The fingerprint of a public key is its SHA-256 in 64 hex digits.`];
}
