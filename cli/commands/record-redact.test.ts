import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { inflateSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { Script } from "#lib/ceremony/script";
import { commit, TAKEN_OUT } from "#lib/log/commitment";
import { sha256Hex, utf8 } from "#lib/log/digest";
import { book } from "#lib/operations/book";
import { conformanceFaults } from "#lib/pdf/conformance.under-test";
import { drawRecord } from "#lib/pdf/draw-record";
import { redrawRecord } from "#lib/pdf/redraw-record";
import { rendererName } from "#lib/pdf/renderer";
import { drawable } from "#lib/pdf/undrawable-texts";
import { rebuilt, replaceIn, saved } from "#lib/pdf/forgery.under-test";
import { EDITION_FILE, editionBytes, readEdition, type Edition } from "#lib/record/edition";
import { editionDocument } from "#lib/record/edition-document";
import { fieldsOf } from "#lib/record/fields";
import { readAttachments } from "#lib/record/pdf-attachments";
import { printedText } from "#lib/record/printed-text";
import { readPdf } from "#lib/record/read-pdf";
import { redacted } from "#lib/record/redact";
import type { RecordDocument } from "#lib/record/record-document";
import { SealedRecord } from "#lib/record/sealed-record.under-test";
import { readTranscript, TRANSCRIPT_FILE, transcriptBytes, type Transcript } from "#lib/record/transcript";
import { verifyFile } from "#lib/record/verify-file";
import type { RecordPorts } from "#lib/record/verify-record";
import { inflate } from "#lib/webcrypto/inflate";
import { webCryptoVerifier } from "#lib/webcrypto/web-crypto-verifier";
import { toPem } from "#lib/x509/pem";
import { smallScript } from "#worker/played-scripts.under-test";
import { NotDone, Unusable } from "./command";
import { recordCommand } from "./record";
import { verifyCommand } from "./verify";

// An edition is made of a real record by the command that people type; then by somebody who means ill.

const NAMES = ["Zoëlla Ångström", "محمد بن عبد الله", "佐藤 美咲", "Þórður Ægisson", "Άννα Παππά", "Юлия Ковалёва"];

/** Every kind of field that a rehearsal has: identities, a reading of two people, a file. */
function script(): Script {
  const small = smallScript();
  const opening: Script["acts"][number] = {
    act: "opening",
    title: "Opening",
    steps: [
      { step: "who", kind: "attendance", title: "Who is here", say: "Show a document.", by: ["witness"] },
      { step: "bag", kind: "check", title: "The bag", say: "Read it.", value: "Bag number", physical: true, by: ["operator", "witness"] },
      { step: "film", kind: "evidence", title: "Film", say: "The camera runs.", what: "The file", by: ["operator"] },
    ],
  };
  return { ...small, witnesses: { least: 2 }, acts: [opening, ...small.acts] };
}

const folder = mkdtempSync(path.join(tmpdir(), "claviger-redact-"));
const place = (name: string) => path.join(folder, name);
let us: SealedRecord;
let said = "";
beforeAll(async () => {
  us = await SealedRecord.make(script(), NAMES);
  writeFileSync(place("record.pdf"), us.pdf);
  writeFileSync(place("anchor.pem"), toPem("CERTIFICATE", us.certificate));
}, 120_000);
beforeEach(() => {
  said = "";
  vi.spyOn(console, "log").mockImplementation((text: string) => {
    said += `${text}\n`;
  });
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const HIDDEN = "names,documents,readings,files";
const redact = (out: string, ...more: string[]) => recordCommand(["redact", place("record.pdf"), "--trust", place("anchor.pem"), "--out", place(out), ...more]);
const made = async (out: string, ...more: string[]): Promise<Uint8Array> => {
  expect(await redact(out, ...more)).toBe(0);
  return new Uint8Array(readFileSync(place(out)));
};
const ports: RecordPorts = { verifier: webCryptoVerifier, inflate, mode: "rehearsal" };
const redraw = redrawRecord();
const verified = (file: Uint8Array, more: Partial<RecordPorts> = {}) => verifyFile(file, us.certificate, { ...ports, redraw, ...more });
const badIn = async (file: Uint8Array) => {
  const { verdict, checks } = await verified(file);
  return [verdict, ...checks.filter(({ ok }) => !ok).map(({ name }) => name)];
};
const verify = (file: string, ...more: string[]) => verifyCommand([place(file), "--trust", place("anchor.pem"), "--rehearsal", ...more]);

/** Values of the kinds that are withheld here, as the record has them. */
const valuesIn = (kinds: string) => {
  const hidden = redacted(us.transcript, ({ kind }) => kinds.split(",").includes(kind));
  if (!hidden.ok) throw new Error(hidden.refusal.sentence);
  return hidden.value.values.map(({ value }) => value);
};

describe("an edition of a good record", () => {
  test("is good as a redacted edition, of the same last entry, names what is withheld, and is no record", async () => {
    const file = await made("edition.pdf", "--hide", HIDDEN);
    const { verdict, about, edition, checks, sealedAt, anchors, conclusions } = await verified(file);
    expect(checks.filter(({ ok }) => !ok)).toEqual([]);
    expect(verdict).toBe("good-redacted");
    expect(about?.head).toBe(us.ceremony.head.hash);
    expect(sealedAt).toBeNull();
    expect(edition?.record).toBe(sha256Hex(us.pdf));
    expect(checks.find(({ name }) => name === "pages")?.reason).toContain("the same pages, object by object");
    expect(conclusions.find(({ name }) => name === "pages-tell")?.holds).toBe(true);
    expect(new Set(edition?.withheld.map(({ kind }) => kind))).toEqual(new Set(HIDDEN.split(",")));
    expect(checks.find(({ name }) => name === "withheld")?.reason).toMatch(/names of people \(6\), .*what was read off things.* \(2\)/);
    expect(anchors).toMatchObject([{ kind: "recorder", sha256: sha256Hex(us.certificate) }]);
    expect(conclusions.filter(({ holds }) => holds === false)).toEqual([]);
    expect(conclusions.map(({ name }) => name)).not.toContain("unaltered");
    // Every check that is made is the ground of a conclusion.
    const grounds = conclusions.flatMap((one) => one.checks);
    expect(checks.map(({ name }) => name).filter((name) => !grounds.includes(name))).toEqual(["log-proof"]);
  });

  test("the command says so: code 3 where it was not asked for, 0 where it was; and a record is no edition", async () => {
    expect(await verify("edition.pdf")).toBe(3);
    expect(said).toMatch(/A REDACTED EDITION: \d+ of \d+ names and texts are withheld; no seal/);
    expect(said).toMatch(/GOOD AS A REDACTED EDITION, and no more, of the record of ceremony .* Withheld: names of people \(6\), .*\n$/);
    expect(await verify("edition.pdf", "--redacted")).toBe(0);
    expect(await verify("record.pdf", "--redacted")).toBe(1);
    expect(await verify("record.pdf")).toBe(0);
    said = "";
    expect(await verify("edition.pdf", "--json")).toBe(3);
    expect(JSON.parse(said)).toMatchObject({ verdict: "good-redacted", edition: { record: sha256Hex(us.pdf) } });
  });

  test("where nothing draws, or something else drew, the pages are said not to have been examined", async () => {
    const { verdict, limits, conclusions } = await verifyFile(new Uint8Array(readFileSync(place("edition.pdf"))), us.certificate, ports);
    expect([verdict, limits]).toEqual(["good-redacted", [expect.stringContaining("The pages were not drawn again: nothing here draws.")]]);
    expect(conclusions.find(({ name }) => name === "pages-tell")?.holds).toBeNull();
  });

  test("known by its recorder's fingerprint it is as good; with another recorder it is bad", async () => {
    const file = new Uint8Array(readFileSync(place("edition.pdf")));
    expect((await verifyFile(file, { sha256: sha256Hex(us.certificate) }, ports)).verdict).toBe("good-redacted");
    const { verdict, checks } = await verifyFile(file, { sha256: "ab".repeat(32) }, ports);
    expect([verdict, checks.find(({ ok }) => !ok)?.name]).toEqual(["bad", "trust-anchor"]);
    expect((await verified(file, { mode: "production" })).verdict).toBe("bad");
    expect((await verified(file, { requireTimeStamp: true })).checks.find(({ ok }) => !ok)?.name).toBe("timestamp");
  });

  test("is the same bytes when it is made again, PDF/A-3a and PDF/UA-1, and says on its pages that it is withheld", async () => {
    const [one, other] = [new Uint8Array(readFileSync(place("edition.pdf"))), await made("other.pdf", "--hide", HIDDEN)];
    expect(sha256Hex(one)).toBe(sha256Hex(other));
    expect(conformanceFaults(one)).toEqual([]);
    const pages = (await printedText(readPdf(one), inflate)).map((page) => page.replaceAll(/\s+/g, ""));
    expect(pages.join("")).toContain(`${TAKEN_OUT}custodian-1`);
    expect(pages[0]).toContain("REDACTEDEDITION");
    expect(pages.slice(1).every((page) => page.includes("REDACTEDEDITION"))).toBe(true);
    expect(pages.join("")).toContain("Nosealisunderthesepages");
  });

  test("without a choice everything that can be is withheld, and a choice of nothing that is there is said", async () => {
    expect((await verified(await made("all.pdf", "--even-so"))).edition?.withheld).toHaveLength(fieldsOf(us.transcript.entries).length);
    await expect(redact("bad.pdf", "--hide", "nicknames")).rejects.toThrow("Nothing is called nicknames");
  });
});

/** Every byte string inside a PDF that somebody could look into: the file, each stream unpacked, and what its pages print. */
async function insideOf(file: Uint8Array): Promise<string> {
  const pdf = readPdf(file);
  const streams = [...pdf.objects.values()].flatMap(({ stream }) => (stream ? [stream] : []));
  const unpacked = streams.map((stream) => {
    try {
      return Buffer.from(inflateSync(stream));
    } catch {
      return Buffer.from(stream);
    }
  });
  const all = [Buffer.from(file), ...unpacked];
  const pages = (await printedText(pdf, inflate)).map((page) => page.replaceAll(/\s+/g, " "));
  return [...all.map((bytes) => bytes.toString("utf8")), ...all.map((bytes) => bytes.toString("latin1")), ...pages].join("\n");
}

describe("nothing that is withheld is anywhere in the file", () => {
  test("no value and no salt of one, in any stream, in any coding; all of them are in the record", async () => {
    const [inRecord, inEdition] = [await insideOf(us.pdf), await insideOf(new Uint8Array(readFileSync(place("edition.pdf"))))];
    const values = valuesIn(HIDDEN);
    const hidden = new Set(fieldsOf(us.transcript.entries).filter(({ kind }) => HIDDEN.split(",").includes(kind)).map(({ committed }) => committed));
    const salts = us.transcript.openings.filter((opening) => hidden.has(commit(opening).committed)).map(({ salt }) => salt);
    expect(values.length).toBeGreaterThan(10);
    // No word of three letters: in a quarter of a million packed bytes one of those stands by chance, once in a hundred runs.
    for (const sought of [...values, ...salts, "Zoëlla", "Ångström"]) {
      expect(inRecord, sought).toContain(sought);
      expect(inEdition, sought).not.toContain(sought);
    }
    // Nor in the guise of UTF-16, as titles and bookmarks of a PDF are written, nor as initials.
    for (const value of values) expect(inEdition).not.toContain(Buffer.from(value, "utf16le").swap16().toString("latin1"));
    expect(inEdition.replaceAll(/\s+/g, "")).not.toContain("ZÅof");
  });

  test("what stands elsewhere in what stays is refused, with its place, until it is withheld or knowingly left", async () => {
    // The organisation's name is also the ceremony's title, which nobody can take out of the entries.
    await expect(redact("leak.pdf", "--hide", "organisation")).rejects.toThrow(/\(the organisation\) stands also in entry 0: \/title[^]*\(the organisation\) stands also in entry 1: \/recorder\/certificate/);
    expect(existsSync(place("leak.pdf"))).toBe(false);
    expect(await redact("leak.pdf", "--hide", "organisation", "--even-so")).toBe(0);
    expect(said).toContain("can be read elsewhere in what stays");
    // A document stays open in one entry while it is withheld in another.
    const [first] = fieldsOf(us.transcript.entries).filter(({ kind }) => kind === "documents");
    await expect(redact("leak-3.pdf", "--hide", String(first?.entry))).rejects.toThrow("which stays open");
  });

  test("a value whose salt stays behind, or is none, is not withheld: it could be guessed", () => {
    const hides = ({ kind }: { kind: string }) => kind === "names";
    const { entries, openings } = us.transcript;
    const same = openings.map((opening) => ({ ...opening, salt: "00".repeat(16) }));
    const people = entries[0]?.kind === "ceremony-opened" ? entries[0].body.roster.people : [];
    const [name] = people.flatMap((person) => openings.filter((opening) => commit(opening).committed === person.name.committed));
    if (!name) throw new Error("no name");
    const elsewhere = { path: "told/aloud", salt: name.salt, value: "something else" };
    expect(redacted({ entries, openings: [...openings, elsewhere] }, hides)).toMatchObject({ ok: false, refusal: { sentence: expect.stringContaining("stays open") as string } });
    const zero = (committed: string) => ({ committed });
    const bare = same[0] ?? elsewhere;
    const first = entries[0] as Extract<Transcript["entries"][number], { kind: "ceremony-opened" }>;
    const weak = [{ ...first, body: { ...first.body, place: zero(commit(bare).committed) } }, ...entries.slice(1)];
    expect(redacted({ entries: weak, openings: [bare] }, ({ kind }) => kind === "place")).toMatchObject({ ok: false, refusal: { sentence: expect.stringContaining("at random") as string } });
  });

  test("--list prints every field with its place and its value, and writes nothing", async () => {
    expect(await recordCommand(["redact", place("record.pdf"), "--trust", place("anchor.pem"), "--list"])).toBe(0);
    expect(said).toContain("0/roster/people/0/name  names  Zoëlla Ångström");
    expect(said.trim().split("\n")).toHaveLength(fieldsOf(us.transcript.entries).length);
  });
});

describe("whoever means ill", () => {
  type Bend = { transcript?: Partial<Transcript>; edition?: Partial<Edition>; document?: (document: RecordDocument) => RecordDocument };
  /** An edition drawn by somebody with all of our code and none of our keys. */
  async function forged({ transcript, edition, document = (same) => same }: Bend): Promise<Uint8Array> {
    const hidden = redacted(us.transcript, ({ kind }) => kind === "names");
    if (!hidden.ok) throw new Error(hidden.refusal.sentence);
    const told = { ...hidden.value.transcript, ...transcript };
    const says = {
      ceremony: us.ceremony.id, head: us.ceremony.head.hash, record: sha256Hex(us.pdf),
      withheld: hidden.value.withheld.map(({ entry, at }) => ({ entry, at })), ...edition,
    };
    const whole = editionDocument({ transcript: told, ceremony: us.ceremony, edition: says, logProof: null, verifierPage: null }, book);
    return drawRecord(document(drawable(whole)), { renderer: rendererName() });
  }
  const attach = (name: string, bytes: Uint8Array) => (document: RecordDocument) => ({
    ...document, attachments: document.attachments.map((one) => (one.name === name ? { ...one, bytes } : one)),
  });

  let plain: Uint8Array;
  beforeAll(async () => {
    plain = await forged({});
  });

  test("bends nothing: good (or these attacks would prove nothing)", async () => {
    expect(await badIn(plain)).toEqual(["good-redacted"]);
  });

  test("draws other pages over an honest edition: the page that differs is named", async () => {
    const liar = await forged({ document: (document) => ({ ...document, title: "Forged" }) });
    const { verdict, checks, conclusions } = await verified(liar);
    expect([verdict, checks.filter(({ ok }) => !ok).map(({ name }) => name)]).toEqual(["bad", ["pages"]]);
    expect(checks.find(({ name }) => name === "pages")?.reason).toMatch(/page 1 prints “.*Forged/);
    expect(conclusions.find(({ name }) => name === "pages-tell")?.holds).toBe(false);
    // Nor can they be bent where nothing draws without its being said that nobody looked.
    expect((await verifyFile(liar, us.certificate, ports)).limits).toHaveLength(1);
  });

  test("says that more is withheld than there are fields, a hundred thousand of them: refused at once, with the first few named", async () => {
    const many = (count: number) => Array.from({ length: count }, (_, entry) => ({ entry, at: "/nothing" }));
    const reason = async (count: number) => (await verified(await forged({ edition: { withheld: many(count) } }))).checks.find(({ name }) => name === "withheld")?.reason;
    expect(await reason(100_000)).toMatch(/^It says that 100000 fields are withheld, and there are \d+ that could be\.$/);
    expect(await reason(9)).toMatch(/^Gone, and not said to be: ([^,]+, ){4}[^,]+( and \d+ more)?\.$/);
  });

  test("gives a withheld name another value, or a right one with a wrong salt: the transcript is refused", async () => {
    const [first, ...rest] = us.transcript.openings;
    if (!first) throw new Error("no opening");
    for (const bent of [{ ...first, value: "Mallory" }, { ...first, salt: "ab".repeat(16) }, { ...first, path: "place" }]) {
      expect(await badIn(await forged({ transcript: { openings: [bent, ...rest] }, edition: { withheld: [] } }))).toContain("transcript");
    }
  });

  test("takes away what is no field, or changes an entry: the chain tells", async () => {
    const { entries } = us.transcript;
    const without = entries.filter(({ kind }) => kind !== "step-approved");
    expect(await badIn(await forged({ transcript: { entries: without } }))).toContain("entry-chain");
    const retitled = entries.map((entry) => (entry.kind === "ceremony-opened" ? { ...entry, body: { ...entry.body, title: "Another" } } : entry));
    expect((await badIn(await forged({ transcript: { entries: retitled } })))[0]).toBe("bad");
    expect(await badIn(await forged({ transcript: { entries: entries.slice(0, -1) } }))).toContain("closed");
  });

  test("says less than is withheld, or more, or of another record", async () => {
    expect(await badIn(await forged({ edition: { withheld: [] } }))).toEqual(["bad", "withheld"]);
    const all = fieldsOf(us.transcript.entries).map(({ entry, at }) => ({ entry, at }));
    expect(await badIn(await forged({ edition: { withheld: all } }))).toEqual(["bad", "withheld"]);
    const names = readEdition((await readAttachments(readPdf(plain), inflate)).get(EDITION_FILE)?.bytes ?? new Uint8Array())?.withheld ?? [];
    expect(await badIn(await forged({ edition: { withheld: [...names, { entry: 0, at: "/title" }] } }))).toEqual(["bad", "withheld"]);
    expect(await badIn(await forged({ edition: { head: "ab".repeat(32) } }))).toEqual(["bad", "edition"]);
    expect(await badIn(await forged({ edition: { ceremony: "c-0" } }))).toEqual(["bad", "edition"]);
    expect(await badIn(await forged({ document: attach(EDITION_FILE, utf8("{}")) }))).toContain("edition");
  });

  test("prints the pages of another transcript, or attaches what no edition has", async () => {
    expect(await badIn(await forged({ document: (document) => ({ ...document, transcriptHash: "ab".repeat(32) }) }))).toEqual(["bad", "printed-hash"]);
    const more = { name: "notes.txt", mime: "text/plain", description: "Notes", relationship: "Data" as const, bytes: utf8("x") };
    expect(await badIn(await forged({ document: (document) => ({ ...document, attachments: [...document.attachments, more] }) }))).toEqual(["bad", "attachments", "manifest", "pages"]);
  });

  test("passes it off as the whole: without its own file it is a record without a seal, and with a seal it is held to a record's rules", async () => {
    const without = (document: RecordDocument) => ({ ...document, attachments: document.attachments.filter(({ name }) => name !== EDITION_FILE) });
    expect((await badIn(await forged({ document: without })))[0]).toBe("bad");
    const sealed = await us.sealed({}, (document) => ({ ...document, attachments: [...document.attachments, {
      name: EDITION_FILE, mime: "application/json", description: "Edition", relationship: "Data" as const,
      bytes: editionBytes({ ceremony: us.ceremony.id, head: us.ceremony.head.hash, record: "ab".repeat(32), withheld: [] }),
    }] }));
    expect(await badIn(sealed)).toEqual(["bad", "attachments"]);
  });

  test("saves it again, or hides something active in it", async () => {
    const file = plain;
    const again = saved(file, (objects) => { replaceIn(objects, "/Type /Catalog", (text) => text.replace("/Lang (en)", "/Lang (de)")); });
    expect((await badIn(again))[0]).toBe("bad");
    const active = rebuilt(file, (objects) => replaceIn(objects, "/Type /Catalog", (text) => text.replace("/Type /Catalog", "/Type /Catalog\n/OpenAction << /S /JavaScript /JS (x) >>")));
    expect(await badIn(active)).toContain("no-active-content");
  });

  test("damages it anywhere in its transcript: found", async () => {
    const read = (await readAttachments(readPdf(plain), inflate)).get(TRANSCRIPT_FILE)?.bytes ?? new Uint8Array();
    for (let i = 0; i < 6; i++) {
      const bent = Uint8Array.from(read);
      const at = (i * 7919 + 13) % bent.length;
      bent[at] = (bent[at] ?? 0) ^ 1;
      expect((await badIn(await forged({ document: attach(TRANSCRIPT_FILE, bent) })))[0], `byte ${String(at)}`).toBe("bad");
    }
    expect(readTranscript(read).ok && transcriptBytes(us.transcript).length > read.length).toBe(true);
  }, 120_000);

  test("of a record that is not good nothing is made, and no file is written over", async () => {
    const bad = Uint8Array.from(us.pdf);
    bad[bad.length >> 1] = (bad[bad.length >> 1] ?? 0) ^ 1;
    writeFileSync(place("bad-record.pdf"), bad);
    await expect(recordCommand(["redact", place("bad-record.pdf"), "--trust", place("anchor.pem"), "--out", place("of-bad.pdf")])).rejects.toThrow(NotDone);
    expect(existsSync(place("of-bad.pdf"))).toBe(false);
    await expect(redact("anchor.pem", "--hide", "names")).rejects.toThrow(Unusable);
  });
});
