import type { Appended, Room } from "#lib/conduct/append-entry";
import { acknowledgeStep } from "#lib/conduct/acknowledge-step";
import type { FileNamed } from "#lib/conduct/commit-files";
import { countIn, countOut } from "#lib/conduct/count-room";
import { checkIdentity } from "#lib/conduct/check-identity";
import { enterValue } from "#lib/conduct/enter-value";
import { noteEvidence } from "#lib/conduct/note-evidence";
import type { Objection } from "#lib/conduct/objection";
import { openStep } from "#lib/conduct/open-step";
import { proposeStatement, type ProposeStatement } from "#lib/conduct/propose-statement";
import type { MyAct } from "#lib/conduct/my-act";
import type { RoomView } from "#lib/conduct/room";
import { signStatement } from "#lib/conduct/sign-statement";
import { base64url, fromBase64url, sha256, sha256Hex, utf8 } from "#lib/log/digest";
import { partInfo } from "#lib/ceremony/secret-parts";
import { currentStep as stepOf } from "#lib/ceremony/ceremony";
import { sealPart } from "#lib/hpke/sealed-part";
import type { Result } from "#lib/result";
import { currentStep } from "#cli/demo/next-act";
import type { PartAct, PlayedSecrets } from "#cli/demo/played-secrets";
import { assertWith } from "#cli/demo/software-passkey";
import { REHEARSAL_SITE, type Player } from "./rehearsal-cast";

/** Something that no rehearsal does: it follows the script and meets nothing unforeseen. */
export class NotRehearsed extends Error {}

/** Does one act for one of the cast, through the verbs that the app's own routes call. */
export async function performAct(
  room: Room,
  secrets: PlayedSecrets,
  view: RoomView,
  player: Player,
  act: MyAct,
): Promise<Result<Appended, Objection>> {
  const actor = { person: player.person, canSign: true };
  switch (act.act) {
    case "open-step":
      if (act.deviation !== null) throw new NotRehearsed(`step ${act.step} would have to be opened again`);
      return openStep(room, actor, view.id, { step: act.step });
    case "acknowledge":
      return acknowledgeStep(room, actor, view.id, { step: act.step });
    case "check-identity":
      return checkIdentity(room, actor, view.id, { step: act.step ?? undefined, person: act.person, document: "Passport" });
    case "enter-value":
      return enterValue(room, actor, view.id, { step: act.step, value: act.expected ?? "as rehearsed" });
    case "note-evidence":
      return noteEvidence(room, actor, view.id, { step: act.step, name: "rehearsal.mkv", kept: "nowhere, it is a rehearsal", files: [standIn(act.step)] });
    case "approve":
    case "sign-off":
      return sign(room, view, player, { act: act.act, step: act.step, verdict: act.act === "sign-off" ? "agree" : null });
    case "begin-break": {
      const seals = [{ name: "Bag of the equipment", value: "as rehearsed" }];
      return countOut(room, actor, view.id, { step: act.step ?? undefined, present: everybody(view), seals });
    }
    case "end-break": {
      const seals = (view.onBreak?.seals ?? []).map(({ seal }) => ({ seal, value: "as rehearsed" }));
      return countIn(room, actor, view.id, { step: act.step ?? undefined, present: everybody(view), seals });
    }
    case "enter-part":
      return enterPart(room, view, player, act, secrets.half(act));
    default:
      throw new NotRehearsed(`step ${view.current ?? ""}: ${currentStep(view)?.halt ?? view.awaited}`);
  }
}

/** What a rehearsal names where a ceremony names a film: a line that says so, another one for each step, for a file is evidence once. */
function standIn(step: string): FileNamed {
  const bytes = utf8(`No film: step ${step} of a rehearsal.\n`);
  return { name: "rehearsal.mkv", sha256: sha256Hex(bytes), size: bytes.length, mediaType: "text/plain" };
}

const everybody = ({ people }: RoomView): readonly string[] => people.map(({ person }) => person);

/** What is signed is the hash of the statement's text, as a browser would sign it. */
async function sign(
  room: Room,
  view: RoomView,
  player: Player,
  form: ProposeStatement,
  ciphertext?: string,
): Promise<Result<Appended, Objection>> {
  const actor = { person: player.person, canSign: true };
  const proposed = await proposeStatement(room, actor, view.id, form);
  if (!proposed.ok) return proposed;
  const { statement, openings } = proposed.value;
  const assertion = assertWith(player.passkey, sha256(utf8(statement)), REHEARSAL_SITE);
  return signStatement(room, actor, view.id, { statement, openings, assertion, ciphertext });
}

/** One half of a secret, encrypted to the worker's call as a custodian's browser would. */
async function enterPart(
  room: Room,
  view: RoomView,
  player: Player,
  { step, secret, part }: PartAct,
  half: string,
): Promise<Result<Appended, Objection>> {
  const transcript = await room.transcripts.read(view.id);
  const state = transcript && stepOf(transcript.ceremony);
  if (!state?.invitation || !state.opening) throw new NotRehearsed(`step ${step}: the worker has not called for secrets`);
  const { hash: invitation, publicKey } = state.invitation;
  const info = partInfo({ ceremony: view.id, nonce: state.opening.nonce, invitation, secret, part, person: player.person });
  const sealed = await sealPart(fromBase64url(publicKey), info, utf8(half));
  return sign(
    room,
    view,
    player,
    { act: "enter-part", step, part: { invitation, secret, part, sha256: sha256Hex(sealed) } },
    base64url(sealed),
  );
}
