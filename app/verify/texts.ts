import { verify as german } from "#lib/words/de/verify";
import { verify as english } from "#lib/words/en/verify";

export const TEXTS = { en: english, de: german } as const;
