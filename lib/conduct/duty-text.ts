import type { Script } from "#lib/ceremony/script";
import { LANGUAGES } from "#lib/words/language";
import { wordsIn } from "#lib/words/words";
import type { KnownDuty, List } from "./plan";

/** What an emergency owes afterwards: in the language of scripts, beside whose own lines it stands. */
export const REVIEW: string = wordsIn("en").of("plans")("review");

export const isReview = ({ text, fromScript }: Pick<KnownDuty, "text" | "fromScript">): boolean => fromScript && text === REVIEW;

const MEMBERS = { before: "prerequisites", day: "equipment", after: "afterwards" } as const satisfies Record<List, keyof Script>;

/** The same duty in other languages, as the script carries it, or, for the review, as the catalogues do. None for what people added. */
export function dutyTranslations(
  duty: Pick<KnownDuty, "list" | "text" | "fromScript">,
  script: Script,
): readonly { readonly language: string; readonly text: string }[] {
  if (!duty.fromScript) return [];
  if (isReview(duty)) {
    return LANGUAGES.filter((language) => language !== "en").map((language) => ({ language, text: wordsIn(language).of("plans")("review") }));
  }
  const member = MEMBERS[duty.list];
  const line = (script[member] ?? []).indexOf(duty.text);
  return Object.entries(script.in ?? {}).flatMap(([language, texts]) => {
    const text = line < 0 ? undefined : texts[member]?.[line];
    return text === undefined ? [] : [{ language, text }];
  });
}
