import { createElement, type ComponentProps } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test, vi } from "vitest";
import { InLanguage } from "#components/words";
import { ProposeChange } from "./propose-change";

vi.mock("next/navigation", () => ({ useRouter: () => ({ refresh: () => undefined }) }));

function drawn(change: Partial<ComponentProps<typeof ProposeChange>>) {
  const props = { id: "k", state: "suspended", next: ["suspended", "active"], cryptoperiodDays: null, daysOver: 0, ...change } as const;
  const page = renderToStaticMarkup(InLanguage({ language: "en", children: createElement(ProposeChange, props) }));
  const input = /<input[^>]*name="cryptoperiodDays"[^>]*>/.exec(page)?.[0] ?? "";
  return [/value="(\d*)"/.exec(input)?.[1], input.includes("required"), /\d+ days? of it[^<]*/.exec(page)?.[0]];
}

test("a period that is needed is filled in with what is over and a quarter more, and the form says how much is over", () => {
  expect(drawn({ state: "pre-activation", next: ["pre-activation", "active"] })).toEqual(["90", true, undefined]);
  expect(drawn({ daysOver: 200 })).toEqual(["290", true, "200 days of it are already over."]);
  expect(drawn({ state: "active", next: ["active"], daysOver: 1 })).toEqual(["91", true, "1 day of it is already over."]);
});

test("one that a suspended key has is needed anew once it is over, and left as it is until then", () => {
  expect(drawn({ cryptoperiodDays: 90, daysOver: 90 })).toEqual(["180", true, "90 days of it are already over."]);
  expect(drawn({ cryptoperiodDays: 90, daysOver: 89 })).toEqual(["", false, "89 days of it are already over."]);
});
