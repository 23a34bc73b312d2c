import type { Mode } from "#lib/ceremony/roles";
import { rosterHash, soundRoster, type Roster } from "#lib/ceremony/roster";
import { canonical } from "#lib/log/canonical";
import type { Opening } from "#lib/log/commitment";
import { ok, type Result } from "#lib/result";
import type { Administrator } from "./administrator";
import { commitValue, newSalt } from "./commit-text";
import { object, refused, type Objection } from "./objection";
import type { KnownRoster, PeoplePorts } from "./people-ports";
import { readableText } from "./readable-text";

/** Where published rosters are kept. */
export interface RosterShelf {
  latest(mode: Mode): Promise<KnownRoster | null>;
  keep(roster: KnownRoster & { readonly createdBy: string }): Promise<"kept" | "conflict">;
}

export type PublishedRoster = { readonly hash: string; readonly version: number; readonly mode: Mode; readonly people: number };

/**
 * The next version of a mode's roster: everybody who is not disabled, with their passkeys as they are now. Names stand in it
 * as salted commitments, with new salts each time. Published is not trusted: a worker takes it only at its own console.
 */
export async function publishRoster(
  { people, world, rp }: PeoplePorts,
  shelf: RosterShelf,
  administrator: Administrator,
  form: { readonly mode: Mode; readonly organisation: string },
): Promise<Result<PublishedRoster, Objection>> {
  const organisation = readableText(world, "organisation", form.organisation, "name");
  if (!organisation.ok) return organisation;
  const listed = (await people.list()).filter(({ disabled }) => !disabled);
  if (listed.length === 0) return object("ROSTER-EMPTY");
  const last = await shelf.latest(form.mode);

  const openings: Opening[] = [];
  const committed = (path: string, value: string) => {
    const { commitment, opening } = commitValue(path, value, newSalt(world));
    openings.push(opening);
    return commitment;
  };
  const roster: Roster = {
    v: "claviger/roster/v1",
    version: (last?.version ?? 0) + 1,
    prev: last?.hash ?? null,
    mode: form.mode,
    organisation: committed("roster/organisation", organisation.value),
    rp: { id: rp.id, origins: [rp.origin] },
    people: listed.map(({ person, name, title, roles, groups, passkeys }) => ({
      person,
      name: committed(`roster/${person}/name`, name),
      title: committed(`roster/${person}/title`, title),
      roles: [...roles],
      groups: [...groups],
      passkeys: passkeys.map(({ id, algorithm, spki, aaguid, synced }) => ({ id, algorithm, spki, aaguid, synced })),
    })),
  };
  const sound = soundRoster(roster);
  if (!sound.ok) return refused(sound.refusal);

  const { version, prev, mode } = roster;
  const hash = rosterHash(roster);
  const kept = await shelf.keep({ hash, version, mode, prev, bytes: canonical(roster), openings, createdBy: administrator.by });
  return kept === "conflict" ? object("ROSTER-OVERTAKEN") : ok({ hash, version, mode, people: listed.length });
}
