import { describe, expect, it } from "vitest";
import type { GivenLine, GivenLines } from "#lib/conduct/given-lines";
import { batchProof } from "#lib/log/batch-proof";
import { canonicalText } from "#lib/log/canonical";
import { treeHeadText } from "#lib/log/checkpoint";
import { commit, type Opening } from "#lib/log/commitment";
import { base64url, hex, sha256Hex, text, utf8 } from "#lib/log/digest";
import { eventFileText } from "#lib/log/event-file";
import { eventHash, leafBytes, type LoggedEvent } from "#lib/log/leaf";
import { logProofBytes } from "#lib/log/log-proof";
import { leafHash, rootOver, type SubtreeReader } from "#lib/log/merkle";
import { NOTE_ECDSA, noteOf, signatureLine } from "#lib/log/note";
import { makeRecorder } from "#lib/pdf/sealing.under-test";
import { webCryptoVerifier } from "#lib/webcrypto/web-crypto-verifier";
import { toPem } from "#lib/x509/pem";
import { judgeLines, type LineVerdict, type ShownLine } from "./judge-lines";

const ORIGIN = "example.org/log";
const { keys, certificate } = await makeRecorder();
const stranger = await makeRecorder();
const AT = "2026-11-24T10:00:00.000Z";

const event: LoggedEvent = { event: "7", at: AT, kind: "hold-asked", by: "axel", facts: '{"n": 1, "reason": "A lawsuit over <b>bag</b> 4711"}', salt: "ab".repeat(16) };
const opening: Opening = { path: "/body/reason", salt: "cd".repeat(16), value: "Only to be audited" };
const entry = { v: "claviger/entry/v1", ceremony: "c1", seq: 4, at: AT, kind: "ceremony-aborted", by: "olga", body: { reason: commit(opening) } };
const entryText = canonicalText(entry);

const leaves = [
  leafBytes({ kind: "event", event: event.event, hash: eventHash(event) }),
  leafBytes({ kind: "entry", ceremony: "c1", seq: 4, hash: sha256Hex(utf8(entryText)) }),
  ...Array.from({ length: 301 }, (_, i) => utf8(String(i))),
].map(leafHash);
const root = rootOver(leaves);

/** The proof of the leaf at a place, under a checkpoint that somebody signed. */
async function proofOf(index: number, by = keys, of: readonly Uint8Array[] = leaves): Promise<string> {
  const head = treeHeadText({ origin: ORIGIN, size: of.length, root: rootOver(of) });
  const note = noteOf(head, [signatureLine({ name: ORIGIN, kind: NOTE_ECDSA, publicKey: by.spki }, await by.sign(utf8(head)))]);
  const read: SubtreeReader = (level, place) => Promise.resolve(rootOver(of.slice(place * 2 ** level, (place + 1) * 2 ** level)));
  return text(logProofBytes({ indices: [index], hashes: await batchProof([index], of.length, read), checkpoint: utf8(note) }));
}

const shownEvent: ShownLine = { id: "event/7", at: AT, kind: "hold-asked", by: "axel", hash: null, piece: "A \u0001lawsuit\u0002 over bag … 4711" };
const shownEntry: ShownLine = { id: "entry/c1/4", at: AT, kind: "ceremony-aborted", by: "olga", hash: sha256Hex(utf8(entryText)), piece: "to be \u0001audited\u0002" };
const givenEvent: GivenLine = { id: "event/7", said: eventFileText([event]), openings: [], proof: await proofOf(0) };
const givenEntry: GivenLine = { id: "entry/c1/4", said: entryText, openings: [opening], proof: await proofOf(1) };
const recorders = [stranger.certificate, certificate].map(base64url);

const judge = (shown: readonly ShownLine[], given: readonly GivenLine[], recorder = sha256Hex(certificate)) =>
  judgeLines(shown, { lines: given, recorders } satisfies GivenLines, recorder, webCryptoVerifier);
async function verdictOn(shown: ShownLine, given: GivenLine, recorder?: string): Promise<LineVerdict | string | undefined> {
  const judged = await judge([shown], [given], recorder);
  return judged === "recorder" ? judged : judged.get(shown.id);
}

describe("a line of a search", () => {
  it("is proved when it says what was logged, and that is a leaf under what the recorder signed", async () => {
    const judged = await judge([shownEntry, shownEvent], [givenEvent, givenEntry], toPem("CERTIFICATE", certificate));
    const head = { origin: ORIGIN, size: leaves.length, root: hex(root) };
    expect(judged).toEqual(
      new Map([
        ["entry/c1/4", { ...head, index: 1, said: entryText }],
        ["event/7", { ...head, index: 0, said: eventFileText([event]).trimEnd() }],
      ]),
    );
    // One checkpoint shown twice is one; a moment may be written otherwise.
    expect(await verdictOn({ ...shownEvent, at: "2026-11-24T11:00:00.000+01:00", piece: null }, givenEvent)).toMatchObject({ index: 0 });
  });
  it.each<[string, Partial<ShownLine>]>([
    ["time", { at: "2026-11-24T10:00:00.001Z" }],
    ["kind", { kind: "hold-set" }],
    ["person", { by: "zoe" }],
    ["person, who is nobody", { by: null }],
    ["number", { id: "event/8" }],
  ])("is not proved with another %s than was logged", async (_what, change) => {
    const id = change.id ?? "event/7";
    expect(await verdictOn({ ...shownEvent, ...change }, { ...givenEvent, id })).toEqual({ doubt: "other" });
    const entryId = change.id === undefined ? "entry/c1/4" : "entry/c1/5";
    expect(await verdictOn({ ...shownEntry, ...change, id: entryId }, { ...givenEntry, id: entryId })).toEqual({ doubt: "other" });
  });
  it("is not proved with another hash than its entry's, nor as what it is not", async () => {
    expect(await verdictOn({ ...shownEntry, hash: "00".repeat(32) }, givenEntry)).toEqual({ doubt: "other" });
    expect(await verdictOn({ ...shownEntry, id: "event/4" }, { ...givenEntry, id: "event/4" })).toEqual({ doubt: "other" });
    for (const said of ["", "{", "null", "[]", `${entryText} `, eventFileText([event, event])]) {
      expect(await verdictOn(shownEntry, { ...givenEntry, said })).toEqual({ doubt: "other" });
      expect(await verdictOn(shownEvent, { ...givenEvent, said })).toEqual({ doubt: "other" });
    }
  });
  it("is not proved when line and what stands behind it were changed together: that is no leaf", async () => {
    const changed = { ...event, kind: "hold-set" };
    expect(await verdictOn({ ...shownEvent, kind: "hold-set" }, { ...givenEvent, said: eventFileText([changed]) })).toEqual({ doubt: "inclusion" });
    const other = canonicalText({ ...entry, by: "axel" });
    const line = { ...shownEntry, by: "axel", hash: sha256Hex(utf8(other)) };
    expect(await verdictOn(line, { ...givenEntry, said: other })).toEqual({ doubt: "inclusion" });
  });
  it("is not proved by another leaf's proof, one of another tree, or none", async () => {
    expect(await verdictOn(shownEvent, { ...givenEvent, proof: givenEntry.proof })).toEqual({ doubt: "inclusion" });
    expect(await verdictOn(shownEvent, { ...givenEvent, proof: await proofOf(0, keys, leaves.slice(1)) })).toEqual({ doubt: "inclusion" });
    for (const proof of ["", "x", givenEvent.proof.slice(0, 40)]) {
      expect(await verdictOn(shownEvent, { ...givenEvent, proof })).toEqual({ doubt: "proof" });
    }
  });
  it("is not proved when the server shows no leaf of it, whatever it gives for others", async () => {
    const judged = await judge([shownEvent, shownEntry], [givenEntry]);
    expect(judged).toEqual(new Map<string, unknown>([["event/7", { doubt: "absent" }], ["entry/c1/4", expect.objectContaining({ index: 1 })]]));
  });
  it("is not proved under what somebody else signed", async () => {
    expect(await verdictOn(shownEvent, { ...givenEvent, proof: await proofOf(0, stranger.keys) })).toEqual({ doubt: "signature" });
    expect(await verdictOn(shownEvent, givenEvent, sha256Hex(stranger.certificate))).toEqual({ doubt: "signature" });
    for (const typed of ["", "herons", "0".repeat(64)]) expect(await verdictOn(shownEvent, givenEvent, typed)).toBe("recorder");
  });
});

describe("a piece of what was found", () => {
  it.each(["A \u0001lawyer\u0002 over", "lawsuit over bag 4712", "A lawsuit … 4712", "olga"])("that was not logged is not proved: %s", async (piece) => {
    expect(await verdictOn({ ...shownEvent, piece }, givenEvent)).toEqual({ doubt: "words" });
  });
  it("is only of what the entry commits to", async () => {
    const moved = { ...opening, value: "Never to be audited" };
    for (const openings of [[], [moved], [{ ...opening, salt: "00".repeat(16) }]]) {
      expect(await verdictOn(shownEntry, { ...givenEntry, openings })).toEqual({ doubt: "words" });
    }
    const piece = "Never to be \u0001audited\u0002";
    expect(await verdictOn({ ...shownEntry, piece }, { ...givenEntry, openings: [moved, opening] })).toEqual({ doubt: "words" });
  });
});
