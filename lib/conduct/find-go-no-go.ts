import type { Roster } from "#lib/ceremony/roster";
import type { Script } from "#lib/ceremony/script";
import { parseCanonical } from "#lib/log/canonical";
import { sha256Hex } from "#lib/log/digest";
import { ok, type Result } from "#lib/result";
import type { Words } from "#lib/words/words";
import type { Room } from "./append-entry";
import { compareForOpening } from "./compare-emergency";
import { findReadiness } from "./find-readiness";
import type { GoCheck, Looked } from "./go-no-go";
import { object, type Objection } from "./objection";
import { objectionSentence } from "./objection-sentence";
import type { Library, OpenCeremony } from "./open-ceremony";
import type { Actor } from "./ports";

/** The lines, and whether the script asks for them: else they are shown for the room and stand in no entry. */
export type GoNoGo = {
  readonly asked: boolean;
  readonly production: boolean;
  readonly lines: readonly GoCheck[];
  /** The device that is expected, by a person's word or after the last production ceremony; null where none is. */
  readonly expected: Looked["hsm"];
};

/**
 * How things stand for a ceremony that could be opened now. For those who may open one: the lines name whoever has not signed.
 * The line of an emergency script that the opening would refuse is red too.
 * Objects LOOK-ONLY, SCRIPT-UNKNOWN, ROSTER-UNKNOWN, ORGANISER-ONLY.
 */
export async function findGoNoGo(
  room: Pick<Room, "verifier" | "world">,
  library: Library,
  actor: Actor,
  form: Pick<OpenCeremony, "scriptHash" | "rosterHash" | "participants" | "plan" | "looked">,
  words: Words,
): Promise<Result<GoNoGo, Objection>> {
  if (!actor.canSign) return object("LOOK-ONLY");
  const text = await library.script(form.scriptHash);
  if (!text || sha256Hex(text.bytes) !== form.scriptHash) return object("SCRIPT-UNKNOWN", { hash: form.scriptHash });
  const kept = await library.roster(form.rosterHash);
  if (!kept || sha256Hex(kept.bytes) !== form.rosterHash) return object("ROSTER-UNKNOWN", { hash: form.rosterHash });
  const script = parseCanonical(text.bytes) as unknown as Script;
  const roster = parseCanonical(kept.bytes) as unknown as Roster;
  const leads = roster.people.find(({ person }) => person === actor.person)?.roles ?? [];
  if (!leads.includes("operator") && !leads.includes("administrator")) return object("ORGANISER-ONLY");
  const { participants, plan, looked } = form;
  const now = room.world.now().toISOString();
  const asked = { script, roster, openings: kept.openings, participants, plan, looked, now };
  const found = await findReadiness(room.verifier, library, asked, words.of("readiness"));
  const stricter = await compareForOpening(room.verifier, library, { script, roster, at: now });
  const lines = found.lines.map((one) => (stricter.ok || one.line !== "script" ? one : refused(one, stricter.refusal, words)));
  return ok({ asked: script.goNoGo !== undefined, production: roster.mode === "production", lines, expected: found.expected });
}

/** The line with what the opening would object to. Worker and verifier cannot decide that again, and no deviation answers it. */
function refused({ line, go, found, remedy }: GoCheck, objection: Objection, words: Words): GoCheck {
  const said = objectionSentence(objection, words);
  return {
    line,
    go: false,
    whose: "app",
    stops: true,
    found: `${found} ${said.sentence}`,
    remedy: go ? said.remedy : `${remedy} ${said.remedy}`,
  };
}
