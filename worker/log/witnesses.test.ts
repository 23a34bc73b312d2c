import { generateKeyPairSync, sign } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openCheckpoint, treeHeadText } from "#lib/log/checkpoint";
import { utf8 } from "#lib/log/digest";
import { consistencyProof, leafHash, rootOver, type SubtreeReader } from "#lib/log/merkle";
import { NOTE_ECDSA, noteOf, signatureLine, type NoteKey } from "#lib/log/note";
import { webCryptoVerifier } from "#lib/webcrypto/web-crypto-verifier";
import { SpecWitness } from "./spec-witness.under-test";
import { Witnesses, type OwnCheckpoint } from "./witnesses";

const ORIGIN = "keys.example/log";
const recorder = generateKeyPairSync("ec", { namedCurve: "P-256" });
const key: NoteKey = { name: ORIGIN, kind: NOTE_ECDSA, publicKey: new Uint8Array(recorder.publicKey.export({ type: "spki", format: "der" })) };
const all = Array.from({ length: 400 }, (_, i) => leafHash(utf8(String(i))));

/** The log's checkpoint at a size, as the worker signs it: with ECDSA and nothing else. */
function checkpoint(size: number, leaves = all): OwnCheckpoint {
  const text = treeHeadText({ origin: ORIGIN, size, root: rootOver(leaves.slice(0, size)) });
  const note = utf8(noteOf(text, [signatureLine(key, new Uint8Array(sign("sha256", utf8(text), recorder.privateKey)))]));
  const read: SubtreeReader = (level, index) => Promise.resolve(rootOver(leaves.slice(index * 2 ** level, (index + 1) * 2 ** level)));
  return { origin: ORIGIN, size, note, key, proofFrom: (old) => consistencyProof(old, size, read) };
}

let witness: SpecWitness;
let said: string[];
let kept: string[];
let time: number;
beforeEach(async () => {
  [said, kept, time] = [[], [], 1_000_000];
  witness = await SpecWitness.start(new Map([[ORIGIN, key]]));
});
afterEach(() => witness.stop());

const asking = (...more: readonly SpecWitness[]) =>
  new Witnesses([witness, ...more].map(({ key: by, url }) => ({ key: by, url })), webCryptoVerifier, () => new Date(time), (line) => said.push(line));
const keep = (_by: NoteKey, line: string) => Promise.resolve(void kept.push(line));

describe("a witness, written from the specification, that knows the log's ECDSA key", () => {
  test("cosigns a new log, and then what it has grown to, by the proof from where it was", async () => {
    const witnesses = asking();
    for (const size of [7, 8, 256, 399]) {
      await witnesses.tend(checkpoint(size), keep);
      time += 10_000;
    }
    expect(witness.answered).toEqual([200, 200, 200, 200]);
    expect([witness.seen(ORIGIN), kept.length, said]).toEqual([399, 4, []]);
  });

  test("tells a worker that does not remember what it has seen", async () => {
    await asking().cosigned(checkpoint(100));
    const note = await asking().cosigned(checkpoint(130));
    expect(witness.answered).toEqual([200, 409, 200]);
    const opened = await openCheckpoint(note, { origin: ORIGIN, keys: [key] }, [witness.key], webCryptoVerifier);
    expect(opened).toMatchObject({ size: 130, signers: [{ key }, { key: witness.key }] });
  });

  test("is asked about a checkpoint once, and not in the same moment again", async () => {
    const witnesses = asking();
    await Promise.all([1, 2, 3].map(() => witnesses.tend(checkpoint(5), keep)));
    await witnesses.tend(checkpoint(6), keep);
    expect(witness.answered).toEqual([200]);
    time += 10_000;
    await witnesses.tend(checkpoint(5), keep);
    await witnesses.tend(checkpoint(6), keep);
    expect([witness.answered, kept.length]).toEqual([[200, 200], 2]);
  });

  test("does not cosign a fork, and says so by refusing", async () => {
    await asking().cosigned(checkpoint(100));
    const other = all.map((leaf, i) => (i === 3 ? leafHash(leaf) : leaf));
    await asking().tend(checkpoint(130, other), keep);
    expect(witness.answered).toEqual([200, 409, 422]);
    expect([kept, said]).toEqual([[], ["log: witness witness.example/w1: answers 422 for keys.example/log"]]);
  });

  test("that has seen more than there is here is listened to: the log was rolled back", async () => {
    await asking().cosigned(checkpoint(300));
    await asking().tend(checkpoint(200), keep);
    expect(said).toEqual(["log: witness witness.example/w1: has seen 300 leaves of keys.example/log, and here are 200"]);
  });
});

describe("what goes wrong keeps nobody waiting", () => {
  test.each<[string, { status: number; body: string }, RegExp]>([
    ["a witness that does not know the log", { status: 404, body: "" }, /answers 404/],
    ["nonsense", { status: 200, body: "yes\n" }, /gave no cosignature/],
    ["a size that is none", { status: 409, body: "many\n" }, /not which/],
    ["sizes that never agree", { status: 409, body: "3\n" }, /does not agree/],
    ["an answer without end", { status: 200, body: "x".repeat(100_000) }, /answers without end/],
  ])("%s: nothing is kept, it is said once, and tried again after longer and longer pauses", async (_what, instead, says) => {
    witness.instead = instead;
    const witnesses = asking();
    const asked: number[] = [];
    for (const second of [0, 4, 5, 14, 15, 34, 35]) {
      time = 1_000_000 + second * 1_000;
      const before = witness.answered.length;
      await witnesses.tend(checkpoint(5), keep);
      if (witness.answered.length > before) asked.push(second);
    }
    expect(asked).toEqual([0, 5, 15, 35]);
    expect([kept, said.length]).toEqual([[], 1]);
    expect(said[0]).toMatch(says);
  });

  test("a cosignature by another key, or over another checkpoint, is none", async () => {
    const stranger = await SpecWitness.start(new Map(), "witness.example/w1");
    const text = treeHeadText({ origin: ORIGIN, size: 5, root: rootOver(all.slice(0, 5)) });
    for (const body of [stranger.sign(text), witness.sign(text.replace("\n5\n", "\n6\n"))]) {
      witness.instead = { status: 200, body };
      expect(new TextDecoder().decode(await asking().cosigned(checkpoint(5)))).not.toContain(witness.key.name);
    }
    await stranger.stop();
  });

  test("one that is away does not keep the others from signing", async () => {
    const second = await SpecWitness.start(new Map([[ORIGIN, key]]), "other.example/w2");
    const witnesses = asking(second);
    await witness.stop();
    const note = await witnesses.cosigned(checkpoint(9));
    expect(new TextDecoder().decode(note)).toContain("— other.example/w2 ");
    await second.stop();
    witness = await SpecWitness.start(new Map());
  });

  test("one that comes back signs what the log is then, and that is said", async () => {
    const witnesses = asking();
    witness.instead = { status: 503, body: "" };
    await witnesses.tend(checkpoint(5), keep);
    witness.instead = null;
    time += 10_000;
    await witnesses.tend(checkpoint(50), keep);
    expect([witness.seen(ORIGIN), kept.length, said.at(-1)]).toEqual([50, 1, "log: witness witness.example/w1 signs again"]);
  });
});
