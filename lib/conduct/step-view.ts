import type { TranslatedStep } from "#lib/ceremony/translated";
import type { Fact } from "#lib/ceremony/operation";
import type { Role } from "#lib/ceremony/roles";
import type { StepKind } from "#lib/ceremony/script";
import type { InitialsView, PaperView } from "./sheet-view";

/** One circle: a person from whom a step asks something, and what they have done about it. */
export type Seal = {
  readonly person: string;
  readonly name: string;
  readonly role: Role;
  readonly initials: string;
  readonly state: "waiting" | "done" | "approved" | "refused";
  readonly at: string | null;
  /** Signed acts only: which passkey (short id), over which statement (hex), and what was added in words. */
  readonly passkey: string | null;
  readonly statementHash: string | null;
  readonly verdict: "agree" | "agree-except-noted" | "do-not-agree" | null;
  readonly remark: string | null;
  /** Whoever is still awaited: hash of the statement that their agreement would sign, for the wall. */
  readonly toSign: string | null;
};

/** What somebody did, in words that follow their name: "opened the step". */
export type Doing = {
  readonly seq: number;
  readonly at: string;
  readonly name: string;
  readonly role: Role | "worker";
  readonly did: string;
};

export type OperationView = {
  readonly operation: string;
  readonly sentence: string;
  /** The same in the reader's language, where that is another: nobody signs it. */
  readonly translation: string | null;
  readonly facts: readonly Fact[];
  readonly state: "waiting" | "started" | "done";
  readonly startedAt: string | null;
  readonly doneAt: string | null;
  readonly milliseconds: number | null;
  /** Found done after an interruption, and not done again. */
  readonly recovered: boolean;
  /** What came of it; empty until it is done. */
  readonly outcome: readonly Fact[];
  /** What was read back from the token, in words; `needless` marks what nobody asked for. */
  readonly attributes: readonly { readonly text: string; readonly needless: boolean }[];
  /** What is compared aloud, when the outcome has such a thing: "SHA-256 of the public key" and its hex. */
  readonly fingerprint: { readonly of: string; readonly value: string } | null;
};

/** A file that is evidence; `held` when it can be had here. */
export type FileView = {
  readonly name: string;
  readonly by: string;
  readonly sha256: string;
  readonly size: number;
  readonly mediaType: string;
  readonly held: boolean;
};

export type StepView = {
  readonly step: string;
  readonly number: number;
  readonly title: string;
  readonly kind: StepKind;
  readonly status: "waiting" | "open" | "refused" | "failed" | "expired" | "done";
  readonly current: boolean;
  readonly say: string;
  /** The same in other languages, where the script carries them: under its own text, which counts. */
  readonly translations: readonly TranslatedStep[];
  readonly minutes: number | null;
  readonly openedAt: string | null;
  readonly openedBy: string | null;
  /** Chain code of the entry that opened it: shown on the wall while it is performed, and printed beside it in the record. */
  readonly code: string | null;
  readonly doneAt: string | null;
  readonly expires: string | null;
  readonly doings: readonly Doing[];
  /** What came of it, one line each. */
  readonly results: readonly string[];
  readonly operations: readonly OperationView[];
  /** How many of the seals it takes, and how that is said ("3 of 5 custodians"); null where no signature is asked. */
  readonly approvals: { readonly needed: number; readonly approved: number; readonly rule: string } | null;
  readonly seals: readonly Seal[];
  /** How many of these seals the step takes: a quorum's, two readings of a physical value, or everybody's. */
  readonly takes: number;
  /** Why it came to a halt: the refusal's reason, the token's answer, two readings that differ. */
  readonly halt: string | null;
  readonly check: { readonly value: string; readonly expected: string | null; readonly physical: boolean } | null;
  readonly evidence: string | null;
  /** Files named at this step that everybody may see: not what was photographed before both have read. */
  readonly files: readonly FileView[];
  /** The moment from which it may be opened, where the script wants time to pass after an earlier step; null otherwise. */
  readonly coolsUntil: string | null;
  /** For a step that is read aloud after an operation: the fingerprint that came of it. */
  readonly aloud: { readonly of: string; readonly value: string } | null;
  /** Of witnesses, once it is done; and what they signed about it. */
  readonly initials: readonly InitialsView[];
  readonly attested: readonly {
    readonly name: string;
    readonly at: string;
    readonly remark: string | null;
    readonly passkey: string;
    readonly statementHash: string;
  }[];
  readonly paper: PaperView | null;
};
