import type { z } from "zod";
import { abortCeremony } from "#lib/conduct/abort-ceremony";
import { acknowledgeStep } from "#lib/conduct/acknowledge-step";
import { checkIdentity } from "#lib/conduct/check-identity";
import { enterValue } from "#lib/conduct/enter-value";
import { noteDeviation } from "#lib/conduct/note-deviation";
import { noteEvidence } from "#lib/conduct/note-evidence";
import { object } from "#lib/conduct/objection";
import { openStep } from "#lib/conduct/open-step";
import type { Actor } from "#lib/conduct/ports";
import { resumeCeremony } from "#lib/conduct/resume-ceremony";
import { signStatement } from "#lib/conduct/sign-statement";
import { stopCeremony } from "#lib/conduct/stop-ceremony";
import { never } from "#lib/result";
import { looksInto } from "#lib/wiring";
import { roomPorts } from "#lib/wiring/parts";
import { forPeople } from "../../../interface";
import { Act } from "./act.schema";

/** One act of one person. What it may be, the rule book says. */
export const POST = forPeople(async ({ params, form }, actor) => {
  const id = params["id"] ?? "";
  return (await looksInto(id, actor.person)) ? perform(id, form, actor) : object("NOT-FOUND");
}, Act);

function perform(ceremony: string, form: z.infer<typeof Act>, actor: Actor) {
  const room = roomPorts();
  switch (form.act) {
    case "open-step":
      return openStep(room, actor, ceremony, form);
    case "acknowledge":
      return acknowledgeStep(room, actor, ceremony, form);
    case "check-identity":
      return checkIdentity(room, actor, ceremony, form);
    case "enter-value":
      return enterValue(room, actor, ceremony, form);
    case "note-evidence":
      return noteEvidence(room, actor, ceremony, form);
    case "sign":
      return signStatement(room, actor, ceremony, form);
    case "note-deviation":
      return noteDeviation(room, actor, ceremony, form);
    case "stop":
      return stopCeremony(room, actor, ceremony, form);
    case "resume":
      return resumeCeremony(room, actor, ceremony, form);
    case "abort":
      return abortCeremony(room, actor, ceremony, form);
    default:
      return never(form);
  }
}
