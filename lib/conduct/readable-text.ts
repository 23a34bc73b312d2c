import { ok, type Result } from "#lib/result";
import type { FieldName } from "#lib/words/en/fields";
import { object, type Objection } from "./objection";
import type { World } from "./ports";
import { tidyText } from "./tidy-text";

/** How long a text may be, in characters as people count them (code points). */
export const LENGTHS = { name: 120, line: 200, passage: 2000 } as const;

/**
 * What has no place in text that is signed and printed: controls (but for the line break), half surrogates, private use,
 * unassigned, line separators, and all format characters, among them those that turn the reading direction (the "Trojan
 * source" attack) or hide; only the two joiners stay, which Persian and Indian scripts need.
 */
const UNFIT = /[^\P{C}\n\u200C\u200D]|[\p{Zl}\p{Zp}]/u;
const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u;

/**
 * A text as it enters an entry: NFC, trimmed, line breaks as \n, of bounded length, without characters that deceive or
 * that the record could not print. Objects TEXT-MISSING, TEXT-LONG, TEXT-CHARACTERS or TEXT-UNDRAWABLE, naming the field.
 */
export function readableText(
  world: Pick<World, "undrawable">,
  field: FieldName,
  input: string,
  length: keyof typeof LENGTHS,
): Result<string, Objection> {
  const text = tidyText(input);
  const lines = length === "passage" ? text : text.replace(/\n/g, "\u0000");
  const unfit = UNFIT.exec(lines);
  if (unfit) return object("TEXT-CHARACTERS", { field, character: codeOf(unfit[0]) });
  if (!VISIBLE.test(text)) return object("TEXT-MISSING", { field });
  const characters = Array.from(text).length;
  if (characters > LENGTHS[length]) return object("TEXT-LONG", { field, characters, most: LENGTHS[length] });
  const undrawable = world.undrawable(text);
  if (undrawable.length > 0) return object("TEXT-UNDRAWABLE", { field, characters: [...undrawable] });
  return ok(text);
}

const codeOf = (character: string): string => `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
