import { grantToEndorse, type Grant } from "#lib/accounts/grant";
import { grantDifferences, type GrantDifference } from "#lib/accounts/grant-facts";
import { DAY_MS, isWithinDays } from "#lib/ceremony/days";
import { valuesOf } from "#lib/log/commitment";
import type { EndorsementLine } from "./desk";
import { endorsementLine, type EndorsementSources } from "./endorsement-view";
import { grantStanding, grantsNow, nextEdition, type GrantStanding, type KeptGrant, type KeptGrants } from "./kept-grant";
import { WARNED_DAYS } from "./register-view";
import type { ReadRoster } from "./roster-standing";

/** One edition of what an application may do, as a page shows it. */
export type EditionSight = {
  readonly hash: string;
  readonly grant: Grant;
  /** Empty: its text was taken out. */
  readonly reason: string;
  readonly standing: GrantStanding;
  /** When enough custodians had signed it, and who; null as long as they have not. */
  readonly reached: { readonly at: string; readonly people: readonly string[] } | null;
  readonly withdrawn: KeptGrant["withdrawn"];
  /** The edition that counted before this one, and in what this one is otherwise; null of the first. */
  readonly changes: { readonly since: number; readonly differences: readonly GrantDifference[] } | null;
  /** How far the signatures have come; of what is awaited, and where there is a roster in force. */
  readonly signatures: EndorsementLine | null;
};

/** in-force: it may do something now. lapsed: its time is over. taken-back: nobody is it any more. nothing: nothing was signed yet. */
export type AccountState = "in-force" | "lapsed" | "taken-back" | "nothing";

/** An application with everything that was ever written down of it. */
export type AccountSight = {
  readonly account: string;
  readonly state: AccountState;
  /** What counts, whether its time is over or not; null before the first. */
  readonly current: EditionSight | null;
  /** Whole days until its time is over, where that is within a week; else null. */
  readonly endsIn: number | null;
  /** The newest first. */
  readonly editions: readonly EditionSight[];
  readonly awaited: readonly EditionSight[];
  /** The number of the next edition. */
  readonly next: number;
};

/** Every application of a mode, by name. Whose signatures are awaited is said under the roster in force. */
export async function accountSights(grants: KeptGrants, roster: ReadRoster | null, sources: EndorsementSources): Promise<AccountSight[]> {
  const accounts = [...new Set(grants.all.map(({ grant }) => grant.account))].sort();
  return Promise.all(accounts.map((account) => accountSight(grants, account, roster, sources)));
}

/** The proposals that whoever looks is asked to sign. */
export const askedOfMe = (accounts: readonly AccountSight[]): readonly EditionSight[] =>
  accounts.flatMap(({ awaited }) => awaited).filter(({ signatures }) => signatures?.mine === true);

async function accountSight(grants: KeptGrants, account: string, roster: ReadRoster | null, sources: EndorsementSources): Promise<AccountSight> {
  const own = grants.all.filter(({ grant }) => grant.account === account);
  const current = grantsNow(grants).get(account);
  const sights = own.map((kept) => editionSight(grants, own, kept, roster, sources));
  const editions = (await Promise.all(sights)).sort(
    (a, b) => b.grant.edition - a.grant.edition || (a.grant.at < b.grant.at ? 1 : -1),
  );
  const state = !current ? "nothing" : current.grant.clients.length === 0 ? "taken-back" : current.grant.until <= grants.at ? "lapsed" : "in-force";
  const until = state === "in-force" && current ? current.grant.until : null;
  return {
    account,
    state,
    current: editions.find(({ hash }) => hash === current?.hash) ?? null,
    endsIn: until !== null && isWithinDays(grants.at, WARNED_DAYS, until) ? Math.floor((Date.parse(until) - Date.parse(grants.at)) / DAY_MS) : null,
    editions,
    awaited: editions.filter(({ standing }) => standing === "awaited"),
    next: nextEdition(grants, account),
  };
}

async function editionSight(
  grants: KeptGrants,
  own: readonly KeptGrant[],
  kept: KeptGrant,
  roster: ReadRoster | null,
  sources: EndorsementSources,
): Promise<EditionSight> {
  const { hash, grant, openings, reached, withdrawn } = kept;
  const standing = grantStanding(grants, kept);
  const before = own.reduce<Grant | null>((found, one) => {
    const counted = one.reached !== null && one.grant.edition < grant.edition;
    return counted && (found === null || one.grant.edition > found.edition) ? one.grant : found;
  }, null);
  return {
    hash,
    grant,
    reason: valuesOf(openings)(grant.reason) ?? "",
    standing,
    reached: reached && { at: reached.at, people: reached.people },
    withdrawn,
    changes: before && { since: before.edition, differences: grantDifferences(before, grant) },
    signatures: roster && standing === "awaited" ? await endorsementLine(grantToEndorse(grant), roster, sources) : null,
  };
}
