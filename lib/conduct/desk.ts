import type { Voted } from "#lib/ceremony/endorsement";
import type { RosterChange } from "#lib/ceremony/roster-changes";
import type { Mode, Role } from "#lib/ceremony/roles";
import type { Passkey } from "#lib/ceremony/roster";
import type { Script } from "#lib/ceremony/script";
import type { Afterwards } from "./plan-view";
import type { MyAct } from "./my-act";
import type { RoomView } from "./room";

/** What the pages outside the room show, as plain JSON. */

export type Me = { readonly person: string; readonly name: string; readonly title: string; readonly roles: readonly Role[] };

/** What this installation is: its mode, whose it is, and how far its setting-up has come. */
export type Standing = {
  readonly mode: Mode;
  readonly organisation: string | null;
  readonly roster: { readonly version: number; readonly hash: string } | null;
  /** The other sign-in, where one is configured. */
  readonly oidc: { readonly name: string } | null;
  /** True while nobody has enrolled a passkey. */
  readonly firstStart: boolean;
};

export type WorkerHealth = {
  readonly worker: string;
  readonly serial: string;
  readonly state: string;
  readonly sentence: string;
  readonly facts: Readonly<Record<string, string | number | boolean | null>>;
  readonly seenAt: string;
};
export type Health = {
  readonly database: { readonly ok: boolean; readonly sentence: string };
  readonly workers: readonly WorkerHealth[];
};

export type CeremonyLine = Pick<RoomView, "id" | "title" | "mode" | "phase" | "openedAt" | "awaited"> & {
  readonly result: "completed" | "aborted" | null;
  readonly closedAt: string | null;
  readonly role: Role | null;
  readonly step: { readonly number: number; readonly of: number; readonly title: string } | null;
  readonly turn: MyAct | null;
  readonly sealed: boolean;
  /** What is left to do after it, by the plan it was opened from; null while it goes on, or without a plan. */
  readonly afterwards: Afterwards | null;
};

export type ScriptLine = Pick<Script, "script" | "edition" | "title" | "purpose" | "minutes" | "quorum"> & {
  readonly hash: string;
  readonly createdAt: string;
};
export type ScriptText = { readonly hash: string; readonly createdAt: string; readonly yaml: string; readonly script: Script };

/** How far the signatures under a roster or a script have come. */
export type EndorsementLine = {
  readonly what: Voted["what"];
  readonly hash: string;
  /** How many of those who are asked must sign. */
  readonly needed: number;
  /** Version of the roster whose custodians are asked. */
  readonly roster: number;
  readonly signed: readonly (Omit<Me, "roles"> & { readonly at: string })[];
  readonly awaited: readonly Omit<Me, "roles">[];
  readonly reached: boolean;
  /** Whether whoever looks is one of those awaited. */
  readonly mine: boolean;
};

export type RosterLine = {
  readonly hash: string;
  readonly version: number;
  readonly mode: Mode;
  readonly prev: string | null;
  readonly createdAt: string;
  readonly organisation: string;
  /** How many of its custodians must endorse what comes after it. */
  readonly quorum: number;
  /** Whether it counts now, waits for signatures to follow the one that does, or is neither. */
  readonly standing: "in force" | "awaited" | "past";
  /** Whether a worker says that it trusts it. */
  readonly trusted: boolean;
  /** What it says otherwise than the version before it; null for the first. */
  readonly changes: readonly RosterChange[] | null;
  readonly endorsement: EndorsementLine | null;
  readonly people: readonly (Me & { readonly groups: readonly string[]; readonly passkeys: number })[];
};

export type PersonLine = Me & {
  readonly groups: readonly string[];
  /** By which the other sign-in knows them, where one is configured. */
  readonly email: string | null;
  /** Where mails go, and in what language. */
  readonly contact: string | null;
  readonly language: string;
  readonly disabled: boolean;
  readonly passkeys: readonly {
    readonly id: string;
    readonly aaguid: string;
    readonly synced: boolean;
    readonly backedUp: boolean;
    /** What its authenticator said of itself, and how well that is vouched for; null where it was never asked. */
    readonly attestation: { readonly format: string; readonly proof: NonNullable<Passkey["attestation"]>["proof"] } | null;
    readonly createdAt: string;
    readonly lastUsedAt: string | null;
  }[];
  readonly links: readonly { readonly createdAt: string; readonly expiresAt: string; readonly usedAt: string | null }[];
  readonly sessions: readonly { readonly id: string; readonly createdAt: string; readonly via: "passkey" | "single-sign-on" }[];
};
