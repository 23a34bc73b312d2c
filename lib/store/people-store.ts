import type { PersonFields } from "#lib/conduct/people-ports";
import { findAccount, linkAccount } from "./accounts";
import { writeAudit, type NewAuditEvent } from "./audit-events";
import { giveChallenge, takeChallenge, type NewChallenge, type Purpose } from "./challenges";
import type { Database } from "./database";
import { enrolByLink, findLink, keepLink } from "./enrolment-links";
import { changePerson, createPerson, findPerson, findPersonByEmail, findPersonByPasskey, listPeople, removePasskey } from "./people";
import { countTry, triesSoFar } from "./rate-windows";
import { revokeSession, shareSession, startSession, type NewSession } from "./sessions";

type Link = Parameters<typeof keepLink>[1];
type Use = Parameters<typeof enrolByLink>[1];
type Passkey = Parameters<typeof enrolByLink>[2];

/** Everything about people in one hand, as the verbs about people take it. */
export const peopleStore = (db: Database) => ({
  list: () => listPeople(db),
  find: (person: string) => findPerson(db, person),
  findByEmail: (email: string) => findPersonByEmail(db, email),
  findByPasskey: (credentialId: string) => findPersonByPasskey(db, credentialId),
  create: (person: string, fields: PersonFields, audit: NewAuditEvent) => createPerson(db, person, fields, audit),
  change: (person: string, fields: PersonFields, audit: NewAuditEvent) => changePerson(db, person, fields, audit),
  removePasskey: (person: string, credentialId: string, keep: string, audit: NewAuditEvent) =>
    removePasskey(db, person, credentialId, keep, audit),

  keepLink: (link: Link, audit: NewAuditEvent) => keepLink(db, link, audit),
  findLink: (tokenHash: string) => findLink(db, tokenHash),
  enrol: (link: Use, passkey: Passkey, audit: NewAuditEvent) => enrolByLink(db, link, passkey, audit),

  giveChallenge: (given: NewChallenge, now: Date) => giveChallenge(db, given, now),
  takeChallenge: (id: string, purpose: Purpose, now: Date) => takeChallenge(db, id, purpose, now),

  startSession: (session: NewSession, passkey: { id: string; counter: number } | null, audit: NewAuditEvent) =>
    startSession(db, session, passkey, audit),
  revokeSession: (person: string, id: string, audit: NewAuditEvent) => revokeSession(db, person, id, audit),
  shareSession: (shared: { session: string; ceremony: string; by: string }, audit: NewAuditEvent) =>
    shareSession(db, shared, audit),
  noteHand: async (audit: NewAuditEvent) => {
    await writeAudit(db, audit);
  },
  noteRefusedSignIn: async (audit: NewAuditEvent) => {
    await writeAudit(db, audit);
  },

  findAccount: (issuer: string, subject: string) => findAccount(db, issuer, subject),
  linkAccount: (issuer: string, subject: string, person: string) => linkAccount(db, issuer, subject, person),

  countTry: (key: string, seconds: number, now: Date) => countTry(db, key, seconds, now),
  triesSoFar: (key: string, seconds: number, now: Date) => triesSoFar(db, key, seconds, now),
});
