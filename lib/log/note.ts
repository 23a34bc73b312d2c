import { base64, fromBase64, hex, sameBytes, sha256, text, utf8 } from "./digest";

/**
 * Signed notes (C2SP signed-note): lines of text, an empty line, and a line for each signature, `— name base64(key id ‖ signature)`.
 * The text means nothing before a signature under a known key was checked.
 */
export type Note = { readonly text: string; readonly signatures: readonly NoteSignature[] };
export type NoteSignature = { readonly name: string; readonly keyId: Uint8Array; readonly signature: Uint8Array };

/** The kinds of signature that are known here, by the byte that stands for them in a key id. */
export const NOTE_ED25519 = 0x01;
export const NOTE_ECDSA = 0x02;
export const NOTE_COSIGNATURE = 0x04;

/** A key that notes are checked with. Of Ed25519 and cosignatures the 32 bytes of the key; of ECDSA its SubjectPublicKeyInfo. */
export type NoteKey = {
  readonly name: string;
  readonly kind: typeof NOTE_ED25519 | typeof NOTE_ECDSA | typeof NOTE_COSIGNATURE;
  readonly publicKey: Uint8Array;
};

/** A note of this size and no larger is read: 16 signatures of the largest known kind fit in. */
const NOTE_LIMIT = 256 * 1024;
const SIGNATURES = 64;
const KEY_ID = 4;
const NAME = /^[^\p{White_Space}\p{Cc}+]+$/u;

/** The first four bytes of SHA-256: of the key itself with ECDSA, else of name, newline, kind and key. */
export function noteKeyId({ name, kind, publicKey }: NoteKey): Uint8Array {
  if (kind === NOTE_ECDSA) return sha256(publicKey).slice(0, KEY_ID);
  const prefix = utf8(`${name}\n`);
  const bytes = new Uint8Array(prefix.length + 1 + publicKey.length);
  bytes.set(prefix);
  bytes[prefix.length] = kind;
  bytes.set(publicKey, prefix.length + 1);
  return sha256(bytes).slice(0, KEY_ID);
}

/** `name+hex of the key id+base64(kind ‖ key)`: how a key is given to other tools. */
export const vkey = (key: NoteKey): string =>
  `${key.name}+${hex(noteKeyId(key))}+${base64(Uint8Array.of(key.kind, ...key.publicKey))}`;

/** A verifier key as other tools print it; null when it is none, its id is not its own, or its kind is not known here. */
export function readVkey(value: string): NoteKey | null {
  // Base64 has plus signs of its own: only the first two separate.
  const [name = "", , ...rest] = value.split("+");
  const bytes = decoded(rest.join("+"));
  const kind = bytes?.[0];
  if (!bytes || !NAME.test(name) || (kind !== NOTE_ED25519 && kind !== NOTE_ECDSA && kind !== NOTE_COSIGNATURE)) return null;
  const key: NoteKey = { name, kind, publicKey: bytes.slice(1) };
  if (kind !== NOTE_ECDSA && key.publicKey.length !== 32) return null;
  return vkey(key) === value ? key : null;
}

function decoded(value: string): Uint8Array | null {
  try {
    return fromBase64(value);
  } catch {
    return null;
  }
}

/** The line of a signature, with its newline. Throws a RangeError on a name no line can carry. */
export function signatureLine(key: NoteKey, signature: Uint8Array): string {
  if (!NAME.test(key.name)) throw new RangeError("no name for a key");
  return `— ${key.name} ${base64(Uint8Array.of(...noteKeyId(key), ...signature))}\n`;
}

/** A note of this text, which ends in a newline, and these lines. */
export const noteOf = (text: string, lines: readonly string[]): string => `${text}\n${lines.join("")}`;

/** The parts of a note, nothing checked yet; null when the bytes are none. Signatures are all there, of unknown keys too. */
export function readNote(bytes: Uint8Array): Note | null {
  if (bytes.length > NOTE_LIMIT) return null;
  let whole: string;
  try {
    whole = text(bytes);
  } catch {
    return null;
  }
  if (/[\u0000-\u0009\u000b-\u001f]/.test(whole)) return null;
  const split = whole.lastIndexOf("\n\n");
  if (split < 0 || !whole.endsWith("\n")) return null;
  const lines = whole.slice(split + 2, -1).split("\n");
  if (lines.length > SIGNATURES) return null;
  const signatures = lines.map(readSignature);
  return signatures.every((one) => one !== null) ? { text: whole.slice(0, split + 1), signatures } : null;
}

function readSignature(line: string): NoteSignature | null {
  const [, name = "", encoded = ""] = /^— (\S+) (\S+)$/.exec(line) ?? [];
  const bytes = decoded(encoded);
  if (!NAME.test(name) || !bytes || bytes.length <= KEY_ID) return null;
  return { name, keyId: bytes.slice(0, KEY_ID), signature: bytes.slice(KEY_ID) };
}

/** The signatures of a note that claim to be by that key. More than one may: whoever checks takes none unless it verifies. */
export function signaturesBy(note: Note, key: NoteKey): readonly Uint8Array[] {
  const id = noteKeyId(key);
  return note.signatures.filter((one) => one.name === key.name && sameBytes(one.keyId, id)).map(({ signature }) => signature);
}
