import { hashOf } from "#lib/log/canonical";
import { sha256Hex } from "#lib/log/digest";
import { drawSample, populationBytes, readPopulation, seedOf, wordsCommitment, type SampleSeed } from "#lib/log/sample";
import { ok, type Result } from "#lib/result";
import { asAtDesk } from "./at-desk";
import type { DeskFilter, DeskList } from "./desk-filter";
import type { DeskPorts, Found } from "./desk-ports";
import { lastIn, nextPlace, type Matter, type MatterEvent, type MatterFacts } from "./matter";
import { newMatter } from "./new-matter";
import { object, type Objection } from "./objection";
import type { Actor } from "./ports";
import { readableText } from "./readable-text";

/** As many as one file can list and a browser can draw from again at once. */
export const MOST_MEMBERS = 10_000;

/** What drawing stands on besides: who is found, and what the log has signed. */
export type SamplePorts = DeskPorts & {
  readonly found: Found;
  /** The first checkpoint that has the event of that number in it; "awaited" before there is one, null where no log is kept. */
  readonly firstCheckpoint: (event: string) => Promise<FirstCheckpoint | "awaited" | null>;
};

/** What of a checkpoint goes into a seed, and the note that it was read out of, as the log signed it; with what proves it to a browser. */
export type FirstCheckpoint = {
  readonly head: SampleSeed["checkpoint"];
  readonly note: string;
  /** The announcement, as a line of an event file, and the proof that it is a leaf under the checkpoint (`logProofBytes`). */
  readonly event: string;
  readonly proof: string;
  /** Certificates of recorders (DER, base64url): whoever knows one by its fingerprint finds it among them. */
  readonly recorders: readonly string[];
};

export type AnnounceSample = {
  readonly of: DeskList;
  readonly filter: DeskFilter;
  readonly size: number;
  /** `wordsCommitment` of the auditor's words, made by their own browser. */
  readonly words: string;
};

/**
 * An auditor says from what and how many will be drawn, and commits to words that only they know. The population is fixed here, by
 * its hash in the log: what is drawn depends on the words and on a checkpoint that does not exist yet (decision 0076).
 */
export async function announceSample(
  ports: SamplePorts,
  actor: Actor,
  form: AnnounceSample,
): Promise<Result<{ readonly matter: string; readonly members: number }, Objection>> {
  const auditor = await asAtDesk(ports.people, actor, "auditor");
  if (!auditor.ok) return auditor;
  const { of, filter, size, words } = form;
  const { by } = auditor.value;
  const members = await ports.found(of, filter, MOST_MEMBERS);
  if (members === null) return object("POPULATION-LARGE", { most: MOST_MEMBERS });
  if (members.length === 0) return object("POPULATION-EMPTY");
  if (size < 1 || size > members.length) return object("SAMPLE-SIZE", { most: members.length });
  const said = Object.fromEntries(Object.entries(filter));
  const bytes = populationBytes({ of, filter: said, at: ports.world.now().toISOString(), members });
  const population = sha256Hex(bytes);
  const matter = newMatter(ports.world, "sample");
  const noted = await ports.matters.note(
    {
      ...{ kind: "sample-announced", by, matter, n: 1 },
      facts: { of, filter, population, members: members.length, size, words },
    },
    [{ sha256: population, size: bytes.length, mediaType: "application/json", bytes, by }],
  );
  return noted === "noted" ? ok({ matter, members: members.length }) : object("MATTER-OVERTAKEN");
}

/**
 * The checkpoint that a sample will be drawn with, for whoever announced it: their browser proves it for itself and keeps it before it shows
 * the words. Objects CHECKPOINT-AWAITED until the log has signed one after the announcement, LOG-NONE without a log.
 */
export async function sampleCheckpoint(ports: SamplePorts, actor: Actor, matter: string): Promise<Result<FirstCheckpoint, Objection>> {
  const announced = await ownAnnouncement(ports, actor, matter);
  return announced.ok ? checkpointOf(ports, announced.value.announced.event) : announced;
}

/**
 * Whoever announced shows the words with the checkpoint that they were given, and the sample is drawn and noted before anybody is shown
 * it. Objects as `sampleCheckpoint` does, CHECKPOINT-OTHER for words that come for another one, and SAMPLE-WORDS for other words than
 * were committed to.
 */
export async function showSampleWords(
  ports: SamplePorts,
  actor: Actor,
  matter: string,
  form: { readonly words: string; readonly checkpoint: SampleSeed["checkpoint"] },
): Promise<Result<MatterFacts["sample-drawn"], Objection>> {
  const own = await ownAnnouncement(ports, actor, matter);
  if (!own.ok) return own;
  const { known, announced } = own.value;
  const drawn = lastIn(known, "sample-drawn");
  if (drawn) return ok(drawn.facts);
  const words = readableText(ports.world, "words", form.words, "line");
  if (!words.ok) return words;
  const { population, size } = announced.facts;
  if (wordsCommitment(words.value) !== announced.facts.words) return object("SAMPLE-WORDS");
  const first = await checkpointOf(ports, announced.event);
  if (!first.ok) return first;
  const checkpoint = first.value.head;
  if (hashOf(form.checkpoint) !== hashOf(checkpoint)) return object("CHECKPOINT-OTHER");
  const file = await ports.matters.file(population);
  const read = file && readPopulation(file.bytes);
  if (!read) throw new Error(`the population ${population} is not kept`);
  const seed = seedOf({ words: words.value, checkpoint, population, size });
  const facts = { words: words.value, checkpoint, seed, drawn: drawSample(seed, read.members, size) };
  const noted = await ports.matters.note({ kind: "sample-drawn", by: announced.by, matter, n: nextPlace(known), facts });
  return noted === "noted" ? ok(facts) : object("MATTER-OVERTAKEN");
}


type Announced = { readonly known: Matter; readonly announced: MatterEvent<"sample-announced"> };

/** A sample's announcement, for the auditor whose it is: for everybody else it is not there. */
async function ownAnnouncement(ports: SamplePorts, actor: Actor, matter: string): Promise<Result<Announced, Objection>> {
  const auditor = await asAtDesk(ports.people, actor, "auditor");
  if (!auditor.ok) return auditor;
  const known = await ports.matters.find(matter);
  const announced = known && lastIn(known, "sample-announced");
  return known && announced?.by === auditor.value.by ? ok({ known, announced }) : object("NOT-FOUND");
}

async function checkpointOf(ports: SamplePorts, event: string): Promise<Result<FirstCheckpoint, Objection>> {
  const first = await ports.firstCheckpoint(event);
  if (first === null) return object("LOG-NONE");
  return first === "awaited" ? object("CHECKPOINT-AWAITED") : ok(first);
}
