import { generateKeyPairSync, sign } from "node:crypto";
import { deflateSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { base64url, fromBase64url, sha256Hex, utf8 } from "#lib/log/digest";
import { entryHash, recorderBytes, type Entry } from "#lib/ceremony/entry";
import type { Json } from "#lib/log/canonical";
import { batchProof } from "#lib/log/batch-proof";
import { cosignedMessage, treeHeadIn, treeHeadText } from "#lib/log/checkpoint";
import { lookAgain, NOTHING_FOLLOWED, type Followed } from "#lib/log/follow";
import type { LogProof } from "#lib/log/log-proof";
import { leafHash, rootOver, type SubtreeReader } from "#lib/log/merkle";
import { NOTE_COSIGNATURE, NOTE_ECDSA, noteOf, readNote, signatureLine, type NoteKey } from "#lib/log/note";
import { bundleBytes, readTilePath } from "#lib/log/tile";
import { book } from "#lib/operations/book";
import { cmsIn, edited, numberOf, rebuilt, replaceIn, saved, withCms } from "#lib/pdf/forgery.under-test";
import { redrawRecord } from "#lib/pdf/redraw-record";
import { rendererName } from "#lib/pdf/renderer";
import { sealPdf } from "#lib/pdf/seal-pdf";
import { makeRecorder, sealer } from "#lib/pdf/sealing.under-test";
import { webCryptoVerifier } from "#lib/webcrypto/web-crypto-verifier";
import { ATTESTATIONS_FILE } from "./authenticator-attestations";
import { recordDocument } from "./record";
import type { RecordAttachment } from "./record-document";
import { withLog } from "./record-log";
import { manifestBytes, RECORD_MANIFEST_FILE } from "./record-manifest";
import { DERIVED_FILES } from "./record-parts";
import { SealedRecord } from "./sealed-record.under-test";
import { flipped, places, TamperMatrix } from "./tamper-matrix.under-test";
import { transcriptBytes } from "./transcript";
import type { RecordPorts, Verification } from "./verify-record";
import { leavesOf, NO_LOG_TRUST } from "./verify-log-proof";
import { withParts } from "./with-parts";
import { verifyTranscript } from "./verify-transcript";

// Everything that is done to a record here must be found, and it is said by whom. What is done to the database, and to time stamps,
// stands in worker/tamper-matrix.integration.test.ts; what is done to editions and packs, in tamper-matrix-handed-out.test.ts.

/** On a busy machine. */
const LONG = { timeout: 240_000 };

const matrix = new TamperMatrix("Tamper matrix of records");
let us: SealedRecord;
let file: Uint8Array;
beforeAll(async () => {
  us = await SealedRecord.make();
  file = us.pdf;
}, 120_000);
afterAll(() => {
  process.stdout.write(`\n${matrix.toString()}\n\n`);
});

/** The check that found it: the first that failed, by its own ground and not for want of another's. */
const finderIn = ({ checks }: Pick<Verification, "checks">): string | null =>
  checks.find(({ ok, reason }) => !ok && !/^Not decided|^not examined/.test(reason))?.name ?? null;

async function tried(what: string, forged: Uint8Array, ports: Partial<RecordPorts> = {}): Promise<void> {
  matrix.note(what, finderIn(await us.verify(forged, ports)));
}

test("the untouched record is good, by the code that finds everything below", async () => {
  expect(finderIn(await us.verify(file))).toBeNull();
  expect(rebuilt(file, () => undefined)).toEqual(file);
});

test("each bit of a large sample, inside and outside of the signature", LONG, async () => {
  const cms = cmsIn(file);
  const zeros = Buffer.from(file).indexOf("/Contents <") + 11 + 2 * cms.length;
  for (const [i, at] of places(200, file.length, 7).entries()) await tried("a bit of the file flipped", flipped(file, at, i % 8));
  for (let at = 0; at < cms.length; at += 19) await tried("a bit of the signature flipped", withCms(file, flipped(cms, at, at % 8)));
  for (const at of places(20, 20_000, 11)) await tried("a bit of the zeros behind the signature flipped", flipped(file, zeros + at, 0));
});

test("bytes taken away and put in", LONG, async () => {
  for (const at of places(15, file.length - 2, 3)) {
    const [head, tail] = [file.subarray(0, at), file.subarray(at)];
    await tried("a byte taken away", new Uint8Array(Buffer.concat([head, tail.subarray(1)])));
    await tried("a byte put in", new Uint8Array(Buffer.concat([head, Buffer.from(" "), tail])));
    await tried("the end cut off", head);
  }
});

type Objects = Map<number, string>;
const stream = (number: number, dictionary: string, content: string) => {
  const packed = deflateSync(Buffer.from(content, "latin1")).toString("latin1");
  return `${String(number)} 0 obj\n<<\n${dictionary}/Filter /FlateDecode\n/Length ${String(packed.length)}\n>>\nstream\n${packed}\nendstream\nendobj\n`;
};
const otherPage = (objects: Objects) => {
  const number = Number(/\/Contents (\d+) 0 R/.exec(objects.get(numberOf(objects, "/Type /Page\n")) ?? "")?.[1]);
  objects.set(number, stream(number, "", "1 0 0 rg 0 0 600 900 re f"));
};
const otherAttachment = (objects: Objects) => {
  const number = numberOf(objects, "/Type /EmbeddedFile");
  objects.set(number, stream(number, "/Type /EmbeddedFile\n/Subtype /application#2Fjson\n/Params <<\n/Size 2\n>>\n", "{}"));
};
const script = (objects: Objects) =>
  replaceIn(objects, "/Type /Catalog", (text) => text.replace("/Type /Catalog", "/Type /Catalog\n/OpenAction << /S /JavaScript /JS (x) >>"));
const emptyForm = (objects: Objects) => replaceIn(objects, "/SigFlags", (text) => text.replace(/\/Fields \[[^\]]*\]/, "/Fields []"));

test("what is known of attacks on signed PDF: saved again, wrapped, shadowed, swapped", LONG, async () => {
  for (const [what, change] of Object.entries({ page: otherPage, attachment: otherAttachment, script, "form emptied": emptyForm })) {
    await tried(`saved again (incremental update): ${what}`, saved(file, change));
    await tried(`changed in its place, the table made right: ${what}`, rebuilt(file, change));
  }
  const wrapped = edited(file, (text) => {
    const to = text.indexOf(">", text.indexOf("/Contents <")) + 1;
    return `${text.slice(0, to)}\n>>\nendobj\nxref\n0 1\n0000000000 65535 f \ntrailer\n<<>>\n${text.slice(to)}`;
  });
  await tried("signature wrapped: the sealed tail kept behind a forger's table", wrapped);
  await tried("an object that no table names", edited(file, (text) => `${text}1 0 obj\n<<>>\nendobj\n`));
  await tried("an object hidden between two others", rebuilt(file, (objects) => {
    const fourth = [...objects.keys()][3] ?? 0;
    objects.set(fourth, `${objects.get(fourth) ?? ""}${stream(9999, "", "hidden")}`);
  }));
  await tried("a byte range that leaves the end out", rebuilt(file, (objects) =>
    replaceIn(objects, "/Type /Sig\n", (text) => text.replace(/\/ByteRange \[[^\]]*\]/, (old) => "/ByteRange [0 1 2 3]".padEnd(old.length))), { fixRange: false }));
  await tried("the signature of another record of this recorder", withCms(file, cmsIn(await us.sealed({ openings: [] }))));
});

test("a chain of other keys under the same names", LONG, async () => {
  const thief = await sealer();
  const drawn = await us.drawn();
  const names = (change: Partial<typeof thief.signer>) => sealPdf(drawn, { signer: { ...thief.signer, ...change } });
  await tried("sealed by another recorder of the same name", await names({}));
  await tried("the same, bringing the true recorder's certificate", await names({ chain: [us.certificate] }));
  await tried("the same, bringing the true sealing certificate", await names({ certificate: us.signer.certificate, chain: [us.certificate] }));
  const other = await makeRecorder();
  matrix.note("another recorder's certificate in the auditor's hand", finderIn(await us.verify(file, {}, other.certificate)));
  matrix.note("another fingerprint in the auditor's hand", finderIn(await us.verify(file, {}, { sha256: sha256Hex(other.certificate) })));
});

/** What somebody with the worker's own keys puts under a good seal: only the transcript itself can still tell. */
async function told(what: string, entries: readonly Entry[]): Promise<void> {
  const bytes = transcriptBytes({ entries, openings: [] });
  const ports = { verifier: webCryptoVerifier, book, recheckSignatures: () => Promise.resolve([]) };
  matrix.note(what, finderIn(await verifyTranscript(bytes, us.certificate, ports)));
}

test("each entry dropped, doubled and exchanged, under a good seal", LONG, async () => {
  const { entries } = us.transcript;
  for (const [i, entry] of entries.entries()) {
    await told("an entry dropped", entries.filter((one) => one !== entry));
    await told("an entry doubled", entries.flatMap((one) => (one === entry ? [one, one] : [one])));
    const next = entries[i + 1];
    if (next) await told("two entries exchanged", entries.map((one) => (one === entry ? next : one === next ? entry : one)));
  }
});

/** Every place in a value where something stands that is not made of parts, by the names that lead there. */
function leavesIn(value: Json, at: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  if (typeof value !== "object" || value === null) return [at];
  return Object.entries(value).flatMap(([name, part]) => leavesIn(part, [...at, name]));
}
const otherThan = (value: Json): Json =>
  typeof value === "string" ? (value.endsWith("0") ? `${value.slice(0, -1)}1` : `${value.slice(0, -1)}0`) : typeof value === "number" ? value + 1 : value === null ? "x" : !value;
function changedAt(value: Json, [name, ...rest]: readonly (string | number)[]): Json {
  if (name === undefined) return otherThan(value);
  const parts = value as { readonly [name: string]: Json };
  const changed = Object.entries(parts).map(([one, part]) => [one, one === String(name) ? changedAt(part, rest) : part] as const);
  return Array.isArray(value) ? changed.map(([, part]) => part) : Object.fromEntries(changed);
}

test("fields of entries changed, under a good seal; and every link after it made right by who cannot sign for people", LONG, async () => {
  const { entries } = us.transcript;
  const all = entries.flatMap((entry) => leavesIn(entry as unknown as Json).map((at) => ({ entry, at })));
  for (const place of places(100, all.length, 5)) {
    const { entry, at } = all[place] ?? { entry: entries[0] as Entry, at: ["at"] };
    const changed = changedAt(entry as unknown as Json, at) as unknown as Entry;
    await told(`a field of an entry changed: ${String(at[0])}`, entries.map((one) => (one === entry ? changed : one)));
  }
  // The recorder's own keys re-sign all that is the recorder's; what people signed afterwards they signed over something else.
  for (const entry of entries.filter(({ kind }) => kind === "step-opened" || kind === "step-approved")) {
    const retold = await relinked(entries.filter((one) => one !== entry));
    await told("an opening or approval dropped, links and the recorder's signatures made right", retold);
  }
});

async function relinked(entries: readonly Entry[]): Promise<Entry[]> {
  const told: Entry[] = [];
  for (const entry of entries) {
    const last = told.at(-1);
    const moved = { ...entry, seq: told.length, prev: last ? entryHash(last) : null };
    const signature = entry.by === "recorder" ? base64url(await us.signAsRecorder(recorderBytes(moved))) : null;
    told.push({ ...moved, signature });
  }
  return told;
}

test("what lies in a record beside the entries, under a good seal", LONG, async () => {
  const { entries, openings } = us.transcript;
  await tried("a name beside an entry that is another than was committed to", await us.sealed({ openings: openings.map((one, i) => (i === 0 ? { ...one, value: "Mallory" } : one)) }));
  await tried("a text that nobody committed to", await us.sealed({ openings: [...openings, { path: "x", salt: "00".repeat(16), value: "x" }] }));
  await tried("the close cut off", await us.sealed({ entries: entries.slice(0, -1) }));
  await tried("pages that tell of another transcript", await us.sealed({}, (document) => ({ ...document, transcriptHash: "ab".repeat(32) })));
  const forged = await us.drawn({}, (document) => ({ ...document, title: "Another ceremony" }), rendererName());
  await tried("pages that say something else than the transcript, under its own renderer's name", await sealPdf(forged, { signer: us.signer }), { redraw: redrawRecord() });
  await tried("no transcript attached", await us.sealed({}, (document) => ({ ...document, attachments: [] })));
  await tried("a file attached that no record carries", await us.sealed({}, (document) => ({ ...document, attachments: [...document.attachments, ...document.attachments.map((one) => ({ ...one, name: "x.json" }))] })));
  const other = await SealedRecord.make();
  await tried("the sound transcript of another recorder (attachment swapped)", await us.sealed(other.transcript));
  matrix.note("a rehearsal passed off as production", finderIn(await us.verify(file, { mode: "production" })));
});

test("the files beside the transcript and the manifest that lists them, under a good seal", LONG, async () => {
  const whole = (change: (files: RecordAttachment[]) => RecordAttachment[] = (same) => same) =>
    us.sealed({}, (document) => {
      const { attachments, ...told } = withParts(document, us.transcript, us.ceremony, null);
      return { ...told, attachments: change(attachments) };
    });
  /** With a manifest made right around what was done, as who has the worker's own keys would. */
  const listed = (change: (files: RecordAttachment[]) => RecordAttachment[]) => whole((files) => {
    const changed = change(files.filter(({ name }) => name !== RECORD_MANIFEST_FILE));
    return [...changed, { ...manifestIn(files), bytes: manifestBytes(us.ceremony, changed) }];
  });
  const manifestIn = (files: RecordAttachment[]) => files.find(({ name }) => name === RECORD_MANIFEST_FILE) as RecordAttachment;
  const bytesOf = (name: string, bytes: Uint8Array) => (files: RecordAttachment[]) => files.map((one) => (one.name === name ? { ...one, bytes } : one));
  expect(finderIn(await us.verify(await whole()))).toBeNull();
  expect(finderIn(await us.verify(await listed((same) => same)))).toBeNull();

  const present = [DERIVED_FILES.script, DERIVED_FILES.roster, DERIVED_FILES.outcomes, DERIVED_FILES.publicKeys, DERIVED_FILES.certificates];
  const { attachments } = withParts(recordDocument(us.transcript, us.ceremony, book), us.transcript, us.ceremony, null);
  for (const name of present) {
    const { bytes } = attachments.find((one) => one.name === name) ?? { bytes: new Uint8Array() };
    expect(bytes.length, name).toBeGreaterThan(0);
    const dropped = (files: RecordAttachment[]) => files.filter((one) => one.name !== name);
    await tried("a part swapped for another", await whole(bytesOf(name, utf8("{}"))));
    await tried("a part dropped", await whole(dropped));
    await tried("a part under another name", await whole((files) => files.map((one) => (one.name === name ? { ...one, name: `x-${name}` } : one))));
    await tried("a bit of a part flipped, the manifest made right", await listed(bytesOf(name, flipped(bytes, bytes.length >> 1, 0))));
    await tried("a part dropped, the manifest made right", await listed(dropped));
  }
  const told = (name: string, other: Partial<RecordAttachment>) => (files: RecordAttachment[]) => files.map((one) => (one.name === name ? { ...one, ...other } : one));
  for (const name of [DERIVED_FILES.script, DERIVED_FILES.publicKeys]) {
    await tried("a part of another media type, the manifest made right", await listed(told(name, { mime: "text/html" })));
    await tried("a part of another relationship to the record, the manifest made right", await listed(told(name, { relationship: "Supplement" })));
  }
  const stamps = { name: DERIVED_FILES.stamps, mime: "application/x-pem-file", description: "Time stamps", relationship: "Data" as const, bytes: utf8("-----BEGIN CMS-----") };
  await tried("a part added of which the transcript has nothing", await whole((files) => [...files, stamps]));
  await tried("a part added of which the transcript has nothing, the manifest made right", await listed((files) => [...files, stamps]));
  const exchange = (files: RecordAttachment[]) => {
    const bytes = (name: string) => files.find((one) => one.name === name)?.bytes ?? new Uint8Array();
    return bytesOf("outcomes.json", bytes("script.json"))(bytesOf("script.json", bytes("outcomes.json"))(files));
  };
  await tried("two parts exchanged, the manifest made right", await listed(exchange));
  const attested = { ...stamps, name: ATTESTATIONS_FILE, bytes: utf8("{}") };
  await tried("attestations of authenticators that are none, the manifest made right", await listed((files) => [...files, attested]));
  await tried("the manifest dropped", await whole((files) => files.filter(({ name }) => name !== RECORD_MANIFEST_FILE)));
  const otherCeremony = { ...us.ceremony, id: "c-0" };
  const manifests = {
    "that is none": () => utf8("{}"),
    "that is not JSON": () => utf8("x"),
    "of no files": () => manifestBytes(us.ceremony, []),
    "of another ceremony": (files: RecordAttachment[]) => manifestBytes(otherCeremony, files),
    "that names another media type": (files: RecordAttachment[]) => manifestBytes(us.ceremony, files.map((one, i) => (i === 0 ? { ...one, mime: "text/html" } : one))),
    "with another hash": (files: RecordAttachment[]) => manifestBytes(us.ceremony, files.map((one, i) => (i === 1 ? { ...one, bytes: utf8("x") } : one))),
    "that lists one more": (files: RecordAttachment[]) => manifestBytes(us.ceremony, [...files, stamps]),
  };
  for (const [what, made] of Object.entries(manifests)) {
    await tried(`a manifest ${what}`, await whole((files) => bytesOf(RECORD_MANIFEST_FILE, made(files.filter(({ name }) => name !== RECORD_MANIFEST_FILE)))(files)));
  }
});

const ORIGIN = "keys.example/log/rehearsal";
const spki = () => fromBase64url(us.ceremony.recorder?.recorder.spki ?? "");
const recorderKey = (): NoteKey => ({ name: ORIGIN, kind: NOTE_ECDSA, publicKey: spki() });

/** A checkpoint over those leaves, signed by the true recorder: what its owner could sign for two different pasts. */
async function checkpointOver(leaves: readonly Uint8Array[]): Promise<Uint8Array> {
  const head = treeHeadText({ origin: ORIGIN, size: leaves.length, root: rootOver(leaves.map(leafHash)) });
  return utf8(noteOf(head, [signatureLine(recorderKey(), await us.signAsRecorder(utf8(head)))]));
}

const ownLeaves = () => leavesOf({ ceremony: us.ceremony.id, hashes: us.transcript.entries.map(entryHash) });
async function proofIn(leaves: readonly Uint8Array[]): Promise<LogProof> {
  const hashes = leaves.map(leafHash);
  const read: SubtreeReader = (level, index) => Promise.resolve(rootOver(hashes.slice(index * 2 ** level, (index + 1) * 2 ** level)));
  const before = leaves.length - ownLeaves().length;
  const indices = ownLeaves().map((_, i) => before + i);
  return { indices, hashes: await batchProof(indices, leaves.length, read), checkpoint: await checkpointOver(leaves) };
}

/** A witness (C2SP tlog-cosignature, Ed25519): its key, and the line it puts under a checkpoint that it has seen. */
function makeWitness() {
  const pair = generateKeyPairSync("ed25519");
  const publicKey = new Uint8Array(pair.publicKey.export({ type: "spki", format: "der" }).subarray(-32));
  const key: NoteKey = { name: "witness.example/w", kind: NOTE_COSIGNATURE, publicKey };
  const line = (checkpoint: Uint8Array) => {
    const seconds = BigInt(us.signingTime.getTime()) / 1000n;
    const time = new Uint8Array(8);
    new DataView(time.buffer).setBigUint64(0, seconds);
    const message = utf8(cosignedMessage(readNote(checkpoint)?.text ?? "", seconds));
    return signatureLine(key, Uint8Array.of(...time, ...sign(null, message, pair.privateKey)));
  };
  return { key, line };
}
const under = (proof: LogProof, line: string): LogProof => ({ ...proof, checkpoint: Uint8Array.of(...proof.checkpoint, ...utf8(line)) });

test("the log: stripped, swapped, rolled back, forked, shown to one auditor only", LONG, async () => {
  const past = Array.from({ length: 5 }, (_, i) => utf8(`before ${String(i)}`));
  const shown = [...past, ...ownLeaves()];
  const proof = await proofIn(shown);
  const asked = { log: { ...NO_LOG_TRUST, required: ORIGIN } };
  const withProof = (one: LogProof) => us.sealed({}, (document) => withLog(document, one));
  expect(finderIn(await us.verify(await withProof(proof), asked))).toBeNull();

  await tried("the log's proof stripped, and asked for", await us.sealed(), asked);
  await tried("the checkpoint of another tree of this recorder", await withProof({ ...proof, checkpoint: await checkpointOver(past) }), asked);
  await tried("a hash of the proof changed", await withProof({ ...proof, hashes: proof.hashes.map(leafHash) }), asked);

  // A fork shown to one auditor only is sound in itself. A witness has not seen it; a monitor that followed the other one shouts.
  const forked = await proofIn([...past.map((_, i) => utf8(`never happened ${String(i)}`)), ...ownLeaves()]);
  const [head, other] = [treeHeadIn(proof.checkpoint), treeHeadIn(forked.checkpoint)];
  expect([other?.origin, other?.size]).toEqual([head?.origin, head?.size]);
  expect(other?.root).not.toEqual(head?.root);
  expect(finderIn(await us.verify(await withProof(forked), asked))).toBeNull();
  const witness = makeWitness();
  const trusting = { log: { ...asked.log, witnesses: [witness.key] } };
  expect(finderIn(await us.verify(await withProof(under(proof, witness.line(proof.checkpoint))), trusting))).toBeNull();
  await tried("a fork of the log, shown to one auditor who trusts a witness", await withProof(forked), trusting);
  const moved = under(forked, witness.line(proof.checkpoint));
  await tried("the same, under it what the witness signed of the true log", await withProof(moved), trusting);
  // Nothing else is wrong with it: were the witness to cosign the fork, which an honest one never does, nobody would find it here.
  expect(finderIn(await us.verify(await withProof(under(forked, witness.line(forked.checkpoint))), trusting))).toBeNull();
  const served = (leaves: readonly Uint8Array[]) => async (path: string) => {
    if (path === "checkpoint") return checkpointOver(leaves);
    const tile = readTilePath(path);
    return tile?.level === "entries" ? bundleBytes(leaves.slice(0, tile.width)) : null;
  };
  const look = (before: Followed, leaves: readonly Uint8Array[]) =>
    lookAgain(served(leaves), { origin: ORIGIN, keys: [recorderKey()] }, before, webCryptoVerifier);
  const followed = await look(NOTHING_FOLLOWED, shown);
  if ("trouble" in followed) throw new Error(followed.trouble);
  for (const [what, leaves] of [
    ["a fork of the log, as large as before", shown.map((leaf, i) => (i === 2 ? utf8("other") : leaf))],
    ["a fork of the log, grown since", [...shown.slice(0, -1), utf8("other"), utf8("more")]],
    ["the log rolled back to last week", past],
  ] as const) {
    const seen = await look(followed.followed, leaves);
    matrix.note(what, "trouble" in seen ? `monitor: ${seen.trouble}` : null);
  }
});

test("nothing that was tried was found by nobody", () => {
  expect(matrix.unfound).toEqual([]);
  expect(matrix.rows.length).toBeGreaterThan(35);
  expect(matrix.tries).toBeGreaterThan(500);
});

test("a try that nobody finds empties its cell, and the test above would fail", () => {
  const other = new TamperMatrix("other");
  other.note("found once", "digest");
  other.note("found once", null);
  other.note("found", "digest");
  expect(other.unfound).toEqual(["found once"]);
  expect(other.toString()).toContain("1/2");
});
