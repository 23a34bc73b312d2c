import { base64, fromBase64, fromHex, utf8 } from "./digest";
import { NOTE_COSIGNATURE, NOTE_ECDSA, readNote, signaturesBy, type Note, type NoteKey } from "./note";

/** What a log says of itself at one moment (C2SP tlog-checkpoint): its origin, how many leaves it has, and the root over them. */
export type TreeHead = { readonly origin: string; readonly size: number; readonly root: Uint8Array };

/** A tree head that a known key signed, and until when the note's witnesses have seen it. Only `openCheckpoint` makes one. */
export type Checkpoint = TreeHead & {
  readonly [opened]: true;
  /** The keys whose signatures were checked, and the moment each cosigner gave. */
  readonly signers: readonly { readonly key: NoteKey; readonly at: string | null }[];
  readonly note: Uint8Array;
};
declare const opened: unique symbol;

/** How signatures are checked: ES256 in DER, or Ed25519, under a SubjectPublicKeyInfo. False for whatever is malformed. */
export interface NoteVerifier {
  verify(algorithm: "ES256" | "EdDSA", spki: Uint8Array, data: Uint8Array, signature: Uint8Array): Promise<boolean>;
}

/** Why a checkpoint is not taken. */
export type CheckpointTrouble = "not-a-checkpoint" | "other-origin" | "no-known-key" | "bad-signature";

/** RFC 8410, section 10.1: what stands before the 32 bytes of an Ed25519 key in its SubjectPublicKeyInfo. */
const ED25519_SPKI = fromHex("302a300506032b6570032100");
const ed25519 = (publicKey: Uint8Array): Uint8Array => Uint8Array.of(...ED25519_SPKI, ...publicKey);

const SIZE = /^(?:0|[1-9][0-9]{0,15})$/;

/** The text that is signed. Extension lines are not written: no monitor could check them. */
export const treeHeadText = ({ origin, size, root }: TreeHead): string => `${origin}\n${String(size)}\n${base64(root)}\n`;

/** The tree head in a note's text; null when it is none. Extension lines are passed over. */
export function readTreeHead(text: string): TreeHead | null {
  const [origin = "", size = "", root = "", ...more] = text.split("\n");
  if (origin === "" || !SIZE.test(size) || more.at(-1) !== "" || more.slice(0, -1).includes("")) return null;
  if (!Number.isSafeInteger(Number(size))) return null;
  try {
    const bytes = fromBase64(root);
    return bytes.length === 32 ? { origin, size: Number(size), root: bytes } : null;
  } catch {
    return null;
  }
}

/** The tree head that a signed note is of, whoever signed it; null when the bytes are no such note. Nothing is checked. */
export function treeHeadIn(note: Uint8Array): TreeHead | null {
  const read = readNote(note);
  return read && readTreeHead(read.text);
}

/** What a cosigner signs (C2SP tlog-cosignature, Ed25519): that at this second it had seen no larger consistent tree. */
export const cosignedMessage = (text: string, seconds: bigint): string => `cosignature/v1\ntime ${String(seconds)}\n${text}`;

/**
 * Reads a note and checks it: of the origin that is asked for, signed by `log`; whatever other known keys signed it too is named.
 * A signature by a known key that does not verify refuses the whole, as the specification of notes wants; unknown keys are passed over.
 */
export async function openCheckpoint(
  bytes: Uint8Array,
  log: { readonly origin: string; readonly keys: readonly NoteKey[] },
  others: readonly NoteKey[],
  verifier: NoteVerifier,
): Promise<Checkpoint | CheckpointTrouble> {
  const note = readNote(bytes);
  const head = note && readTreeHead(note.text);
  if (!note || !head) return "not-a-checkpoint";
  if (head.origin !== log.origin) return "other-origin";
  const signers: { key: NoteKey; at: string | null }[] = [];
  for (const key of [...log.keys, ...others]) {
    for (const signature of signaturesBy(note, key)) {
      const at = await momentOf(note, key, signature, verifier);
      if (at === undefined) return "bad-signature";
      if (!signers.some((one) => one.key === key)) signers.push({ key, at });
    }
  }
  if (!signers.some(({ key }) => log.keys.includes(key))) return "no-known-key";
  return { ...head, signers, note: bytes } as unknown as Checkpoint;
}

const TIME_LENGTH = 8;

/** The time a cosigner gave, null where the kind of signature has none; undefined when the signature is not good. */
async function momentOf(note: Note, key: NoteKey, signature: Uint8Array, verifier: NoteVerifier): Promise<string | null | undefined> {
  if (key.kind !== NOTE_COSIGNATURE) {
    const [algorithm, spki] = key.kind === NOTE_ECDSA ? (["ES256", key.publicKey] as const) : (["EdDSA", ed25519(key.publicKey)] as const);
    return (await verifier.verify(algorithm, spki, utf8(note.text), signature)) ? null : undefined;
  }
  if (signature.length !== TIME_LENGTH + 64) return undefined;
  const seconds = new DataView(signature.buffer, signature.byteOffset).getBigUint64(0);
  const message = utf8(cosignedMessage(note.text, seconds));
  const good = await verifier.verify("EdDSA", ed25519(key.publicKey), message, signature.slice(TIME_LENGTH));
  const moment = new Date(Number(seconds) * 1000);
  return good && Number.isFinite(moment.getTime()) ? moment.toISOString() : undefined;
}
