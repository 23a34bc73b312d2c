import type { Outcome } from "#lib/ceremony/operation";
import { canonicalText, type Json } from "#lib/log/canonical";
import { ok } from "#lib/result";
import { takeInventory, type Inventory } from "./inventory";
import { objectJson, readObject } from "./object-json";
import type { Operation } from "./operation";
import { OutcomeReader } from "./outcome-reader";
import { unknownParameters } from "./parameters";
import { readToken, tokenJson } from "./token-json";

/** Everything on the token, compared with what was there before and what the ceremony made. Tells the truth, good or bad. */
export const listKeys: Operation = {
  name: "list-keys",
  effect: "reads",
  problems: (request) => unknownParameters(request, []),
  makes: () => [],
  needs: () => [],
  world: () => [{ event: "keys-listed", token: null }],
  sentence: (_request, token) => `List every object on token ${token.serial} and compare it with what this ceremony made. Nothing is changed.`,
  facts: () => [],
  recheck(_request, outcome, context) {
    const reader = new OutcomeReader(outcome);
    readToken(reader.member("token"), context);
    const objects = reader.list("objects", readObject);
    const said = reader.any("inventory");
    reader.end();
    if (reader.problems.length > 0) return reader.problems;
    return canonicalText(said) === canonicalText(inventoryJson(takeInventory(objects, context.earlier)))
      ? []
      : ["the comparison is not what the listing and the ceremony's outcomes give"];
  },
  tell(_request, outcome) {
    const { keys, made, before, unexpected, missing } = inventoryOf(outcome);
    return {
      facts: [
        { name: "All keys in inventory", value: String(keys), measured: true },
        { name: "Made in this ceremony", value: String(made), measured: true },
        { name: "There before", value: String(before), measured: true },
        { name: "Unexpected", value: unexpected.length === 0 ? "none" : unexpected.join("; ") },
        { name: "Missing", value: missing.length === 0 ? "none" : missing.join("; ") },
      ],
      attributes: [],
      fingerprint: null,
    };
  },
  async execute(token, _request, context) {
    // What is compared is what is kept: the listing as the outcome will say it.
    const kept = (await token.listObjects()).map(objectJson);
    const objects = kept.map((object) => readObject(new OutcomeReader(object)));
    const inventory = inventoryJson(takeInventory(objects, context.earlier));
    return ok({ outcome: { token: await tokenJson(token), objects: kept, inventory }, recovered: false, destroyed: [] });
  },
};

const inventoryJson = ({ keys, made, before, unexpected, missing }: Inventory): Json => ({ keys, made, before, unexpected, missing });

/** The comparison inside an outcome of `list-keys`; all zero when it cannot be read. */
export function inventoryOf(outcome: Outcome): Inventory {
  const reader = new OutcomeReader(outcome).member("inventory");
  return {
    keys: reader.count("keys"),
    made: reader.count("made"),
    before: reader.count("before"),
    unexpected: reader.texts("unexpected"),
    missing: reader.texts("missing"),
  };
}
