import type { Mode, Role } from "#lib/ceremony/roles";
import type { Passkey } from "#lib/ceremony/roster";
import type { SignatureVerifier } from "#lib/ceremony/signature-verifier";
import type { Json } from "#lib/log/canonical";
import type { Opening } from "#lib/log/commitment";
import type { Result } from "#lib/result";
import type { World } from "./ports";

export type EnrolledPasskey = Passkey & {
  readonly backedUp: boolean;
  readonly transports: readonly string[];
  readonly label: string;
  readonly createdAt: string;
  readonly lastUsedAt: string | null;
};

export type PersonFields = {
  readonly name: string;
  readonly title: string;
  readonly roles: readonly Role[];
  readonly groups: readonly string[];
  /** By which a single sign-on finds this person; lower case. */
  readonly email: string | null;
  /** Where invitations and reminders go; null where there is no address. Says nothing about who may sign in. */
  readonly contact: string | null;
  /** The language of those mails. */
  readonly language: string;
  readonly disabled: boolean;
};
export type KnownPerson = PersonFields & { readonly person: string; readonly passkeys: readonly EnrolledPasskey[] };

/** What is noted about people and access. Kinds are the store's. */
export type Audit<K extends string> = {
  readonly kind: K;
  readonly by: string | null;
  readonly facts: { readonly [fact: string]: string | number | boolean };
};

export type KnownLink = {
  readonly tokenHash: string;
  readonly person: string;
  readonly expiresAt: string;
  readonly usedAt: string | null;
};
/** A passkey as it was registered, with attestation object and client data as they came. */
export type FoundPasskey = Omit<EnrolledPasskey, "createdAt" | "lastUsedAt"> & {
  readonly counter: number;
  readonly attested: { readonly object: Uint8Array; readonly clientData: Uint8Array } | null;
};
export type LiveSession = { readonly id: string; readonly person: string; readonly canSign: boolean; readonly expiresAt: string };
export type NewSession = {
  readonly id: string;
  readonly person: string;
  readonly means: "passkey" | "single-sign-on";
  readonly client: string;
  readonly expiresAt: Date;
};

/** What a challenge is for; one given for the one is never taken for another. */
export type ChallengePurpose = "sign-in" | "enrol" | "one-act";

/** Where people, their passkeys and their sessions are kept; each function as in lib/store. */
export interface PeopleStore {
  list(): Promise<readonly KnownPerson[]>;
  find(person: string): Promise<KnownPerson | null>;
  findByEmail(email: string): Promise<KnownPerson | null>;
  findByPasskey(credentialId: string): Promise<{ readonly person: KnownPerson; readonly passkey: EnrolledPasskey } | null>;
  create(person: string, fields: PersonFields, audit: Audit<"person-invited">): Promise<"created" | "email-taken">;
  change(
    person: string,
    fields: PersonFields,
    audit: Audit<"person-changed">,
  ): Promise<"changed" | "email-taken" | "last-administrator">;
  /**
   * And ends the person's sessions but for `keep`. "last-administrator", here and above: nobody would be left who can
   * administer.
   */
  removePasskey(
    person: string,
    credentialId: string,
    keep: string,
    audit: Audit<"passkey-removed">,
  ): Promise<"removed" | "none" | "last-administrator">;

  keepLink(link: Omit<KnownLink, "usedAt"> & { readonly createdBy: string }, audit: Audit<"person-invited">): Promise<void>;
  findLink(tokenHash: string): Promise<KnownLink | null>;
  enrol(
    link: { readonly tokenHash: string; readonly person: string; readonly now: Date },
    passkey: FoundPasskey,
    audit: Audit<"passkey-enrolled">,
  ): Promise<"enrolled" | "spent" | "taken">;

  giveChallenge(
    given: { readonly id: string; readonly purpose: ChallengePurpose; readonly challenge: string; readonly expiresAt: Date },
    now: Date,
  ): Promise<void>;
  /** Gives a challenge out once; null the second time, or when it has expired. */
  takeChallenge(id: string, purpose: ChallengePurpose, now: Date): Promise<string | null>;

  startSession(
    session: NewSession,
    passkey: { readonly id: string; readonly counter: number } | null,
    audit: Audit<"signed-in">,
  ): Promise<void>;
  revokeSession(person: string, id: string, audit: Audit<"session-revoked">): Promise<"revoked" | "none">;
  /** A session is passed from hand to hand in one room from now on, for good. */
  shareSession(
    shared: { readonly session: string; readonly ceremony: string; readonly by: string },
    audit: Audit<"browser-shared">,
  ): Promise<void>;
  noteHand(audit: Audit<"acted-by-hand" | "hand-refused">): Promise<void>;
  noteRefusedSignIn(audit: Audit<"sign-in-refused">): Promise<void>;

  findAccount(issuer: string, subject: string): Promise<string | null>;
  linkAccount(issuer: string, subject: string, person: string): Promise<"linked" | "taken">;

  countTry(key: string, seconds: number, now: Date): Promise<{ readonly count: number; readonly left: number }>;
  triesSoFar(key: string, seconds: number, now: Date): Promise<number>;
}

/** Registration with an authenticator: the options a browser takes, and what its answer comes to. */
export interface PasskeyRegistration {
  options(asked: { readonly challenge: string; readonly person: KnownPerson }): Promise<Json>;
  /** The passkey in the answer, or in a word what is wrong with it. `challenge` is the hex that was given out. */
  verify(answer: unknown, challenge: string): Promise<Result<Omit<FoundPasskey, "label">, string>>;
}

export type PeoplePorts = {
  readonly people: PeopleStore;
  readonly registration: PasskeyRegistration;
  readonly verifier: SignatureVerifier;
  readonly world: World;
  /** Relying party id, and the one origin of the app. */
  readonly rp: { readonly id: string; readonly origin: string };
};

export type KnownRoster = {
  readonly hash: string;
  readonly version: number;
  readonly mode: Mode;
  readonly prev: string | null;
  readonly bytes: Uint8Array;
  readonly openings: readonly Opening[];
  readonly createdAt: string;
};
