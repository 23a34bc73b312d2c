import { randomBytes } from "node:crypto";
import type { Ceremony } from "#lib/ceremony/ceremony";
import { rosterHash } from "#lib/ceremony/roster";
import { scriptHash, type Script } from "#lib/ceremony/script";
import type { Room } from "#lib/conduct/append-entry";
import { objectionSentence } from "#lib/conduct/objection-sentence";
import type { Objection } from "#lib/conduct/objection";
import { openCeremony, type Library } from "#lib/conduct/open-ceremony";
import type { RoomView } from "#lib/conduct/room";
import { roomView } from "#lib/conduct/room-view";
import { Transcripts, type Transcript } from "#lib/conduct/transcript";
import { canonical, type Json } from "#lib/log/canonical";
import { book } from "#lib/operations/book";
import { KeptBackups } from "#worker/backup/kept-backups";
import { RehearsalWorker, type RehearsalParts } from "#worker/rehearsal-worker";
import type { KeptRecord } from "#worker/store-port";
import { otherTokens } from "#worker/worker-parts";
import { actOf, nextAct } from "#cli/demo/next-act";
import { webCryptoVerifier } from "#lib/webcrypto/web-crypto-verifier";
import { makeKeysBefore } from "./keys-before";
import { MemoryHouse } from "./memory-house";
import { NotRehearsed, performAct } from "./perform-act";
import { castOf, rosterOf, type Player } from "./rehearsal-cast";
import { SteppedClock } from "./stepped-clock";
import { throwAwayTokens, type ThrowAwayTokens } from "./throw-away-tokens";

/** What a rehearsal came to: everything that was said, and the record that the worker sealed of it. */
export type Rehearsed = { readonly transcript: Transcript; readonly ceremony: Ceremony; readonly record: KeptRecord };

const TITLE = "Rehearsal";

/**
 * Plays a script from its first step to its record: an invented cast with software passkeys, the app's verbs, the worker's
 * code, and SoftHSM2 tokens that are thrown away afterwards. Throws `NotRehearsed`, with the step and what was said, when it
 * does not get through.
 */
export async function playScript(script: Script, modulePath: string, onStep?: (view: RoomView) => void): Promise<Rehearsed> {
  return playOn(await throwAwayTokens(script, modulePath), script, onStep);
}

/** The same on tokens that are there already, and are dropped afterwards; with another cast, or others who answer for the recorder, where they are given. */
export async function playOn(
  tokens: ThrowAwayTokens,
  script: Script,
  onStep: (view: RoomView) => void = () => undefined,
  cast: readonly Player[] = castOf(script),
  vouching?: RehearsalParts["vouching"],
): Promise<Rehearsed> {
  const clock = new SteppedClock();
  const house = new MemoryHouse();
  const { roster, openings } = rosterOf(cast, () => randomBytes(16).toString("hex"));
  const world = { now: clock.now, random: (bytes: number) => new Uint8Array(randomBytes(bytes)), undrawable: () => [] };
  const ports = { store: house.rooms, verifier: webCryptoVerifier, book, world };
  const room: Room = { ...ports, transcripts: new Transcripts(ports) };
  const library: Library = {
    script: (hash) => Promise.resolve(hash === scriptHash(script) ? { bytes: canonical(script as unknown as Json) } : null),
    editions: () => Promise.resolve([]),
    roster: (hash) =>
      Promise.resolve(hash === rosterHash(roster) ? { bytes: canonical(roster as unknown as Json), openings } : null),
    inForce: (hash) => Promise.resolve(hash === rosterHash(roster)),
    rehearsals: () => Promise.resolve([]),
    endorsements: () => Promise.resolve([]),
    fromPlan: () => Promise.resolve("overtaken"),
    ownStatements: () => Promise.resolve([]),
    workers: () => Promise.resolve([]),
    planSaid: () => Promise.resolve(null),
    earlier: () => Promise.resolve({ device: null, backup: null }),
    secondScreen: () => Promise.resolve(null),
  };
  const holders = new Set<string>();
  try {
    const { serial } = await tokens.own.info();
    const backups = new KeptBackups({
      token: { ...tokens.env, serial },
      others: tokens.others,
      directory: tokens.backupFolder,
    });
    const parts = {
      token: tokens.own,
      backups,
      others: otherTokens(tokens.others, serial),
      store: house.worker,
      stateFolder: tokens.stateFolder,
      verifier: webCryptoVerifier,
      now: clock.now,
      software: "claviger rehearse",
      vouching,
    };
    const worker = await RehearsalWorker.begin(parts, roster);
    await makeKeysBefore(tokens.own, script);
    const form = {
      title: TITLE,
      place: TITLE,
      scriptHash: scriptHash(script),
      rosterHash: rosterHash(roster),
      participants: cast.map(({ person, role }) => ({ person, role })),
    };
    const opened = await openCeremony(room, library, { person: "operator-1", canSign: true }, form);
    if (!opened.ok) throw new NotRehearsed(said(opened.refusal));
    const { id } = opened.value;
    await play(id);
    const transcript = await room.transcripts.read(id);
    const record = house.records.get(id);
    if (!transcript || !record) throw new NotRehearsed("the worker has not sealed a record");
    return { transcript, ceremony: transcript.ceremony, record };

    async function play(ceremony: string): Promise<void> {
      let step: string | null = null;
      for (;;) {
        await worker.turn(ceremony);
        const view = await viewOf(ceremony, "operator-1");
        if (view.phase === "closed") return;
        if (view.current !== step) onStep(view);
        step = view.current;
        if (!(await actOnce(view))) passTime(view);
      }
    }
  } finally {
    await tokens.drop();
  }

  async function viewOf(ceremony: string, me: string): Promise<RoomView> {
    const transcript = await room.transcripts.read(ceremony);
    if (!transcript) throw new NotRehearsed("the ceremony is gone");
    return roomView({ ...transcript, me, book, record: null, health: null, now: clock.now().toISOString() });
  }

  /** The next act of the script, by whoever's it is; false when nobody has anything to do now. */
  async function actOnce(view: RoomView): Promise<boolean> {
    // Whoever holds no half of this step's secrets yet comes first: officers of two kinds are two people, where there are enough.
    const rested = [...view.awaits].sort((a, b) => Number(isHolding(view, a.person)) - Number(isHolding(view, b.person)));
    const next = nextAct({ ...view, awaits: rested }, new Set());
    const player = cast.find(({ person }) => person === next?.person);
    if (!next || !player) return false;
    clock.step();
    const act = actOf(await viewOf(view.id, player.person), next, new Set());
    if (!act) return false;
    const done = await performAct(room, tokens.secrets, view, player, act);
    if (!done.ok) throw new NotRehearsed(`step ${view.current ?? ""}: ${said(done.refusal)}`);
    if (act.act === "enter-part") holders.add(`${act.step}/${player.person}`);
    return true;
  }

  function isHolding(view: RoomView, person: string): boolean {
    return holders.has(`${view.current ?? ""}/${person}`);
  }

  /** Where the script wants time to pass it passes; anything else that nobody goes on with is the end. */
  function passTime(view: RoomView): void {
    const waiting = view.acts.flatMap(({ steps }) => steps).find(({ current }) => current);
    if (!waiting?.coolsUntil || waiting.coolsUntil <= clock.now().toISOString()) {
      throw new NotRehearsed(`step ${waiting?.step ?? "none"} does not go on: ${waiting?.halt ?? view.awaited}`);
    }
    clock.waitUntil(waiting.coolsUntil);
  }
}

const said = (objection: Objection): string => objectionSentence(objection).sentence;
