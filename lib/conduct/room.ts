import type { Translated, TranslatedStep } from "#lib/ceremony/translated";
import type { Fact, OperationRules } from "#lib/ceremony/operation";
import type { Mode, Role } from "#lib/ceremony/roles";
import type { StepKind } from "#lib/ceremony/script";
import type { Statement } from "#lib/ceremony/statement";
import type { Operation } from "#lib/operations/operation";

/** The book of operations, which can also say in words what came of one. */
export interface RoomBook {
  find(name: string): (OperationRules & Pick<Operation, "tell"> & Partial<Pick<Operation, "sentenceIn" | "work" | "rowsIn">>) | null;
}

/** A person as everybody in the room names them. */
export type RoomPerson = { readonly person: string; readonly name: string; readonly title: string; readonly role: Role };

export type Participant = RoomPerson & {
  readonly initials: string;
  /** When a witness compared them with their document, and who that was. */
  readonly checked: { readonly at: string; readonly by: string; readonly document: string } | null;
  /** Noted as not in the room. */
  readonly away: boolean;
  /** Came later than the others and has not been checked: does nothing before. */
  readonly late: boolean;
};

/** A break that is on. */
export type BreakView = {
  readonly at: string;
  readonly name: string;
  readonly present: readonly string[];
  readonly seals: readonly { readonly seal: string; readonly name: string }[];
  /** When the worker said that it logs out of the token; null before. */
  readonly loggedOutAt: string | null;
};
export type StandInView = { readonly person: string; readonly name: string; readonly roles: readonly Role[] };
export type ClockView = {
  readonly device: string;
  readonly at: string;
  /** Who used it when it was compared, and what it calls itself. */
  readonly name: string;
  readonly called: string;
  readonly milliseconds: number;
  readonly off: boolean;
};

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

/** Somebody who is there, and the sheets that lack their initials and the reason for it. */
export type BarePerson = { readonly person: string; readonly name: string; readonly deviations: readonly number[] };

/** Something I may do now. `act` is the word of the acts interface; the other members are what it already knows. */
export type MyAct =
  | { readonly act: "open-step"; readonly step: string; readonly title: string; readonly deviation: number | null }
  | { readonly act: "acknowledge"; readonly step: string; readonly kind: "statement" | "pause" }
  | { readonly act: "begin-break" | "end-break"; readonly step: string | null }
  | { readonly act: "note-presence" }
  | { readonly act: "replace-person"; readonly deviation: number | null }
  /** Without a step: somebody who came later than the others. */
  | { readonly act: "check-identity"; readonly step: string | null; readonly person: string; readonly name: string; readonly role: Role }
  | {
      readonly act: "enter-value";
      readonly step: string;
      readonly value: string;
      readonly expected: string | null;
      readonly physical: boolean;
    }
  | { readonly act: "note-evidence"; readonly step: string; readonly what: string }
  | { readonly act: "approve" | "refuse" | "sign-off"; readonly step: string }
  | {
      readonly act: "enter-part";
      readonly step: string;
      readonly secret: string;
      readonly part: 1 | 2;
      /** Words that follow "the first half of". */
      readonly title: string;
      /** Made up now; else one that is known already. */
      readonly chosen: boolean;
      /** Whose PIN it is, where it is one. */
      readonly token: string | null;
      /** How many signs the part may have. */
      readonly least: number;
      readonly most: number;
    }
  | {
      readonly act: "note-deviation";
      readonly step: string | null;
      readonly why: string | null;
      /** What is known of it already. */
      readonly draft: DeviationDraft | null;
    }
  /** Every sheet that lacks this person's name, by their entries. */
  | { readonly act: "initial-deviations"; readonly deviations: readonly number[] }
  /** Of whom this person may say that they do not initial these sheets, and why. */
  | { readonly act: "withhold-initials"; readonly people: readonly BarePerson[] }
  | { readonly act: "read-out"; readonly deviations: readonly number[] }
  | { readonly act: "initial-step" | "attest"; readonly step: string }
  | {
      readonly act: "paper";
      readonly step: string;
      /** The deviations that may say why, by their entries. */
      readonly deviations: readonly number[];
      /** Somebody in another role has signed an account of it, which is all there is to sign. */
      readonly second: boolean;
    }
  | { readonly act: "resume"; readonly deviation: number }
  | { readonly act: "approve-resume"; readonly step: string; readonly deviation: number }
  | { readonly act: "stop" }
  | { readonly act: "abort" };

export type Awaited = {
  readonly person: string;
  readonly name: string;
  readonly role: Role | "worker";
  readonly act: MyAct["act"] | "work";
};

/** One secret, and who has entered which of its parts; nobody is shown any of it. */
export type SecretView = {
  readonly secret: string;
  readonly title: string;
  /** Who enters no part of it, by name: they have entered one of the token's other PIN. */
  readonly apart: readonly string[];
  readonly parts: readonly { readonly part: 1 | 2; readonly name: string | null; readonly at: string | null }[];
};

/** The worker's call for secrets: what a browser needs to check whose key it is, and to encrypt to it. */
export type SecretsView = {
  /** The entry as it stands in the transcript, canonical: its hash is what a part is encrypted for. */
  readonly call: string;
  readonly calledAt: string;
  readonly nonce: string;
  /** The recorder's key and certificate, base64url: the call is signed with the one that is in the other. */
  readonly recorder: { readonly spki: string; readonly certificate: string };
  readonly list: readonly SecretView[];
};

/** What agreeing would sign at the open step, by everybody who is asked: one text but for whose it is. */
export type SigningView = {
  readonly statement: Omit<Statement, "person" | "role">;
  readonly signers: readonly { readonly person: string; readonly role: Role; readonly name: string }[];
};

export type DeviationDraft = { readonly class: DeviationView["class"]; readonly expected: string; readonly happened: string };

/** Somebody's initials, under a sheet or in the column of the script. */
export type InitialsView = { readonly name: string; readonly initials: string; readonly at: string };

export type DeviationView = {
  /** Of its sheet, from 1, in the order in which they were noted. */
  readonly number: number;
  readonly seq: number;
  readonly class: "A" | "B" | "C" | "D";
  readonly at: string;
  readonly name: string;
  readonly step: string | null;
  readonly expected: string;
  readonly happened: string;
  readonly decided: string;
  readonly decidedBy: readonly string[];
  readonly initials: readonly InitialsView[];
  /** Names of those who are here, may initial it and have not. */
  readonly missing: readonly string[];
  /** Those who were there and did not initial it, with the reason and who said so. */
  readonly withheld: readonly { readonly name: string; readonly by: string; readonly reason: string }[];
  /** Whether it has been read aloud before the signatures. */
  readonly read: boolean;
};

/** What was signed about a step on paper; complete with the second signature. */
export type PaperView = {
  readonly began: string;
  readonly ended: string;
  readonly account: string;
  readonly kept: string;
  /** The number of the exception sheet that says why. */
  readonly deviation: number;
  readonly by: readonly string[];
  readonly complete: boolean;
};

/** What a witness released of their notebook. */
export type NotebookView = {
  readonly name: string;
  readonly at: string;
  readonly statementHash: string;
  readonly pages: readonly { readonly page: number; readonly at: string; readonly text: string }[];
};

export type KeyView = {
  readonly label: string;
  readonly kind: "key-pair" | "secret-key";
  readonly algorithm: string;
  readonly at: string;
  readonly step: number;
  /** What to compare it by; null where the key has nothing public. */
  readonly fingerprint: { readonly of: string; readonly value: string } | null;
};

/** What the worker is about, in a sentence to which the reader adds the time. */
export type WorkerView = {
  readonly state: "absent" | "ready" | "asked" | "working" | "sealing" | "done";
  readonly sentence: string;
  readonly since: string | null;
  readonly usually: string | null;
};

/** A rehearsal of the same text that passed before, as the opening tells it: by the word of the app. */
export type RehearsedView = {
  readonly ceremony: string;
  /** Hash of its last entry. */
  readonly head: string;
  readonly closedAt: string;
  /** Null where the opening only names it. */
  readonly told: {
    readonly minutes: number;
    readonly people: readonly string[];
    /** What was not as scripted, in sentences. */
    readonly differed: readonly string[];
  } | null;
};

/** How far a stopped room has come towards going on, as one deviation says. */
export type GoingOnView = {
  /** Where it was stopped, and the entry of the deviation: both stand in what is signed. */
  readonly step: string;
  readonly deviation: number;
  /** Number of its sheet. */
  readonly sheet: number;
  /** Hashes of the deviation's entry and of the one that stopped the room. */
  readonly head: string;
  readonly stop: string;
  readonly needed: number;
  /** "2 of 3 custodians". */
  readonly rule: string;
  readonly seals: readonly Seal[];
  readonly expires: string;
};

/** Who stopped the room and why; `goingOn` once what happened is written down, and while that can still be agreed to. */
export type StoppedView = {
  readonly at: string;
  readonly name: string;
  readonly reason: string;
  readonly goingOn: GoingOnView | null;
};

/** Everything the room shows one person, as plain JSON. */
export type RoomView = {
  readonly id: string;
  readonly title: string;
  readonly organisation: string;
  readonly place: string | null;
  readonly mode: Mode;
  readonly phase: "running" | "break" | "stopped" | "aborted" | "closed";
  readonly openedAt: string;
  readonly closed: { readonly at: string; readonly result: "completed" | "aborted" } | null;
  readonly stopped: StoppedView | null;
  readonly aborted: { readonly at: string; readonly name: string; readonly reason: string } | null;
  readonly onBreak: BreakView | null;
  /** Whom the rest of the script needs and the room has not, one sentence each. */
  readonly shortages: readonly string[];
  readonly standIns: readonly StandInView[];
  readonly replaced: readonly { readonly left: string; readonly came: string; readonly role: Role; readonly at: string }[];
  readonly clocks: readonly ClockView[];
  /** The last entry: its hash, the short code everyone can compare, how many there are. */
  readonly chain: { readonly hash: string; readonly code: string; readonly entries: number; readonly at: string };
  readonly script: {
    readonly id: string;
    readonly edition: number;
    readonly title: string;
    readonly purpose: string;
    readonly hash: string;
    readonly quorum: string;
    readonly minutes: number;
    /** How many minutes an opened step may wait for its signatures. */
    readonly signWithin: number;
    /** An emergency script: its rule, the ordinary one that it is stricter than, and within how many days it is reviewed. */
    readonly emergency: { readonly rule: string; readonly usual: string; readonly days: number } | null;
    /** What is left to do once the ceremony is closed, as the script words it. */
    readonly afterwards: readonly string[];
  };
  readonly rehearsed: RehearsedView | null;
  readonly roster: { readonly version: number; readonly hash: string };
  readonly rp: { readonly id: string };
  readonly recorder: {
    readonly at: string;
    /** SHA-256 of the recorder's certificate, hex: what a verifier must be brought. */
    readonly fingerprint: string;
    readonly token: { readonly label: string; readonly model: string; readonly serial: string; readonly firmware: string };
    /** The other tokens that the script works on, by the names it has for them. */
    readonly others: readonly {
      readonly name: string;
      readonly label: string;
      readonly model: string;
      readonly serial: string;
    }[];
    readonly software: string;
  } | null;
  readonly me: (RoomPerson & { readonly passkeys: readonly string[] }) | null;
  readonly people: readonly Participant[];
  readonly acts: readonly {
    readonly act: string;
    readonly title: string;
    readonly translations: readonly Translated<{ readonly title: string }>[];
    readonly steps: readonly StepView[];
  }[];
  /** Id of the step everybody is at; null when all are done. */
  readonly current: string | null;
  readonly awaits: readonly Awaited[];
  readonly awaited: string;
  readonly secrets: SecretsView | null;
  /** Carried to a second screen by the wall; null where nobody is asked to sign. */
  readonly signing: SigningView | null;
  /** What is asked of me now; null when the room waits for somebody else. */
  readonly turn: MyAct | null;
  /** Everything I may do now, what is asked of me first. */
  readonly mine: readonly MyAct[];
  /** On a browser that is passed from hand to hand: what each of those who may take it would see. Null everywhere else. */
  readonly hands: readonly Pick<RoomView, "me" | "turn" | "mine">[] | null;
  readonly worker: WorkerView;
  readonly keys: readonly KeyView[];
  readonly deviations: readonly DeviationView[];
  readonly readOut: { readonly at: string; readonly name: string; readonly unused: readonly number[] } | null;
  readonly notebooks: readonly NotebookView[];
  readonly record: { readonly sha256: string; readonly sealedAt: string } | null;
};

/** What only one person is shown. Whatever not everybody in the room may see belongs here. */
export type OwnView = Pick<RoomView, "me" | "turn" | "mine" | "hands">;

/** What everybody in the room is shown alike. */
export type SharedView = Omit<RoomView, keyof OwnView>;
