import type { DecidingAct } from "#lib/ceremony/statement";

/** Which sheet lies over the room. */
export type RoomSheet =
  | { readonly kind: "sign"; readonly act: DecidingAct; readonly step: string; readonly deviation?: number }
  | { readonly kind: "deviation"; readonly step: string | null; readonly why: string | null; readonly sheet: number | null }
  | { readonly kind: "attest"; readonly step: string }
  | { readonly kind: "replace"; readonly person: string }
  | { readonly kind: "begin-break" | "end-break" }
  | { readonly kind: "part" | "paper" | "reading" | "initials" | "notebook" | "stop" | "abort" | "people" | "share" | "console" | "help" };

/** The act with which a sheet has done what it was opened for; none where it stays open, or is no form. */
const LAST_ACTS: { readonly [kind in RoomSheet["kind"]]?: string } = {
  sign: "sign",
  attest: "sign",
  part: "sign",
  paper: "sign",
  deviation: "note-deviation",
  replace: "replace-person",
  "begin-break": "begin-break",
  "end-break": "end-break",
  reading: "read-out",
  initials: "initial-deviations",
  stop: "stop",
  abort: "abort",
};

/** Whether nothing is left to be done on a sheet once that act is written down. */
export const isDoneBy = ({ kind }: RoomSheet, act: string): boolean => LAST_ACTS[kind] === act;
