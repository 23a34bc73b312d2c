import { refuse, type Result } from "../result";

/**
 * Every rule of the book by its one name: the same in the refusal, in the test titles and as the page
 * `docs/invariants/<NAME>.md`. A test keeps the three lists equal.
 */
export const INVARIANTS = [
  // the chain
  "ENTRY-SHAPE",
  "CHAIN-CEREMONY",
  "CHAIN-SEQ",
  "CHAIN-PREV",
  "TIME-ORDER",
  // the opening
  "OPENED-FIRST",
  "SCRIPT-HASH",
  "SCRIPT-SOUND",
  "ROSTER-HASH",
  "ROSTER-MODE",
  "ROSTER-PASSKEY",
  "ROSTER-QUORUM",
  "ROLE-ONE",
  "ROLE-ALLOWED",
  "CAST-COMPLETE",
  // what a quorum of the roster agrees to outside of any ceremony
  "ENDORSEMENT-DOCUMENT",
  "ENDORSEMENT-MODE",
  "ENDORSEMENT-ROSTER",
  "ENDORSEMENT-CUSTODIAN",
  "ENDORSEMENT-DISTINCT",
  "ENDORSEMENT-TIME",
  "SCRIPT-ENDORSED",
  "DUTIES-ACCEPTED",
  "PASSKEYS-TESTED",
  "GO-NO-GO",
  "ROSTER-FOLLOWS",
  "ROSTER-ENDORSED",
  // who may do what, when
  "RECORDER-FIRST",
  "RECORDER-SIGNED",
  "RECORDER-SAME",
  "RECORDER-TOKENS",
  "PHASE-STOPPED",
  "PHASE-BREAK",
  "PHASE-ENDED",
  "ROLE-MAY",
  "STEP-ORDER",
  "COOLING-OVER",
  "STEP-OPEN",
  "STEP-KIND",
  "ACT-ONCE",
  "NONCE-ONCE",
  "EXPIRY-SANE",
  "REOPEN-DEVIATION",
  "RESUME-QUORUM",
  "IDENTITY-OTHER",
  "VALUE-TWO-PEOPLE",
  // who comes, goes and takes a place
  "PRESENT-ACTS",
  "IDENTITY-FIRST",
  "STAND-IN",
  "STAND-IN-DEVIATION",
  "BREAK-STEP",
  "BREAK-COUNT",
  "BREAK-TWO-PEOPLE",
  "TOKEN-OUT",
  "CLOCK-COMPARED",
  // exception sheets, witnesses, paper
  "DEVIATION-DECIDED",
  "DEVIATION-KNOWN",
  "DEVIATIONS-READ",
  "INITIALS-ALL",
  "STEP-DONE",
  "NOTEBOOK-PAGES",
  "PAPER-CLAIM",
  "PAPER-TWO-PEOPLE",
  "EVIDENCE-ONCE",
  // what a person signs
  "PASSKEY-ROSTER",
  "PASSKEY-OWNER",
  "PASSKEY-POLICY",
  "ASSERTION-TYPE",
  "ASSERTION-CHALLENGE",
  "ASSERTION-ORIGIN",
  "ASSERTION-RP",
  "ASSERTION-USER-VERIFIED",
  "ASSERTION-SIGNATURE",
  "STATEMENT-ACT",
  "STATEMENT-CEREMONY",
  "STATEMENT-MODE",
  "STATEMENT-SCRIPT",
  "STATEMENT-STEP",
  "STATEMENT-WHAT",
  "STATEMENT-TOKEN",
  "STATEMENT-HEAD",
  "STATEMENT-NONCE",
  "STATEMENT-PERSON",
  "STATEMENT-EXPIRED",
  "REQUESTER-APPROVES",
  "QUORUM-DISTINCT",
  "QUORUM-REACHED",
  // secrets in two parts
  "SECRET-INVITED",
  "SECRET-NEWEST",
  "SECRET-ONCE",
  "SECRET-TWO-PEOPLE",
  "SECRET-ROLES-APART",
  "SECRET-COMPLETE",
  // what the worker did
  "OPERATION-ORDER",
  "OPERATION-QUORUM",
  "OPERATION-ID",
  "OUTCOME-MATCHES",
  "INVENTORY-NOTED",
  "STAMP-IMPRINT",
  "STAMP-TIME",
  "STAMP-ONCE",
  "CLOSE-COMPLETE",
  // what becomes of keys after the ceremony
  "KEY-RECORDED",
  "KEY-HEAD",
  "KEY-CHANGE-ENDORSED",
  "KEY-TRANSITION",
  "KEY-DESTROYED",
  "KEY-STATE",
  "KEY-PURPOSE",
  "KEY-CRYPTOPERIOD",
  // what applications may do with keys
  "GRANT-ENDORSED",
  "GRANT-TIME",
  "GRANT-SCOPE",
  "FINDING-EXPLAINED",
] as const;

export type InvariantName = (typeof INVARIANTS)[number];

/** A rule said no. Facts, not prose: the sentence a person reads is made where it is shown. */
export type Refusal = {
  readonly invariant: InvariantName;
  readonly facts: { readonly [fact: string]: string | number | boolean | null | readonly string[] };
};

/** Shorthand for a refused result. */
export const no = (invariant: InvariantName, facts: Refusal["facts"] = {}): Result<never, Refusal> =>
  refuse({ invariant, facts });
