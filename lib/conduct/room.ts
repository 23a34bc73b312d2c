import type { Translated } from "#lib/ceremony/translated";
import type { OperationRules } from "#lib/ceremony/operation";
import type { Mark, StampAuthority } from "#lib/ceremony/ceremony";
import type { Mode, Role } from "#lib/ceremony/roles";
import type { Statement } from "#lib/ceremony/statement";
import type { Operation } from "#lib/operations/operation";
import type { Awaited, MyAct } from "./my-act";
import type { DeviationView, NotebookView, OpenSheetView } from "./sheet-view";
import type { Seal, StepView } from "./step-view";

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

/** What an authority says of one entry: when it was there by its word, or that it was asked and had no stamp so far. */
export type StampView = {
  readonly of: Mark["of"];
  readonly entry: number;
  readonly authority: StampAuthority;
  readonly said: { readonly at: string } | { readonly why: "away" | "not-good" };
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
  readonly stamps: readonly StampView[];
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
  readonly openSheet: OpenSheetView | null;
  readonly readOut: { readonly at: string; readonly name: string; readonly unused: readonly number[] } | null;
  readonly notebooks: readonly NotebookView[];
  readonly record: { readonly sha256: string; readonly sealedAt: string } | null;
};

/** What only one person is shown. Whatever not everybody in the room may see belongs here. */
export type OwnView = Pick<RoomView, "me" | "turn" | "mine" | "hands">;

/** What everybody in the room is shown alike. */
export type SharedView = Omit<RoomView, keyof OwnView>;
