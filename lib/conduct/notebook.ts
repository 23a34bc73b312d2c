import { releasedPages } from "#lib/ceremony/admit-notebook";
import { mustBe } from "#lib/ceremony/change-step";
import { statementFor } from "#lib/ceremony/statement-for";
import { canonicalText, hashOf, type Json } from "#lib/log/canonical";
import type { Opening } from "#lib/log/commitment";
import { ok, type Result } from "#lib/result";
import type { Room } from "./append-entry";
import { commitValue, newSalt } from "./commit-text";
import { object, refused, type Objection } from "./objection";
import type { Actor } from "./ports";
import { readableText } from "./readable-text";
import { samePage, type SentPage } from "./same-page";
import { pagePath, type NotebookPages } from "./statement-texts";
import type { Transcript } from "./transcript";

/** A page as its writer wrote it. */
export type NotebookPage = { readonly page: number; readonly at: string; readonly text: string };

/** Where witnesses' own notes are kept until they release them. Nothing in it is changed or taken away. */
export interface NotebookStore {
  /** The pages of this person in this ceremony, in order. */
  pagesOf(ceremony: string, person: string): Promise<readonly NotebookPage[]>;
  /** Keeps a page. "conflict" when its number is taken: nothing was kept. */
  keep(ceremony: string, person: string, page: NotebookPage): Promise<"kept" | "conflict">;
}

export type NotebookView = {
  readonly pages: readonly NotebookPage[];
  /** How many of them, from the first, are in the transcript. */
  readonly released: number;
};

/** Of one notebook. Nobody writes so fast that a second try is not enough, but for a page sent twice. */
const MOST_TRIES = 5;
const MOST_PAGES = 500;

/** My own notebook in this ceremony. There is no way to ask for another person's. Objects NOT-FOUND, ROLE-MAY. */
export async function readNotebook(room: Room, store: NotebookStore, actor: Actor, ceremony: string): Promise<Result<NotebookView, Objection>> {
  const mine = await ownNotebook(room, actor, ceremony);
  if (!mine.ok) return mine;
  return ok({ pages: await store.pagesOf(ceremony, actor.person), released: releasedPages(mine.value.ceremony, actor.person) });
}

/**
 * Writes a page of my own notebook, with the time it is now. Sent again because its answer was lost, with the number of pages that
 * were there before it, it is answered as it was written and not written twice. Objects as readNotebook, LOOK-ONLY, PHASE-ENDED, TEXT-*, BUSY.
 */
export async function writePage(
  room: Room,
  store: NotebookStore,
  actor: Actor,
  ceremony: string,
  form: SentPage,
): Promise<Result<NotebookPage, Objection>> {
  if (!actor.canSign) return object("LOOK-ONLY");
  const mine = await ownNotebook(room, actor, ceremony);
  if (!mine.ok) return mine;
  const { phase } = mine.value.ceremony;
  if (phase === "closed" || phase === "aborted") return refused({ invariant: "PHASE-ENDED", facts: { phase } });
  const text = readableText(room.world, "text", form.text, "passage");
  if (!text.ok) return text;
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const pages = await store.pagesOf(ceremony, actor.person);
    const written = samePage(pages, { ...form, text: text.value });
    if (written) return ok(written);
    const last = pages.at(-1);
    const now = room.world.now().toISOString();
    // A clock set back does not turn the pages round.
    const page = { page: (last?.page ?? 0) + 1, at: last && last.at > now ? last.at : now, text: text.value };
    if (page.page > MOST_PAGES) return object("TEXT-LONG", { field: "text", characters: page.page, most: MOST_PAGES });
    if ((await store.keep(ceremony, actor.person, page)) === "kept") return ok(page);
  }
  return object("BUSY");
}

/**
 * The statement that releases every page that is not in the transcript yet, with the pages as the entry will have them and what opens
 * them. Objects as readNotebook, STATEMENT-NONE when there is no page to release or no step is done.
 */
export async function proposeRelease(
  room: Room,
  store: NotebookStore,
  actor: Actor,
  ceremony: string,
): Promise<Result<{ readonly statement: string; readonly openings: readonly Opening[]; readonly pages: NotebookPages }, Objection>> {
  const mine = await ownNotebook(room, actor, ceremony);
  if (!mine.ok) return mine;
  const { ceremony: now } = mine.value;
  const released = releasedPages(now, actor.person);
  const written = (await store.pagesOf(ceremony, actor.person)).filter(({ page }) => page > released);
  const step = now.steps.findLast(({ status }) => status === "done")?.step.step ?? null;
  if (written.length === 0 || step === null) return object("STATEMENT-NONE", { step });
  const texts = written.map(({ page, text }) => commitValue(pagePath(actor.person, page), text, newSalt(room.world)));
  const pages = written.flatMap(({ page, at }, i) => texts.slice(i, i + 1).map(({ commitment }) => ({ page, at, text: commitment })));
  const decision = { act: "release-notebook", step, verdict: null, remark: null, pages: hashOf(pages) } as const;
  const statement = statementFor(now, actor.person, decision);
  if (!statement) return object("STATEMENT-NONE", { step });
  return ok({ statement: canonicalText(statement as unknown as Json), openings: texts.map(({ opening }) => opening), pages });
}

async function ownNotebook(room: Room, actor: Actor, ceremony: string): Promise<Result<Transcript, Objection>> {
  const transcript = await room.transcripts.read(ceremony);
  if (!transcript) return object("NOT-FOUND");
  const may = mustBe(transcript.ceremony, actor.person, ["witness"], "keep a notebook");
  return may.ok ? ok(transcript) : refused(may.refusal);
}
