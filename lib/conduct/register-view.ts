import type { Role } from "#lib/ceremony/roles";
import { endorsersOf } from "#lib/ceremony/roster";
import { DAY_MS, isWithinDays } from "#lib/ceremony/days";
import type { Commitment } from "#lib/log/commitment";
import { KEY_USES } from "#lib/operations/key-order";
import { changeToEndorse, readKeyChange, type KeyChange } from "#lib/register/key-change";
import { mayUse } from "#lib/register/may-use";
import { checkChange, daysSinceActive } from "#lib/register/register-from";
import type { KeyUse, RegisteredKey } from "#lib/register/registered-key";
import type { EndorsementLine } from "./desk";
import { endorsementLine, type EndorsementSources } from "./endorsement-view";
import type { ReadRoster } from "./roster-standing";

/** So long before its end somebody is told that a key must be replaced. */
export const WARNED_DAYS = 7;

/** What a commitment stands for; null where it was taken out. */
type ValueOf = (commitment: Commitment) => string | null;

/** A key with its texts, and what it may do at this moment. */
export type KeySight = {
  readonly key: RegisteredKey;
  /** Null: nobody set one. Empty: its text was taken out. */
  readonly owner: string | null;
  readonly purpose: string | null;
  /** What it may do now, by its state and its time. */
  readonly may: readonly KeyUse[];
  readonly tokens: readonly string[];
  /** An active key whose time ends within a week, or is over: a rotation is due. */
  readonly due: "lapsing" | "lapsed" | null;
  /** Whole days until it protects nothing any more; null where nobody set a period. */
  readonly daysLeft: number | null;
};

/** A key that protects, or will again, and whose time nobody has set: it is never due. */
export type EndlessKey = {
  readonly key: RegisteredKey;
  /** Whole days since its activation, from which any period counts. */
  readonly daysOver: number;
};

/** All of those that there are at that time. */
export const activeForEver = (keys: readonly RegisteredKey[], at: string): readonly EndlessKey[] =>
  keys
    .filter(({ state, cryptoperiodDays }) => (state === "active" || state === "suspended") && cryptoperiodDays === null)
    .map((key) => ({ key, daysOver: daysSinceActive(key, at) }));

/** One key as a page shows it. */
export function keySight(key: RegisteredKey, value: ValueOf, at: string): KeySight {
  const text = (commitment: Commitment | null) => commitment && (value(commitment) ?? "");
  const { endsAt, state } = key;
  const ends = (state === "active" || state === "suspended") && endsAt !== null;
  const due = !ends ? null : endsAt <= at ? ("lapsed" as const) : isWithinDays(at, WARNED_DAYS, endsAt) ? ("lapsing" as const) : null;
  return {
    key,
    owner: text(key.owner),
    purpose: text(key.purpose),
    may: KEY_USES.filter((use) => mayUse(key, use, at).ok),
    tokens: [...new Set(key.places.filter(({ gone }) => gone === null).map(({ token }) => token))],
    due,
    daysLeft: ends ? Math.max(0, Math.floor((Date.parse(endsAt) - Date.parse(at)) / DAY_MS)) : null,
  };
}

/** A change that was written down and is not what the key's history says: still to be signed, or overtaken. */
export type ProposedChange = {
  readonly change: KeyChange;
  readonly hash: string;
  readonly reason: string;
  /** Whether it can still come about. */
  readonly standing: boolean;
  /** Null without a roster in force. */
  readonly signatures: EndorsementLine | null;
};

/** The changes of one key that have not come about, the newest first. */
export async function proposedChanges(
  key: RegisteredKey,
  papers: readonly { readonly hash: string; readonly bytes: Uint8Array }[],
  value: ValueOf,
  roster: ReadRoster | null,
  sources: EndorsementSources,
): Promise<ProposedChange[]> {
  const done = new Set(key.history.flatMap((one) => (one.what === "changed" ? [one.change] : [])));
  const open = papers.flatMap(({ hash, bytes }) => {
    const change = readKeyChange(bytes);
    return change?.key === key.key && !done.has(hash) ? [{ change, hash }] : [];
  });
  const lines = open.map(async ({ change, hash }): Promise<ProposedChange> => {
    const standing = checkChange(key, change).ok;
    const signatures = roster && standing ? await endorsementLine(changeToEndorse(change), roster, sources) : null;
    return { change, hash, reason: value(change.reason) ?? "", standing, signatures };
  });
  return (await Promise.all(lines)).reverse();
}

/** Who reads the register: whoever leads, decides or audits. It names ceremonies, which others need not know of. */
export const readsRegister = (roles: readonly Role[]): boolean =>
  roles.some((role) => role === "administrator" || role === "operator" || role === "custodian" || role === "auditor");

/** Whether this person may write down a change, or an explanation. */
export const mayPropose = (roster: ReadRoster | null, person: string): boolean =>
  roster !== null && endorsersOf(roster.roster).some((one) => one.person === person);
