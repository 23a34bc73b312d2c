import type { GivenLine, GivenLines } from "#lib/conduct/given-lines";
import { searchedWords } from "#lib/conduct/searched-words";
import { rootFromBatch } from "#lib/log/batch-proof";
import { parseCanonical, type Json } from "#lib/log/canonical";
import { openCheckpoint, treeHeadIn, type Checkpoint, type NoteVerifier } from "#lib/log/checkpoint";
import { commit, commitmentsIn } from "#lib/log/commitment";
import { hex, sameBytes, sha256Hex, utf8 } from "#lib/log/digest";
import { readEventFile } from "#lib/log/event-file";
import { eventHash, leafBytes, type Leaf } from "#lib/log/leaf";
import { readLogProof } from "#lib/log/log-proof";
import { leafHash } from "#lib/log/merkle";
import { NOTE_ECDSA } from "#lib/log/note";
import { recorderKey } from "../recorder-key";

/** A line of a search as a page shows it. */
export type ShownLine = {
  /** "entry/CEREMONY/SEQ" or "event/NUMBER". */
  readonly id: string;
  readonly at: string;
  readonly kind: string;
  readonly by: string | null;
  /** Of an entry its hash. */
  readonly hash: string | null;
  /** A piece of what was found, marked as lib/store/desk-search.ts does. */
  readonly piece: string | null;
};

/**
 * Why a line is not proved: the server shows no leaf of it; what it gave is no proof; the recorder whom the auditor knows did not sign the
 * checkpoint; what is in the log is another line; it is not in the tree; or the words that were found are not in it.
 */
export type LineDoubt = "absent" | "proof" | "signature" | "other" | "inclusion" | "words";
export type LineVerdict =
  | { readonly doubt: LineDoubt }
  | { readonly origin: string; readonly size: number; readonly root: string; readonly index: number; readonly said: string };

/**
 * Judges each line that is shown by what the server gives for it: that it says what was logged, and is a leaf under a checkpoint which the
 * recorder signed. `recorder`: its fingerprint or certificate, as typed; "recorder" where nobody is known by that. Total, whatever is given.
 */
export async function judgeLines(
  shown: readonly ShownLine[], given: GivenLines, recorder: string, verifier: NoteVerifier,
): Promise<ReadonlyMap<string, LineVerdict> | "recorder"> {
  const publicKey = recorderKey(recorder, given.recorders);
  if (!publicKey) return "recorder";
  const opened = new Map<string, Promise<Checkpoint | null>>();
  const open = (note: Uint8Array): Promise<Checkpoint | null> => {
    const name = hex(note);
    const known = opened.get(name) ?? openedBy(publicKey, note, verifier);
    opened.set(name, known);
    return known;
  };
  const lines = new Map(given.lines.map((line) => [line.id, line]));
  const verdicts = shown.map(async (line) => [line.id, await judgeLine(line, lines.get(line.id), open)] as const);
  return new Map(await Promise.all(verdicts));
}

async function openedBy(publicKey: Uint8Array, note: Uint8Array, verifier: NoteVerifier): Promise<Checkpoint | null> {
  const origin = treeHeadIn(note)?.origin;
  if (origin === undefined) return null;
  const checkpoint = await openCheckpoint(note, { origin, keys: [{ name: origin, kind: NOTE_ECDSA, publicKey }] }, [], verifier);
  return typeof checkpoint === "string" ? null : checkpoint;
}

async function judgeLine(
  shown: ShownLine, given: GivenLine | undefined, open: (note: Uint8Array) => Promise<Checkpoint | null>,
): Promise<LineVerdict> {
  if (!given) return { doubt: "absent" };
  const proof = readLogProof(utf8(given.proof));
  const [index] = proof?.indices ?? [];
  if (!proof || index === undefined || proof.indices.length !== 1) return { doubt: "proof" };
  const checkpoint = await open(proof.checkpoint);
  if (!checkpoint) return { doubt: "signature" };
  const logged = shown.id.startsWith("event/") ? loggedEvent(shown, given) : loggedEntry(shown, given);
  if (!logged) return { doubt: "other" };
  const root = rootFromBatch([{ index, hash: leafHash(leafBytes(logged.leaf)) }], checkpoint.size, proof.hashes);
  if (!root || !sameBytes(root, checkpoint.root)) return { doubt: "inclusion" };
  if (shown.piece !== null && !isPieceOf(shown.piece, logged.words)) return { doubt: "words" };
  return { origin: checkpoint.origin, size: checkpoint.size, root: hex(root), index, said: given.said.trimEnd() };
}

type Logged = { readonly leaf: Leaf; readonly words: string };

/** The event that was given, when it is the one that is shown; else null. */
function loggedEvent(shown: ShownLine, given: GivenLine): Logged | null {
  const [event, ...more] = readEventFile(given.said) ?? [];
  if (!event || more.length > 0 || shown.id !== `event/${event.event}` || !isSame(shown, event)) return null;
  const facts = jsonIn(event.facts);
  if (facts === undefined) return null;
  return { leaf: { kind: "event", event: event.event, hash: eventHash(event) }, words: searchedWords(facts) };
}

/** The entry that was given, when it is the one that is shown; else null. What it does not commit to counts for nothing. */
function loggedEntry(shown: ShownLine, given: GivenLine): Logged | null {
  const bytes = utf8(given.said);
  const hash = sha256Hex(bytes);
  let said: Json;
  try {
    said = parseCanonical(bytes);
  } catch {
    return null;
  }
  const { ceremony, seq, at, kind, by } = (said ?? {}) as { readonly [member: string]: Json };
  if (typeof ceremony !== "string" || typeof seq !== "number" || shown.id !== `entry/${ceremony}/${String(seq)}`) return null;
  if (shown.hash !== hash || !isSame(shown, { at, kind, by })) return null;
  const committed = new Set(commitmentsIn(said).map(({ commitment }) => commitment.committed));
  const openings = given.openings.filter((opening) => committed.has(commit(opening).committed));
  return { leaf: { kind: "entry", ceremony, seq, hash }, words: searchedWords(said, openings) };
}

/** The same moment may be written in several ways; kind and person may not. */
const isSame = (shown: ShownLine, { at, kind, by }: { readonly [member: string]: Json | undefined }): boolean =>
  typeof at === "string" && Date.parse(at) === Date.parse(shown.at) && kind === shown.kind && by === shown.by;

function jsonIn(said: string): Json | undefined {
  try {
    return JSON.parse(said) as Json;
  } catch {
    return undefined;
  }
}

/** Between two fragments of a piece, as PostgreSQL's ts_headline puts it, and what it leaves out of them. */
const [BETWEEN, TAG] = [" … ", /<[^<>]*>/g];
const NEITHER_LETTER_NOR_DIGIT = /[^\p{L}\p{M}\p{N}]+/gu;
const bare = (said: string): string => said.replace(TAG, "").replace(NEITHER_LETTER_NOR_DIGIT, "");

/** Whether every fragment of a piece stands in these words, letter for letter and digit for digit. */
function isPieceOf(piece: string, words: string): boolean {
  const all = bare(words);
  return piece.split(BETWEEN).every((fragment) => all.includes(bare(fragment)));
}
