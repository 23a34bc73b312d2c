import type { Ceremony } from "#lib/ceremony/ceremony";
import { RECORDER, recorderBytes, type Body, type Entry, type EntryKind } from "#lib/ceremony/entry";
import { base64url, sha256, utf8 } from "#lib/log/digest";
import type { KeyTemplate } from "#lib/token/template";
import type { Token } from "#lib/token/token";

/** The keys of the worker itself, by the ids they have on every token: one of each, made once by `claviger init`. */
export const RECORDER_KEY: KeyTemplate = ownKey("claviger-recorder");
export const RECORD_SIGNING_KEY: KeyTemplate = ownKey("claviger-record-signing");

function ownKey(label: string): KeyTemplate {
  const id = sha256(utf8(`claviger/own-key/v1\0${label}`));
  return { algorithm: "EC-P256", label, id, usage: { sign: true }, extractable: false, sensitive: true };
}

/** Who this worker is: the public halves of its keys and their certificates, all DER. */
export interface Recorder {
  readonly spki: Uint8Array;
  /** Signed by itself: the trust anchor. */
  readonly certificate: Uint8Array;
  readonly recordSigningCertificate: Uint8Array;
}

/** Signs with the recorder key inside the token; ES256 in DER. */
export const signAsRecorder = (token: Token, bytes: Uint8Array): Promise<Uint8Array> => token.sign(RECORDER_KEY.id, "ES256", bytes);

/**
 * The recorder's next entry of a ceremony, signed by its key in the token. `at` is never before the entry it follows: the app's
 * clock may be a little ahead, and a transcript does not run backwards.
 */
export async function recorderEntry<K extends EntryKind>(token: Token, ceremony: Ceremony, kind: K, body: Body<K>, now: Date): Promise<Entry> {
  const { head } = ceremony;
  const at = now.toISOString();
  const unsigned = {
    v: "claviger/entry/v1",
    ceremony: ceremony.id,
    seq: head.seq + 1,
    at: at < head.at ? head.at : at,
    by: RECORDER,
    kind,
    body,
    prev: head.hash,
    signature: "",
  } as unknown as Entry;
  return { ...unsigned, signature: base64url(await signAsRecorder(token, recorderBytes(unsigned))) };
}
