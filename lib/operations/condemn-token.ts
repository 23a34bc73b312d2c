import type { RecheckContext } from "#lib/ceremony/operation";
import { told } from "#lib/ceremony/told";
import { ok } from "#lib/result";
import type { ObjectReading } from "#lib/token/attributes";
import { keysAmong } from "./inventory";
import { objectJson, objectsInWords, readObject } from "./object-json";
import type { Operation } from "./operation";
import { OutcomeReader } from "./outcome-reader";
import { textOf } from "./parameters";
import { calling, callingInGerman, readToken, tokenJson } from "./token-json";
import { TOKEN_ALONE, tokenProblems } from "./token-parameter";
import { worded } from "./worded-fact";

/** What was on a token when it was condemned last, or null. */
export function condemnedObjects(earlier: RecheckContext["earlier"], name: string): readonly ObjectReading[] | null {
  const found = earlier.findLast(({ request }) => request.operation === "condemn-token" && request["token"] === name);
  return found ? new OutcomeReader(found.outcome).list("was", readObject) : null;
}

/**
 * The first of the two decisions that zeroising another token takes, or initialising it anew: lists what is on it, and does nothing to it. What is
 * zeroised later may hold nothing else. `{token}`: one of the other tokens, never the ceremony's own.
 */
export const condemnToken: Operation = {
  name: "condemn-token",
  effect: "uses",
  parameters: TOKEN_ALONE,
  example: [{ operation: "condemn-token", token: "vault" }],
  work: {
    en: { doing: "listing everything on {token}", done: "{token} condemned" },
    de: { doing: "listet alles auf {token} auf", done: "{token} zur Vernichtung bestimmt" },
  },
  rowsIn: {
    de: {
      "Done to the token": "Mit dem Token getan",
      "Keys on it": "Schlüssel darauf",
      "Objects on it": "Objekte darauf",
    },
  },
  problems: (request) => tokenProblems(request),
  makes: () => [],
  needs: () => [],
  tokens: (request) => [textOf(request, "token")],
  world: (request) => [{ event: "token-condemned", token: textOf(request, "token") }],
  sentence: (request, token) =>
    [
      `Condemn ${calling(textOf(request, "token"), token)}: list every object on it, so that a later step may destroy them `,
      "all. Nothing is done to it now.",
    ].join(""),
  sentenceIn: {
    de: (request, token) =>
      `${callingInGerman(textOf(request, "token"), token)} zur Vernichtung bestimmen: jedes Objekt darauf auflisten, ` +
      "damit ein späterer Schritt alle vernichten darf. Jetzt geschieht nichts damit.",
  },
  facts: (request) => [{ name: "Token", value: textOf(request, "token"), measured: true }],
  recheck(request, outcome, context) {
    const reader = new OutcomeReader(outcome);
    readToken(reader.member("token"), context, textOf(request, "token"));
    reader.list("was", readObject);
    reader.end();
    return reader.problems;
  },
  tell(_request, outcome) {
    const reader = new OutcomeReader(outcome);
    const objects = reader.list("was", readObject);
    return {
      facts: [
        { name: "Serial number", value: reader.member("token").text("serial"), measured: true },
        { name: "Keys on it", value: String(keysAmong(objects).length), measured: true },
        worded("Objects on it", objectsInWords(objects, told`none`)),
        worded("Done to the token", told`nothing`),
      ],
      attributes: [],
      fingerprint: null,
    };
  },
  async execute(_token, request, context) {
    const other = await context.other(textOf(request, "token"));
    const was = (await other.listObjects()).map(objectJson);
    return ok({ outcome: { was, token: await tokenJson(other) }, recovered: false, destroyed: [] });
  },
};
