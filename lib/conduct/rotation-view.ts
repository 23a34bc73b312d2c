import type { OperationBook } from "#lib/ceremony/operation";
import type { Refusal } from "#lib/ceremony/refusal";
import type { Role } from "#lib/ceremony/roles";
import { personOf, type Roster } from "#lib/ceremony/roster";
import { operationsOf, stepsOf, type Script } from "#lib/ceremony/script";
import type { Register, RegisteredKey } from "#lib/register/registered-key";
import { nextLabel, stemOf } from "./next-label";
import type { CastMember, KnownPlan } from "./plan";
import { isEnding, overlapOf, type Overlap } from "./rotation-dates";

/** A key that a draft is about, with what is proposed of the next one. */
export type RotatedKey = {
  readonly key: RegisteredKey;
  /** What the new key is called: by this edition of the script, or, where that gives none that is free, as a proposal for the next one. */
  readonly next: { readonly label: string; readonly inScript: boolean };
  /** Null once the key has no end any more that somebody would have to meet. */
  readonly overlap: Overlap | null;
};

/** Whether somebody of the cast could take part on that day, by what they have signed so far. */
export type CastStanding = CastMember & { readonly name: string; readonly lacks: Refusal["invariant"] | "not-in-roster" | null };

/** What stands behind a plan that was drafted by itself, as the register and the roster are now. */
export type RotationView = {
  readonly keys: readonly RotatedKey[];
  readonly cast: readonly CastStanding[];
  /** Who was in the ceremony before and is in the roster no more. */
  readonly left: readonly string[];
};

type Sources = {
  readonly plan: Pick<KnownPlan, "rotates" | "startsAt" | "minutes" | "standbyAt" | "zone" | "invitations">;
  readonly script: Script;
  readonly register: Pick<Register, "keys">;
  readonly book: OperationBook;
  readonly roster: Roster | null;
  /** Everybody who was in the ceremony that made the keys. */
  readonly before: readonly CastMember[];
  readonly whyNot: (person: string) => Refusal | null;
  readonly nameOf: (person: string) => string;
};

/** Null for a plan that was not drafted by itself. */
export function rotationView({ plan, script, register, book, roster, before, whyNot, nameOf }: Sources): RotationView | null {
  const keys = register.keys.filter(({ key }) => plan.rotates.some((one) => one.key === key));
  if (keys.length === 0) return null;
  const lacks = (person: string, role: Role) => {
    if (!roster || !personOf(roster, person)) return "not-in-roster" as const;
    return role === "custodian" ? (whyNot(person)?.invariant ?? null) : null;
  };
  return {
    keys: keys.map((key) => ({
      key,
      next: labelAfter(key, script, register, book, plan.startsAt),
      overlap: isEnding(key) ? overlapOf(key, plan) : null,
    })),
    cast: plan.invitations.map(({ person, role }) => ({ person, role, name: nameOf(person), lacks: lacks(person, role) })),
    left: before.filter(({ person }) => !roster || !personOf(roster, person)).map(({ person }) => nameOf(person)),
  };
}

/**
 * What the next key is called. A label that a key has already cannot be given again while that key stands, so an edition that still
 * names it needs one after it: that is said, and a label proposed.
 */
function labelAfter(
  { label, kind }: RegisteredKey,
  script: Script,
  { keys }: Pick<Register, "keys">,
  book: OperationBook,
  at: string,
): RotatedKey["next"] {
  const made = stepsOf(script)
    .flatMap(operationsOf)
    .flatMap((request) => book.find(request.operation)?.makes(request) ?? []);
  const taken = new Set(keys.flatMap((key) => (key.state === "destroyed" ? [] : [key.label])));
  const own = made.find((one) => one.kind === kind && stemOf(one.label) === stemOf(label) && !taken.has(one.label));
  if (own) return { label: own.label, inScript: true };
  return { label: nextLabel(label, at, new Set([...taken, ...made.map((one) => one.label)])), inScript: false };
}
