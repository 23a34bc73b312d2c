import { ok, type Result } from "../result";
import { stoppedBy, type Ceremony } from "./ceremony";
import { mustBe } from "./change-step";
import type { EntryOf } from "./entry";
import type { Refusal } from "./refusal";
import { ROLES } from "./roles";

/** Anybody in the room, at once, an auditor too. */
export function admitStopped(ceremony: Ceremony, entry: EntryOf<"ceremony-stopped">, hash: string): Result<Ceremony, Refusal> {
  const may = mustBe(ceremony, entry.by, ROLES, "stop the ceremony");
  return may.ok ? ok(stoppedBy(ceremony, entry, hash)) : may;
}

/** The end without the goal. The record is made all the same. */
export function admitAborted(ceremony: Ceremony, entry: EntryOf<"ceremony-aborted">): Result<Ceremony, Refusal> {
  const may = mustBe(ceremony, entry.by, ["administrator", "operator"], "abort the ceremony");
  return may.ok ? ok({ ...ceremony, phase: "aborted" }) : may;
}
