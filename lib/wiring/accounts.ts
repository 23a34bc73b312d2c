import { doesBy } from "#lib/accounts/does-by";
import { reachGrant, readGrant, type EndorsedGrant } from "#lib/accounts/grant";
import { KEY_OPERATIONS } from "#lib/accounts/grant.schema";
import { daysAfter } from "#lib/ceremony/days";
import { accountSights, type AccountSight } from "#lib/conduct/account-view";
import { aliasesEnding, aliasesOf, type EndingAlias, type FollowedAlias } from "#lib/conduct/ending-aliases";
import { grantsNow, nextEdition, type KeptGrant, type KeptGrants } from "#lib/conduct/kept-grant";
import type { GrantPorts } from "#lib/conduct/propose-grant";
import { keepWithdrawal, listWithdrawals } from "#lib/store/grant-withdrawals";
import { listPeople } from "#lib/store/people";
import { keepPaper, listPapers } from "#lib/store/register-papers";
import { webCryptoVerifier } from "#lib/webcrypto/web-crypto-verifier";
import { now } from "../clock";
import { env } from "../env";
import { database } from "./database";
import { world } from "./people-ports";
import { provenPapers } from "./proven";
import { register, rosterChain } from "./register";
import { endorsementsOf, inForce } from "./rosters";

/** Grants whose signatures were verified, on globalThis, one per process: see database.ts. */
const kept = ((globalThis as { clavigerGrants?: { readonly grants: ReturnType<typeof provenPapers<EndorsedGrant>> } }).clavigerGrants ??= {
  grants: provenPapers("grant"),
});

/** Everything that was written down of what applications may do, each with what its signatures come to. */
export async function keptGrants(): Promise<KeptGrants> {
  const [at, mode] = [now().toISOString(), env().CLAVIGER_MODE];
  const [papers, withdrawals, rosters] = await Promise.all([
    listPapers(database(), "grant"),
    listWithdrawals(database()),
    rosterChain(at),
  ]);
  const proven = await kept.grants(papers, rosters, async (bytes, signed) => {
    const grant = readGrant(bytes);
    return grant && reachGrant(webCryptoVerifier, grant, rosters, signed, at);
  });
  const reached = new Map(proven.map((one) => [one.hash, one]));
  const all = papers.flatMap(({ hash, bytes, openings }): readonly KeptGrant[] => {
    const grant = readGrant(bytes);
    if (grant?.mode !== mode) return [];
    return [{ hash, grant, openings, reached: reached.get(hash) ?? null, withdrawn: withdrawals.get(hash) ?? null }];
  });
  return { at, mode, all };
}

/** Every application of this installation's mode, as this person sees it. */
export async function accounts(me: string): Promise<readonly AccountSight[]> {
  const [grants, roster] = await Promise.all([keptGrants(), inForce(env().CLAVIGER_MODE)]);
  return accountSights(grants, roster, { verifier: webCryptoVerifier, endorsements: endorsementsOf, now: grants.at, me });
}

/** One application with what its page names; null where nothing was ever written down of it. */
export async function accountPage(account: string, me: string) {
  const [all, { keys }, people] = await Promise.all([accounts(me), register(), listPeople(database())]);
  const one = all.find((each) => each.account === account);
  if (!one) return null;
  const names = new Map(people.map(({ person, name }) => [person, name]));
  return { one, keys: new Map(keys.map((key) => [key.key, key])), nameOf: (person: string) => names.get(person) ?? person };
}

/** What an edition may name, and what it begins as: what counts, else what was written down last. */
export async function editionPage(account: string | null) {
  const [grants, { keys }] = await Promise.all([keptGrants(), register()]);
  const written = grants.all.filter(({ grant }) => grant.account === account).sort((a, b) => b.grant.edition - a.grant.edition);
  const grant = (account === null ? null : grantsNow(grants).get(account)?.grant) ?? written[0]?.grant ?? null;
  const named = new Set(grant?.keys.flatMap(({ keys: ids }) => ids));
  const choices = keys
    .map((key) => ({ key, does: KEY_OPERATIONS.map((operation) => ({ operation, algorithms: doesBy(key, operation) })) }))
    .filter(({ key, does }) => named.has(key.key) || (key.state !== "destroyed" && does.some(({ algorithms }) => algorithms.length > 0)))
    .sort((a, b) => (a.key.born.at < b.key.born.at ? 1 : -1))
    .map(({ key: { key, label, algorithm, state }, does }) => ({
      ...{ key, label, algorithm, state },
      does: does.filter(({ algorithms }) => algorithms.length > 0),
    }));
  return { grant, choices, next: account === null ? 1 : nextEdition(grants, account), usualEnd: daysAfter(grants.at, USUAL_DAYS) };
}

/** As long as keys protect, where nobody says otherwise: the end of both then comes together. */
const USUAL_DAYS = 90;

/** The applications that may use a key at this moment. */
export async function usersOf(key: string): Promise<readonly string[]> {
  const grants = await keptGrants();
  const now = [...grantsNow(grants).values()].map(({ grant }) => grant);
  return now
    .filter(({ clients, until, keys }) => clients.length > 0 && until > grants.at && keys.some(({ keys: ids }) => ids.includes(key)))
    .map(({ account }) => account)
    .sort();
}

/** The names of applications behind which no key is left that goes on. */
export async function endingAliases(): Promise<readonly EndingAlias[]> {
  const [grants, { keys }] = await Promise.all([keptGrants(), register()]);
  return aliasesEnding(grantsNow(grants).values(), keys, grants.at);
}

/** The names of applications that must have the successor of a key; nothing of a key that there is not. */
export async function aliasesOfKey(id: string): Promise<readonly FollowedAlias[]> {
  const [grants, { keys }] = await Promise.all([keptGrants(), register()]);
  const key = keys.find((one) => one.key === id);
  return key ? aliasesOf(key, grantsNow(grants).values(), keys, grants.at) : [];
}

/** What the verbs of applications stand on. */
export const grantPorts = (): GrantPorts => ({
  world,
  mode: env().CLAVIGER_MODE,
  register,
  grants: keptGrants,
  keep: (paper) => keepPaper(database(), paper),
  withdraw: (withdrawal) => keepWithdrawal(database(), withdrawal),
});
