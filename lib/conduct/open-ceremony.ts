import { parseCanonical } from "#lib/log/canonical";
import { hex, sha256Hex } from "#lib/log/digest";
import type { Opening } from "#lib/log/commitment";
import { scriptToEndorse, soundEndorsements, type Endorsement } from "#lib/ceremony/endorsement";
import type { Roster } from "#lib/ceremony/roster";
import type { Role } from "#lib/ceremony/roles";
import type { Script } from "#lib/ceremony/script";
import { ok, type Result } from "#lib/result";
import { keep, type Appended, type Room } from "./append-entry";
import { commitTexts } from "./commit-text";
import { object, type Objection } from "./objection";
import type { Actor } from "./ports";
import { readableText } from "./readable-text";
import { rehearsedWithin, type RehearsalLine } from "./rehearsal-line";

export type OpenCeremony = {
  readonly title: string;
  readonly place: string;
  readonly scriptHash: string;
  readonly rosterHash: string;
  readonly participants: readonly { readonly person: string; readonly role: Role }[];
};

/** Scripts and rosters as they were published, by their hash; null when there is none. */
export interface Library {
  script(hash: string): Promise<{ readonly bytes: Uint8Array } | null>;
  roster(hash: string): Promise<{ readonly bytes: Uint8Array; readonly openings: readonly Opening[] } | null>;
  /** Whether that roster is the one of its mode that counts now. */
  inForce(hash: string): Promise<boolean>;
  /** The newest closed rehearsals of the script with that hash. */
  rehearsals(script: string): Promise<readonly Pick<RehearsalLine, "passed" | "closedAt">[]>;
  /** Everything kept about a document that may be endorsed, by its hash. */
  endorsements(document: string): Promise<readonly Endorsement[]>;
}

/**
 * Begins a ceremony: one script, one roster, a cast. Whether it is a rehearsal follows from the roster. Who of the roster
 * endorsed the
 * script goes with it; production is refused without the roster's quorum. Of the roster's names only those of the people
 * taking part
 * and of those who endorsed travel with the transcript.
 */
export async function openCeremony(
  room: Room,
  library: Library,
  actor: Actor,
  form: OpenCeremony,
): Promise<Result<Appended & { id: string }, Objection>> {
  if (!actor.canSign) return object("LOOK-ONLY");
  const title = readableText(room.world, "title", form.title, "name");
  if (!title.ok) return title;
  const script = await library.script(form.scriptHash);
  if (!script || sha256Hex(script.bytes) !== form.scriptHash) return object("SCRIPT-UNKNOWN", { hash: form.scriptHash });
  const kept = await library.roster(form.rosterHash);
  if (!kept || sha256Hex(kept.bytes) !== form.rosterHash) return object("ROSTER-UNKNOWN", { hash: form.rosterHash });
  const roster = parseCanonical(kept.bytes) as unknown as Roster;
  if (!(await library.inForce(form.rosterHash))) return object("ROSTER-AWAITED", { hash: form.rosterHash });

  const at = room.world.now().toISOString();
  const read = parseCanonical(script.bytes) as unknown as Script;
  const days = roster.mode === "production" ? read.rehearsed?.days : undefined;
  if (days !== undefined && !rehearsedWithin(await library.rehearsals(form.scriptHash), days, at)) return object("REHEARSAL-MISSING", { days });
  const sound = await soundEndorsements(
    room.verifier,
    scriptToEndorse(read),
    roster,
    await library.endorsements(form.scriptHash),
    at,
  );
  const endorsements = sound.map((one) => one.kept);
  const id = `c-${hex(room.world.random(10))}`;
  const texts = commitTexts(room.world, `ceremony/${id}`, { place: { text: form.place, length: "line" } });
  if (!texts.ok) return texts;
  const taking = new Set([...form.participants, ...endorsements.map(({ statement }) => statement)].map(({ person }) => person));
  const ofCast = kept.openings.filter(
    ({ path }) => !/^roster\/[^/]+\/(?:name|title)$/.test(path) || taking.has(path.split("/")[1] ?? ""),
  );

  const body = {
    title: title.value,
    mode: roster.mode,
    place: texts.value.commitments.place,
    script: read,
    scriptHash: form.scriptHash,
    endorsements,
    roster,
    rosterHash: form.rosterHash,
    participants: form.participants.map(({ person, role }) => ({ person, role })),
  };
  const link = { ceremony: id, seq: 0, prev: null, by: actor.person, at };
  const said = await keep(room, null, link, { kind: "ceremony-opened", body, openings: [...texts.value.openings, ...ofCast] });
  if (said === "conflict") return object("BUSY");
  return said.ok ? ok({ id, ...said.value }) : said;
}
