import { ok, type Result } from "#lib/result";
import { appendEntry, type Appended, type Room } from "./append-entry";
import type { Objection } from "./objection";
import type { Actor } from "./ports";

/** A person has read an exception sheet that somebody else wrote, and puts their initials to it. */
export const initialDeviation = (
  room: Room,
  actor: Actor,
  ceremony: string,
  { deviation }: { readonly deviation: number },
): Promise<Result<Appended, Objection>> =>
  appendEntry(room, actor, ceremony, () => ok({ kind: "deviation-initialled", body: { deviation }, openings: [] }));

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
