import { hashOf } from "../log/canonical";
import { ok, type Result } from "../result";
import { checkSigned } from "./admit-signed";
import { doneStep } from "./admit-witness";
import type { VerifiedAssertion } from "./assertion";
import type { Ceremony } from "./ceremony";
import type { EntryOf } from "./entry";
import { no, type Refusal } from "./refusal";

/** How many pages of this person's notebook are in the transcript. */
export const releasedPages = ({ notebooks }: Ceremony, person: string): number =>
  notebooks.filter((one) => one.signed.person === person).reduce((count, { pages }) => count + pages.length, 0);

/**
 * A witness puts the pages they wrote for themselves into the transcript: all since the last release, none left out, each with the
 * time at which it was written, under one signature.
 */
export function admitNotebook(ceremony: Ceremony, entry: EntryOf<"notebook-released">, assertion: VerifiedAssertion | null): Result<Ceremony, Refusal> {
  const { statement, pages } = entry.body;
  const finished = doneStep(ceremony, statement.step);
  if (!finished.ok) return finished;
  const signed = checkSigned(ceremony, finished.value, entry, "release-notebook", assertion, ["witness"]);
  if (!signed.ok) return signed;
  if (statement.pages !== hashOf(pages)) return no("NOTEBOOK-PAGES", { person: entry.by, problem: "other pages than were signed" });
  const before = releasedPages(ceremony, entry.by);
  const gap = pages.findIndex(({ page }, i) => page !== before + i + 1);
  if (gap >= 0) return no("NOTEBOOK-PAGES", { person: entry.by, expected: before + gap + 1, found: pages[gap]?.page ?? null });
  const times = [ceremony.openedAt, ...pages.map(({ at }) => at), entry.at];
  if (times.some((at, i) => at < (times[i - 1] ?? at))) return no("NOTEBOOK-PAGES", { person: entry.by, problem: "times out of order" });
  return ok({ ...ceremony, notebooks: [...ceremony.notebooks, { pages, signed: signed.value }] });
}
