import { expect, type Page } from "@playwright/test";
import { english } from "#lib/words/english";
import { german } from "#lib/words/german";
import { LANGUAGE_COOKIE } from "#lib/words/language";
import type { Person } from "./person";

type Texts = { readonly [key: string]: string | Texts };

const flat = (texts: Texts): readonly string[] => Object.values(texts).flatMap((text) => (typeof text === "string" ? [text] : flat(text)));

/**
 * What the scripts of these tests call their own steps and acts, by the very words of a page: in a room they are the script's, not ours.
 * On every other page they are looked for too, but in the example of a field.
 */
const SAID_BY_SCRIPTS = ["Serial number", "Keys", "Readiness"];

/** Every English text that is none in German: nothing is called by one on a German page. What is right in both, words.test.ts lists. */
const inGerman = new Set(flat(german));
const NAMES = flat(english).filter((text) => /\p{L}{2}/u.test(text) && !inGerman.has(text));

/** What a form proposes in the language of whoever fills it in: as soon as it was noted it is that person's text, in any language's room. */
const PROPOSED: readonly string[] = [english.sheets.mismatchExpected, english.turn.stopNoReason];

/** What stands between the places of any English text, where it is long enough to be nobody else's words. */
const OWN_WORDS = 4;
const allGerman = [...inGerman].join("\n");
const SENTENCES = [...new Set(flat(english).filter((text) => !PROPOSED.includes(text)).flatMap((text) => text.split(/[{}<>#|]/)))]
  .map((part) => part.replaceAll(/\s+/g, " ").trim())
  .filter((part) => (part.match(/\p{L}{2,}/gu) ?? []).length >= OWN_WORDS && !allGerman.includes(part));

/**
 * What a page that is read in German still says in English: controls, headings, marks and whatever is named by their names, of any page;
 * all else by its sentences. A page that does not say of itself that it is German is none.
 */
export const englishLeft = (page: Page): Promise<string[]> =>
  page.evaluate(
    ([names, sentences, saidByScripts]) => {
      const { lang } = document.documentElement;
      if (lang !== "de") return [`the whole page, which is in “${lang}”`];
      const inRoom = window.location.pathname.startsWith("/ceremonies/c-");
      const known = new Set(names.filter((name) => !inRoom || !saidByScripts.includes(name)));
      const isOurs = (one: Element | null) => one !== null && !one.closest("[lang=en], script, style, option");
      const heads = "dt, th, caption, figcaption, h1, h2, h3:not([data-step]), [role=status]";
      const named = `a, button, summary, label, legend, ${heads}, [aria-label], [placeholder]`;
      const called = [...document.querySelectorAll<HTMLInputElement>(named)]
        .filter(isOurs)
        // A field's example may be the title of a script.
        .flatMap((one) => [one.ariaLabel, saidByScripts.includes(one.placeholder) ? null : one.placeholder, one.textContent])
        .map((text) => text?.trim() ?? "");
      const texts: string[] = [];
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        if (isOurs(node.parentElement)) texts.push(node.nodeValue?.replaceAll(/\s+/g, " ") ?? "");
      }
      const said = texts.filter((text) => sentences.some((sentence) => text.includes(sentence)));
      return [...new Set([...called.filter((name) => known.has(name)), ...said])];
    },
    [NAMES, SENTENCES, SAID_BY_SCRIPTS] as const,
  );

/** Opens each of these places and finds nothing English on it, and nothing too wide for a telephone: German words are long. */
export async function readInGerman(page: Page, places: readonly string[]): Promise<void> {
  await page.setViewportSize({ width: 360, height: 800 });
  for (const place of places) {
    await page.goto(place);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(page.locator("html")).toHaveAttribute("lang", "de");
    expect([place, await englishLeft(page)]).toEqual([place, []]);
    expect([place, await page.evaluate(() => document.documentElement.scrollWidth)]).toEqual([place, 360]);
  }
  await page.setViewportSize({ width: 1280, height: 860 });
}

/** Somebody who is signed in reads German, from the next page on, until this is done. */
export async function inGermanFor({ context, house }: Person, reads: () => Promise<void>): Promise<void> {
  await context.addCookies([{ name: LANGUAGE_COOKIE, value: "de", url: house.origin }]);
  try {
    await reads();
  } finally {
    await context.clearCookies({ name: LANGUAGE_COOKIE });
  }
}
