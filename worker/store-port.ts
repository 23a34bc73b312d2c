import type { Ceremony } from "#lib/ceremony/ceremony";
import type { Entry } from "#lib/ceremony/entry";
import type { Mode } from "#lib/ceremony/roles";
import type { Json } from "#lib/log/canonical";
import type { KeptAttestation } from "#lib/record/authenticator-attestations";
import type { TrustedAtConsole } from "./memory";

/** An entry as it is kept, with what its commitments stand for. */
export interface KeptEntry {
  readonly seq: number;
  readonly hash: string;
  readonly bytes: Uint8Array;
  readonly openings: readonly { readonly path: string; readonly salt: string; readonly value: string }[];
}

export interface KeptRecord {
  readonly ceremony: string;
  readonly sha256: string;
  readonly pdf: Uint8Array;
  readonly trustAnchor: Uint8Array;
  readonly sealedAt: string;
}

/** How the worker is, for the people in the room: a stable state, a sentence, and the facts behind it. */
export interface Health {
  readonly worker: string;
  readonly tokenSerial: string;
  readonly state: string;
  readonly sentence: string;
  readonly facts: { readonly [fact: string]: Json };
  readonly seenAt: string;
}

/** What was trusted, with the name of the worker it was trusted for. */
export type TrustedFacts = TrustedAtConsole & { readonly worker: string };

/**
 * All the worker asks of the database. It believes nothing that comes back: entries are decided again by `admit`, and compared
 * with the worker's own memory. Every method throws when the database is not there; `gone` tells that from other faults.
 */
export interface WorkerStore {
  /** Ids of the ceremonies that have entries. */
  ceremonies(): Promise<readonly string[]>;
  entries(ceremony: string, fromSeq: number): Promise<readonly KeptEntry[]>;
  /** "conflict": somebody else has that place. After a throw it is not known whether the entry was kept. */
  append(entry: Entry, after: Ceremony): Promise<"appended" | "conflict">;
  /** The PDF that is kept as a ceremony's record, or null; and its SHA-256 alone. */
  findRecord(ceremony: string): Promise<Uint8Array | null>;
  recordHash(ceremony: string): Promise<string | null>;
  /** Where there is a record already, it stays as it is. */
  keepRecord(record: KeptRecord): Promise<void>;
  /** The published rosters of a mode that name that hash as the one before them. */
  rostersAfter(mode: Mode, prev: string): Promise<readonly { readonly hash: string; readonly bytes: Uint8Array }[]>;
  /** The bytes of everything kept about a document that may be endorsed. */
  endorsements(document: string): Promise<readonly Uint8Array[]>;
  /** The ciphertexts of a ceremony that are still there, by the places of their entries. */
  secretParts(ceremony: string): Promise<readonly { readonly seq: number; readonly ciphertext: Uint8Array }[]>;
  /** Takes away those up to a place, or all of them. */
  takeAwayParts(ceremony: string, upTo: number | null): Promise<void>;
  /** What is kept of the enrolment of these passkeys, for those of which anything is. */
  attestations(passkeys: readonly string[]): Promise<readonly KeptAttestation[]>;
  sayHealth(health: Health): Promise<void>;
  /** Has the audit trail say what was trusted at a worker's console, unless it says so already. */
  noteTrusted(facts: TrustedFacts): Promise<void>;
  /** Calls back whenever something may have changed, and when the line was lost. */
  watch(onChange: () => void): { stop(): Promise<void> };
  isGone(fault: unknown): boolean;
  close(): Promise<void>;
}
