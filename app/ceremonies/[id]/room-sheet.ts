import type { DecidingAct } from "#lib/ceremony/statement";
import type { DeviationDraft } from "#lib/conduct/room";

/** Which sheet lies over the room. */
export type RoomSheet =
  | { readonly kind: "sign"; readonly act: DecidingAct; readonly step: string; readonly deviation?: number }
  | { readonly kind: "deviation"; readonly step: string | null; readonly why: string | null; readonly draft?: DeviationDraft | null }
  | { readonly kind: "attest"; readonly step: string }
  | { readonly kind: "replace"; readonly person: string }
  | { readonly kind: "begin-break" | "end-break" }
  | { readonly kind: "part" | "paper" | "reading" | "initials" | "notebook" | "stop" | "abort" | "people" | "share" | "console" | "help" };
