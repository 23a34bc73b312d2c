import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { InLanguage } from "#components/words";
import type { OperationView, StepView } from "#lib/conduct/step-view";
import type { Language } from "#lib/words/language";
import { OperationResults } from "./operation-results";

const done: OperationView = {
  ...{ operation: "identify-key", sentence: "Find the key old. It is there to sign; whatever else it can do is marked." },
  ...{ translation: null, facts: [], outcome: [], fingerprint: null, state: "done", recovered: false },
  ...{ startedAt: "2026-11-23T10:00:00.000Z", doneAt: "2026-11-23T10:00:01.000Z", milliseconds: 900 },
  attributes: [
    { text: "can sign", needless: false },
    { text: "can derive other keys", needless: true },
  ],
};

/** Each line of what was read back, with whether it is drawn in the colour of what is wrong. */
function readBack(language: Language): { text: string; red: boolean }[] {
  const step = { operations: [done] } as unknown as StepView;
  const drawn = renderToStaticMarkup(InLanguage({ language, children: createElement(OperationResults, { step }) }));
  return [...drawn.matchAll(/<li class="([^"]*)">([^<]*)<\/li>/g)].map(([, look = "", text = ""]) => ({ text, red: look.includes("text-halt") }));
}

test("what a key can do and nobody needs stands in red, and says in words why", () => {
  expect(readBack("en")).toEqual([
    { text: "can sign", red: false },
    { text: "can derive other keys (nobody asked for this)", red: true },
  ]);
  expect(readBack("de")[1]).toEqual({ text: "can derive other keys (das hat niemand verlangt)", red: true });
});
