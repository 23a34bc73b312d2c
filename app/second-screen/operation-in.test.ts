import { expect, test } from "vitest";
import { OPERATIONS } from "#lib/operations/every-operation";
import { factsIn } from "#lib/words/fact-name";
import { wordsIn } from "#lib/words/words";
import { sayFrom } from "../plain-pages/say";
import { operationIn } from "./operation-in";
import { TEXTS } from "./texts";

const token = { serial: "s-1", others: { vault: "s-2" } };

test("a second screen says every operation in German as the room does: sentence, rows, and values that are words", () => {
  for (const { name, example, sentence, sentenceIn, facts, rowsIn } of OPERATIONS) {
    for (const request of example.filter(({ operation }) => operation === name)) {
      const said = operationIn("de", request, token, facts(request));
      expect(said.translation).toBe(sentenceIn.de(request, token));
      expect(said.translation).not.toBe(sentence(request, token));
      expect(said.facts).toEqual(factsIn(facts(request), wordsIn("de"), rowsIn));
    }
  }
});

test("in English nothing stands under the approved sentence, and an operation that is not known keeps its rows", () => {
  const facts = [{ name: "Key label", value: "jwt" }];
  expect(operationIn("en", { operation: "destroy-key" }, token, facts)).toEqual({ translation: null, facts });
  expect(operationIn("de", { operation: "of-tomorrow" }, token, [{ name: "Key label", value: "jwt" }])).toEqual({
    translation: null,
    facts: [{ name: "Schlüsselbezeichnung", value: "jwt" }],
  });
});

test("people and states of keys are called as in the rooms, in the language of the page", () => {
  expect(sayFrom(TEXTS, "de")("role.custodian")).toBe("Schlüsselverwahrer");
  expect(sayFrom(TEXTS, "de")("state.pre-activation")).toBe(wordsIn("de").of("keys")("state.pre-activation"));
  expect(sayFrom(TEXTS, "en")("role.custodian")).toBe("custodian");
});
