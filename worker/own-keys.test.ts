import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { FakeToken, FakeTokenMemory } from "#lib/token/fake-token.under-test";
import { webCryptoVerifier } from "#lib/webcrypto/web-crypto-verifier";
import { createRecorderCertificate, issueRecordSigningCertificate, serialNumber } from "#lib/x509/certificate-builder";
import type { CertificatePair } from "./known-certificates";
import { WorkerMemory } from "./memory";
import { makeRecorder } from "./own-keys";
import { signAsRecorder, type Recorder } from "./recorder";

// Two hosts with a worker each, and one token that both reach. What lies between them need not be trusted.

let folder: string;
let onToken: FakeTokenMemory;
const token = () => new FakeToken(onToken);
const NOW = new Date("2026-11-22T10:00:00.000Z");
const MISSING = { ok: false, refusal: { reason: "CERTIFICATES-MISSING" } };
const LATER = new Date("2027-03-01T10:00:00.000Z");

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "claviger-own-keys-"));
  onToken = new FakeTokenMemory();
});
afterEach(() => rmSync(folder, { recursive: true }));

const memory = (host: string) => new WorkerMemory(path.join(folder, host));
const pairOf = ({ certificate, recordSigningCertificate }: Recorder): CertificatePair => ({
  trustAnchor: certificate,
  recordSigning: recordSigningCertificate,
});

async function first(): Promise<Recorder> {
  const made = await makeRecorder(token(), memory("first"), "Examples Ltd", NOW);
  if (!made.ok) throw new Error(made.refusal.reason);
  return made.value;
}

const second = (...found: CertificatePair[]) =>
  makeRecorder(token(), memory("second"), null, LATER, { verifier: webCryptoVerifier, find: () => Promise.resolve(found) });

/** The recorder of another token: its certificates are sound, and not of these keys. */
async function stranger(): Promise<Recorder> {
  const made = await makeRecorder(new FakeToken(), memory("stranger"), null, NOW);
  if (!made.ok) throw new Error(made.refusal.reason);
  return made.value;
}

describe("a second worker on the token", () => {
  test("takes the certificates of the first, byte for byte, and makes nothing on the token", async () => {
    const theirs = await first();
    const before = onToken.objects.length;
    expect(await second(pairOf(await stranger()), pairOf(theirs))).toEqual({ ok: true, value: theirs });
    expect(onToken.objects).toHaveLength(before);
    expect(memory("second").certificate("trust-anchor")).toEqual(theirs.certificate);
    // Afterwards it needs nobody.
    expect(await makeRecorder(token(), memory("second"), null, LATER)).toEqual({ ok: true, value: theirs });
  });

  test("makes no second trust anchor where none is found", async () => {
    await first();
    expect(await second()).toMatchObject({ ok: false, refusal: { reason: "CERTIFICATES-MISSING", facts: { found: 0 } } });
    expect(await makeRecorder(token(), memory("second"), null, LATER)).toMatchObject(MISSING);
    expect(memory("second").certificate("trust-anchor")).toBeNull();
  });

  test.each<[string, string, (mine: CertificatePair, theirs: CertificatePair) => CertificatePair]>([
    ["both of another token", "another key than the recorder's", (_, theirs) => theirs],
    ["a trust anchor of another key over the token's own", "another key than the recorder's", (mine, { trustAnchor }) => ({ ...mine, trustAnchor })],
    ["a record-signing certificate of another key", "another key than that on the token", (mine, { recordSigning }) => ({ ...mine, recordSigning })],
    ["the two in each other's place", "another key than the recorder's", (mine) => ({ trustAnchor: mine.recordSigning, recordSigning: mine.trustAnchor })],
    ["one bit of the trust anchor's signature changed", "did not sign the trust anchor", (mine) => ({ ...mine, trustAnchor: bent(mine.trustAnchor) })],
    ["one bit of the other's changed", "did not sign it", (mine) => ({ ...mine, recordSigning: bent(mine.recordSigning) })],
    ["no certificates at all", "DER", () => ({ trustAnchor: new Uint8Array([1, 2, 3]), recordSigning: new Uint8Array() })],
  ])("refuses %s", async (_planted, why, plant) => {
    const planted = plant(pairOf(await first()), pairOf(await stranger()));
    const answer = await second(planted);
    expect(answer).toMatchObject({ ok: false, refusal: { reason: "CERTIFICATES-MISSING", facts: { found: 1 } } });
    expect(JSON.stringify(answer)).toContain(why);
    expect(memory("second").certificate("trust-anchor")).toBeNull();
  });

  test("refuses the keys' own public halves under a signature of somebody else's", async () => {
    const theirs = await first();
    const evil = new FakeToken();
    await makeRecorder(evil, memory("evil"), null, NOW);
    const sign = (data: Uint8Array) => signAsRecorder(evil, data);
    const base = { notBefore: NOW, notAfter: LATER, serial: serialNumber(new Uint8Array(16).fill(7)) };
    const subject = { commonName: "Claviger recorder" };
    const trustAnchor = await createRecorderCertificate({ subject, spki: theirs.spki, sign, ...base });
    expect(await second({ ...pairOf(theirs), trustAnchor })).toMatchObject(MISSING);
  });

  test("does not choose between two trust anchors of one key: a person must", async () => {
    const theirs = await first();
    const sign = (data: Uint8Array) => signAsRecorder(token(), data);
    const base = { notBefore: NOW, notAfter: LATER, serial: serialNumber(new Uint8Array(16).fill(7)), sign };
    const trustAnchor = await createRecorderCertificate({ subject: { commonName: "Another" }, spki: theirs.spki, ...base });
    const [subject, spki] = [{ commonName: "Other" }, await token().exportPublicKey(await signingKeyId())];
    const recordSigning = await issueRecordSigningCertificate({ subject, spki, issuer: trustAnchor, ...base });
    const answer = await second(pairOf(theirs), { trustAnchor, recordSigning });
    expect(answer).toMatchObject({ ok: false, refusal: { reason: "TWO-TRUST-ANCHORS" } });
  });
});

test("an init that was cut short goes on where it was made, and nowhere else", async () => {
  const began = memory("first");
  began.noteMakingRecorder(NOW.toISOString());
  const cut = await makeRecorder(token(), began, null, NOW);
  rmSync(began.certificatePath("trust-anchor"));
  rmSync(began.certificatePath("record-signing"));
  expect(cut.ok).toBe(true);
  expect(await second()).toMatchObject({ ok: false, refusal: { reason: "CERTIFICATES-MISSING" } });
  began.noteMakingRecorder(NOW.toISOString());
  expect(await makeRecorder(token(), began, null, NOW)).toMatchObject({ ok: true });
  expect(began.isMakingRecorder).toBe(false);
});

/** The last bit of a certificate is its signature's. */
function bent(certificate: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(certificate);
  copy[copy.length - 1] = (copy.at(-1) ?? 0) ^ 1;
  return copy;
}

async function signingKeyId(): Promise<Uint8Array> {
  const objects = await token().listObjects();
  return objects.find(({ label }) => label === "claviger-record-signing")?.id ?? new Uint8Array();
}
