import { generateKeyPairSync, sign } from "node:crypto";
import { describe, expect, it } from "vitest";
import { batchProof } from "#lib/log/batch-proof";
import { treeHeadText } from "#lib/log/checkpoint";
import { base64url, hex, sha256Hex, text, utf8 } from "#lib/log/digest";
import { eventFileText } from "#lib/log/event-file";
import { eventHash, leafBytes, type LoggedEvent } from "#lib/log/leaf";
import { logProofBytes } from "#lib/log/log-proof";
import { leafHash, rootOver, type SubtreeReader } from "#lib/log/merkle";
import { NOTE_ECDSA, noteOf, signatureLine } from "#lib/log/note";
import { seedOf, wordsCommitment } from "#lib/log/sample";
import { makeRecorder } from "#lib/pdf/sealing.under-test";
import { webCryptoVerifier } from "#lib/webcrypto/web-crypto-verifier";
import { toPem } from "#lib/x509/pem";
import type { Answer } from "../../../../ask";
import { drawHere, type DrawPorts } from "./draw-here";
import { unproven, type GivenCheckpoint } from "./unproven";

const ORIGIN = "example.org/log";
const { keys: recorder, certificate } = await makeRecorder();
const stranger = await makeRecorder();
const own = { matter: "sample/ab", words: "seven herons 00", population: "cd".repeat(32), size: 2, recorder: sha256Hex(certificate) };

const announcement = (change: Readonly<Record<string, unknown>> = {}, kind = "sample-announced"): LoggedEvent => {
  const { matter, population, size } = own;
  const facts = JSON.stringify({ matter, n: 1, of: "records", members: 4, population, size, words: wordsCommitment(own.words), ...change });
  return { event: "7", at: "2026-11-23T10:00:00.000Z", kind, by: "axel", facts, salt: "ab".repeat(16) };
};
const bytesOf = (event: LoggedEvent) => leafBytes({ kind: "event", event: event.event, hash: eventHash(event) });

/** A log of so many leaves with the announcement among them, its checkpoint, and what a server gives of both. */
async function log(count: number, { event = announcement(), keys = recorder } = {}): Promise<{ root: string; given: GivenCheckpoint }> {
  const at = Math.floor(count / 2);
  const leaves = Array.from({ length: count }, (_, i) => leafHash(i === at ? bytesOf(event) : utf8(String(i))));
  const root = rootOver(leaves);
  const head = treeHeadText({ origin: ORIGIN, size: count, root });
  const note = noteOf(head, [signatureLine({ name: ORIGIN, kind: NOTE_ECDSA, publicKey: keys.spki }, await keys.sign(utf8(head)))]);
  const read: SubtreeReader = (level, index) => Promise.resolve(rootOver(leaves.slice(index * 2 ** level, (index + 1) * 2 ** level)));
  const proof = text(logProofBytes({ indices: [at], hashes: await batchProof([at], count, read), checkpoint: utf8(note) }));
  const recorders = [stranger.certificate, certificate].map(base64url);
  return { root: hex(root), given: { note, event: eventFileText([event]), proof, recorders } };
}
const [nine, ten] = [await log(9), await log(10)];
const headOf = ({ root }: { readonly root: string }, size: number) => ({ origin: ORIGIN, size, root });

const refused = (code: string): Answer<never> => ({ ok: false, problem: { code, sentence: "No." } });
const given = (value: GivenCheckpoint): Answer<unknown> => ({ ok: true, value });
const drawn = (size: number): Answer<unknown> => ({ ok: true, value: { seed: seedOf({ ...own, checkpoint: headOf(size === 9 ? nine : ten, size) }) } });

/** A server that answers in that order, and a browser: what was asked, what was sent, and what is kept. */
function browser(answers: Answer<unknown>[], kept: string | null = null) {
  const asked: { path: string; body: unknown; kept: string | null }[] = [];
  const ports: DrawPorts = {
    ask: async <T>(path: string, body?: unknown) => {
      asked.push({ path, body, kept });
      return (answers.shift() ?? refused("NONE")) as Answer<T>;
    },
    kept: () => kept,
    keep: (note) => {
      kept = note;
    },
    again: async () => answers.length > 0,
    verifier: webCryptoVerifier,
  };
  return { asked, ports };
}

describe("an auditor's words", () => {
  it("stay in the browser until it was given a checkpoint, has proved and kept it, and then go for that one", async () => {
    const { asked, ports } = browser([refused("CHECKPOINT-AWAITED"), refused("CHECKPOINT-AWAITED"), given(nine.given), drawn(9)]);
    expect(await drawHere(ports, own)).toBeNull();
    const waits = { path: "/api/audit/samples/ab/checkpoint", body: undefined, kept: null };
    const sent = { path: "/api/audit/samples/ab/words", body: { words: own.words, checkpoint: headOf(nine, 9) }, kept: nine.given.note };
    expect(asked).toEqual([waits, waits, waits, sent]);
  });
  it("are not sent when nobody looks any more, without a log, and for what is no checkpoint or not proved", async () => {
    for (const [answer, trouble] of [
      [refused("CHECKPOINT-AWAITED"), null],
      [refused("LOG-NONE"), { problem: { code: "LOG-NONE", sentence: "No." } }],
      [given({ ...nine.given, note: "nothing\n" }), { unproven: "checkpoint" }],
      [given({ ...nine.given, proof: ten.given.proof }), { unproven: "inclusion" }],
    ] as const) {
      const { asked, ports } = browser([answer]);
      expect(await drawHere(ports, own)).toEqual(trouble);
      expect(asked.map(({ body }) => body)).toEqual([undefined]);
      expect(ports.kept()).toBeNull();
    }
  });
  it("go for the checkpoint that was given first, however often they are sent: no other is asked for", async () => {
    const { asked, ports } = browser([refused("CHECKPOINT-OTHER"), drawn(9)], nine.given.note);
    expect(await drawHere(ports, own)).toEqual({ problem: { code: "CHECKPOINT-OTHER", sentence: "No." } });
    expect(await drawHere(ports, own)).toBeNull();
    expect(asked.map(({ body }) => body)).toEqual([1, 2].map(() => ({ words: own.words, checkpoint: headOf(nine, 9) })));
  });
  it("and that checkpoint make the seed, or the browser says that they do not", async () => {
    expect(await drawHere(browser([given(nine.given), drawn(10)]).ports, own)).toBe("other-seed");
  });
});

describe("a checkpoint", () => {
  const why = (value: GivenCheckpoint, change: Partial<typeof own> = {}) => unproven(value, own, change.recorder ?? own.recorder, webCryptoVerifier);

  it("is taken from a log of any size, by the recorder's fingerprint or certificate", async () => {
    for (const count of [1, 2, 3, 300]) expect(await why((await log(count)).given)).toBeNull();
    expect(await why({ ...nine.given, recorders: [] }, { recorder: toPem("CERTIFICATE", certificate) })).toBeNull();
  });
  it("is not taken from somebody else, by whatever name or key they sign", async () => {
    const { given: forged } = await log(9, { keys: stranger.keys });
    expect(await why(forged)).toBe("signature");
    expect(await why(nine.given, { recorder: sha256Hex(stranger.certificate) })).toBe("signature");
    const [head] = nine.given.note.split("\n\n");
    const bent = sign("sha256", utf8(`${head ?? ""}x\n`), generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey);
    const other = noteOf(`${head ?? ""}\n`, [signatureLine({ name: ORIGIN, kind: NOTE_ECDSA, publicKey: recorder.spki }, new Uint8Array(bent))]);
    expect(await why({ ...nine.given, note: other })).toBe("signature");
  });
  it("is not taken where nobody is known by what was typed", async () => {
    for (const typed of ["", "herons", "0".repeat(64), toPem("CERTIFICATE", utf8("x"))]) expect(await why(nine.given, { recorder: typed })).toBe("recorder");
    expect(await why({ ...nine.given, recorders: ["=", base64url(utf8("x"))] })).toBe("recorder");
  });
  it.each<[string, LoggedEvent]>([
    ["other words", announcement({ words: wordsCommitment("eight herons") })],
    ["another population", announcement({ population: "ef".repeat(32) })],
    ["another size", announcement({ size: 3 })],
    ["another sample", announcement({ matter: "sample/cd" })],
    ["another kind of event", announcement({}, "sample-drawn")],
    ["facts that are none", { ...announcement(), facts: "null" }],
    ["facts that cannot be read", { ...announcement(), facts: "{" }],
  ])("is not taken with the announcement of %s in it", async (_what, event) => {
    expect(await why((await log(9, { event })).given)).toBe("announcement");
  });
  it("is not taken without the announcement in its tree, whatever is shown beside it", async () => {
    const elsewhere = await log(9, { event: announcement({ members: 5 }) });
    expect(await why({ ...elsewhere.given, event: nine.given.event })).toBe("inclusion");
    for (const proof of ["", ten.given.proof, nine.given.proof.replace("index 4", "index 3")]) expect(await why({ ...nine.given, proof })).toBe("inclusion");
    for (const event of ["", "x\n", `${nine.given.event}${nine.given.event}`]) expect(await why({ ...nine.given, event })).toBe("announcement");
  });
});
