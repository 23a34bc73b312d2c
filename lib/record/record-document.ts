import type { Translated, TranslatedStep } from "../ceremony/translated";
import type { Assumption } from "./assumptions";
import type { MappedSource } from "./clauses/clause-map";

/**
 * What a record says, as data. It is made from a transcript alone (`record.ts`) and drawn by `#lib/pdf/draw-record`;
 * whatever is printed on paper is in here, and nothing else is.
 *
 * Fingerprints and hashes are lower-case hex; the drawing sets them in fours and says them in words itself, so that the two
 * cannot differ. Instants are UTC, ISO 8601 with milliseconds.
 */
export type Instant = string;
export type Hex = string;

export interface RecordDocument {
  /** There in an edition from which values were taken out: of which record, and what is withheld of how many fields. Nothing seals it. */
  edition?: { record: Hex; withheld: { what: string; count: number; entries: number[] }[]; of: number };
  organisation?: string;
  title: string;
  mode: "rehearsal" | "production";
  /** Id of the ceremony. */
  ceremony: string;
  place?: string;
  script: { id: string; title: string; hash: Hex };
  opened: Instant;
  closed: Instant;
  /** How it ended: every step done, or stopped for good before that, and why. */
  ending: { kind: "completed" } | { kind: "aborted"; reason: string };
  /** Who of the roster agreed to the script before the ceremony was opened; nobody has to for a rehearsal. */
  endorsement: { sentence: string; by: RecordEndorsement[] };
  /** Who was ready before it was opened, and the go / no-go; missing where the script asks for nothing of it. */
  readiness?: RecordReadiness;
  /** What the script demands of an approval, in words: "3 of 5 custodians". */
  quorum: string;
  token: RecordFact[];
  recorder: {
    /** SHA-256 of the recorder's certificate: the one thing a verifier must be brought. */
    fingerprint: Hex;
    subject: string;
  };
  participants: RecordParticipant[];
  acts: RecordAct[];
  keys: RecordKey[];
  /** The comparison of what is on the token with what the ceremony made. */
  inventory?: { sentence: string; unexpected: string[] };
  deviations: RecordDeviation[];
  /** As each device told it; nobody else can have looked. */
  clocks: RecordClock[];
  /** SHA-256 of the second screen that the app had when it opened the ceremony, by its own word; null where it said none. */
  secondScreen: Hex | null;
  /** When the exception sheets were read aloud before the signatures; null where none was noted and nobody did. */
  readOut: { at: Instant; by: string } | null;
  /** The printed sheets, which have numbers of their own. */
  printed: RecordPrinted;
  notebooks: RecordNotebook[];
  seams: RecordSeam[];
  /** What time-stamp authorities said of the transcript while it grew; none where none was asked. */
  stamps: RecordStamp[];
  signatures: RecordSignature[];
  /** What the script leaves to do after the ceremony, with the review that an emergency owes. */
  afterwards: string[];
  /** The report on the making of keys, by item; null where none was made. */
  report: RecordReport | null;
  /** Clause by clause, where the transcript speaks to it. */
  clauses: MappedSource[];
  /** The entries that report and clauses point at, in order: the bytes that they mean. */
  pointed: RecordPointed[];
  assumptions: Assumption[];
  verification: {
    /** The command as it is typed. */
    command: string;
    /** What the QR code on the cover holds. */
    qr: string;
    /** Further sentences, when there is more to say than the command. */
    notes?: string[];
  };
  /** Head of the hash chain: the hash of the last entry. Printed on every page. */
  transcriptHash: Hex;
  entries: number;
  attachments: RecordAttachment[];
}

/**
 * ETSI EN 319 411-1, 6.5.1-13A: each item with what there is to say, and the numbers of the entries it is taken from; none: not
 * evidenced.
 */
/** What became of the printed exception sheets, by their numbers: closed unused, named where something was written down, or neither. */
export interface RecordPrinted {
  closed: number[];
  named: number[];
  left: number[];
}

export interface RecordReport {
  items: { name: string; says: string[]; entries: number[] }[];
}

/** An entry by its number and its hash, with the step that it is about. */
export interface RecordPointed {
  entry: number;
  kind: string;
  step: string | null;
  hash: Hex;
}

/** A custodian's own signature from before the ceremony: under their duties, or for a test of their passkey. */
export interface RecordOwnStatement extends RecordPerson {
  at: Instant;
  passkey: string;
  /** Whether the authenticator signed that the passkey may be synced between devices. */
  synced: boolean;
  /** Whether it signed that the passkey was kept elsewhere too at that moment. */
  backedUp: boolean;
  statementHash: Hex;
}

/** How far the clock of somebody's device was ahead of the server's (behind, where negative), each time it was compared. */
export interface RecordClock extends RecordPerson {
  device: string;
  at: Instant;
  milliseconds: number;
}

export interface RecordReadiness {
  /** What the lines come to. */
  sentence: string;
  duties: { says: string; days: number; by: RecordOwnStatement[] } | null;
  tests: RecordOwnStatement[];
  /** `word`: whose it is. */
  lines: { title: string; go: boolean; found: string; word: string }[];
  /** By the word of the app; `told` where the opening also says with whom and what differed. */
  rehearsal: {
    ceremony: string;
    head: Hex;
    closedAt: Instant;
    told: { minutes: number; people: string[]; differed: string[] } | null;
  } | null;
  /** The device that was expected, and whether the recorder found another. */
  device: { serial: string; firmware: string; differs: boolean } | null;
}

export interface RecordFact {
  name: string;
  value: string;
  /** Measured values (serials, labels, hashes, times) are set in the mono. */
  measured?: boolean;
}

/** A person as the record names them, everywhere the same. */
export interface RecordPerson {
  person: string;
  name: string;
  role: string;
}

export interface RecordParticipant extends RecordPerson {
  passkeys: { id: string; authenticator?: string }[];
  /** How and by whom the identity was checked; null when nobody did. */
  identity: { how: string; by: string; at: Instant } | null;
}

export interface RecordAct {
  number: string;
  title: string;
  /** In each other language that the script carries. */
  translations: Translated<{ title: string }>[];
  steps: RecordStep[];
}

export interface RecordStep {
  number: string;
  title: string;
  kind: "statement" | "attendance" | "check" | "operation" | "evidence" | "pause" | "sign-off";
  state: "done" | "not-done" | "not-reached";
  /** What was read aloud. */
  spoken?: string;
  /** Name and text in each other language that the script carries: the script's own is the one that was read and signed. */
  translations: TranslatedStep[];
  opened?: Instant;
  finished?: Instant;
  plannedMinutes?: number;
  /** Chain code of each entry that opened it, as the wall showed it: more than one where it was opened again. */
  codes: string[];
  /** Who did what, when, in order: "opened the step", "acknowledged", "checked the identity of …". */
  doings: (RecordPerson & { at: Instant; did: string })[];
  /** What came of it, one line each. */
  results: string[];
  approvals: RecordApproval[];
  /** What came of each of its operations, in order. */
  outcomes: RecordOutcome[];
  /** Numbers of the deviations noted at this step. */
  deviations: number[];
  /** Of witnesses, once it was done: the column of the paper script. */
  initials: RecordInitials[];
  /** There when the step was done on the printed script: what two people of different roles signed about it. */
  paper?: RecordPaper;
}

export interface RecordInitials {
  name: string;
  initials: string;
  at: Instant;
}

export interface RecordPaper {
  began: Instant;
  ended: Instant;
  account: string;
  kept: string;
  /** Number of the exception sheet that says why. */
  deviation: number;
  by: (RecordPerson & { at: Instant; passkey: string; statementHash: Hex })[];
}

/** A witness's own notes, released by them. */
export interface RecordNotebook extends RecordPerson {
  released: Instant;
  passkey: string;
  statementHash: Hex;
  pages: { number: number; at: Instant; text: string }[];
}

/** A custodian's signed yes or no. */
export interface RecordApproval extends RecordPerson {
  decision: "approve" | "refuse";
  reason?: string;
  at: Instant;
  passkey: string;
  /** Model of the authenticator as the credential reports it. */
  aaguid: string;
  statementHash: Hex;
  nonce: string;
}

/** A custodian's signed agreement to the script, given outside of the ceremony. */
export interface RecordEndorsement extends RecordPerson {
  at: Instant;
  passkey: string;
  statementHash: Hex;
}

export interface RecordOutcome {
  /** Name of the operation, as in the script. */
  operation: string;
  sentence: string;
  result: "done" | "failed";
  at: Instant;
  durationMs: number;
  /** Completed after an interruption, by looking at what the token held. */
  recovered: boolean;
  facts: RecordFact[];
  /** Attributes read back from the token, in words; `needless` marks a capability nobody asked for. */
  attributes: { text: string; needless?: boolean }[];
  fingerprint?: RecordFingerprint;
}

export interface RecordFingerprint {
  /** What it is the hash of: "SHA-256 of the public key". */
  of: string;
  value: Hex;
}

export interface RecordKey {
  label: string;
  algorithm: string;
  /** CKA_ID. */
  id: Hex;
  /** Public keys have a fingerprint; secret keys a check value, or nothing. */
  fingerprint?: RecordFingerprint;
  attributes: { text: string; needless?: boolean }[];
  made: { step: string; at: Instant };
  /** In a later step of the same ceremony; its certificate stands there. */
  destroyed?: { step: string; at: Instant };
}

export interface RecordDeviation {
  number: number;
  /** Null where nobody gave one: a difference opened the sheet, and the ceremony ended before it was completed. */
  class: "A" | "B" | "C" | "D" | null;
  /** There when two readings that differ opened it by themselves: when, and who had read what. */
  opened?: { at: Instant; what: string };
  at: Instant;
  step?: string;
  by: string;
  expected: string;
  happened: string;
  decided: string;
  /** Names of those who decided it; none where an older transcript does not say, and for what the recorder noted. */
  decidedBy: string[];
  initials: RecordInitials[];
  /** Names of those who took part to the end and gave no initials, of whom nothing else is said. */
  missing: string[];
  /** Those who were there and did not initial it: why, and who said so. */
  withheld: { name: string; by: string; at: Instant; reason: string }[];
}

/** A time in which the ceremony could not go on: a restart, an outage, a stop. */
export interface RecordSeam {
  from: Instant;
  to?: Instant;
  what: string;
  step?: string;
}

/** One entry and one authority: what it says, or that it had nothing to say. */
export interface RecordStamp {
  /** "Opening, entry 2". */
  of: string;
  at: Instant;
  authority: "first" | "second";
  /** Null: not stamped. `name` is what its certificate calls it. */
  stamped: { at: Instant; name: string; policy: string } | null;
  /** When it was asked first and had none, and why. */
  missed: { at: Instant; why: string } | null;
}

/** One participant's word on the whole; `signed` is null when they did not sign. */
export interface RecordSignature extends RecordPerson {
  signed: { agrees: true; sentence: string; at: Instant; passkey: string; statementHash: Hex }
    | { agrees: false; sentence: string; reason: string; at: Instant; passkey: string; statementHash: Hex }
    | null;
}

export interface RecordAttachment {
  name: string;
  /** Media type, such as application/json. */
  mime: string;
  description: string;
  /** PDF/A-3 relationship: what the record was drawn from is its Source. */
  relationship: "Source" | "Data" | "Supplement";
  bytes: Uint8Array;
}
