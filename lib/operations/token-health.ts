import { sentenceOf } from "#lib/ceremony/told";
import { canonicalText, type Json } from "#lib/log/canonical";
import { ok, refuse } from "#lib/result";
import { objectJson, readObject } from "./object-json";
import type { Operation } from "./operation";
import { OutcomeReader } from "./outcome-reader";
import { unknownParameters, type ParameterSchemas } from "./parameters";
import { keysAmong } from "./inventory";
import { EXPECTATION_IN_GERMAN, expectationInGerman, expectationInWords, expectationOf, unexpectedIn } from "./token-expectation";
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

const PARAMETERS: ParameterSchemas = {
  token: EITHER_TOKEN,
  expect: { type: "object", description: "What the token must be: model, firmware, flags, mechanisms, withoutMechanisms." },
};

/**
 * Who the token is, what it can do, and what is on it: shown before anything is made, and the baseline of `list-keys`. With
 * `expect` a token that is another model, has other firmware, lacks a flag or mechanism, or has a mechanism that it must not have
 * in its approved mode is refused. `token` names one of the
 * other tokens.
 */
export const tokenHealth: Operation = {
  name: "token-health",
  effect: "reads",
  parameters: PARAMETERS,
  example: [{ operation: "token-health" }],
  work: {
    en: { doing: "asking {token} who it is and what it can do", done: "{token} answered" },
    de: { doing: "fragt {token}, wer es ist und was es kann", done: "{token} hat geantwortet" },
  },
  rowsIn: {
    de: {
      "As expected": "Wie erwartet",
      Expected: "Erwartet",
      Firmware: "Firmware-Stand",
      "Keys on the token": "Schlüssel auf dem Token",
      "Maker and model": "Hersteller und Modell",
      Mechanisms: "Mechanismen",
      "To be known": "Zu wissen",
      ...EXPECTATION_IN_GERMAN,
    },
  },
  problems: (request) => [
    ...unknownParameters(request, PARAMETERS),
    ...optionalTokenProblems(request),
    ...expectationOf(request).problems,
  ],
  tokens: namedTokens,
  makes: () => [],
  needs: () => [],
  world: (request) => [
    {
      event: "health-read",
      token: otherTokenOf(request),
      compared: expectationOf(request).expectation?.firmware !== undefined,
    },
  ],
  sentence(request, token) {
    const { expectation } = expectationOf(request);
    const must = expectation ? ` It must have ${sentenceOf(expectationInWords(expectation))}.` : "";
    return `Ask ${subjectInSentence(request, token)} who it is, what it can do and which objects it holds.${must} Nothing is changed.`;
  },
  sentenceIn: {
    de(request, token) {
      const { expectation } = expectationOf(request);
      const must = expectation ? ` Es muss haben: ${expectationInGerman(expectation)}.` : "";
      return `${subjectInGerman(request, token)} fragen, wer es ist, was es kann und welche Objekte es enthält.${must} Nichts wird geändert.`;
    },
  },
  facts(request) {
    const { expectation } = expectationOf(request);
    return expectation ? [worded("Expected", expectationInWords(expectation))] : [];
  },
  recheck(request, outcome, context) {
    const reader = new OutcomeReader(outcome);
    const { model, firmware, flags } = readToken(reader.member("token"), context, otherTokenOf(request));
    const expected = reader.any("expected");
    const memory = [reader.any("freePublicMemory"), reader.any("freePrivateMemory")];
    if (memory.some((bytes) => bytes !== null && typeof bytes !== "number")) reader.problems.push("free memory is not a number");
    const mechanisms = reader.list("mechanisms", readMechanism);
    const objects = reader.list("objects", readObject);
    const keys = reader.count("keys");
    reader.end();
    if (reader.problems.length === 0 && mechanisms.length === 0) reader.problems.push("the token names no mechanism");
    if (keys !== keysAmong(objects).length) {
      reader.problems.push(`${String(keysAmong(objects).length)} keys are listed, ${String(keys)} were counted`);
    }
    if (canonicalText(expected) !== canonicalText(request["expect"] ?? null)) {
      reader.problems.push("something else was expected of the token");
    }
    const found = { model, firmware, flags, mechanisms: mechanisms.map(({ name }) => name) };
    for (const missed of unexpectedIn(expectationOf(request).expectation, found)) {
      reader.problems.push(`not as expected: ${missed}`);
    }
    return reader.problems;
  },
  tell(request, outcome) {
    const { expectation } = expectationOf(request);
    const reader = new OutcomeReader(outcome);
    const token = readToken(reader.member("token"), { ceremony: "", ckaId: "", startedAt: "", earlier: [] });
    return {
      facts: [
        { name: "Token label", value: token.label, measured: true },
        { name: "Serial number", value: token.serial, measured: true },
        { name: "Maker and model", value: `${token.manufacturer} ${token.model}`.trim() },
        { name: "Firmware", value: token.firmware, measured: true },
        {
          name: "Mechanisms",
          value: reader.list("mechanisms", readMechanism).map(({ name }) => name).join(", "),
          measured: true,
        },
        ...(expectation ? [worded("As expected", expectationInWords(expectation))] : []),
        { name: "Keys on the token", value: String(reader.count("keys")), measured: true },
        ...(token.profile?.warnings ?? []).map((text) => worded("To be known", { text, values: [] })),
      ],
      attributes: [],
      fingerprint: null,
    };
  },
  async execute(own, request, context) {
    const token = await subjectToken(own, request, context);
    const identity = await token.info();
    const mechanisms = await token.mechanisms();
    const found = {
      model: identity.model,
      firmware: identity.firmwareVersion,
      flags: identity.flags,
      mechanisms: mechanisms.map(({ name }) => name),
    };
    const missed = unexpectedIn(expectationOf(request).expectation, found);
    if (missed.length > 0) return refuse({ call: [request.operation, ...missed].join(" "), name: "TOKEN-NOT-AS-EXPECTED" });
    const objects = await token.listObjects();
    return ok({
      outcome: {
        token: await tokenJson(token),
        expected: request["expect"] ?? null,
        freePublicMemory: identity.freePublicMemory,
        freePrivateMemory: identity.freePrivateMemory,
        mechanisms: mechanisms.map(({ name, minKeySize, maxKeySize, flags }): Json => ({ name, minKeySize, maxKeySize, flags })),
        objects: objects.map(objectJson),
        keys: keysAmong(objects).length,
      },
      recovered: false,
      destroyed: [],
    });
  },
};

function readMechanism(reader: OutcomeReader): { name: string } {
  const name = reader.text("name");
  reader.count("minKeySize");
  reader.count("maxKeySize");
  reader.texts("flags");
  reader.end();
  return { name };
}
