import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Conclusion } from "#lib/record/conclusions";
import { sayFrom } from "../plain-pages/say";
import { checkElement, conclusion } from "./show-report";
import { TEXTS } from "./texts";

/** As much of an element as a list entry of the report is made of. */
class Drawn {
  readonly attributes = new Map<string, string>();
  readonly children: (Drawn | string)[] = [];
  setAttribute(name: string, value: string): void {
    this.attributes.set(name, value);
  }
  append(...children: (Drawn | string)[]): void {
    this.children.push(...children);
  }
  /** What a screen reader says of it. */
  heard(): string {
    if (this.attributes.get("aria-hidden") === "true") return "";
    return this.children.map((child) => (typeof child === "string" ? child : child.heard())).join("");
  }
}

beforeEach(() => {
  vi.stubGlobal("document", { createElement: () => new Drawn() });
});
afterEach(() => {
  vi.unstubAllGlobals();
});

const heard = (drawn: unknown) => (drawn as Drawn).heard();
const say = (language: "en" | "de") => sayFrom(TEXTS, language);
/** As much of it as is told. */
type ToldOf = Pick<Conclusion, "name" | "holds" | "restsOn" | "authorities" | "assumes">;
const told = (holds: boolean | null): ToldOf => ({ name: "unaltered", holds, restsOn: [], authorities: [], assumes: [] });

test("what follows is heard with its verdict, once", () => {
  for (const language of ["en", "de"] as const) {
    for (const [holds, key] of [[true, "holds"], [false, "fails"], [null, "silent"]] as const) {
      const said = heard(conclusion(told(holds) as Conclusion, [], say(language)));
      const word = say(language)(key);
      expect([holds, said.split(word).length - 1]).toEqual([holds, 1]);
      expect(said.startsWith(`${word}: `)).toBe(true);
      expect(said).toContain(say(language)("conclusions.unaltered"));
    }
  }
});

test("a check is heard with its verdict, once", () => {
  const check = { name: "structure", ok: true, reason: "nothing is left over" } as const;
  expect(heard(checkElement(check, say("en")))).toBe("holds: Does every byte of the file belong to something?nothing is left overstructure");
  expect(heard(checkElement({ ...check, examined: false }, say("en")))).toMatch(/^[^:]+: Does every byte/);
});
