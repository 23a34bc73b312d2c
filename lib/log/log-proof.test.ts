import { describe, expect, test } from "vitest";
import { text, utf8 } from "./digest";
import { leafHash } from "./merkle";
import { logProofBytes, readLogProof, tlogProofBytes } from "./log-proof";

const hashes = ["a", "b"].map((name) => leafHash(utf8(name)));
const checkpoint = utf8("keys.example/log\n9\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n— keys.example/log AAAA\n");
const proof = { indices: [7, 2, 0], hashes, checkpoint };
const written = text(logProofBytes(proof));

describe("the proof that a record carries", () => {
  test("is lines of text: a header, places, hashes, an empty line, the checkpoint as the log gave it out", () => {
    const [header, ...lines] = written.split("\n");
    expect(header).toBe("claviger/log-proof/v1");
    expect(lines.slice(0, 3)).toEqual(["index 7", "index 2", "index 0"]);
    expect(lines[3]).toMatch(/^[A-Za-z0-9+/]{43}=$/);
    expect(lines.slice(5, 7)).toEqual(["", "keys.example/log"]);
    expect(written.endsWith(text(checkpoint))).toBe(true);
  });
  test("is read back as it was", () => {
    expect(readLogProof(utf8(written))).toEqual(proof);
    expect(readLogProof(logProofBytes({ ...proof, hashes: [] }))).toEqual({ ...proof, hashes: [] });
  });
  test.each([
    ["another version", written.replace("/v1", "/v2")],
    ["a proof for one leaf", text(tlogProofBytes(7, hashes, checkpoint))],
    ["no place", text(logProofBytes({ ...proof, indices: [] }))],
    ["a place in another spelling", written.replace("index 7", "index 07")],
    ["a place behind a hash", written.replace("index 0\n", "").replace("\n\n", "\nindex 0\n\n")],
    ["a hash that is cut", written.replace(/\n([A-Za-z0-9+/]{40})[A-Za-z0-9+/]{3}=\n/, "\n$1\n")],
    ["another line", written.replace("\nindex", "\nextra AAAA\nindex")],
    ["no empty line", written.replaceAll("\n\n", "\n")],
    ["nothing", ""],
  ])("is not %s", (_what, other) => expect(readLogProof(utf8(other))).toBeNull());
  test("is UTF-8", () => expect(readLogProof(Uint8Array.of(0xff, 0xfe))).toBeNull());
});

test("the proof of one leaf is the text of C2SP tlog-proof", () => {
  const [header, index, first, second, empty, origin] = text(tlogProofBytes(73894, hashes, checkpoint)).split("\n");
  expect([header, index, empty, origin]).toEqual(["c2sp.org/tlog-proof@v1", "index 73894", "", "keys.example/log"]);
  expect([first, second]).toEqual(hashes.map((hash) => btoa(String.fromCharCode(...hash))));
});
