import { openCheckpoint, type NoteVerifier } from "./checkpoint";
import { base64, text, utf8 } from "./digest";
import { NOTE_COSIGNATURE, readNote, readVkey, signatureLine, signaturesBy, vkey, type NoteKey } from "./note";

/** Somebody who signs checkpoints that grow out of those they have seen (C2SP tlog-witness), and where they are asked. */
export type Witness = { readonly key: NoteKey; readonly url: string };

/** `VKEY URL, VKEY URL …` as an environment has it; null when it is no such list, or names one twice. */
export function readWitnesses(value: string): readonly Witness[] | null {
  const witnesses: Witness[] = [];
  for (const part of value.split(",")) {
    const [name = "", url = "", ...more] = part.trim().split(/\s+/);
    const key = readVkey(name);
    if (key?.kind !== NOTE_COSIGNATURE || !/^https?:\/\/[^\s?#]+$/.test(url) || more.length > 0) return null;
    if (witnesses.some((one) => vkey(one.key) === name)) return null;
    witnesses.push({ key, url: url.replace(/\/+$/, "") });
  }
  return witnesses;
}

/** What the setting is like, in words that follow its name. */
export const WITNESSES_ARE = "is a list of witnesses, each a verifier key (Ed25519 cosignatures), a space and a URL, with commas between";

/** The body of `add-checkpoint`: the size the witness has seen, the proof from there, and the checkpoint. */
export const addCheckpointBody = (old: number, proof: readonly Uint8Array[], checkpoint: Uint8Array): string =>
  [`old ${String(old)}`, ...proof.map(base64), "", text(checkpoint)].join("\n");

/**
 * The line with which a witness signed a checkpoint, out of its answer; null when there is none by that key that holds over exactly
 * this checkpoint. Lines by other keys are passed over.
 */
export async function cosignatureIn(
  answer: string,
  witness: NoteKey,
  checkpoint: Uint8Array,
  log: { readonly origin: string; readonly keys: readonly NoteKey[] },
  verifier: NoteVerifier,
): Promise<string | null> {
  const bytes = utf8(`${text(checkpoint)}${answer}`);
  const note = readNote(bytes);
  if (!note) return null;
  const opened = await openCheckpoint(bytes, log, [witness], verifier);
  const [signature] = signaturesBy(note, witness);
  const signed = typeof opened !== "string" && opened.signers.some(({ key }) => key === witness);
  return signed && signature ? signatureLine(witness, signature) : null;
}

/** A checkpoint with cosignatures under it. */
export const cosigned = (checkpoint: Uint8Array, lines: readonly string[]): Uint8Array =>
  utf8(`${text(checkpoint)}${lines.join("")}`);
