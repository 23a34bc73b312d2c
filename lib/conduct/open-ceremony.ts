import { parseCanonical } from "#lib/log/canonical";
import { hex, sha256Hex } from "#lib/log/digest";
import type { Opening } from "#lib/log/commitment";
import type { StatedReadiness } from "#lib/ceremony/stated-readiness";
import type { Roster } from "#lib/ceremony/roster";
import type { Mode, Role } from "#lib/ceremony/roles";
import type { Script } from "#lib/ceremony/script";
import { ok, type Result } from "#lib/result";
import { wordsIn } from "#lib/words/words";
import { keep, type Appended, type Room } from "./append-entry";
import { commitTexts, commitValue, newSalt } from "./commit-text";
import { compareForOpening, type EditionShelf } from "./compare-emergency";
import { findReadiness, type FoundReadiness, type ReadinessSources } from "./find-readiness";
import type { Looked } from "./go-no-go";
import { object, type Objection } from "./objection";
import type { Actor, World } from "./ports";
import { readableText } from "./readable-text";
import { rehearsedWithin, type KnownRehearsal } from "./rehearsal-line";

export type OpenCeremony = {
  readonly title: string;
  readonly place: string;
  readonly scriptHash: string;
  readonly rosterHash: string;
  readonly participants: readonly { readonly person: string; readonly role: Role }[];
  /** The plan it is opened from, if any. */
  readonly plan?: string | undefined;
  /** What was looked at in the room, for the go / no-go. */
  readonly looked?: Looked | undefined;
};

/** Scripts and rosters as they were published, by their hash; null when there is none. */
export interface Library extends ReadinessSources, EditionShelf {
  script(hash: string): Promise<{ readonly bytes: Uint8Array } | null>;
  roster(hash: string): Promise<{ readonly bytes: Uint8Array; readonly openings: readonly Opening[] } | null>;
  /** Whether that roster is the one of its mode that counts now. */
  inForce(hash: string): Promise<boolean>;
  /** The build of the second screen that this app serves; null where none was built. */
  secondScreen(): Promise<string | null>;
  /**
   * Has a plan of that script point at the ceremony about to be opened from it. "overtaken" when there is none, it was cancelled, or a
   * ceremony was opened from it already.
   */
  fromPlan(plan: string, opening: { readonly ceremony: string; readonly scriptHash: string; readonly by: string }): Promise<"kept" | "overtaken">;
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
  const stricter = await compareForOpening(room.verifier, library, { script: read, roster, at });
  if (!stricter.ok) return stricter;
  const asked = { script: read, roster, openings: kept.openings, participants: form.participants, plan: form.plan, looked: form.looked, now: at };
  // In English, as all of a record: what was found is part of it.
  const ready = await findReadiness(room.verifier, library, asked, wordsIn("en").of("readiness"));
  const { endorsements } = ready;
  const id = `c-${hex(room.world.random(10))}`;
  const texts = commitTexts(room.world, `ceremony/${id}`, { place: { text: form.place, length: "line" } });
  if (!texts.ok) return texts;
  const stated = stateReadiness(room.world, id, roster.mode, read, ready);
  const signed = [...endorsements, ...ready.duties, ...ready.passkeys].map(({ statement }) => statement);
  const taking = new Set([...form.participants, ...signed].map(({ person }) => person));
  const ofCast = kept.openings.filter(
    ({ path }) => !/^roster\/[^/]+\/(?:name|title)$/.test(path) || taking.has(path.split("/")[1] ?? ""),
  );

  const secondScreen = await library.secondScreen();
  const body = {
    title: title.value,
    mode: roster.mode,
    place: texts.value.commitments.place,
    script: read,
    scriptHash: form.scriptHash,
    endorsements: [...endorsements],
    ...(stated && { readiness: stated.stated }),
    ...(secondScreen !== null && { secondScreen }),
    roster,
    rosterHash: form.rosterHash,
    participants: form.participants.map(({ person, role }) => ({ person, role })),
  };
  // Before the first entry: after a crash in between, the plan points at nothing, and is opened again.
  const opening = { ceremony: id, scriptHash: form.scriptHash, by: actor.person };
  if (form.plan !== undefined && (await library.fromPlan(form.plan, opening)) === "overtaken") return object("PLAN-OVERTAKEN");
  const link = { ceremony: id, seq: 0, prev: null, by: actor.person, at };
  const said = await keep(room, null, link, { kind: "ceremony-opened", body, openings: [...texts.value.openings, ...(stated?.openings ?? []), ...ofCast] });
  if (said === "conflict") return object("BUSY");
  return said.ok ? ok({ id, ...said.value }) : said;
}

type Stated<T> = { readonly stated: T; readonly openings: readonly Opening[] };

/**
 * Readiness as the first entry carries it; null where the script asks for nothing of it, but production says which rehearsal it
 * goes by all the same. Duties, tests and lines are there only where they are asked for.
 */
function stateReadiness(
  world: World,
  id: string,
  mode: Mode,
  { duties, passkeys, goNoGo }: Script,
  found: FoundReadiness,
): Stated<StatedReadiness> | null {
  const asked = duties ?? passkeys ?? goNoGo;
  if (!asked && !(mode === "production" && found.rehearsal)) return null;
  const openings: Opening[] = [];
  const lines = (goNoGo ? found.lines : []).map(({ line, go, found: said }) => {
    const { commitment, opening } = commitValue(`ceremony/${id}/go/${line}`, said, newSalt(world));
    openings.push(opening);
    return { line, go, said: commitment };
  });
  const rehearsal = found.rehearsal && stateRehearsal(world, id, found.rehearsal);
  const readiness = {
    duties: [...found.duties],
    passkeys: [...found.passkeys],
    lines,
    rehearsal: rehearsal?.stated ?? null,
    hsm: goNoGo && found.expected ? { ...found.expected } : null,
  };
  return { stated: readiness, openings: [...openings, ...(rehearsal?.openings ?? [])] };
}

/** The rehearsal that is gone by: which, when, with whom and what differed; names and texts behind commitments. */
function stateRehearsal(world: World, id: string, known: KnownRehearsal): Stated<NonNullable<StatedReadiness["rehearsal"]>> {
  const openings: Opening[] = [];
  const committed = (place: string, text: string) => {
    const { commitment, opening } = commitValue(`ceremony/${id}/rehearsal/${place}`, text, newSalt(world));
    openings.push(opening);
    return commitment;
  };
  const told = {
    minutes: known.minutes,
    people: known.people.map((name, i) => committed(`person/${String(i)}`, name)),
    differed: known.differed.map((one, i) => ({
      class: one.class,
      step: one.step,
      happened: one.happened === null ? null : committed(`differed/${String(i)}`, one.happened),
    })),
  };
  return { stated: { ceremony: known.id, head: known.head, closedAt: known.closedAt, told }, openings };
}
