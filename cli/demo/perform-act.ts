import type { Opening } from "#lib/log/commitment";
import { readEntry } from "#lib/ceremony/entry";
import { PRINTED_SHEETS } from "#lib/ceremony/exception-sheets";
import { partInfo } from "#lib/ceremony/secret-parts";
import type { DecidingAct } from "#lib/ceremony/statement";
import type { MyAct } from "#lib/conduct/my-act";
import type { NoteDeviation } from "#lib/conduct/note-deviation";
import type { RoomView } from "#lib/conduct/room";
import { sealPart } from "#lib/hpke/sealed-part";
import { base64url, fromBase64url, sha256, sha256Hex, utf8 } from "#lib/log/digest";
import type { AppAddress } from "./app-address";
import { currentStep } from "./next-act";
import { PlayedSecrets, type PartAct } from "./played-secrets";
import { assertWith } from "./software-passkey";
import type { Visitor } from "./visitor";

/** Documents of people who do not exist. */
const DOCUMENTS = ["Passport", "National identity card", "Residence permit", "Passport", "Driving licence"];

/**
 * Does one act for a person of the demo through the app's own HTTP interface, signing what is signed with their passkey.
 * Returns what was done, in words that follow the person's name. Throws AppSaidNo when the app refuses it.
 */
export async function performAct(
  app: AppAddress,
  visitor: Visitor,
  room: RoomView,
  act: MyAct,
  secrets = new PlayedSecrets(),
): Promise<string> {
  const acts = `/api/ceremonies/${room.id}/acts`;
  switch (act.act) {
    case "approve":
    case "refuse":
    case "sign-off":
      await sign(app, visitor, room, act.act, act.step);
      return act.act === "sign-off" ? "signed" : "approved";
    case "open-step":
      await visitor.post(acts, { act: act.act, step: act.step, ...(act.deviation !== null && { deviation: act.deviation }) });
      return `opened “${act.title}”`;
    case "acknowledge":
      await visitor.post(acts, { act: act.act, step: act.step });
      return act.kind === "pause" ? "ended the pause" : "acknowledged";
    case "check-identity": {
      const place = room.people.findIndex(({ person }) => person === act.person);
      const document = DOCUMENTS[place % DOCUMENTS.length] ?? "Passport";
      await visitor.post(acts, { act: act.act, ...(act.step !== null && { step: act.step }), person: act.person, document });
      return `checked the identity of ${act.name}`;
    }
    case "enter-value":
      await visitor.post(acts, { act: act.act, step: act.step, value: readOff(room, act.expected) });
      return `read the ${act.value.toLowerCase()}`;
    case "note-evidence":
      await visitor.post(acts, {
        act: act.act,
        step: act.step,
        name: "vault-2-camera-1.mkv",
        kept: "Evidence archive, shelf 4 (rehearsal)",
      });
      return "named the evidence";
    case "enter-part":
      await enterPart(app, visitor, room, act, secrets.half(act));
      return `entered the ${act.part === 1 ? "first" : "second"} half of ${act.title}`;
    case "note-deviation":
      await visitor.post(acts, { act: act.act, ...deviationAt(room, act.step) });
      return "noted a deviation";
    case "approve-resume":
      await sign(app, visitor, room, act.act, act.step, act.deviation);
      return "agreed to going on";
    case "resume":
      await visitor.post(acts, { act: act.act, deviation: act.deviation });
      return "resumed the ceremony";
    case "initial-deviations":
      await visitor.post(acts, { act: act.act, deviations: act.deviations });
      return "initialled the exception sheets";
    case "initial-step":
      await visitor.post(acts, { act: act.act, step: act.step });
      return "initialled a step";
    case "read-out":
      await visitor.post(acts, { act: act.act, deviations: act.deviations, unused: PRINTED_SHEETS });
      return "read the exception sheets aloud";
    case "begin-break":
    case "end-break":
      await visitor.post(acts, { act: act.act, ...(act.step !== null && { step: act.step }), ...headCount(room, act.act) });
      return act.act === "begin-break" ? "counted everybody out for the break" : "counted everybody in";
    case "withhold-initials":
    case "note-presence":
    case "replace-person":
    case "attest":
    case "paper":
      throw new Error(`the demo has nobody ${act.act} a step`);
    case "stop":
    case "abort":
      await visitor.post(acts, { act: act.act, reason: "Rehearsed." });
      return act.act === "stop" ? "stopped the ceremony" : "aborted the ceremony";
  }
}

/** Everybody is there, and the one bag that lies on the table reads the same before and after. */
function headCount({ people, onBreak }: RoomView, act: "begin-break" | "end-break") {
  const present = act === "end-break" && onBreak ? onBreak.present : people.filter(({ away }) => !away).map(({ person }) => person);
  const value = "A-104 477 (rehearsal)";
  return act === "begin-break"
    ? { present, seals: [{ name: "Bag of the equipment", value }] }
    : { present, seals: (onBreak?.seals ?? []).map(({ seal }) => ({ seal, value })) };
}

/** What is signed is the hash of the statement's text, computed here from the text and taken from nowhere else. */
async function sign(
  app: AppAddress,
  visitor: Visitor,
  room: RoomView,
  act: DecidingAct,
  step: string,
  deviation?: number,
): Promise<void> {
  const asked = new URLSearchParams({
    act,
    step,
    ...(act === "sign-off" && { verdict: "agree" }),
    ...(act === "refuse" && { remark: "Rehearsed." }),
    ...(deviation !== undefined && { deviation: String(deviation) }),
  });
  const path = `/api/ceremonies/${room.id}/statement?${asked.toString()}`;
  const { statement, openings } = await visitor.get<{ statement: string; openings: Opening[] }>(path);
  const assertion = assertWith(visitor.passkey, sha256(utf8(statement)), app);
  await visitor.post(`/api/ceremonies/${room.id}/acts`, { act: "sign", statement, openings, assertion });
}

/** Encrypts a half to the worker's key of this call, as a browser does, and signs the hash of it. */
async function enterPart(app: AppAddress, visitor: Visitor, room: RoomView, act: PartAct, half: string): Promise<void> {
  const read = readEntry(utf8(room.secrets?.call ?? ""));
  const person = room.me?.person;
  if (!read.ok || read.value.entry.kind !== "secrets-invited" || !room.secrets || person === undefined)
    throw new Error("The worker has called for no secrets.");
  const { hash, entry } = read.value;
  const { step, secret, part } = act;
  const info = partInfo({ ceremony: room.id, nonce: room.secrets.nonce, invitation: hash, secret, part, person });
  const ciphertext = await sealPart(fromBase64url(entry.body.publicKey), info, utf8(half));
  const asked = new URLSearchParams({
    act: "enter-part",
    step,
    secret,
    part: String(part),
    invitation: hash,
    sha256: sha256Hex(ciphertext),
  });
  const { statement } = await visitor.get<{ statement: string }>(`/api/ceremonies/${room.id}/statement?${asked.toString()}`);
  const assertion = assertWith(visitor.passkey, sha256(utf8(statement)), app);
  await visitor.post(`/api/ceremonies/${room.id}/acts`, {
    act: "sign",
    statement,
    openings: [],
    assertion,
    ciphertext: base64url(ciphertext),
  });
}

/** The value a reader finds: what the script expects, else the serial number that stands on the token. */
const readOff = (room: RoomView, expected: string | null): string => expected ?? room.recorder?.token.serial ?? "as seen";

/** What is noted at that place, by who sees the room so; where a sheet stands open there, it is completed by its number. */
export function deviationAt(room: RoomView, step: string | null): NoteDeviation {
  const completes = room.openSheet?.step === step ? room.openSheet : null;
  return {
    ...(step !== null && { step }),
    ...(completes && { sheet: completes.number }),
    ...{ class: "B", ...whatHappened(room), decidedBy: room.me ? [room.me.person] : [] },
  };
}

function whatHappened(room: RoomView): { expected: string; happened: string; decided: string } {
  if (room.stopped) {
    return {
      expected: "The ceremony goes on without interruption.",
      happened: `${room.stopped.name} stopped it: ${room.stopped.reason}`,
      decided: "The reason was talked through in the room. Everybody agrees to go on.",
    };
  }
  const step = currentStep(room);
  return {
    expected: `Step ${String(step?.number ?? 0)}, ${step?.title ?? ""}, is done at its first opening.`,
    happened: step?.halt ?? "The time to sign passed before enough people had signed.",
    decided: "The statement was read aloud again. The step is opened once more.",
  };
}
