import { inflate } from "#lib/webcrypto/inflate";
import { webCryptoVerifier } from "#lib/webcrypto/web-crypto-verifier";
import { entryHash, recorderBytes, type Entry, type EntryKind, type EntryOf } from "#lib/ceremony/entry";
import type { Ceremony } from "#lib/ceremony/ceremony";
import type { Statement } from "#lib/ceremony/statement";
import { base64url } from "#lib/log/digest";
import { book } from "#lib/operations/book";
import { drawRecord } from "#lib/pdf/draw-record";
import { sealPdf } from "#lib/pdf/seal-pdf";
import type { Json } from "#lib/log/canonical";
import { commit, commitmentsIn, type Opening } from "#lib/log/commitment";
import { readEntries } from "#lib/store/entries";
import { findRecord } from "#lib/store/records";
import type { SoftwarePasskey } from "#cli/demo/software-passkey";
import { ckaIdOf } from "#lib/ceremony/quorum";
import { RECORD_SIGNING_KEY, RECORDER_KEY, type Recorder } from "#worker/recorder";
import { findRecorder } from "#worker/own-keys";
import { PlayedCeremony } from "#worker/played-ceremony.under-test";
import { committed } from "#worker/played-cast.under-test";
import { smallScript } from "#worker/played-scripts.under-test";
import { ChildToken } from "#worker/token/child-token";
import { WorkerGrounds } from "#worker/worker-grounds.under-test";
import type { RecordDocument } from "./record-document";
import { recordDocument } from "./record";
import { transcriptBytes } from "./transcript";
import { verifyRecord, type Verification } from "./verify-record";

export interface Telling {
  readonly entries: readonly Entry[];
  readonly openings: readonly Opening[];
}

/**
 * An honest ceremony, played at a real worker to its sealed record; and then the worst that can happen: somebody with the
 * worker's own token, whose recorder signs any entry and whose seal goes under any record. Only what is inside can still tell.
 */
export class RecordForger {
  readonly played: PlayedCeremony;
  readonly honest: Telling;
  readonly ceremony: Ceremony;
  readonly recorder: Recorder;
  /** The record as the honest worker sealed it. */
  readonly sealed: Uint8Array;
  readonly #grounds: WorkerGrounds;
  readonly #token: ChildToken;

  private constructor(parts: { played: PlayedCeremony; honest: Telling; ceremony: Ceremony; recorder: Recorder; sealed: Uint8Array; grounds: WorkerGrounds; token: ChildToken }) {
    this.played = parts.played;
    this.honest = parts.honest;
    this.ceremony = parts.ceremony;
    this.recorder = parts.recorder;
    this.sealed = parts.sealed;
    this.#grounds = parts.grounds;
    this.#token = parts.token;
  }

  static async open(): Promise<RecordForger> {
    const grounds = await WorkerGrounds.open();
    const played = await new PlayedCeremony(grounds.app, { script: smallScript() }).open();
    grounds.trust(played.roster);
    const worker = grounds.start();
    const ceremony = await play(played).catch((fault: unknown) => {
      throw new Error(`${String(fault)}\n${worker.output}`);
    });
    const sealed = await recordOf(grounds, played.id);
    await grounds.stopAll();
    const token = await ChildToken.open(grounds.token.options);
    const recorder = await findRecorder(token, grounds.memory());
    if (!recorder) throw new Error("no recorder");
    const entries = await played.entries();
    const kept = (await readEntries(grounds.app, played.id)).flatMap(({ openings }) => [...openings]);
    const honest = { entries, openings: opening(kept.filter(({ salt }) => salt !== "y"), entries) };
    return new RecordForger({ played, honest, ceremony, recorder, sealed, grounds, token });
  }

  async close(): Promise<void> {
    await this.#token.close();
    await this.#grounds.close();
  }

  at<K extends EntryKind>(kind: K, which = 0): EntryOf<K> {
    const found = this.honest.entries.filter((entry) => entry.kind === kind)[which];
    if (!found) throw new Error(`no ${kind}`);
    return found as EntryOf<K>;
  }

  /** The honest entries with one replaced by others (none: taken away), and nothing made right. */
  without(entry: Entry, ...instead: readonly Entry[]): Entry[] {
    return this.honest.entries.flatMap((one) => (one.seq === entry.seq ? instead : [one]));
  }

  /**
   * The entries one after the other, every link right, every entry of the recorder signed by its real key, and what people signed
   * after the change signed by them again: what follows from the change follows, and nothing else is wrong.
   */
  async retold(entries: readonly Entry[]): Promise<Entry[]> {
    const told: Entry[] = [];
    let opening = { honest: "", told: "" };
    for (const entry of entries) {
      const last = told.at(-1);
      const at = last && entry.at < last.at ? last.at : entry.at;
      const next = await this.#signedAgain(this.#follows({ ...entry, seq: told.length, prev: last ? entryHash(last) : null, at }, opening));
      told.push(next);
      if (entry.kind === "step-opened") opening = { honest: entryHash(entry), told: entryHash(next) };
    }
    return told;
  }

  /** What is bound to the opening of its step goes with it. */
  #follows(entry: Entry, opening: { readonly honest: string; readonly told: string }): Entry {
    if (entry.kind === "operation-started" && entry.body.quorumHash === null) {
      return { ...entry, body: { ...entry.body, ckaId: ckaIdOf(opening.told, entry.body.index) } };
    }
    if (entry.kind !== "step-approved" && entry.kind !== "signed-off") return entry;
    const { statement } = entry.body;
    if (statement.head !== opening.honest || opening.honest === opening.told) return entry;
    const moved = { ...statement, head: opening.told };
    return { ...entry, body: { statement: moved, assertion: this.played.sign(entry.by, moved) } };
  }

  async #signedAgain(entry: Entry): Promise<Entry> {
    const honest = this.honest.entries[entry.seq];
    if (entry.by !== "recorder" || (honest && entryHash(honest) === entryHash(entry))) return entry;
    return { ...entry, signature: base64url(await this.#token.sign(RECORDER_KEY.id, "ES256", recorderBytes(entry))) };
  }

  /** A signed act of a person over a statement that is bent before signing; `afterwards` bends the text under the signature. */
  signed(entry: EntryOf<"step-approved">, { by, bend, afterwards, passkey = 0, stranger, ...use }: SignedBend): EntryOf<"step-approved"> {
    const person = by ?? entry.by;
    const statement = { ...entry.body.statement, person, ...bend };
    const own = stranger ?? this.played.player(person).passkeys[passkey];
    const assertion = this.played.sign(person, statement, { ...use, ...(own && { passkey: own }) });
    return { ...entry, by: person, body: { statement: { ...statement, ...afterwards }, assertion } };
  }

  /** Draws and seals a record as the worker does, over whatever transcript; `change` bends the document. */
  async record(telling: Partial<Telling>, change: (document: RecordDocument) => RecordDocument = (same) => same, signingTime = new Date()): Promise<Uint8Array> {
    const { entries = this.honest.entries, openings = opening(this.honest.openings, entries) } = telling;
    const whole = { entries, openings };
    const head = whole.entries.at(-1);
    const document = recordDocument(this.honest, this.ceremony, book);
    const attachments = document.attachments.map((one) => ({ ...one, bytes: transcriptBytes(whole) }));
    const told = { ...document, transcriptHash: head ? entryHash(head) : document.transcriptHash, attachments };
    const drawn = await drawRecord(change(told), { seal: { signer: "Claviger record signing", signingTime } });
    const sign = (data: Uint8Array) => this.#token.sign(RECORD_SIGNING_KEY.id, "ES256", data);
    const { recordSigningCertificate, certificate } = this.recorder;
    return sealPdf(drawn, { signer: { algorithm: "ES256", certificate: recordSigningCertificate, chain: [certificate], sign } });
  }

  verify(pdf: Uint8Array, trustAnchor = this.recorder.certificate): Promise<Verification> {
    return verifyRecord(pdf, trustAnchor, { verifier: webCryptoVerifier, inflate, mode: this.ceremony.mode });
  }
}

/** How a signed act is bent. */
export type SignedBend = {
  readonly by?: string;
  readonly bend?: Partial<Statement>;
  readonly afterwards?: Partial<Statement>;
  /** Which of the person's passkeys, or another one altogether. */
  readonly passkey?: number;
  readonly stranger?: SoftwarePasskey;
  readonly rpId?: string;
  readonly origin?: string;
  readonly flags?: number;
};

/** To the end, with a deviation on the way, and with texts beside it in the database that nobody committed to. */
async function play(played: PlayedCeremony): Promise<Ceremony> {
  await played.attached();
  await played.playTo("test");
  const texts = ["closed doors", "a door was open", "go on"].map((text) => committed("deviation-noted/text", text));
  const [expected, happened, decided] = texts.map(({ committed: hash }) => ({ committed: hash }));
  if (!expected || !happened || !decided) throw new Error("three texts make an exception sheet");
  const strays = [{ path: "deviation-noted/text", salt: "00".repeat(16), value: "nobody said this" }, { path: "x", salt: "y", value: "e\u0301" }];
  const body = { class: "A", step: "test", expected, happened, decided } as const;
  await played.act("operator-1", "deviation-noted", body, [...texts.map(({ opening }) => opening), ...strays]);
  return played.playToEnd();
}

/** Those openings that open a commitment in the entries. */
function opening(openings: readonly Opening[], entries: readonly Entry[]): Opening[] {
  const committedTo = new Set(commitmentsIn(entries as unknown as Json).map(({ commitment }) => commitment.committed));
  return openings.filter((one) => committedTo.has(commit(one).committed));
}

async function recordOf(grounds: WorkerGrounds, id: string): Promise<Uint8Array> {
  const end = Date.now() + 120_000;
  for (;;) {
    const record = await findRecord(grounds.app, id);
    if (record) return record.pdf;
    if (Date.now() > end) throw new Error("no record was sealed");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
