import { rosterToEndorse, soundEndorsements, type Endorsement, type Voted } from "#lib/ceremony/endorsement";
import { rosterChanges, type RosterChange } from "#lib/ceremony/roster-changes";
import { endorsersOf } from "#lib/ceremony/roster";
import type { SignatureVerifier } from "#lib/ceremony/signature-verifier";
import { valuesOf } from "#lib/log/commitment";
import type { EndorsementLine, RosterLine } from "./desk";
import { rosterLine } from "./desk-view";
import type { ReadRoster } from "./roster-standing";

/** What a page about endorsements is made from. */
export type EndorsementSources = {
  readonly verifier: SignatureVerifier;
  readonly endorsements: (document: string) => Promise<readonly Endorsement[]>;
  readonly now: string;
  /** Who looks. */
  readonly me: string;
};

/** How far the signatures under a document have come, of those whom the roster asks; each signature is verified here first. */
export async function endorsementLine(
  document: Voted,
  roster: ReadRoster,
  { verifier, endorsements, now, me }: EndorsementSources,
): Promise<EndorsementLine> {
  const value = valuesOf(roster.row.openings);
  const sound = await soundEndorsements(verifier, document, roster.roster, await endorsements(document.hash), now);
  const signedBy = new Map(sound.map(({ kept: { statement } }) => [statement.person, statement.at]));
  const asked = endorsersOf(roster.roster).map(({ person, name, title }) => ({
    person,
    name: value(name) ?? person,
    title: value(title) ?? "",
  }));
  const needed = roster.roster.quorum.approve;
  return {
    what: document.what,
    hash: document.hash,
    needed,
    roster: roster.roster.version,
    signed: asked.flatMap((one) => {
      const at = signedBy.get(one.person);
      return at === undefined ? [] : [{ ...one, at }];
    }),
    awaited: asked.filter(({ person }) => !signedBy.has(person)),
    reached: signedBy.size >= needed,
    mine: asked.some(({ person }) => person === me) && !signedBy.has(me),
  };
}

/** The published rosters of a mode as a page shows them: which counts, which waits for signatures, and what each changes. */
export async function rosterLines(
  rosters: readonly ReadRoster[],
  inForce: ReadRoster | null,
  trusted: ReadonlySet<string>,
  sources: EndorsementSources,
): Promise<RosterLine[]> {
  return Promise.all(
    rosters.map(async (one): Promise<RosterLine> => {
      const before = rosters.find(({ row }) => row.hash === one.roster.prev) ?? null;
      const awaited = inForce !== null && one.roster.prev === inForce.row.hash;
      return {
        ...rosterLine(one.row),
        standing: one.row.hash === inForce?.row.hash ? "in force" : awaited ? "awaited" : "past",
        trusted: trusted.has(one.row.hash),
        changes: before && changesSince(before, one),
        endorsement: before && (await endorsementLine(rosterToEndorse(one.roster), before, sources)),
      };
    }),
  );
}

function changesSince(before: ReadRoster, after: ReadRoster): RosterChange[] {
  const value = valuesOf([...after.row.openings, ...before.row.openings]);
  return rosterChanges(before.roster, after.roster, value);
}
