import type { Role } from "#lib/ceremony/roles";

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
