import type { Statement } from "#lib/ceremony/statement";
import type { Body } from "#lib/ceremony/entry";
import { openingOf, type Commitment, type Opening } from "#lib/log/commitment";
import { ok, type Result } from "#lib/result";
import type { FieldName } from "#lib/words/en/fields";
import { object, type Objection } from "./objection";
import type { World } from "./ports";
import { SIGNED_KIND } from "./propose-statement";
import { readableText, type LENGTHS } from "./readable-text";

export type NotebookPages = Body<"notebook-released">["pages"];

/** Where in the transcript the text of a notebook's page stands. */
export const pagePath = (person: string, page: number): string => `notebook-released/${person}/${String(page)}/text`;

type Place = { readonly commitment: Commitment; readonly path: string; readonly field: FieldName; readonly length: keyof typeof LENGTHS };

/** Every text that a statement commits to, and where each stands. */
function placesIn({ act, step, person, remark, paper }: Statement, pages: NotebookPages): readonly Place[] {
  const path = `${SIGNED_KIND[act]}/${step}`;
  return [
    ...(remark ? [{ commitment: remark, path: `${path}/remark`, field: "remark", length: "passage" } as const] : []),
    ...(paper
      ? [
          { commitment: paper.account, path: `${path}/account`, field: "account", length: "passage" } as const,
          { commitment: paper.kept, path: `${path}/kept`, field: "kept", length: "line" } as const,
        ]
      : []),
    ...pages.map(({ page, text }) => ({ commitment: text, path: pagePath(person, page), field: "text", length: "passage" }) as const),
  ];
}

/**
 * The openings of what a person signed. A text that nobody could ever read would be a signature over nothing: each must be opened,
 * once, in its place, and readable, when it is signed. Objects REMARK-OPENING, or TEXT-* naming the field.
 */
export function openTexts(
  world: World,
  statement: Statement,
  pages: NotebookPages,
  given: readonly Opening[],
): Result<readonly Opening[], Objection> {
  const places = placesIn(statement, pages);
  if (given.length !== places.length) return object("REMARK-OPENING");
  const openings: Opening[] = [];
  for (const { commitment, path, field, length } of places) {
    const opening = openingOf(commitment, given);
    if (opening?.path !== path || !/^[0-9a-f]{32}$/.test(opening.salt)) return object("REMARK-OPENING");
    const text = readableText(world, field, opening.value, length);
    if (!text.ok) return text;
    if (text.value !== opening.value) return object("REMARK-OPENING");
    openings.push(opening);
  }
  return ok(openings);
}
