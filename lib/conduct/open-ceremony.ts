import { parseCanonical } from "#lib/log/canonical";
import { hex, sha256Hex } from "#lib/log/digest";
import type { Opening } from "#lib/log/commitment";
import type { Roster } from "#lib/ceremony/roster";
import type { Role } from "#lib/ceremony/roles";
import type { Script } from "#lib/ceremony/script";
import { ok, type Result } from "#lib/result";
import { keep, type Appended, type Room } from "./append-entry";
import { commitTexts } from "./commit-text";
import { object, type Objection } from "./objection";
import type { Actor } from "./ports";
import { readableText } from "./readable-text";

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
}

/**
 * Begins a ceremony: one script, one roster, a cast. Whether it is a rehearsal follows from the roster. Of the roster's
 * names only those of the people taking part travel with the transcript.
 */
export async function openCeremony(room: Room, library: Library, actor: Actor, form: OpenCeremony): Promise<Result<Appended & { id: string }, Objection>> {
  if (!actor.canSign) return object("LOOK-ONLY");
  const title = readableText(room.world, "title", form.title, "name");
  if (!title.ok) return title;
  const script = await library.script(form.scriptHash);
  if (!script || sha256Hex(script.bytes) !== form.scriptHash) return object("SCRIPT-UNKNOWN", { hash: form.scriptHash });
  const kept = await library.roster(form.rosterHash);
  if (!kept || sha256Hex(kept.bytes) !== form.rosterHash) return object("ROSTER-UNKNOWN", { hash: form.rosterHash });
  const roster = parseCanonical(kept.bytes) as unknown as Roster;

  const id = `c-${hex(room.world.random(10))}`;
  const texts = commitTexts(room.world, `ceremony/${id}`, { place: { text: form.place, length: "line" } });
  if (!texts.ok) return texts;
  const taking = new Set(form.participants.map(({ person }) => person));
  const ofCast = kept.openings.filter(({ path }) => !/^roster\/[^/]+\/(?:name|title)$/.test(path) || taking.has(path.split("/")[1] ?? ""));

  const body = {
    title: title.value,
    mode: roster.mode,
    place: texts.value.commitments.place,
    script: parseCanonical(script.bytes) as unknown as Script,
    scriptHash: form.scriptHash,
    roster,
    rosterHash: form.rosterHash,
    participants: form.participants.map(({ person, role }) => ({ person, role })),
  };
  const link = { ceremony: id, seq: 0, prev: null, by: actor.person, at: room.world.now().toISOString() };
  const said = await keep(room, null, link, { kind: "ceremony-opened", body, openings: [...texts.value.openings, ...ofCast] });
  if (said === "conflict") return object("BUSY");
  return said.ok ? ok({ id, ...said.value }) : said;
}
