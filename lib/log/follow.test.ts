import { generateKeyPairSync, sign } from "node:crypto";
import { beforeEach, expect, test } from "vitest";
import { webCryptoVerifier } from "../webcrypto/web-crypto-verifier";
import { treeHeadText } from "./checkpoint";
import { utf8 } from "./digest";
import { NOTHING_FOLLOWED, lookAgain, type Followed, type Look } from "./follow";
import { leafHash, rootOver } from "./merkle";
import { NOTE_ECDSA, noteOf, signatureLine, type NoteKey } from "./note";
import { TILE_WIDTH, bundleBytes, readTilePath } from "./tile";

const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
const origin = "log.example/one";
const key: NoteKey = { name: origin, kind: NOTE_ECDSA, publicKey: new Uint8Array(publicKey.export({ type: "spki", format: "der" })) };

/** A log as it is served: whatever it does, it signs. */
let leaves: Uint8Array[];
let asked: string[];
beforeEach(() => {
  leaves = [];
  asked = [];
});
const grow = (count: number, word = "leaf") => {
  for (let i = 0; i < count; i++) leaves.push(utf8(`${word} ${String(leaves.length)}`));
};
function source(path: string): Promise<Uint8Array | null> {
  asked.push(path);
  if (path === "checkpoint") {
    const text = treeHeadText({ origin, size: leaves.length, root: rootOver(leaves.map(leafHash)) });
    return Promise.resolve(utf8(noteOf(text, [signatureLine(key, new Uint8Array(sign("sha256", utf8(text), privateKey)))])));
  }
  const tile = readTilePath(path);
  if (tile?.level !== "entries") return Promise.resolve(null);
  const own = leaves.slice(tile.index * TILE_WIDTH, tile.index * TILE_WIDTH + tile.width);
  return Promise.resolve(own.length === tile.width ? bundleBytes(own) : null);
}
const look = (before: Followed, from = source) => lookAgain(from, { origin, keys: [key] }, before, webCryptoVerifier);
async function good(before: Followed): Promise<Look> {
  const seen = await look(before);
  if ("trouble" in seen) throw new Error(seen.trouble);
  return seen;
}

test("a log that grows is followed leaf by leaf, and only what is new is read", async () => {
  grow(600);
  const first = await good(NOTHING_FOLLOWED);
  expect(first.added).toBe(600);
  asked = [];
  grow(10);
  const heard: number[] = [];
  const second = await lookAgain(source, { origin, keys: [key] }, first.followed, webCryptoVerifier, (index) => heard.push(index));
  expect(second).toMatchObject({ added: 10, checkpoint: { size: 610 } });
  expect(heard).toEqual([600, 601, 602, 603, 604, 605, 606, 607, 608, 609]);
  expect(asked).toEqual(["checkpoint", "tile/entries/002.p/98"]);
  expect(await good((second as Look).followed)).toMatchObject({ added: 0 });
});

test("a log that signs another past is a fork, larger or as large as before", async () => {
  grow(300);
  const { followed } = await good(NOTHING_FOLLOWED);
  leaves = [];
  grow(300, "other");
  expect(await look(followed)).toMatchObject({ trouble: "forked" });
  grow(20);
  expect(await look(followed)).toMatchObject({ trouble: "forked" });
});
test("one changed leaf long ago is a fork for whoever reads from the beginning, too", async () => {
  grow(300);
  const { followed } = await good(NOTHING_FOLLOWED);
  leaves[3] = utf8("changed");
  grow(1);
  expect(await look(followed)).toMatchObject({ trouble: "forked" });
  const lying = (path: string) => (path === "checkpoint" ? source(path) : source(path).then((bytes) => bytes && bytes.map((b, i) => (i === 4 ? b ^ 1 : b))));
  expect(await look(NOTHING_FOLLOWED, lying)).toMatchObject({ trouble: "forked" });
});
test("a log that has become smaller was rolled back", async () => {
  grow(300);
  const { followed } = await good(NOTHING_FOLLOWED);
  leaves.pop();
  expect(await look(followed)).toMatchObject({ trouble: "rolled-back" });
});
test("a log that does not serve what it signed is unreadable, and one without a checkpoint says nothing", async () => {
  grow(300);
  expect(await look(NOTHING_FOLLOWED, (path) => (path === "checkpoint" ? source(path) : Promise.resolve(null)))).toMatchObject({ trouble: "unreadable" });
  expect(await look(NOTHING_FOLLOWED, () => Promise.resolve(null))).toEqual({ trouble: "no-checkpoint", note: null });
  expect(await look(NOTHING_FOLLOWED, () => Promise.resolve(utf8("hello")))).toMatchObject({ trouble: "not-a-checkpoint" });
});
