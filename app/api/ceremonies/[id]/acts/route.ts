import type { z } from "zod";
import { abortCeremony } from "#lib/conduct/abort-ceremony";
import { actByHand } from "#lib/conduct/act-by-hand";
import { acknowledgeStep } from "#lib/conduct/acknowledge-step";
import { compareClock } from "#lib/conduct/compare-clock";
import { countIn, countOut } from "#lib/conduct/count-room";
import { notePresence } from "#lib/conduct/note-presence";
import { replacePerson } from "#lib/conduct/replace-person";
import { checkIdentity } from "#lib/conduct/check-identity";
import { enterValue } from "#lib/conduct/enter-value";
import { initialDeviations, initialStep, readOutDeviations, withholdInitials } from "#lib/conduct/initial-sheets";
import { noteDeviation } from "#lib/conduct/note-deviation";
import { noteEvidence } from "#lib/conduct/note-evidence";
import { object } from "#lib/conduct/objection";
import { openStep } from "#lib/conduct/open-step";
import type { Actor } from "#lib/conduct/ports";
import { resumeCeremony } from "#lib/conduct/resume-ceremony";
import { signStatement } from "#lib/conduct/sign-statement";
import { stopCeremony } from "#lib/conduct/stop-ceremony";
import { never, ok } from "#lib/result";
import { looksInto } from "#lib/wiring";
import { evidenceShelf, peoplePorts, receiptOf, roomPortsFor } from "#lib/wiring/parts";
import { forLookers, type Looker } from "../../../lookers";
import { SentAct } from "./act.schema";

/**
 * One act of one person. What it may be, the rule book says. An act that has come about already, by its own id, is answered as
 * it was then and not done again.
 */
export const POST = forLookers(async ({ params, form, address }, looker) => {
  const id = params["id"] ?? "";
  if (!(await looksInto(id, looker.person))) return object("NOT-FOUND");
  const actor = await actorFor(id, form, looker, address);
  if (!actor.ok) return actor;
  const receipt = () => (form.id === undefined ? null : receiptOf(id, actor.value.person, form.id));
  const before = await receipt();
  if (before) return ok(before);
  const answer = await perform(id, form, actor.value);
  // Sent twice at once, the second is refused by what the first has done.
  const after = answer.ok ? null : await receipt();
  return after ? ok(after) : answer;
}, SentAct);

type Form = z.infer<typeof SentAct>;

async function actorFor(ceremony: string, { hand, sent }: Form, { actor, shared }: Looker, address: string) {
  if (!shared) return ok(actor);
  if (!hand) return object("HAND-UNKNOWN");
  return actByHand(peoplePorts(), { ceremony, act: sent, hand, session: shared.session, address });
}

async function perform(ceremony: string, { id, act: form }: Form, actor: Actor) {
  const room = roomPortsFor(id);
  switch (form.act) {
    case "open-step":
      return openStep(room, actor, ceremony, form);
    case "acknowledge":
      return acknowledgeStep(room, actor, ceremony, form);
    case "check-identity":
      return checkIdentity(room, actor, ceremony, form);
    case "enter-value":
      return enterValue(room, actor, ceremony, form, form.photo ? await evidenceShelf().held(ceremony) : []);
    case "note-evidence":
      return noteEvidence(room, actor, ceremony, form, form.files ? await evidenceShelf().held(ceremony) : []);
    case "sign":
      return signStatement(room, actor, ceremony, form);
    case "note-deviation":
      return noteDeviation(room, actor, ceremony, form);
    case "initial-deviations":
      return initialDeviations(room, actor, ceremony, form);
    case "withhold-initials":
      return withholdInitials(room, actor, ceremony, form);
    case "initial-step":
      return initialStep(room, actor, ceremony, form);
    case "read-out":
      return readOutDeviations(room, actor, ceremony, form);
    case "note-presence":
      return notePresence(room, actor, ceremony, form);
    case "replace-person":
      return replacePerson(room, actor, ceremony, form);
    case "begin-break":
      return countOut(room, actor, ceremony, form);
    case "end-break":
      return countIn(room, actor, ceremony, form);
    case "compare-clock":
      return compareClock(room, actor, ceremony, form);
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
