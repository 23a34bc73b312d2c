import { commit, type Commitment, type Opening } from "#lib/log/commitment";
import { hex } from "#lib/log/digest";
import { ok, type Result } from "#lib/result";
import type { FieldName } from "#lib/words/en/fields";
import type { Objection } from "./objection";
import type { World } from "./ports";
import { readableText, type LENGTHS } from "./readable-text";

/** A commitment and what opens it. */
export type Committed = { readonly commitment: Commitment; readonly opening: Opening };

/** 16 random bytes, as a commitment takes them. */
export const newSalt = (world: Pick<World, "random">): string => hex(world.random(16));

/** A value behind a salted commitment of its own. */
export function commitValue(path: string, value: string, salt: string): Committed {
  const opening = { path, salt, value };
  return { commitment: commit(opening), opening };
}

/** Texts people typed, each checked and committed. `path` says where they stand; the field's name is added to it. */
export function commitTexts<F extends FieldName>(
  world: World,
  path: string,
  texts: { readonly [field in F]: { readonly text: string; readonly length: keyof typeof LENGTHS } },
): Result<{ readonly commitments: { readonly [field in F]: Commitment }; readonly openings: readonly Opening[] }, Objection> {
  const commitments = {} as { [field in F]: Commitment };
  const openings: Opening[] = [];
  for (const field of Object.keys(texts) as F[]) {
    const text = readableText(world, field, texts[field].text, texts[field].length);
    if (!text.ok) return text;
    const { commitment, opening } = commitValue(`${path}/${field}`, text.value, newSalt(world));
    commitments[field] = commitment;
    openings.push(opening);
  }
  return ok({ commitments, openings });
}
