import type { Role } from "#lib/ceremony/roles";
import { keys as germanKeys } from "#lib/words/de/keys";
import { roles as germanRoles } from "#lib/words/de/roles";
import { secondScreen as german } from "#lib/words/de/second-screen";
import { keys as englishKeys } from "#lib/words/en/keys";
import { roles as englishRoles } from "#lib/words/en/roles";
import { secondScreen as english } from "#lib/words/en/second-screen";
import type { Say as SayOf } from "../plain-pages/say";

type KeyState = keyof typeof englishKeys.state;

export type TextKey = keyof typeof english | `role.${Role}` | `state.${KeyState}`;
export type Say = SayOf<TextKey>;

/** The page's own words, and what people and states of keys are called in the rooms and on the desk. */
export const TEXTS = {
  en: { ...english, role: englishRoles, state: englishKeys.state },
  de: { ...german, role: germanRoles, state: germanKeys.state },
} as const;
