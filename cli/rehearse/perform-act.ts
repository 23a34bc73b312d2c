import type { Appended, Room } from "#lib/conduct/append-entry";
import { acknowledgeStep } from "#lib/conduct/acknowledge-step";
import { checkIdentity } from "#lib/conduct/check-identity";
import { enterValue } from "#lib/conduct/enter-value";
import { noteEvidence } from "#lib/conduct/note-evidence";
import type { Objection } from "#lib/conduct/objection";
import { openStep } from "#lib/conduct/open-step";
import { proposeStatement } from "#lib/conduct/propose-statement";
import type { MyAct, RoomView } from "#lib/conduct/room";
import { signStatement } from "#lib/conduct/sign-statement";
import { sha256, utf8 } from "#lib/log/digest";
import type { Result } from "#lib/result";
import { assertWith } from "#cli/demo/software-passkey";
import { REHEARSAL_SITE, type Player } from "./rehearsal-cast";

/** Something that no rehearsal does: it follows the script and meets nothing unforeseen. */
export class NotRehearsed extends Error {}

/** Does one act for one of the cast, through the verbs that the app's own routes call. */
export async function performAct(room: Room, view: RoomView, player: Player, act: MyAct): Promise<Result<Appended, Objection>> {
  const actor = { person: player.person, canSign: true };
  switch (act.act) {
    case "open-step":
      if (act.deviation !== null) throw new NotRehearsed(`step ${act.step} would have to be opened again`);
      return openStep(room, actor, view.id, { step: act.step });
    case "acknowledge":
      return acknowledgeStep(room, actor, view.id, { step: act.step });
    case "check-identity":
      return checkIdentity(room, actor, view.id, { step: act.step, person: act.person, document: "Passport" });
    case "enter-value":
      return enterValue(room, actor, view.id, { step: act.step, value: act.expected ?? "as rehearsed" });
    case "note-evidence":
      return noteEvidence(room, actor, view.id, { step: act.step, name: "rehearsal.mkv", kept: "nowhere, it is a rehearsal" });
    case "approve":
    case "sign-off":
      return sign(room, view, player, act.act, act.step);
    default:
      throw new NotRehearsed(`the rehearsal would have to ${act.act.replace("-", " ")}: ${view.awaited}`);
  }
}

/** What is signed is the hash of the statement's text, as a browser would sign it. */
async function sign(room: Room, view: RoomView, player: Player, act: "approve" | "sign-off", step: string): Promise<Result<Appended, Objection>> {
  const actor = { person: player.person, canSign: true };
  const proposed = await proposeStatement(room, actor, view.id, { act, step, verdict: act === "sign-off" ? "agree" : null });
  if (!proposed.ok) return proposed;
  const { statement, openings } = proposed.value;
  const assertion = assertWith(player.passkey, sha256(utf8(statement)), REHEARSAL_SITE);
  return signStatement(room, actor, view.id, { statement, openings, assertion });
}
