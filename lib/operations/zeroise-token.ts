import { joined, told } from "#lib/ceremony/told";
import { ok, refuse } from "#lib/result";
import type { ObjectReading } from "#lib/token/attributes";
import { condemnedObjects } from "./condemn-token";
import { identityOf, keysAmong } from "./inventory";
import { objectJson, readObject } from "./object-json";
import type { Operation } from "./operation";
import { OutcomeReader } from "./outcome-reader";
import { textOf } from "./parameters";
import { calling, callingInGerman, readToken, tokenJson } from "./token-json";
import { TOKEN_ALONE, tokenProblems } from "./token-parameter";
import { worded } from "./worded-fact";

/**
 * Destroys every object on another token that an earlier step condemned: `{token}`. Refused when anything is on it that was not
 * there when people agreed. The token stays initialised, and its PINs stay as they are: initialising it anew is another
 * operation.
 */
export const zeroiseToken: Operation = {
  name: "zeroise-token",
  effect: "destroys",
  parameters: TOKEN_ALONE,
  example: [{ operation: "condemn-token", token: "vault" }, { operation: "zeroise-token", token: "vault" }],
  work: {
    en: { doing: "destroying everything on {token}", done: "{token} is empty" },
    de: { doing: "vernichtet alles auf {token}", done: "{token} ist leer" },
  },
  rowsIn: {
    de: {
      "Token {0} holds nothing any more.": "Auf Token {0} ist nichts mehr.",
      "Destroyed by the last call": "Vom letzten Aufruf vernichtet",
      "Keys that were on it": "Schlüssel, die darauf waren",
      "Objects on it now": "Objekte darauf, jetzt",
      "Objects that were on it": "Objekte, die darauf waren",
    },
  },
  problems: (request) => tokenProblems(request),
  makes: () => [],
  needs: () => [],
  tokens: (request) => [textOf(request, "token")],
  world: (request) => [{ event: "token-zeroised", token: textOf(request, "token") }],
  sentence: (request, token) =>
    `Destroy every key and every other object on the condemned ${calling(textOf(request, "token"), token)}, for good.`,
  sentenceIn: {
    de: (request, token) =>
      "Jeden Schlüssel und jedes andere Objekt auf dem zur Vernichtung bestimmten " +
      `${callingInGerman(textOf(request, "token"), token)} vernichten, endgültig.`,
  },
  facts: (request) => [{ name: "Token", value: textOf(request, "token"), measured: true }],
  recheck(request, outcome, context) {
    const name = textOf(request, "token");
    const reader = new OutcomeReader(outcome);
    readToken(reader.member("token"), context, name);
    const was = reader.list("was", readObject);
    const destroyed = reader.count("objectsDestroyed");
    const left = reader.list("left", readObject);
    reader.end();
    if (reader.problems.length > 0) return reader.problems;
    const condemned = condemnedObjects(context.earlier, name);
    if (!condemned) return [`no earlier step condemned the token ${name}`];
    const problems: string[] = [];
    if (listOf(was) !== listOf(condemned)) problems.push("what was on it is not what was condemned");
    if (destroyed > was.length) problems.push("more was destroyed than was condemned");
    if (left.length > 0) problems.push(`${String(left.length)} objects are still on the token`);
    return problems;
  },
  tell(_request, outcome) {
    const reader = new OutcomeReader(outcome);
    const was = reader.list("was", readObject);
    const left = reader.list("left", readObject);
    const keys = keysAmong(was);
    return {
      facts: [
        worded("Certificate of destruction", told`Token ${reader.member("token").text("label")} holds nothing any more.`),
        { name: "Serial number", value: reader.member("token").text("serial"), measured: true },
        worded("Keys that were on it", keys.length === 0 ? told`none` : joined(keys.map(({ label }) => label), "; ")),
        { name: "Objects that were on it", value: String(was.length), measured: true },
        { name: "Destroyed by the last call", value: String(reader.count("objectsDestroyed")), measured: true },
        { name: "Objects on it now", value: String(left.length), measured: true },
      ],
      attributes: [],
      fingerprint: null,
    };
  },
  async isBegun(_token, request, context) {
    const name = textOf(request, "token");
    const condemned = condemnedObjects(context.earlier, name);
    const there = await (await context.other(name)).listObjects();
    if (condemned === null || there.length >= condemned.length) return false;
    // Fewer objects alone may be somebody else's doing: what nobody of this worker began must not be ended by it.
    return context.begun.noted() || "unknown";
  },
  async execute(token, request, context) {
    const name = textOf(request, "token");
    const condemned = condemnedObjects(context.earlier, name);
    if (!condemned) return refuse({ call: request.operation, name: "TOKEN-NOT-CONDEMNED" });
    const other = await context.other(name);
    if ((await other.info()).serial === (await token.info()).serial)
      return refuse({ call: request.operation, name: "OWN-TOKEN" });
    const agreed = new Set(condemned.map(identityOf));
    const there = await other.listObjects();
    if (there.some((object) => !agreed.has(identityOf(object))))
      return refuse({ call: request.operation, name: "TOKEN-HOLDS-MORE" });
    context.begun.note();
    const objectsDestroyed = await other.destroyAll();
    const left = await other.listObjects();
    if (left.length > 0) return refuse({ call: request.operation, name: "TOKEN-NOT-EMPTY" });
    const outcome = { was: condemned.map(objectJson), objectsDestroyed, left: [], token: await tokenJson(other) };
    return ok({ outcome, recovered: there.length < condemned.length, destroyed: [] });
  },
};

const listOf = (objects: readonly ObjectReading[]): string => objects.map(identityOf).sort().join("\n");
