import type { Language } from "#lib/words/language";
import { button, element } from "./element";
import { sayFrom, type Say, type Texts } from "./say";

/** What every such page has of its own: a title, and the name of the other language, in that language. */
type Own = "title" | "other";

/** Where a part of the page stands, by its id in index.html. */
export const place = (id: string): HTMLElement => document.getElementById(id) as HTMLElement;

/** Says what is going on, to whoever hears the page too. */
export function status(text: string): void {
  place("status").textContent = text;
}

/** The frame of a page without a server or a framework: one language of two, the heading, and the button that changes it. */
export class PlainPage<Key extends string> {
  #language: Language = navigator.language.startsWith("de") ? "de" : "en";
  readonly #texts: Readonly<Record<Language, Texts>>;
  readonly #draw: () => void;

  /** `draw` draws the whole page, its heading by `drawHeading`; it is called again whenever the language changes. */
  constructor(texts: Readonly<Record<Language, Texts>>, draw: () => void) {
    this.#texts = texts;
    this.#draw = draw;
  }

  get language(): Language {
    return this.#language;
  }

  readonly say: Say<Key | Own> = (key, values) => sayFrom(this.#texts, this.#language)(key, values);

  drawHeading(): void {
    const other = this.#language === "en" ? "de" : "en";
    document.documentElement.lang = this.#language;
    document.title = `Claviger · ${this.say("title")}`;
    const toggle = button(this.say("other"), () => {
      this.#language = other;
      this.#draw();
      // The button is a new one: whoever pressed it with a key must not be sent back to the beginning of the page.
      place("heading").querySelector("button")?.focus();
    });
    toggle.lang = other;
    place("heading").replaceChildren(element("h1", {}, this.say("title")), toggle);
  }
}
