import type { InvariantName, Refusal } from "#lib/ceremony/refusal";
import { refuse, type Result } from "#lib/result";

/** Why something asked of the app is not done, other than by a rule of the room. Each has a sentence in objection-sentence.ts. */
export const OBJECTIONS = [
  // what was asked is not well put
  "FORM",
  "TEXT-MISSING",
  "TEXT-LONG",
  "TEXT-CHARACTERS",
  "TEXT-UNDRAWABLE",
  "CRYPTOPERIOD-MISSING",
  "CRYPTOPERIOD-OVER",
  "STATEMENT-UNREADABLE",
  "STATEMENT-NONE",
  "REMARK-OPENING",
  "PART-CIPHERTEXT",
  "SCRIPT-FINDINGS",
  "BODY-LARGE",
  "FILE-EMPTY",
  "FILE-LARGE",
  "FILES-MANY",
  // who asks
  "NOT-SIGNED-IN",
  "SIGN-IN-REFUSED",
  "LOOK-ONLY",
  "ADMINISTRATOR-ONLY",
  "OTHER-ORIGIN",
  "FILE-NOT-YOURS",
  "HAND-UNKNOWN",
  "HAND-REFUSED",
  "HAND-SPENT",
  "SHARE-NOT-YOURS",
  "TOO-OFTEN",
  "LINES-MANY",
  // what it is about
  "NOT-FOUND",
  "FILE-NOT-AS-NAMED",
  "RECORD-NOT-SEALED",
  "PERSON-UNKNOWN",
  "SCRIPT-UNKNOWN",
  "ROSTER-UNKNOWN",
  // it cannot be any more, or not twice
  "FILE-TOO-LATE",
  "SHEET-COMPLETED",
  "SHEET-OPEN",
  "LINK-SPENT",
  "CHALLENGE-SPENT",
  "PASSKEY-TAKEN",
  "PASSKEY-UNFIT",
  "EMAIL-TAKEN",
  "SCRIPT-TAKEN",
  "ROSTER-OVERTAKEN",
  "ROSTER-AWAITED",
  "REHEARSAL-MISSING",
  "EMERGENCY-ALONE",
  "EMERGENCY-NOT-STRICTER",
  "ROSTER-EMPTY",
  "NOTHING-TO-ENDORSE",
  "LAST-ADMINISTRATOR",
  // plans
  "ORGANISER-ONLY",
  "PLAN-PAST",
  "PLAN-CAST",
  "PLAN-OVERTAKEN",
  "PLAN-DRAFT",
  "DUTY-SETTLED",
  "MAIL-ADDRESS",
  // the auditor's desk
  "AUDITOR-ONLY",
  "DESK-ONLY",
  "MATTER-OVERTAKEN",
  "SECOND-PERSON",
  "POPULATION-EMPTY",
  "POPULATION-LARGE",
  "SAMPLE-SIZE",
  "SAMPLE-WORDS",
  "CHECKPOINT-AWAITED",
  "CHECKPOINT-OTHER",
  "LOG-NONE",
  "DUE-PAST",
  "RETENTION-RUNS",
  "RECORD-HELD",
  "RECORD-BESIDE",
  "RECORD-DESTROYED",
  "RENEWAL-OTHER",
  "AUDIT-FILE-EMPTY",
  "AUDIT-FILE-LARGE",
  // applications
  "CLIENT-PRIVATE",
  "CLIENT-UNREADABLE",
  "CLIENT-NONE",
  "GRANT-OVERTAKEN",
  "GRANT-SAME",
  "GRANT-NONE",
  "GRANT-COUNTS",
  "GRANT-NAMES",
  "GRANT-TOKENS",
  "GRANT-LONG",
  "GRANT-MIXED",
  // the app's own trouble
  "BUSY",
  "TIME-AHEAD",
  "DATABASE-GONE",
  "TRANSCRIPT-BROKEN",
  "FAULT",
] as const;

export type ObjectionName = (typeof OBJECTIONS)[number];

/**
 * A rule's refusal, or an objection of the app's own: a name that is stable, and facts. Sentences are made where they are
 * shown.
 */
export type Objection = { readonly code: InvariantName | ObjectionName; readonly facts: Refusal["facts"] };

/** Shorthand for an objected result. */
export const object = (code: ObjectionName, facts: Refusal["facts"] = {}): Result<never, Objection> => refuse({ code, facts });

/** A rule's refusal as an objection. */
export const refused = ({ invariant, facts }: Refusal): Result<never, Objection> => refuse({ code: invariant, facts });
