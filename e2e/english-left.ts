import type { Page } from "@playwright/test";
import { english } from "#lib/words/english";
import { german } from "#lib/words/german";

type Texts = { readonly [key: string]: string | Texts };

const flat = (texts: Texts): readonly string[] => Object.values(texts).flatMap((text) => (typeof text === "string" ? [text] : flat(text)));

/** What a room says of its own; a script's own words may well be those of another page, such as “Serial number”. */
const { turn, standing, steps, signing, sheets, presence, hands, connection, evidence, parts, frame, results } = english;
const OF_A_ROOM = [turn, standing, steps, signing, sheets, presence, hands, connection, evidence, parts, frame, results];

/** Every English text of a room that is none in German: not one is left on a German page. */
const inGerman = new Set(flat(german));
const ENGLISH = OF_A_ROOM.flatMap((area) => flat(area)).filter((text) => /\p{L}{2}/u.test(text) && !inGerman.has(text));

/** The controls and headings of a page that are still called by an English text of the catalogues. */
export const englishLeft = (page: Page): Promise<string[]> =>
  page.evaluate((texts) => {
    const known = new Set(texts);
    const named = "a, button, summary, label, legend, dt, h1, h2, h3:not([data-step]), [aria-label], [placeholder]";
    const ours = [...document.querySelectorAll<HTMLInputElement>(named)].filter((one) => !one.closest("[lang=en]"));
    const names = ours.flatMap((one) => [one.ariaLabel, one.placeholder, one.textContent].map((text) => text?.trim() ?? ""));
    return [...new Set(names)].filter((name) => known.has(name));
  }, ENGLISH);
