import type { z } from "zod";
import { hashOf, type Json } from "../log/canonical";
import { ok, type Result } from "../result";
import { no, type Refusal } from "./refusal";
import type { Passkey as PasskeySchema, Person as PersonSchema, Roster as RosterSchema } from "./roster.schema";

/** Who may take part, with which passkeys. Versioned; pinned by the worker, never believed from the database. */
export type Roster = z.infer<typeof RosterSchema>;
export type RosterPerson = z.infer<typeof PersonSchema>;
export type Passkey = z.infer<typeof PasskeySchema>;

/** The hash people compare aloud before a version is trusted: SHA-256 of the canonical roster, hex. */
export const rosterHash = (roster: Roster): string => hashOf(roster as unknown as Json);

/** The person of that id, or null. */
export const personOf = (roster: Roster, person: string): RosterPerson | null =>
  roster.people.find((candidate) => candidate.person === person) ?? null;

/** The passkey of that credential id and whose it is, or null. ROSTER-PASSKEY keeps it from being two people's. */
export function passkeyOf(roster: Roster, credentialId: string): { person: RosterPerson; passkey: Passkey } | null {
  for (const person of roster.people) {
    const passkey = person.passkeys.find((candidate) => candidate.id === credentialId);
    if (passkey) return { person, passkey };
  }
  return null;
}

/** The first ten characters of a credential id tell a person's passkeys apart, on screens and in the record alike. */
export const shortPasskey = (credentialId: string): string => credentialId.slice(0, 10);

/** Who can endorse: its custodians who have a passkey. */
export const endorsersOf = (roster: Roster): readonly RosterPerson[] =>
  roster.people.filter(({ roles, passkeys }) => roles.includes("custodian") && passkeys.length > 0);

/**
 * A roster that can be used at all: every person once, every passkey (by credential id and by key) at one person only, and a
 * quorum that its custodians can reach. Without the first, one authenticator under two names would be two people.
 */
export function soundRoster(roster: Roster): Result<Roster, Refusal> {
  const people = new Set<string>();
  const keys = new Set<string>();
  for (const person of roster.people) {
    if (people.has(person.person)) return no("ROSTER-PASSKEY", { person: person.person, problem: "listed twice" });
    people.add(person.person);
    for (const passkey of person.passkeys) {
      if (keys.has(passkey.id) || keys.has(passkey.spki)) {
        return no("ROSTER-PASSKEY", { person: person.person, passkey: passkey.id, problem: "passkey listed twice" });
      }
      keys.add(passkey.id).add(passkey.spki);
    }
  }
  const { approve } = roster.quorum;
  const custodians = endorsersOf(roster).length;
  if (approve < 2 || approve > custodians) return no("ROSTER-QUORUM", { approve, custodians });
  return ok(roster);
}
