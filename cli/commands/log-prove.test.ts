import { generateKeyPairSync, sign } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { entryHash } from "#lib/ceremony/entry";
import { world } from "#lib/ceremony/small-world.under-test";
import { treeHeadText } from "#lib/log/checkpoint";
import { utf8 } from "#lib/log/digest";
import { leafHash } from "#lib/log/merkle";
import { NOTE_ECDSA, noteOf, signatureLine, vkey, type NoteKey } from "#lib/log/note";
import { EMPTY_EDGE, appended, bundleBytes, bundlePath, edgeRoot, tileBytes, tilePath } from "#lib/log/tile";
import { drawRecord } from "#lib/pdf/draw-record";
import { sampleRecord } from "#lib/record/record-document.fixture";
import { TRANSCRIPT_FILE, transcriptBytes } from "#lib/record/transcript";
import { NO_LOG_TRUST, leavesOf, verifyLogProofs } from "#lib/record/verify-log-proof";
import { webCryptoVerifier } from "#lib/webcrypto/web-crypto-verifier";
import { logCommand } from "./log";

const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
const key: NoteKey = { name: "log.example", kind: NOTE_ECDSA, publicKey: new Uint8Array(publicKey.export({ type: "spki", format: "der" })) };

let folder: string;
let server: Server;
let files: Map<string, Uint8Array>;
let ceremony: string;
let hashes: string[];
let leaves: readonly Uint8Array[];
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "claviger-log-prove-"));
  const there = await world();
  await there.close();
  const entries = there.entries;
  ceremony = entries[0]?.ceremony ?? "";
  hashes = entries.map(entryHash);
  leaves = leavesOf({ ceremony, hashes });
  const bytes = transcriptBytes({ entries, openings: [] });
  const attached = { name: TRANSCRIPT_FILE, mime: "application/json", description: "entries", relationship: "Source" as const, bytes };
  writeFileSync(path.join(folder, "record.pdf"), await drawRecord({ ...sampleRecord({ acts: 1 }), attachments: [attached] }));
  server = createServer((request, answer) => {
    const file = files.get((request.url ?? "").replace("/log/", ""));
    answer.writeHead(file ? 200 : 404).end(file);
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

/** A log as files, with these leaves behind one of somebody else. */
function serve(these: readonly Uint8Array[]): void {
  const all = [utf8("another"), ...these];
  const { edge, tiles } = appended(EMPTY_EDGE, all.map(leafHash));
  const text = treeHeadText({ origin: key.name, size: edge.size, root: edgeRoot(edge) });
  const note = noteOf(text, [signatureLine(key, new Uint8Array(sign("sha256", utf8(text), privateKey)))]);
  files = new Map([
    ["checkpoint", utf8(note)],
    [bundlePath(0, all.length), bundleBytes(all)],
    ...tiles.map((tile) => [tilePath(tile), tileBytes(tile.hashes)] as const),
  ]);
}

const out = (name: string) => path.join(folder, name);
function prove(to: string, record = out("record.pdf")): Promise<number> {
  const said = vi.spyOn(console, "log").mockImplementation(() => undefined);
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/log`;
  return logCommand(["prove", record, url, "--key", vkey(key), "--out", to]).finally(() => said.mockRestore());
}

test("a record's entries are proved out of a log's files alone, in the form that the verifier takes", async () => {
  serve(leaves);
  expect(await prove(out("proof.txt"))).toBe(0);
  const brought = new Uint8Array(readFileSync(out("proof.txt")));
  const checks = await verifyLogProofs(
    null,
    { ceremony, mode: "production", hashes },
    key.publicKey,
    { ...NO_LOG_TRUST, brought, required: key.name },
    webCryptoVerifier,
  );
  expect(checks.map(({ name, ok }) => [name, ok])).toEqual([["later-log-checkpoint", true], ["later-log-inclusion", true], ["log-required", true]]);
});

test("nothing is written while the log lacks an entry, and no file is written over", async () => {
  serve(leaves.slice(1));
  await expect(prove(out("none.txt"))).rejects.toThrow(/does not hold all \d+ entries/);
  expect(() => readFileSync(out("none.txt"))).toThrow("ENOENT");
  serve(leaves);
  writeFileSync(out("there.txt"), "mine");
  await expect(prove(out("there.txt"))).rejects.toThrow("EEXIST");
  expect(readFileSync(out("there.txt"), "utf8")).toBe("mine");
});

test("a file that is no record is said to be none", async () => {
  writeFileSync(out("other.pdf"), "%PDF-1.7\n");
  await expect(prove(out("x.txt"), out("other.pdf"))).rejects.toThrow(/is no record whose entries could be looked up/);
  await expect(prove(out("x.txt"), out("nothing.pdf"))).rejects.toThrow(/is no record/);
});
