import { generateKeyPairSync, sign } from "node:crypto";
import { expect, test } from "vitest";
import { webCryptoVerifier } from "#lib/webcrypto/web-crypto-verifier";
import { rootFromBatch } from "./batch-proof";
import { readTreeHead, treeHeadText } from "./checkpoint";
import { utf8 } from "./digest";
import type { LogSource } from "./follow";
import { leafHash } from "./merkle";
import { NOTE_ECDSA, noteOf, readNote, signatureLine, type NoteKey } from "./note";
import { proveLeaves } from "./prove-leaves";
import { EMPTY_EDGE, appended, bundleBytes, bundlePath, edgeRoot, TILE_WIDTH, tileBytes, tilePath } from "./tile";

const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
const key: NoteKey = { name: "log.example", kind: NOTE_ECDSA, publicKey: new Uint8Array(publicKey.export({ type: "spki", format: "der" })) };
const log = { origin: key.name, keys: [key] };
const leaves = Array.from({ length: 700 }, (_, i) => utf8(`leaf ${String(i)}`));

/** A log's files, as a folder on a static server would have them. */
function files(): Map<string, Uint8Array> {
  const { edge, tiles } = appended(EMPTY_EDGE, leaves.map(leafHash));
  const text = treeHeadText({ origin: key.name, size: edge.size, root: edgeRoot(edge) });
  const note = noteOf(text, [signatureLine(key, new Uint8Array(sign("sha256", utf8(text), privateKey)))]);
  const bundles = Array.from({ length: Math.ceil(leaves.length / TILE_WIDTH) }, (_, i) => leaves.slice(i * TILE_WIDTH, (i + 1) * TILE_WIDTH));
  return new Map([
    ["checkpoint", utf8(note)],
    ...tiles.map((tile) => [tilePath(tile), tileBytes(tile.hashes)] as const),
    ...bundles.map((bundle, i) => [bundlePath(i, bundle.length), bundleBytes(bundle)] as const),
  ]);
}
const from = (kept: Map<string, Uint8Array>): LogSource => (path) => Promise.resolve(kept.get(path) ?? null);
const prove = (kept: Map<string, Uint8Array>, wanted: readonly Uint8Array[]) => proveLeaves(from(kept), log, wanted, webCryptoVerifier);

test("leaves of a log are proved out of its files alone, in the order they are asked for", async () => {
  const wanted = [660, 3, 300, 301].map((index) => leaves[index]!);
  const proof = await prove(files(), wanted);
  if (proof === "absent" || "trouble" in proof) throw new Error("no proof");
  expect(proof.indices).toEqual([660, 3, 300, 301]);
  const head = readTreeHead(readNote(proof.checkpoint)?.text ?? "");
  const placed = wanted.map((leaf, i) => ({ index: proof.indices[i]!, hash: leafHash(leaf) }));
  expect(rootFromBatch(placed, 700, proof.hashes)).toEqual(head?.root);
});
test("a leaf that is not there is proved by nothing", async () => expect(await prove(files(), [utf8("never said")])).toBe("absent"));
test("a tile that is another than the leaves make, or is not served, makes no proof", async () => {
  const changed = files();
  changed.set("tile/0/000", new Uint8Array(256 * 32));
  expect(await prove(changed, [leaves[3]!])).toMatchObject({ trouble: "unreadable" });
  const gone = files();
  gone.delete("tile/0/000");
  expect(await prove(gone, [leaves[3]!])).toMatchObject({ trouble: "unreadable" });
});
test("nor does a log that somebody else signed", async () => {
  const other = { ...log, keys: [{ ...key, publicKey: new Uint8Array(generateKeyPairSync("ec", { namedCurve: "P-256" }).publicKey.export({ type: "spki", format: "der" })) }] };
  expect(await proveLeaves(from(files()), other, [leaves[0]!], webCryptoVerifier)).toMatchObject({ trouble: "no-known-key" });
});
