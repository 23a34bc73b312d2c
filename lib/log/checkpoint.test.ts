import { generateKeyPairSync, sign } from "node:crypto";
import { describe, expect, test } from "vitest";
import { webCryptoVerifier } from "../webcrypto/web-crypto-verifier";
import { cosignedMessage, openCheckpoint, readTreeHead, treeHeadText } from "./checkpoint";
import { base64, fromBase64, fromHex, sha256, utf8 } from "./digest";
import { NOTE_COSIGNATURE, NOTE_ECDSA, NOTE_ED25519, noteOf, readNote, readVkey, signatureLine, signaturesBy, vkey, type NoteKey } from "./note";

/** A signer of a kind, of the platform's own keys. */
function signer(name: string, kind: NoteKey["kind"]) {
  const { publicKey, privateKey } =
    kind === NOTE_ECDSA ? generateKeyPairSync("ec", { namedCurve: "P-256" }) : generateKeyPairSync("ed25519");
  const spki = new Uint8Array(publicKey.export({ type: "spki", format: "der" }));
  const key: NoteKey = { name, kind, publicKey: kind === NOTE_ECDSA ? spki : spki.slice(-32) };
  const raw = (text: string) => new Uint8Array(sign(kind === NOTE_ECDSA ? "sha256" : null, utf8(text), privateKey));
  const cosigned = (text: string, seconds: bigint) => {
    const bytes = new Uint8Array(8 + 64);
    new DataView(bytes.buffer).setBigUint64(0, seconds);
    bytes.set(raw(cosignedMessage(text, seconds)), 8);
    return bytes;
  };
  return { key, line: (text: string) => signatureLine(key, raw(text)), cosign: (text: string, at: bigint) => signatureLine(key, cosigned(text, at)) };
}

// The verifier key and the note that the Go package golang.org/x/mod/sumdb/note is documented with.
const NEUMANN = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
const PROBLEM =
  "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n" +
  "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

// The example of the specification of checkpoints.
const SOFA =
  "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n" +
  "— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n";

describe("a note", () => {
  test("that another program signed is read, and its signature found and good", async () => {
    const key = readVkey(NEUMANN);
    const note = readNote(utf8(PROBLEM));
    if (!key || !note) throw new Error("neither");
    expect(vkey(key)).toBe(NEUMANN);
    const [signature, ...more] = signaturesBy(note, key);
    expect(more).toEqual([]);
    const spki = Uint8Array.of(...fromHex("302a300506032b6570032100"), ...key.publicKey);
    expect(await webCryptoVerifier.verify("EdDSA", spki, utf8(note.text), signature as Uint8Array)).toBe(true);
    expect(await webCryptoVerifier.verify("EdDSA", spki, utf8(`${note.text}.`), signature as Uint8Array)).toBe(false);
    expect(noteOf(note.text, [signatureLine(key, signature as Uint8Array)])).toBe(PROBLEM);
  });
  test("keeps empty lines in its text: the last one separates", () =>
    expect(readNote(utf8(`one\n\ntwo\n\n— a ${base64(new Uint8Array(5))}\n`))?.text).toBe("one\n\ntwo\n"));
  test.each([
    ["no signatures", "text\n"],
    ["no newline at the end", PROBLEM.slice(0, -1)],
    ["a hyphen for the dash", PROBLEM.replace("—", "-")],
    ["a control character", PROBLEM.replace("think", "think\t")],
    ["a signature that is no base64", PROBLEM.replace("x08go/", "x08go_")],
    ["a signature of a key id alone", `t\n\n— a ${base64(new Uint8Array(4))}\n`],
    ["a plus sign in a name", PROBLEM.replace("— PeterNeumann", "— Peter+Neumann")],
    ["too many signatures", `t\n\n${`— a ${base64(new Uint8Array(5))}\n`.repeat(65)}`],
    ["too many bytes", `${"t".repeat(256 * 1024)}\n\n— a ${base64(new Uint8Array(5))}\n`],
  ])("with %s is none", (_what, bytes) => expect(readNote(utf8(bytes))).toBeNull());
  test("that is no UTF-8 is none", () => expect(readNote(Uint8Array.of(0xff, 10, 10))).toBeNull());
  test("is not signed in a name that no line can carry", () =>
    expect(() => signatureLine({ name: "a b", kind: NOTE_ED25519, publicKey: new Uint8Array(32) }, new Uint8Array(64))).toThrow(RangeError));
});

describe("a verifier key", () => {
  test.each([
    ["another key id", NEUMANN.replace("c74f20a3", "c74f20a4")],
    ["another name", NEUMANN.replace("Peter", "Petra")],
    ["no kind", "a+00000000+"],
    ["an unknown kind", `a+00000000+${base64(Uint8Array.of(9, 1))}`],
    ["a key of another length", `a+00000000+${base64(Uint8Array.of(1, 1))}`],
    ["two parts", "a+00000000"],
  ])("with %s is none", (_what, value) => expect(readVkey(value)).toBeNull());
  test("of each kind is read back as it was", () => {
    for (const kind of [NOTE_ED25519, NOTE_ECDSA, NOTE_COSIGNATURE] as const) {
      const { key } = signer("log.example/one", kind);
      expect(readVkey(vkey(key))).toEqual(key);
    }
  });
});

describe("a tree head", () => {
  const head = { origin: "example.com/behind-the-sofa", size: 20852163, root: fromBase64("CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=") };
  test("is written as the specification's example, and read out of it", () => {
    const note = readNote(utf8(SOFA));
    expect(note?.text).toBe(treeHeadText(head));
    expect(readTreeHead(note?.text ?? "")).toEqual(head);
  });
  test("may have extension lines", () => expect(readTreeHead(`${treeHeadText(head)}more\n`)).toEqual(head));
  test.each([
    ["no origin", treeHeadText({ ...head, origin: "" })],
    ["a leading zero", treeHeadText(head).replace("20852163", "020852163")],
    ["a size past all whole numbers", treeHeadText(head).replace("20852163", "9999999999999999")],
    ["no size", treeHeadText(head).replace("20852163", "")],
    ["a short root", treeHeadText({ ...head, root: new Uint8Array(31) })],
    ["an empty extension line", `${treeHeadText(head)}\n`],
    ["no newline", treeHeadText(head).slice(0, -1)],
  ])("with %s is none", (_what, text) => expect(readTreeHead(text)).toBeNull());
});

describe("a checkpoint", () => {
  const log = signer("log.example/one", NOTE_ECDSA);
  const public25519 = signer("log.example/one", NOTE_ED25519);
  const witness = signer("witness.example/w1", NOTE_COSIGNATURE);
  const stranger = signer("stranger.example", NOTE_COSIGNATURE);
  const head = { origin: "log.example/one", size: 3, root: sha256(utf8("root")) };
  const text = treeHeadText(head);
  const at = 1_793_000_000n;
  const opened = (note: string, keys = [log.key], others = [witness.key]) =>
    openCheckpoint(utf8(note), { origin: head.origin, keys }, others, webCryptoVerifier);

  test("is taken when the log signed it, and names who else did", async () => {
    const note = noteOf(text, [log.line(text), public25519.line(text), stranger.cosign(text, at), witness.cosign(text, at)]);
    const checkpoint = await opened(note, [log.key, public25519.key]);
    expect(checkpoint).toMatchObject({
      ...head,
      signers: [
        { key: log.key, at: null },
        { key: public25519.key, at: null },
        { key: witness.key, at: new Date(Number(at) * 1000).toISOString() },
      ],
    });
  });
  test("is refused when a signature of a known key is over something else", async () => {
    const other = treeHeadText({ ...head, size: 4 });
    expect(await opened(noteOf(text, [log.line(other)]))).toBe("bad-signature");
    expect(await opened(noteOf(text, [log.line(text), witness.cosign(other, at)]))).toBe("bad-signature");
    expect(await opened(noteOf(text, [log.line(text), witness.line(text)]))).toBe("bad-signature");
  });
  test("is refused when only strangers, or only witnesses, signed it", async () => {
    expect(await opened(noteOf(text, [stranger.line(text)]))).toBe("no-known-key");
    expect(await opened(noteOf(text, [witness.cosign(text, at)]))).toBe("no-known-key");
  });
  test("is refused when it is of another log, or none at all", async () => {
    const other = treeHeadText({ ...head, origin: "log.example/two" });
    expect(await opened(noteOf(other, [log.line(other)]))).toBe("other-origin");
    expect(await opened("nothing\n")).toBe("not-a-checkpoint");
    expect(await opened(noteOf("one line\n", [log.line("one line\n")]))).toBe("not-a-checkpoint");
  });
});
