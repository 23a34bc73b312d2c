import type { Mode } from "#lib/ceremony/roles";
import { rosterHash, soundRoster, type Roster } from "#lib/ceremony/roster";
import { canonical, type Json } from "#lib/log/canonical";
import type { Opening } from "#lib/log/commitment";
import { ok, type Result } from "#lib/result";
import type { Administrator } from "./administrator";
import { commitValue, newSalt } from "./commit-text";
import { object, refused, type Objection } from "./objection";
import type { KnownPerson, KnownRoster, PeoplePorts } from "./people-ports";
import { readableText } from "./readable-text";
import type { ReadRoster } from "./roster-standing";

/** Where published rosters are kept. */
export interface RosterShelf {
  /** The highest version published. */
  latest(mode: Mode): Promise<Pick<KnownRoster, "version"> | null>;
  /** The roster that counts, which the next version follows: its quorum is asked to endorse it. */
  inForce(mode: Mode): Promise<ReadRoster | null>;
  keep(roster: Omit<KnownRoster, "createdAt"> & { readonly createdBy: string }): Promise<"kept" | "conflict">;
}

export type PublishedRoster = { readonly hash: string; readonly version: number; readonly mode: Mode; readonly people: number };

/**
 * The next version of a mode's roster: everybody who is not disabled, with their passkeys as they are now. Names stand in it
 * as salted commitments, with new salts each time. Published is not trusted: a worker takes the first version at its own console,
 * and every other when the quorum of the one in force has endorsed it. A version that nobody endorses is simply overtaken.
 */
export async function publishRoster(
  { people, world, rp }: PeoplePorts,
  shelf: RosterShelf,
  administrator: Administrator,
  form: { readonly mode: Mode; readonly organisation: string; readonly approve?: number | undefined },
): Promise<Result<PublishedRoster, Objection>> {
  const organisation = readableText(world, "organisation", form.organisation, "name");
  if (!organisation.ok) return organisation;
  const listed = (await people.list()).filter(({ disabled }) => !disabled);
  if (listed.length === 0) return object("ROSTER-EMPTY");
  const [last, before] = [await shelf.latest(form.mode), await shelf.inForce(form.mode)];

  const openings: Opening[] = [];
  const committed = (path: string, value: string) => {
    const { commitment, opening } = commitValue(path, value, newSalt(world));
    openings.push(opening);
    return commitment;
  };
  const roster: Roster = {
    v: "claviger/roster/v1",
    version: (last?.version ?? 0) + 1,
    prev: before?.row.hash ?? null,
    mode: form.mode,
    organisation: committed("roster/organisation", organisation.value),
    rp: { id: rp.id, origins: [rp.origin] },
    quorum: { approve: form.approve ?? usualQuorum(listed, before?.roster.quorum.approve ?? null) },
    people: listed.map(({ person, name, title, roles, groups, passkeys }) => ({
      person,
      name: committed(`roster/${person}/name`, name),
      title: committed(`roster/${person}/title`, title),
      roles: [...roles],
      groups: [...groups],
      passkeys: passkeys.map(({ id, algorithm, spki, aaguid, synced, attestation }) => ({
        ...{ id, algorithm, spki, aaguid, synced },
        ...(attestation && { attestation }),
      })),
    })),
  };
  const sound = soundRoster(roster);
  if (!sound.ok) return refused(sound.refusal);

  const { version, prev, mode } = roster;
  const hash = rosterHash(roster);
  const kept = await shelf.keep({ hash, version, mode, prev, bytes: canonical(roster as unknown as Json), openings, createdBy: administrator.by });
  return kept === "conflict" ? object("ROSTER-OVERTAKEN") : ok({ hash, version, mode, people: listed.length });
}

type Candidate = Pick<KnownPerson, "roles" | "disabled"> & { readonly passkeys: readonly unknown[] };

/** As many as before, while there are so many custodians with passkeys; else more than half of them, and never fewer than two. */
export function usualQuorum(people: readonly Candidate[], before: number | null): number {
  const custodians = people.filter(
    ({ roles, passkeys, disabled }) => !disabled && roles.includes("custodian") && passkeys.length > 0,
  ).length;
  return before !== null && before <= custodians ? before : Math.max(2, Math.floor(custodians / 2) + 1);
}
