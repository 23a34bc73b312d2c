import type { Page } from "@playwright/test";
import { english } from "#lib/words/english";
import { german } from "#lib/words/german";

type Texts = { readonly [key: string]: string | Texts };

const flat = (texts: Texts): readonly string[] => Object.values(texts).flatMap((text) => (typeof text === "string" ? [text] : flat(text)));

/** Every English text that is none in German: not one is left on a German page. */
const inGerman = new Set(flat(german));
const ENGLISH = flat(english).filter((text) => /\p{L}{2}/u.test(text) && !inGerman.has(text));

/** The controls and headings of a page that are still called by an English text of the catalogues. */
export const englishLeft = (page: Page): Promise<string[]> =>
  page.evaluate((texts) => {
    const known = new Set(texts);
    const named = "a, button, summary, label, legend, option, dt, h1, h2, h3, [aria-label], [placeholder]";
    const ours = [...document.querySelectorAll<HTMLInputElement>(named)].filter((one) => !one.closest("[lang=en]"));
    const names = ours.flatMap((one) => [one.ariaLabel, one.placeholder, one.textContent].map((text) => text?.trim() ?? ""));
    return [...new Set(names)].filter((name) => known.has(name));
  }, ENGLISH);
