import { canonical, type Json } from "../log/canonical";
import { base64url, fromBase64url, sha256, utf8 } from "../log/digest";
import type { Result } from "../result";
import type { Ceremony } from "./ceremony";
import { readEntry, RECORDER, recorderBytes, type Body, type Entry, type EntryKind } from "./entry";
import type { Refusal } from "./refusal";
import { take } from "./replay";
import type { SignatureVerifier } from "./signature-verifier";
import { smallBook } from "./small-book.under-test";
import { hashSignatures, signWith } from "./small-roster.under-test";

export const START = Date.parse("2026-11-22T10:00:00.000Z");
export const timeAt = (seconds: number) => new Date(START + seconds * 1000).toISOString();
export const RECORDER_SPKI = base64url(sha256(utf8("recorder")));

export type EntryChange = { at?: string; seq?: number; prev?: string | null; ceremony?: string; signature?: string | null };

/** The transcript of a small ceremony as it grows: each entry goes through `examine` and `admit`; refused ones leave no trace. */
export class SmallTranscript {
  ceremony: Ceremony | null = null;
  readonly transcript: Uint8Array[] = [];
  protected seconds = 0;

  constructor(readonly verifier: SignatureVerifier = hashSignatures) {}

  /** The ceremony; fails where none was opened. */
  get now(): Ceremony {
    if (!this.ceremony) throw new Error("not opened");
    return this.ceremony;
  }

  /** The transcript, read. */
  get entries(): Entry[] {
    return this.transcript.map((bytes) => {
      const read = readEntry(bytes);
      if (!read.ok) throw new Error("an entry that was admitted is read");
      return read.value.entry;
    });
  }

  /** Time passes and nobody does anything. */
  wait(seconds: number): void {
    this.seconds += seconds;
  }

  draft<K extends EntryKind>(kind: K, by: string, body: Body<K>, change: EntryChange = {}): Entry {
    const head = this.ceremony?.head;
    const entry = {
      v: "claviger/entry/v1",
      ceremony: "c-1",
      seq: head ? head.seq + 1 : 0,
      at: timeAt(++this.seconds),
      by,
      kind,
      body,
      prev: head?.hash ?? null,
      signature: null,
      ...change,
    } as unknown as Entry;
    if (by !== RECORDER || "signature" in change) return entry;
    return { ...entry, signature: base64url(signWith(fromBase64url(RECORDER_SPKI), recorderBytes(entry))) };
  }

  async enter(entry: Entry): Promise<Result<Ceremony, Refusal>> {
    return this.enterBytes(canonical(entry as unknown as Json));
  }

  async enterBytes(bytes: Uint8Array): Promise<Result<Ceremony, Refusal>> {
    const next = await take(this.verifier, smallBook, this.ceremony, bytes);
    if (next.ok) {
      this.ceremony = next.value;
      this.transcript.push(bytes);
    }
    return next;
  }

  act<K extends EntryKind>(kind: K, by: string, body: Body<K>, change: EntryChange = {}): Promise<Result<Ceremony, Refusal>> {
    return this.enter(this.draft(kind, by, body, change));
  }

  async must<K extends EntryKind>(kind: K, by: string, body: Body<K>): Promise<void> {
    const result = await this.act(kind, by, body);
    if (!result.ok) throw new Error(`${kind}: ${JSON.stringify(result.refusal)}`);
  }
}
