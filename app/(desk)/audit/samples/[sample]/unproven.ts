import { rootFromBatch } from "#lib/log/batch-proof";
import { openCheckpoint, treeHeadIn, type NoteVerifier } from "#lib/log/checkpoint";
import { sameBytes, utf8 } from "#lib/log/digest";
import { readEventFile } from "#lib/log/event-file";
import { eventHash, leafBytes } from "#lib/log/leaf";
import { readLogProof } from "#lib/log/log-proof";
import { leafHash } from "#lib/log/merkle";
import { NOTE_ECDSA } from "#lib/log/note";
import { wordsCommitment } from "#lib/log/sample";
import { recorderKey } from "../../recorder-key";

/** What the server gives for a sample; nothing in it is believed. */
export type GivenCheckpoint = {
  readonly note: string;
  /** The announcement as an audit event, a line of an event file. */
  readonly event: string;
  /** That it is a leaf under the checkpoint. */
  readonly proof: string;
  /** Certificates of recorders (DER, base64url), among which the one may be whose fingerprint was typed. */
  readonly recorders: readonly string[];
};
export type Announced = { readonly matter: string; readonly words: string; readonly population: string; readonly size: number };
/**
 * Why a checkpoint is not taken: it is none; the recorder that was typed is not known; that recorder did not sign it; what is said to be
 * in it is not this announcement; or it is not in it.
 */
export type Unproven = "checkpoint" | "recorder" | "signature" | "announcement" | "inclusion";

/**
 * Whether the recorder that the auditor knows signed the checkpoint, and the announcement of these very words, population and size is a leaf
 * under it. Null when it is so. `recorder`: its fingerprint or certificate, as typed. Total, whatever the server gives.
 */
export async function unproven(
  { note, event, proof, recorders }: GivenCheckpoint, own: Announced, recorder: string, verifier: NoteVerifier,
): Promise<Unproven | null> {
  const head = treeHeadIn(utf8(note));
  if (!head) return "checkpoint";
  const publicKey = recorderKey(recorder, recorders);
  if (!publicKey) return "recorder";
  const { origin } = head;
  const opened = await openCheckpoint(utf8(note), { origin, keys: [{ name: origin, kind: NOTE_ECDSA, publicKey }] }, [], verifier);
  if (typeof opened === "string") return "signature";
  const [said, ...more] = readEventFile(event) ?? [];
  if (!said || more.length > 0 || said.kind !== "sample-announced" || !isOf(said.facts, own)) return "announcement";
  const read = readLogProof(utf8(proof));
  if (read?.indices.length !== 1) return "inclusion";
  const hash = leafHash(leafBytes({ kind: "event", event: said.event, hash: eventHash(said) }));
  const root = rootFromBatch([{ index: read.indices[0] ?? -1, hash }], opened.size, read.hashes);
  return root && sameBytes(root, opened.root) ? null : "inclusion";
}

function isOf(text: string, { matter, words, population, size }: Announced): boolean {
  let facts: unknown;
  try {
    facts = JSON.parse(text);
  } catch {
    return false;
  }
  const said = (facts ?? {}) as { readonly [fact: string]: unknown };
  return said["matter"] === matter && said["words"] === wordsCommitment(words) && said["population"] === population && said["size"] === size;
}
