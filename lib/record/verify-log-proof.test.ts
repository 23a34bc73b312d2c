import { generateKeyPairSync, sign, type KeyObject } from "node:crypto";
import { describe, expect, test } from "vitest";
import { batchProof } from "#lib/log/batch-proof";
import { cosignedMessage, treeHeadText } from "#lib/log/checkpoint";
import { sha256Hex, text, utf8 } from "#lib/log/digest";
import { logProofBytes, readLogProof, type LogProof } from "#lib/log/log-proof";
import { leafHash, rootOver, type SubtreeReader } from "#lib/log/merkle";
import { NOTE_COSIGNATURE, NOTE_ECDSA, noteOf, signatureLine, type NoteKey } from "#lib/log/note";
import { webCryptoVerifier } from "#lib/webcrypto/web-crypto-verifier";
import { sampleRecord } from "./record-document.fixture";
import { withLog } from "./record-log";
import { NO_LOG_TRUST, leavesOf, verifyLogProofs, type LogTrust, type ProvedEntries } from "./verify-log-proof";

const ORIGIN = "keys.example/log";
const recorder = generateKeyPairSync("ec", { namedCurve: "P-256" });
const stranger = generateKeyPairSync("ec", { namedCurve: "P-256" });
const witness = generateKeyPairSync("ed25519");
const spkiOf = (key: KeyObject) => new Uint8Array(key.export({ type: "spki", format: "der" }));
const witnessKey: NoteKey = { name: "witness.example/w1", kind: NOTE_COSIGNATURE, publicKey: spkiOf(witness.publicKey).slice(-32) };

const entries: ProvedEntries = { ceremony: "c-1", mode: "production", hashes: Array.from({ length: 9 }, (_, i) => sha256Hex(utf8(`entry ${String(i)}`))) };
const other: ProvedEntries = { ...entries, ceremony: "c-2" };

type Made = { readonly origin?: string; readonly of?: ProvedEntries; readonly keys?: typeof recorder; readonly cosigned?: bigint };

/** A log in which the entries stand among others, and its proof of them, by whoever holds that key. */
async function proofOf({ origin = ORIGIN, of = entries, keys = recorder, cosigned }: Made = {}): Promise<LogProof> {
  const own = leavesOf(of).map(leafHash);
  const strange = (n: number) => leafHash(utf8(`another ${String(n)}`));
  const leaves = [strange(0), strange(1), ...own.flatMap((leaf, i) => (i % 3 === 0 ? [leaf, strange(i + 2)] : [leaf]))];
  const read: SubtreeReader = (level, index) => Promise.resolve(rootOver(leaves.slice(index * 2 ** level, (index + 1) * 2 ** level)));
  const indices = own.map((leaf) => leaves.indexOf(leaf));
  const head = treeHeadText({ origin, size: leaves.length, root: rootOver(leaves) });
  const by: NoteKey = { name: origin, kind: NOTE_ECDSA, publicKey: spkiOf(keys.publicKey) };
  const lines = [signatureLine(by, new Uint8Array(sign("sha256", utf8(head), keys.privateKey)))];
  if (cosigned !== undefined) {
    const time = new Uint8Array(8);
    new DataView(time.buffer).setBigUint64(0, cosigned);
    lines.push(signatureLine(witnessKey, Uint8Array.of(...time, ...sign(null, utf8(cosignedMessage(head, cosigned)), witness.privateKey))));
  }
  return { indices, hashes: await batchProof(indices, leaves.length, read), checkpoint: utf8(noteOf(head, lines)) };
}

const verify = (proof: LogProof | Uint8Array | null, trust: Partial<LogTrust> = {}, of = entries) =>
  verifyLogProofs(proof && !(proof instanceof Uint8Array) ? logProofBytes(proof) : proof, of, spkiOf(recorder.publicKey), { ...NO_LOG_TRUST, ...trust }, webCryptoVerifier);
const failing = async (...args: Parameters<typeof verify>) => (await verify(...args)).filter(({ ok }) => !ok).map(({ name }) => name);

describe("[log proof] every entry, by its own hash, leads to a root that the recorder signed", () => {
  test("accepts the proof of the log that holds them", async () => {
    const checks = await verify(await proofOf());
    expect(checks.map(({ name, ok }) => [name, ok])).toEqual([["log-checkpoint", true], ["log-inclusion", true]]);
    expect(checks[1]?.reason).toContain("Each of 9 entries");
  });
  test("accepts a rehearsal's in the log of rehearsals", async () =>
    expect(await failing(await proofOf({ origin: `${ORIGIN}/rehearsal`, of: { ...entries, mode: "rehearsal" } }), {}, { ...entries, mode: "rehearsal" })).toEqual([]));

  test.each<[string, string, () => Promise<LogProof | Uint8Array>]>([
    ["no proof at all", "log-proof", () => Promise.resolve(utf8("not a proof"))],
    ["an entry left out", "log-proof", async () => { const proof = await proofOf(); return { ...proof, indices: proof.indices.slice(1) }; }],
    ["two entries that change places", "log-inclusion", async () => { const proof = await proofOf(); const [a = 0, b = 0, ...rest] = proof.indices; return { ...proof, indices: [b, a, ...rest] }; }],
    ["one place for two entries", "log-inclusion", async () => { const proof = await proofOf(); const [a = 0, , ...rest] = proof.indices; return { ...proof, indices: [a, a, ...rest] }; }],
    ["a hash of it altered", "log-inclusion", async () => { const proof = await proofOf(); return { ...proof, hashes: proof.hashes.map((hash, i) => (i === 0 ? leafHash(hash) : hash)) }; }],
    ["a hash of it missing", "log-inclusion", async () => { const proof = await proofOf(); return { ...proof, hashes: proof.hashes.slice(1) }; }],
    ["a hash too many", "log-inclusion", async () => { const proof = await proofOf(); return { ...proof, hashes: [...proof.hashes, leafHash(utf8("x"))] }; }],
    ["the proof of another ceremony", "log-inclusion", () => proofOf({ of: other })],
    ["the checkpoint of another tree, truly signed", "log-inclusion", async () => ({ ...(await proofOf()), checkpoint: (await proofOf({ of: other })).checkpoint })],
    ["a checkpoint that somebody else signed", "log-checkpoint", () => proofOf({ keys: stranger })],
    ["a checkpoint whose root was changed", "log-checkpoint", async () => { const proof = await proofOf(); return { ...proof, checkpoint: utf8(text(proof.checkpoint).replace(/\n11\n|\n14\n/, "\n15\n")) }; }],
    ["no checkpoint", "log-checkpoint", async () => ({ ...(await proofOf()), checkpoint: utf8("no note\n") })],
    ["the log of rehearsals", "log-checkpoint", () => proofOf({ origin: `${ORIGIN}/rehearsal` })],
  ])("refuses %s: %s", async (_what, finding, made) => expect(await failing(await made())).toEqual([finding]));

  test("refuses the proof of production for a rehearsal", async () =>
    expect(await failing(await proofOf(), {}, { ...entries, mode: "rehearsal" })).toEqual(["log-checkpoint"]));
});

describe("what the auditor asks for", () => {
  test("nothing: a record without a proof is good, and says that there is none", async () => {
    const [check] = await verify(null);
    expect(check).toMatchObject({ name: "log-proof", ok: true });
    expect(check?.reason).toContain("no proof from a transparency log");
  });
  test("a log: it must be that one", async () => {
    expect(await failing(await proofOf(), { required: ORIGIN })).toEqual([]);
    expect(await failing(await proofOf(), { required: "other.example/log" })).toEqual(["log-required"]);
    expect(await failing(null, { required: ORIGIN })).toEqual(["log-required"]);
  });
  test("a proof brought later counts, and does not cover up a bad one inside", async () => {
    const brought = logProofBytes(await proofOf());
    expect(await failing(null, { brought, required: ORIGIN })).toEqual([]);
    expect(await failing(await proofOf({ of: other }), { brought, required: ORIGIN })).toEqual(["log-inclusion"]);
    expect(await failing(await proofOf(), { brought: logProofBytes(await proofOf({ of: other })) })).toEqual(["later-log-inclusion"]);
  });
  test("a witness: it must have cosigned the checkpoint, and its time is said", async () => {
    const checks = await verify(await proofOf({ cosigned: 1_700_000_000n }), { witnesses: [witnessKey] });
    expect(checks.find(({ name }) => name === "log-witness")).toMatchObject({ ok: true });
    expect(checks.at(-1)?.reason).toContain("2023-11-14T22:13:20.000Z");
    expect(await failing(await proofOf(), { witnesses: [witnessKey] })).toEqual(["log-witness"]);
  });
});

describe("the record says what it has of the log", () => {
  const notes = (log: Parameters<typeof withLog>[1]) => withLog(sampleRecord(), log).verification.notes?.join(" ");
  test("the proof among its files, by the log's name and size", async () => {
    const proof = await proofOf();
    const document = withLog(sampleRecord(), proof);
    const file = document.attachments.find(({ name }) => name === "log-proof.txt");
    expect(readLogProof(file?.bytes ?? new Uint8Array())).toEqual(proof);
    expect(document.verification.notes?.join(" ")).toContain(ORIGIN);
  });
  test("or why there is none, and how to come by one", () => {
    expect(notes("none")).toContain("keeps none");
    expect(notes("behind")).toMatch(/did not yet hold every entry.*claviger log prove.*--log-proof/);
    expect(withLog(sampleRecord(), "behind").attachments).toEqual(sampleRecord().attachments);
  });
});
