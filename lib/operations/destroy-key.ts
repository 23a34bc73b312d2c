import type { RecheckContext } from "#lib/ceremony/operation";
import type { OperationRequest } from "#lib/ceremony/script";
import { joined, told, type Told } from "#lib/ceremony/told";
import { fromHex, hex } from "#lib/log/digest";
import { ok, refuse } from "#lib/result";
import type { KeyReading, ObjectReading } from "#lib/token/attributes";
import { TokenFault } from "#lib/token/fault";
import type { Token } from "#lib/token/token";
import {
  condemnationOf,
  condemnedJson,
  fingerprintOn,
  NO_FINGERPRINT,
  objectsOf,
  readCondemned,
  sameCondemned,
  shownFingerprint,
  withoutFingerprint,
  type CondemnedKey,
} from "./condemned-key";
import { EITHER_KIND, eitherKindProblems, kindOf } from "./key-kind";
import { keyOf } from "./key-work";
import type { MadeKey } from "./made-key";
import { EXAMPLE_PAIR } from "./example-keys";
import type { Operation, Telling } from "./operation";
import { classAnd, namedObject } from "./object-json";
import { OutcomeReader } from "./outcome-reader";
import { mention, textOf } from "./parameters";
import { readToken, tokenJson } from "./token-json";
import { worded } from "./worded-fact";

const FOUND = ["whole", "in part", "not at all"] as const;

/**
 * Destroys the key that an earlier step condemned, and no other: `{label, key?}`. Its outcome is the certificate of destruction.
 * A key that is gone when the worker looks counts as destroyed by an earlier call whose reply was lost, and the certificate says
 * how it was found.
 */
export const destroyKey: Operation = {
  name: "destroy-key",
  effect: "destroys",
  parameters: EITHER_KIND,
  example: [
    EXAMPLE_PAIR,
    { operation: "condemn-key", label: EXAMPLE_PAIR.label },
    { operation: "destroy-key", label: EXAMPLE_PAIR.label },
  ],
  work: {
    en: { doing: "destroying {label}", done: "{label} destroyed" },
    de: { doing: "vernichtet {label}", done: "{label} vernichtet" },
  },
  rowsIn: {
    de: {
      "whole, as it was condemned": "ganz, wie er zur Vernichtung bestimmt wurde",
      "in part: an interrupted call had begun to destroy it":
        "zum Teil: Ein unterbrochener Aufruf hatte begonnen, ihn zu vernichten",
      "not there any more: an interrupted call had destroyed it, or somebody had outside of this ceremony":
        "nicht mehr da: Ein unterbrochener Aufruf hatte ihn vernichtet oder jemand außerhalb dieser Zeremonie",
      "The key {0} is not on this token any more.": "Der Schlüssel {0} ist nicht mehr auf diesem Token.",
      "nothing of it is left": "nichts davon ist übrig",
      "it was used": "er wurde verwendet",
      "Check value": "Prüfwert",
      Fingerprint: "Fingerabdruck",
      Found: "Vorgefunden",
      "It was": "Er war",
      "Looked for afterwards": "Danach gesucht",
      "Objects destroyed": "Vernichtete Objekte",
      "SHA-256 of its public key": "SHA-256 seines öffentlichen Schlüssels",
      "Tried to use it afterwards": "Danach zu verwenden versucht",
    },
  },
  problems: (request) => eitherKindProblems(request),
  makes: () => [],
  needs: (request) => mention(request, kindOf(request)),
  world: (request) => [{ event: "key-destroyed", label: textOf(request, "label") }],
  sentence: (request, token) =>
    [
      `Destroy the condemned key ${textOf(request, "label")} on token ${token.serial}, for good: no signature and no text `,
      "that needs it can be made or read any more, save by copies and backups of it elsewhere.",
    ].join(""),
  sentenceIn: {
    de: (request, token) =>
      `Den zur Vernichtung bestimmten Schlüssel ${textOf(request, "label")} auf Token ${token.serial} vernichten, ` +
      "endgültig: Keine Signatur und kein Text, die ihn brauchen, kann mehr entstehen oder gelesen werden, außer mit " +
      "Kopien und Sicherungen von ihm an anderem Ort.",
  },
  facts: (request) => [{ name: "Key label", value: textOf(request, "label"), measured: true }],
  recheck(request, outcome, context) {
    const reader = new OutcomeReader(outcome);
    const was = readCondemned(reader);
    const found = reader.text("found");
    const objects = reader.count("objectsDestroyed");
    const left = reader.texts("left");
    const use = readUse(reader.member("use"));
    readToken(reader.member("token"), context);
    reader.end();
    if (reader.problems.length > 0) return reader.problems;
    const condemned = condemnedBy(request, context);
    if (!condemned) return [`no earlier step condemned the key ${textOf(request, "label")}`];
    const problems: string[] = [];
    if (!sameCondemned(was, condemned.condemned)) problems.push("what was destroyed is not what was condemned");
    if (!(FOUND as readonly string[]).includes(found)) problems.push(`the key cannot have been found ${found}`);
    if ((found === "whole") !== objects >= was.objects.length)
      problems.push("the count of destroyed objects is not that of the key");
    if (left.length > 0) problems.push(`still on the token: ${left.join("; ")}`);
    if (!use.refused) problems.push("the key could still be used");
    return problems;
  },
  tell: (_request, outcome) => tellDestroyed(new OutcomeReader(outcome)),
  isBegun: async (token, request, context) => {
    const condemned = condemnedBy(request, context);
    if (!condemned || (await token.lookById(fromHex(condemned.key.ckaId))).found === "complete") return false;
    return context.begun.noted() || "unknown";
  },
  async execute(token, request, context) {
    const key = keyOf(request, context, kindOf(request));
    if (!key.ok) return key;
    const condemned = condemnationOf(context.earlier, key.value);
    if (!condemned) return refuse({ call: request.operation, name: "KEY-NOT-CONDEMNED" });
    const id = fromHex(key.value.ckaId);
    const there = await token.lookById(id);
    if (there.found === "complete" && !(await isCondemned(token, key.value, there.key, condemned))) {
      return refuse({ call: request.operation, name: "OTHER-KEY-UNDER-THIS-ID" });
    }
    context.begun.note();
    const objectsDestroyed = there.found === "nothing" ? 0 : await token.destroyById(id);
    const left = (await token.listObjects())
      .filter((object) => isOf(condemned, object))
      .map((object) => `${object.objectClass} ${object.label} ${hex(object.id)}`);
    const use = await tryToUse(token, key.value);
    if (left.length > 0 || !use.refused) return refuse({ call: request.operation, name: "KEY-STILL-THERE" });
    const found = there.found === "complete" ? "whole" : there.found === "half" ? "in part" : "not at all";
    const outcome = { ...condemnedJson(condemned), found, objectsDestroyed, left, use, token: await tokenJson(token) };
    return ok({ outcome, recovered: there.found !== "complete", destroyed: [] });
  },
};

/** Whether the key that is there is the condemned one: by its fingerprint, or by every attribute where it has none. */
async function isCondemned(token: Token, key: MadeKey, reading: KeyReading, condemned: CondemnedKey): Promise<boolean> {
  const { fingerprint } = condemned;
  if ((await fingerprintOn(token, key, reading)) !== fingerprint) return false;
  return fingerprint !== NO_FINGERPRINT || sameCondemned({ ...condemned, objects: objectsOf(reading) }, condemned);
}

/** The key of the request and its condemnation, or null while nothing condemned it. */
function condemnedBy(
  request: OperationRequest,
  context: RecheckContext,
): { readonly key: MadeKey; readonly condemned: CondemnedKey } | null {
  const key = keyOf(request, context, kindOf(request));
  const condemned = key.ok ? condemnationOf(context.earlier, key.value) : null;
  return key.ok && condemned ? { key: key.value, condemned } : null;
}

/** Whether an object is what a condemned key was made of, by its id or by its public key. */
const isOf = ({ ckaId, fingerprint }: CondemnedKey, { id, objectClass, spkiSha256 }: ObjectReading): boolean =>
  objectClass !== "certificate" && objectClass !== "data" && (hex(id) === ckaId || spkiSha256 === fingerprint);

type Use = { readonly tried: string; readonly refused: boolean; readonly answer: string };

/**
 * Tries to use the key as it was used before; what is gone answers with a fault of its own, a token that is gone answers
 * nothing.
 */
async function tryToUse(token: Token, { ckaId }: MadeKey): Promise<Use> {
  const tried = "every use its attributes allowed";
  try {
    await token.testKey({ id: fromHex(ckaId) });
    return { tried, refused: false, answer: "it was used" };
  } catch (fault) {
    if (!(fault instanceof TokenFault) || fault.gone) throw fault;
    return { tried, refused: true, answer: fault.ckrName };
  }
}

function readUse(reader: OutcomeReader): Use {
  const use = { tried: reader.text("tried"), refused: reader.flag("refused"), answer: reader.text("answer") };
  reader.end();
  return use;
}

const HOW: Readonly<Record<string, Told>> = {
  whole: told`whole, as it was condemned`,
  "in part": told`in part: an interrupted call had begun to destroy it`,
  "not at all": told`not there any more: an interrupted call had destroyed it, or somebody had outside of this ceremony`,
};

/** The certificate of destruction, for a reader. */
function tellDestroyed(reader: OutcomeReader): Telling {
  const condemned = readCondemned(reader);
  const { label, ckaId, objects } = condemned;
  const found = reader.text("found");
  const use = readUse(reader.member("use"));
  const left = reader.texts("left");
  return {
    facts: [
      worded("Certificate of destruction", told`The key ${label} is not on this token any more.`),
      { name: "CKA_ID", value: ckaId, measured: true },
      worded(
        "It was",
        joined(objects.map(({ objectClass, algorithm, keyType }) => classAnd(objectClass, algorithm ?? keyType)), ", "),
      ),
      ...withoutFingerprint(condemned),
      worded("Found", HOW[found] ?? told`${found}`),
      { name: "Objects destroyed", value: String(reader.count("objectsDestroyed")), measured: true },
      worded("Looked for afterwards", left.length === 0 ? told`nothing of it is left` : joined(left.map(namedObject), "; ")),
      worded("Tried to use it afterwards", use.refused ? told`refused, ${use.answer}` : told`it was used`, { measured: true }),
    ],
    attributes: [],
    fingerprint: shownFingerprint(condemned, "SHA-256 of its public key"),
  };
}
