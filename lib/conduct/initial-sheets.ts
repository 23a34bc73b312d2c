import { ok, type Result } from "#lib/result";
import { appendEntry, type Appended, type Room } from "./append-entry";
import { commitTexts } from "./commit-text";
import type { Objection } from "./objection";
import type { Actor } from "./ports";

/** A person has read exception sheets that somebody else wrote, and puts their initials to them, to all in one go. */
export const initialDeviations = (
  room: Room,
  actor: Actor,
  ceremony: string,
  { deviations }: { readonly deviations: readonly number[] },
): Promise<Result<Appended, Objection>> =>
  appendEntry(room, actor, ceremony, () =>
    ok({ kind: "deviation-initialled", body: { deviations: [...deviations] }, openings: [] }),
  );

type Withholding = { readonly deviations: readonly number[]; readonly person: string; readonly reason: string };

/** Somebody who is there does not initial these sheets: who says so, and why. */
export const withholdInitials = (
  room: Room,
  actor: Actor,
  ceremony: string,
  { deviations, person, reason }: Withholding,
): Promise<Result<Appended, Objection>> =>
  appendEntry(room, actor, ceremony, (_, { seq }) => {
    const texts = commitTexts(room.world, `initials-withheld/${String(seq)}`, { reason: { text: reason, length: "passage" } });
    if (!texts.ok) return texts;
    const { commitments, openings } = texts.value;
    return ok({ kind: "initials-withheld", body: { deviations: [...deviations], person, ...commitments }, openings });
  });

/** A witness has followed a step to its end, and puts their initials to it. */
export const initialStep = (
  room: Room,
  actor: Actor,
  ceremony: string,
  { step }: { readonly step: string },
): Promise<Result<Appended, Objection>> =>
  appendEntry(room, actor, ceremony, () => ok({ kind: "step-initialled", body: { step }, openings: [] }));

/**
 * Every exception sheet was read aloud. Which ones, the person says: a sheet that somebody noted meanwhile was not read, and the
 * rules refuse.
 */
export const readOutDeviations = (
  room: Room,
  actor: Actor,
  ceremony: string,
  { deviations, unused }: { readonly deviations: readonly number[]; readonly unused: readonly number[] },
): Promise<Result<Appended, Objection>> =>
  appendEntry(room, actor, ceremony, () =>
    ok({ kind: "deviations-read", body: { deviations: [...deviations], unused: [...unused] }, openings: [] }),
  );
