import { afterAll, beforeAll, expect, test } from "vitest";
import { commit } from "#lib/log/commitment";
import { sha256Hex, utf8 } from "#lib/log/digest";
import { book } from "#lib/operations/book";
import { drawRecord } from "#lib/pdf/draw-record";
import { rebuilt, replaceIn, saved } from "#lib/pdf/forgery.under-test";
import { redrawRecord } from "#lib/pdf/redraw-record";
import { rendererName } from "#lib/pdf/renderer";
import { drawable } from "#lib/pdf/undrawable-texts";
import { inflate } from "#lib/webcrypto/inflate";
import { webCryptoVerifier as verifier } from "#lib/webcrypto/web-crypto-verifier";
import { EDITION_FILE, editionBytes, type Edition } from "./edition";
import { editionDocument } from "./edition-document";
import { evidencePack, MANIFEST_FILE, PACKED_RECORD, REPORT_FILE } from "./evidence-pack";
import { readAttachments } from "./pdf-attachments";
import { pdfDifference } from "./pdf-difference";
import { readPdf } from "./read-pdf";
import { readZip } from "./read-zip";
import type { RecordDocument } from "./record-document";
import { redacted } from "./redact";
import type { Redraw } from "./redraw";
import { SealedRecord } from "./sealed-record.under-test";
import { TamperMatrix } from "./tamper-matrix.under-test";
import { TRANSCRIPT_FILE, transcriptBytes, type Transcript } from "./transcript";
import { verifyFile } from "./verify-file";
import { zipArchive, type ArchivedFile } from "./zip-archive";

// What is made of a record and handed out (a redacted edition, an evidence pack), and what is done to it by somebody who has all of
// our code and none of the recorder's keys. Sealed records stand in tamper-matrix.test.ts.

/** On a busy machine. */
const LONG = { timeout: 240_000 };

const matrix = new TamperMatrix("Tamper matrix of redacted editions and evidence packs");
let us: SealedRecord;
let other: SealedRecord;
let edition: Uint8Array;
let pack: Uint8Array;
beforeAll(async () => {
  [us, other] = [await SealedRecord.make(), await SealedRecord.make()];
  edition = await drawn({});
  pack = evidencePack({ record: us.pdf, attached: await readAttachments(readPdf(us.pdf), inflate), ceremony: us.ceremony }, book);
}, 240_000);
afterAll(() => {
  process.stdout.write(`\n${matrix.toString()}\n\n`);
});

const drawing = redrawRecord();
const known = new Map<string, Promise<readonly Uint8Array[]>>();
/** The same pages are drawn once: most of what is done to a file leaves what its pages are drawn of as it is. */
const redraw: Redraw = {
  renderer: drawing.renderer,
  async *draw(told) {
    const attached = [...told.attached].map(([, { bytes, ...rest }]) => ({ ...rest, bytes: sha256Hex(bytes) }));
    const key = JSON.stringify([told.transcript, told.ceremony.head, attached, told.as]);
    const drawn = known.get(key) ?? all(drawing.draw(told));
    known.set(key, drawn);
    yield* await drawn;
  },
};
async function all(files: AsyncIterable<Uint8Array>): Promise<readonly Uint8Array[]> {
  const drawn: Uint8Array[] = [];
  for await (const file of files) drawn.push(file);
  return drawn;
}
/** The check that found it, by its own ground; or the one that says that it could not look, as it need not of the true file; or null. */
async function finder(file: Uint8Array, draws = true): Promise<string | null> {
  const { verdict, checks } = await verifyFile(file, us.certificate, { verifier, inflate, mode: "rehearsal", ...(draws && { redraw }) });
  const blind = checks.find(({ name, examined }) => examined === false && (name === "manifest" || (draws && name === "pages")));
  if (verdict !== "bad") return blind ? `a limit said by ${blind.name}` : null;
  return checks.find(({ ok, reason }) => !ok && !/^Not decided|^not examined/.test(reason))?.name ?? null;
}
/** What is done to a pack is found without drawing anything again, but for its report, which only the release that wrote it can write. */
const tried = async (what: string, file: Uint8Array): Promise<void> => {
  matrix.note(what, await finder(file, !what.startsWith("pack") || what.includes("report")));
};
const flipped = (bytes: Uint8Array, at: number): Uint8Array => {
  const copy = Uint8Array.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ (1 << (at % 8));
  return copy;
};
async function isSame(file: Uint8Array): Promise<boolean> {
  try {
    return (await pdfDifference(readPdf(edition), readPdf(file), inflate)) === null;
  } catch {
    return false;
  }
}
/** So many places, spread over all of it and on no rhythm of the file's. */
const spread = (count: number, over: Uint8Array): number[] => Array.from({ length: count }, (_, i) => (i * 104_729 + 17) % over.length);

interface Bend {
  readonly renderer?: string;
  readonly transcript?: Partial<Transcript>;
  readonly says?: Partial<Edition>;
  readonly document?: (document: RecordDocument) => RecordDocument;
}
/** The edition of our record without names, bent. */
async function drawn({ transcript, says, document = (same) => same, renderer = rendererName() }: Bend): Promise<Uint8Array> {
  const { transcript: left, withheld } = withoutNames(us);
  const told = {
    ceremony: us.ceremony.id, head: us.ceremony.head.hash, record: sha256Hex(us.pdf), withheld: withheld.map(({ entry, at }) => ({ entry, at })), ...says,
  };
  const parts = { transcript: { ...left, ...transcript }, ceremony: us.ceremony, edition: told, logProof: null, verifierPage: null };
  return drawRecord(document(drawable(editionDocument(parts, book))), { renderer });
}
function withoutNames(of: SealedRecord) {
  const hidden = redacted(of.transcript, ({ kind }) => kind === "names");
  if (!hidden.ok) throw new Error(hidden.refusal.sentence);
  return hidden.value;
}
const attaching = (name: string, bytes: Uint8Array) => (document: RecordDocument): RecordDocument =>
  ({ ...document, attachments: document.attachments.map((one) => (one.name === name ? { ...one, bytes } : one)) });
const dropping = (name: string) => (document: RecordDocument): RecordDocument =>
  ({ ...document, attachments: document.attachments.filter((one) => one.name !== name) });

test("untouched, edition and pack are good, by the code that finds everything below", async () => {
  expect(await finder(edition)).toBeNull();
  expect(await finder(pack)).toBeNull();
});

test("an edition: bits, bytes, revisions", LONG, async () => {
  for (const at of spread(16, edition)) {
    // No seal is under its bytes: one length and distance of a packed stream can stand for another, and everything unpacked is the same.
    const file = flipped(edition, at);
    if (await isSame(file)) matrix.note("edition: a bit flipped by which nothing in it changes but how it is packed", "nothing to find");
    else await tried("edition: a bit of the file flipped", file);
  }
  // PDF calls NUL white space as well; our writer writes none, so the bit would mean nothing.
  const spaces = [...edition.keys()].filter((at) => String.fromCharCode(...edition.subarray(at - 3, at + 1)) === "\n/P ");
  expect(spaces.length).toBeGreaterThan(100);
  for (const at of spaces.filter((_, i) => i % 100 === 0)) await tried("edition: a space made NUL", edition.with(at, 0));
  await tried("edition: drawn by another release, it says", await drawn({ renderer: "another" }));
  for (const at of spread(5, edition)) await tried("edition: the end cut off", edition.subarray(0, at));
  await tried("edition: saved again", saved(edition, (objects) => { replaceIn(objects, "/Type /Catalog", (text) => text.replace("/Lang (en)", "/Lang (de)")); }));
  await tried("edition: something active in it", rebuilt(edition, (objects) =>
    replaceIn(objects, "/Type /Catalog", (text) => text.replace("/Type /Catalog", "/Type /Catalog\n/OpenAction << /S /JavaScript /JS (x) >>"))));
  const bytes = transcriptBytes(withoutNames(us).transcript);
  for (const at of spread(4, bytes)) {
    await tried("edition: a bit of the transcript flipped, drawn and attached anew", await drawn({ document: attaching(TRANSCRIPT_FILE, flipped(bytes, at)) }));
  }
});

test("an edition: what is withheld", LONG, async () => {
  const { entries, openings } = withoutNames(us).transcript;
  const hidden = us.transcript.openings.filter((one) => !openings.some(({ salt }) => salt === one.salt));
  const [name] = hidden;
  const [stranger] = other.transcript.openings;
  if (!name || !stranger) throw new Error("nothing is withheld");
  const giving = (one: typeof name) => drawn({ transcript: { openings: [...openings, one] } });
  await tried("edition: a withheld name given another value", await giving({ ...name, value: "Mallory" }));
  await tried("edition: a withheld name given with another salt", await giving({ ...name, salt: "ab".repeat(16) }));
  await tried("edition: an opening of another record's commitment", await giving(stranger));
  await tried("edition: a withheld name put back, and still said to be withheld", await giving(name));
  const committed = other.transcript.entries.find(({ kind }) => kind === "ceremony-opened");
  const swapped = entries.map((entry) => (entry.kind === "ceremony-opened" && committed?.kind === "ceremony-opened"
    ? { ...entry, body: { ...entry.body, place: committed.body.place } }
    : entry));
  await tried("edition: another record's commitment in an entry", await drawn({ transcript: { entries: swapped } }));
  const own = entries.map((entry) => (entry.kind === "ceremony-opened"
    ? { ...entry, body: { ...entry.body, place: { committed: commit({ path: "place", salt: "00".repeat(16), value: "Elsewhere" }).committed } } }
    : entry));
  await tried("edition: a commitment made anew in an entry", await drawn({ transcript: { entries: own } }));
  await tried("edition: withheld and not said to be", await drawn({ says: { withheld: [] } }));
  await tried("edition: something open taken away in silence", await drawn({ transcript: { openings: openings.slice(1) } }));
});

test("an edition: whose it is, its pages and its files", LONG, async () => {
  const { entries } = us.transcript;
  await tried("edition: of another ceremony, it says", await drawn({ says: { ceremony: "c-0" } }));
  await tried("edition: with another last entry, it says", await drawn({ says: { head: "ab".repeat(32) } }));
  await tried("edition: an approval taken away", await drawn({ transcript: { entries: entries.filter(({ kind }) => kind !== "step-approved") } }));
  await tried("edition: the close cut off", await drawn({ transcript: { entries: entries.slice(0, -1) } }));
  await tried("edition: the transcript of another record (attachment swapped)", await drawn({ document: attaching(TRANSCRIPT_FILE, transcriptBytes(withoutNames(other).transcript)) }));
  await tried("edition: a list of what is withheld that is none", await drawn({ document: attaching(EDITION_FILE, utf8("{}")) }));
  await tried("edition: the transcript dropped", await drawn({ document: dropping(TRANSCRIPT_FILE) }));
  await tried("edition: passed off as the record, its own file dropped", await drawn({ document: dropping(EDITION_FILE) }));
  await tried("edition: a file that no edition carries", await drawn({ document: (one) => ({
    ...one, attachments: [...one.attachments, { name: "notes.txt", mime: "text/plain", description: "Notes", relationship: "Data", bytes: utf8("x") }],
  }) }));
  const stripped = await drawn({ document: (one) => ({
    ...one, attachments: one.attachments.filter(({ name }) => [TRANSCRIPT_FILE, EDITION_FILE].includes(name)),
  }) });
  await tried("edition: the manifest and every part taken out", stripped);
  // Nothing draws again there, and nothing but what is said of the manifest tells that something may be gone.
  matrix.note("edition: the manifest and every part taken out, nothing drawn again", await finder(stripped, false));
  const bare = await verifyFile(stripped, us.certificate, { verifier, inflate, mode: "rehearsal" });
  expect(bare.limits.join()).toContain("or somebody took it out");
  expect(bare.conclusions.find(({ name }) => name === "only-withheld")?.holds).toBe(true);
  await tried("edition: other pages over it", await drawn({ document: (one) => ({ ...one, title: "Forged" }) }));
  await tried("edition: pages that print another transcript's hash", await drawn({ document: (one) => ({ ...one, transcriptHash: "ab".repeat(32) }) }));
  const said = editionBytes({ ceremony: us.ceremony.id, head: us.ceremony.head.hash, record: "ab".repeat(32), withheld: [] });
  await tried("edition: under a seal, as a record", await us.sealed({}, (one) => ({
    ...one, attachments: [...one.attachments, { name: EDITION_FILE, mime: "application/json", description: "Edition", relationship: "Data", bytes: said }],
  })));
});

const files = (): readonly ArchivedFile[] => readZip(pack) ?? [];
const exchanged = (name: string, bytes: Uint8Array): Uint8Array => zipArchive(files().map((one) => (one.name === name ? { name, bytes } : one)));

test("a pack: bits, bytes, and everything around its files", LONG, async () => {
  for (const at of spread(225, pack)) await tried("pack: a bit of the file flipped", flipped(pack, at));
  for (const at of spread(10, pack)) await tried("pack: the end cut off", pack.subarray(0, at));
  for (const more of [[0], [0x50, 0x4b, 5, 6]]) {
    await tried("pack: bytes behind it", new Uint8Array([...pack, ...more]));
    await tried("pack: bytes before it", new Uint8Array([...more, ...pack]));
  }
  await tried("pack: its files in another order", zipArchive(files().toReversed()));
});

test("a pack: each file dropped, doubled, changed, exchanged; and a manifest made right around it", LONG, async () => {
  for (const { name, bytes } of files()) {
    await tried(`pack: ${name} dropped`, zipArchive(files().filter((one) => one.name !== name)));
    await tried("pack: a file doubled", zipArchive(files().flatMap((one) => (one.name === name ? [one, one] : [one]))));
    await tried("pack: a bit of a file flipped, the archive made right", exchanged(name, flipped(bytes, bytes.length >> 1)));
    await tried("pack: a file emptied", exchanged(name, new Uint8Array()));
    await tried("pack: a file under another name", zipArchive(files().map((one) => (one.name === name ? { ...one, name: `x-${name}` } : one))));
  }
  await tried("pack: a file too many", zipArchive([...files(), { name: "more.txt", bytes: utf8("more") }]));
  await tried("pack: a manifest that names nothing", exchanged(MANIFEST_FILE, utf8("{}")));
  await tried("pack: the report exchanged", exchanged(REPORT_FILE, utf8("All went well.")));
  const attached = await readAttachments(readPdf(us.pdf), inflate);
  await tried("pack: the report exchanged, and the manifest made right",
    evidencePack({ record: us.pdf, attached, ceremony: us.ceremony }, book, utf8("All went well.")));
  await tried("pack: another recorder's record in it", exchanged(PACKED_RECORD, other.pdf));
  const foreign = { record: other.pdf, attached: await readAttachments(readPdf(other.pdf), inflate), ceremony: other.ceremony };
  await tried("pack: the whole pack of another recorder", evidencePack(foreign, book));
  await tried("pack: our record, the files of another one beside it", evidencePack({ ...foreign, record: us.pdf }, book));
});

test("nothing that was tried was found by nobody", () => {
  expect(matrix.unfound).toEqual([]);
  expect(matrix.rows.length).toBeGreaterThan(40);
  expect(matrix.tries).toBeGreaterThan(300);
});
