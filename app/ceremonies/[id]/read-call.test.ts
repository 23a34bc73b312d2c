import { generateKeyPairSync, randomBytes, sign } from "node:crypto";
import { expect, test } from "vitest";
import { entryBytes, entryHash, recorderBytes, type Entry } from "#lib/ceremony/entry";
import type { RoomView } from "#lib/conduct/room";
import { base64url, sha256Hex, text } from "#lib/log/digest";
import { webCryptoVerifier } from "#lib/webcrypto/web-crypto-verifier";
import { createRecorderCertificate, serialNumber } from "#lib/x509/certificate-builder";
import { wordsIn } from "#lib/words/words";
import { partObjection } from "./enter-part";
import { readCall } from "./read-call";

/** A recorder with a certificate of its own, as `claviger init` makes it. */
async function recorder() {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const spki = Uint8Array.from(publicKey.export({ type: "spki", format: "der" }));
  const signing = (data: Uint8Array) => Uint8Array.from(sign("sha256", data, { key: privateKey, dsaEncoding: "der" }));
  const certificate = await createRecorderCertificate({
    subject: { commonName: "Recorder" },
    spki,
    sign: (data: Uint8Array) => Promise.resolve(signing(data)),
    serial: serialNumber(randomBytes(16)),
    notBefore: new Date("2026-01-01T00:00:00Z"),
    notAfter: new Date("2051-01-01T00:00:00Z"),
  });
  return { spki, certificate, signing };
}
type Recorder = Awaited<ReturnType<typeof recorder>>;

const BODY = {
  step: "change",
  index: 0,
  suite: { kem: 32, kdf: 1, aead: 2 },
  publicKey: base64url(new Uint8Array(32)),
  secrets: [{ secret: "user-pin", least: 4, most: 127 }],
};

function called({ signing }: Recorder, change: Partial<Entry> = {}): Entry {
  const at = "2026-11-22T15:00:00.000Z";
  const unsigned = {
    v: "claviger/entry/v1",
    ceremony: "c-1",
    seq: 7,
    at,
    by: "recorder",
    kind: "secrets-invited",
    body: BODY,
    prev: "00".repeat(32),
    signature: "",
    ...change,
  } as Entry;
  return { ...unsigned, signature: base64url(signing(recorderBytes(unsigned))) };
}

/** The room in which that call stands, as the server tells it. */
const room = (call: Entry, { spki, certificate }: Recorder, fingerprint = sha256Hex(certificate)): RoomView =>
  ({
    id: "c-1",
    current: "change",
    recorder: { fingerprint },
    secrets: {
      call: text(entryBytes(call)),
      calledAt: call.at,
      nonce: "ab",
      recorder: { spki: base64url(spki), certificate: base64url(certificate) },
      list: [],
    },
  }) as unknown as RoomView;

test("a call that the recorder of this ceremony signed is read, with the hash that the transcript has for it", async () => {
  const honest = await recorder();
  const call = called(honest);
  expect(await readCall(room(call, honest), webCryptoVerifier)).toEqual({ hash: entryHash(call), nonce: "ab", body: BODY });
});

test("nothing is encrypted to a key that the recorder did not sign, for this ceremony and this step", async () => {
  const [honest, hostile] = [await recorder(), await recorder()];
  const call = called(honest);
  const own = (member: Partial<Entry>) => readCall(room(called(honest, member), honest), webCryptoVerifier);
  expect(
    await readCall(
      room({ ...call, body: { ...BODY, publicKey: base64url(new Uint8Array(32).fill(1)) } } as Entry, honest),
      webCryptoVerifier,
    ),
  ).toBeNull();
  expect(await readCall(room(called(hostile), honest), webCryptoVerifier)).toBeNull();
  expect(await readCall(room({ ...call, signature: null }, honest), webCryptoVerifier)).toBeNull();
  expect(await own({ ceremony: "c-2" })).toBeNull();
  expect(await own({ body: { ...BODY, step: "other" } })).toBeNull();
  expect(
    await own({ kind: "worker-noted", body: { class: "C", step: "change", code: "token-gone", facts: {} } }),
  ).toBeNull();
});

test("a server that brings a recorder of its own is caught by the fingerprint, and a key that is not the certificate's by the certificate", async () => {
  const [honest, hostile] = [await recorder(), await recorder()];
  expect(await readCall(room(called(hostile), hostile, sha256Hex(honest.certificate)), webCryptoVerifier)).toBeNull();
  const mixed = { ...hostile, certificate: honest.certificate };
  expect(await readCall(room(called(mixed), mixed), webCryptoVerifier)).toBeNull();
  const torn = { ...honest, certificate: honest.certificate.subarray(1) };
  expect(await readCall(room(called(torn), torn), webCryptoVerifier)).toBeNull();
});

test("what is wrong with a half is said before anything is encrypted, and what would be right", () => {
  const limits = { least: 4, most: 8 };
  const words = wordsIn("en").of("halves");
  expect(partObjection("abcd", limits, words)).toBeNull();
  expect(partObjection("abc", limits, words)).toContain("needs 4 at least");
  expect(partObjection("abcdefghi", limits, words)).toContain("may have 8 at most");
  expect(partObjection("ab cd", limits, words)).toContain("without blanks");
});
