import type { AreaWords } from "#lib/words/words";

/** What of the room is worth a screen reader's voice. */
export type Heard = {
  /** "Step 3, Signing key." */
  readonly step: string;
  /** What is asked of me, in one sentence; null while the room waits for somebody else, which `awaited` says. */
  readonly turn: string | null;
  readonly awaited: string;
  readonly lost: boolean;
  /** Who stopped the ceremony; null while it runs. */
  readonly stopped: string | null;
  readonly resting: boolean;
  /** The last moment that came of the time left to sign; null where there is time, or nothing to sign. */
  readonly left: Moment | null;
};

/**
 * One politely, when the reader comes to an end, one at once. `alerted`: a notice of the page says the second one by itself, and
 * it is said again only where a sheet lies over the page, which silences the page.
 */
export type Said = { readonly polite: string; readonly assertive: string; readonly alerted: boolean };
export const SILENT: Said = { polite: "", assertive: "", alerted: false };

/** Seconds left at which it is said, and at no other: a clock read aloud would drown the room. */
const MOMENTS = [0, 30, 60, 300] as const;
export type Moment = (typeof MOMENTS)[number];
export const momentOf = (secondsLeft: number): Moment | null => MOMENTS.find((moment) => secondsLeft <= moment) ?? null;

/** What is said once the room changes from one to the other: each change once, what can wait politely, what cannot at once. */
export function saidAfter(before: Heard, now: Heard, said: Said, words: AreaWords<"console">): Said {
  const urgent = urgentAfter(before, now, words);
  const polite = politeAfter(before, now, words);
  if (urgent === null && polite === null) return said;
  return { ...(urgent ?? { assertive: "", alerted: false }), polite: polite ?? (urgent ? "" : said.polite) };
}

function urgentAfter(before: Heard, now: Heard, words: AreaWords<"console">): Omit<Said, "polite"> | null {
  if (now.lost && !before.lost) return { assertive: words("heard.lost"), alerted: true };
  if (now.stopped !== null && before.stopped === null)
    return { assertive: words("heard.stopped", { name: now.stopped }), alerted: true };
  if (!isLater(before.left, now.left) || now.left === null || now.left > 30) return null;
  const assertive = now.left === 0 ? words("heard.over") : words("heard.seconds", { seconds: now.left });
  return { assertive, alerted: false };
}

function politeAfter(before: Heard, now: Heard, words: AreaWords<"console">): string | null {
  const came = [
    before.lost && !now.lost ? words("heard.found") : null,
    now.resting && !before.resting ? words("heard.rest") : null,
    before.resting && !now.resting ? words("heard.back") : null,
    now.step !== before.step ? now.step : null,
    now.turn !== before.turn && now.turn !== null ? words("heard.turn", { sentence: now.turn }) : null,
    (now.turn === null && before.turn !== null) || (now.turn === null && now.step !== before.step) ? now.awaited : null,
    now.left !== null && now.left > 30 && isLater(before.left, now.left) ? words("heard.minutes", { minutes: now.left / 60 }) : null,
  ].filter((one) => one !== null);
  return came.length === 0 ? null : came.join(" ");
}

const isLater = (before: Moment | null, now: Moment | null): boolean => now !== null && (before === null || now < before);
