import type { Outcome } from "#lib/ceremony/operation";
import { joined, told } from "#lib/ceremony/told";
import { canonicalText, type Json } from "#lib/log/canonical";
import { ok } from "#lib/result";
import { changeInWords, differenceOf, takeInventory, type Inventory } from "./inventory";
import { namedObject, objectJson, readObject } from "./object-json";
import { EXAMPLE_PAIR, EXAMPLE_AES } from "./example-keys";
import type { Operation } from "./operation";
import { OutcomeReader } from "./outcome-reader";
import { unknownParameters, type ParameterSchemas } from "./parameters";
import { otherTokenOf, readToken, tokenJson } from "./token-json";
import {
  EITHER_TOKEN,
  namedTokens,
  optionalTokenProblems,
  subjectInGerman,
  subjectInSentence,
  subjectToken,
} from "./token-parameter";
import { worded } from "./worded-fact";

const PARAMETERS: ParameterSchemas = { token: EITHER_TOKEN };

/**
 * Everything on the token, each object with its attributes, compared with what was there before and what the ceremony made and
 * destroyed: `{token?}`, where `token` names one of the other tokens. Tells the truth, good or bad.
 */
export const listKeys: Operation = {
  name: "list-keys",
  effect: "reads",
  parameters: PARAMETERS,
  example: [EXAMPLE_PAIR, EXAMPLE_AES, { operation: "list-keys" }],
  work: {
    en: { doing: "listing everything on {token}" },
    de: { doing: "listet alles auf {token} auf" },
  },
  rowsIn: {
    de: {
      "All keys in inventory": "Alle Schlüssel im Bestand",
      "Changed since": "Seither verändert",
      "Made in this ceremony": "In dieser Zeremonie erzeugt",
      Missing: "Fehlt",
      "There before": "Vorher schon da",
      Unexpected: "Unerwartet",
    },
  },
  problems: (request) => [...unknownParameters(request, PARAMETERS), ...optionalTokenProblems(request)],
  tokens: namedTokens,
  makes: () => [],
  needs: () => [],
  world: (request) => [{ event: "keys-listed", token: otherTokenOf(request) }],
  sentence: (request, token) =>
    `List every object on ${subjectInSentence(request, token)} and compare it with what this ceremony made. Nothing is changed.`,
  sentenceIn: {
    de: (request, token) =>
      `Jedes Objekt auf ${subjectInGerman(request, token)} auflisten und mit dem vergleichen, was diese Zeremonie ` +
      "erzeugt hat. Nichts wird geändert.",
  },
  facts: () => [],
  recheck(request, outcome, context) {
    const reader = new OutcomeReader(outcome);
    readToken(reader.member("token"), context, otherTokenOf(request));
    const objects = reader.list("objects", readObject);
    const said = reader.any("inventory");
    reader.end();
    if (reader.problems.length > 0) return reader.problems;
    return canonicalText(said) === canonicalText(inventoryJson(takeInventory(objects, context.earlier, otherTokenOf(request))))
      ? []
      : ["the comparison is not what the listing and the ceremony's outcomes give"];
  },
  tell(_request, outcome) {
    const { keys, made, before, unexpected, missing, changed } = inventoryOf(outcome);
    return {
      facts: [
        { name: "All keys in inventory", value: String(keys), measured: true },
        { name: "Made in this ceremony", value: String(made), measured: true },
        { name: "There before", value: String(before), measured: true },
        worded("Unexpected", unexpected.length === 0 ? told`none` : joined(unexpected.map(namedObject), "; ")),
        worded("Missing", missing.length === 0 ? told`none` : joined(missing.map(namedObject), "; ")),
        worded("Changed since", changed.length === 0 ? told`none` : joined(changed.map(changeInWords), "; ")),
      ],
      attributes: [],
      fingerprint: null,
    };
  },
  differs: (request, outcome, earlier) => differenceOf(inventoryOf(outcome), earlier, otherTokenOf(request)),
  async execute(own, request, context) {
    const token = await subjectToken(own, request, context);
    // What is compared is what is kept: the listing as the outcome will say it.
    const kept = (await token.listObjects()).map(objectJson);
    const objects = kept.map((object) => readObject(new OutcomeReader(object)));
    const inventory = inventoryJson(takeInventory(objects, context.earlier, otherTokenOf(request)));
    return ok({ outcome: { token: await tokenJson(token), objects: kept, inventory }, recovered: false, destroyed: [] });
  },
};

const inventoryJson =
  ({ keys, made, before, unexpected, missing, changed }: Inventory): Json => ({ keys, made, before, unexpected, missing, changed });

/** The comparison inside an outcome of `list-keys`; all zero when it cannot be read. */
export function inventoryOf(outcome: Outcome): Inventory {
  const reader = new OutcomeReader(outcome).member("inventory");
  return {
    keys: reader.count("keys"),
    made: reader.count("made"),
    before: reader.count("before"),
    unexpected: reader.texts("unexpected"),
    missing: reader.texts("missing"),
    changed: reader.texts("changed"),
  };
}
