import { ok, type Result } from "#lib/result";
import { object, type Objection } from "./objection";
import type { PeoplePorts } from "./people-ports";

/**
 * How often something may be tried within so many seconds: from one address, and by everybody together. What fails is
 * counted apart and allowed far less, because a room full of people signs in from one address.
 */
const LIMITS = {
  challenge: { each: 120, all: 1200, seconds: 60 },
  "sign-in-failed": { each: 10, all: 300, seconds: 300 },
  enrolment: { each: 60, all: 600, seconds: 60 },
  /** Asking the workers to compare their tokens: of a person, in place of an address. */
  listing: { each: 6, all: 20, seconds: 60 },
  "enrolment-failed": { each: 10, all: 100, seconds: 600 },
} as const;

type Ports = Pick<PeoplePorts, "people" | "world">;

/** Counts a try from this address; objects TOO-OFTEN with the seconds to wait. */
export async function limitTries(
  { people, world }: Ports,
  what: keyof typeof LIMITS,
  address: string,
): Promise<Result<null, Objection>> {
  const { each, all, seconds } = LIMITS[what];
  const now = world.now();
  for (const [key, most] of [
    [`${what}/${address}`, each],
    [what, all],
  ] as const) {
    const { count, left } = await people.countTry(key, seconds, now);
    if (count > most) return object("TOO-OFTEN", { seconds: left });
  }
  return ok(null);
}

/** Whether so much has failed already that nothing more is looked at: asked before the work, counting nothing. */
export async function limitFailures(
  { people, world }: Ports,
  what: "sign-in-failed" | "enrolment-failed",
  address: string,
): Promise<Result<null, Objection>> {
  const { each, all, seconds } = LIMITS[what];
  const now = world.now();
  const tooOften =
    (await people.triesSoFar(`${what}/${address}`, seconds, now)) >= each || (await people.triesSoFar(what, seconds, now)) >= all;
  return tooOften ? object("TOO-OFTEN", { seconds }) : ok(null);
}
