import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { actor, MemoryDesk } from "#lib/conduct/desk.under-test";
import { keepRenewedRecord } from "#lib/conduct/keep-renewed-record";
import { ageingOf } from "#lib/record/ageing";
import { firstRevision, readArchive } from "#lib/record/archive-revision";
import { archiveFault } from "#lib/record/archive-stamps";
import { readSignature } from "#lib/record/pdf-signature";
import { readPdf } from "#lib/record/read-pdf";
import { readTimeStamp } from "#lib/record/time-stamp";
import { verifySeal, type SealOptions } from "#lib/record/verify-seal";
import { inflate } from "#lib/webcrypto/inflate";
import { webCryptoVerifier as verifier } from "#lib/webcrypto/web-crypto-verifier";
import { readCertificate } from "#lib/x509/certificate";
import { toPem } from "#lib/x509/pem";
import { conformanceFaults } from "./conformance.under-test";
import { edited, replaceIn, saved } from "./forgery.under-test";
import { judgement, JUDGES_HERE } from "./judges.under-test";
import { renewRecord, type RenewOptions } from "./renew-record";
import { askOcspResponder, fetchRevocationList } from "./revocation-client";
import { drawnSample, sealer, type Sealer } from "./sealing.under-test";
import { sealPdf, SealFault } from "./seal-pdf";
import { stampSeal } from "./stamp-seal";
import { TimeStampAuthority } from "./time-stamp-authority.under-test";
import { timeStampClient } from "./time-stamp-client";

let us: Sealer;
let authority: TimeStampAuthority;
/** Sealed in a room without a network. */
let bare: Uint8Array;
/** The same made to last, and renewed once. */
let once: Uint8Array;
let twice: Uint8Array;
const folder = mkdtempSync(path.join(tmpdir(), "claviger-renew-"));

const by = (from: TimeStampAuthority, change: Partial<RenewOptions> = {}): RenewOptions => ({
  verifier, inflate, timeStamp: timeStampClient({ url: from.url, verifier }), fetchList: fetchRevocationList, anchors: [from.root],
  ...{ askResponder: askOcspResponder, now: () => new Date() }, ...change,
});
const refusal = async (file: Uint8Array, options: Partial<SealOptions> = {}) => {
  const trust = { timeStampAnchors: [authority.root], requireTimeStamp: true, ...options };
  const { checks } = await verifySeal(file, { trustAnchor: us.recorder.certificate, verifier, ...trust });
  const bad = checks.find(({ ok }) => !ok);
  return bad ? `${bad.name}: ${bad.reason}` : null;
};
const archiveOf = (file: Uint8Array) => readArchive(file, readPdf(firstRevision(file))).filter((one) => one.kind === "stamp");

beforeAll(async () => {
  us = await sealer();
  authority = await TimeStampAuthority.start("Lasting stamps", { lists: true });
  bare = await sealPdf(await drawnSample(), { signer: us.signer });
  once = (await renewRecord(bare, by(authority))).file;
  twice = (await renewRecord(once, by(authority))).file;
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await authority.stop();
});

test("a record ages with the last time stamp over it, and no longer with its seal", () => {
  const signer = (file: Uint8Array) => readTimeStamp(archiveOf(file).at(-1)?.token ?? new Uint8Array()).signed.signer;
  for (const file of [once, twice]) {
    const ageing = ageingOf(file);
    expect(["stamp-certificate", "algorithm"]).toContain(ageing?.what);
    expect(Date.parse(ageing?.endsAt ?? "")).toBeLessThanOrEqual(signer(file).notAfter);
  }
  expect(["seal-certificate", "algorithm"]).toContain(ageingOf(bare)?.what);
});

test("the desk keeps one renewal after the other, and none that is not behind the newest", async () => {
  const desk = new MemoryDesk();
  const keep = (file: Uint8Array) => keepRenewedRecord({ ...desk.ports, sealed: () => Promise.resolve(bare), verifier, inflate }, actor("adam"), "c-1", file);
  const stamps = archiveOf(twice);
  const forged = Uint8Array.from(twice);
  const token = Buffer.from(twice).lastIndexOf(Buffer.from(stamps.at(-1)?.token ?? []).toString("hex").slice(-200));
  forged[token] = forged[token] === 0x30 ? 0x31 : 0x30;
  expect((await keep(forged)).ok).toBe(false);
  const kept = [await keep(once), await keep(once), await keep(twice), await keep(once)];
  expect(kept.map(({ ok }) => ok)).toEqual([true, false, true, false]);
  expect(desk.events.map(({ kind, n }) => [kind, n])).toEqual([["record-renewed", 1], ["record-renewed", 2]]);
});

describe("a record sealed without a time stamp gets one later, in place", () => {
  test("it is accepted where one is required, and nothing but the room behind the signature changed", async () => {
    expect(await refusal(bare)).toContain("timestamp: there is no time stamp");
    const stamped = await stampSeal(bare, by(authority).timeStamp);
    expect(await refusal(stamped)).toBe(null);
    expect(stamped.length).toBe(bare.length);
    const contents = Buffer.from(bare).indexOf("/Contents <");
    const changed = [...stamped.keys()].filter((i) => stamped[i] !== bare[i]);
    expect(changed.every((i) => i > contents && i < contents + 33_000)).toBe(true);
    expect(conformanceFaults(stamped)).toEqual([]);
  });
  test("not twice, and not under an archive time stamp", async () => {
    const stamped = await stampSeal(bare, by(authority).timeStamp);
    await expect(stampSeal(stamped, by(authority).timeStamp)).rejects.toThrow(SealFault);
    await expect(stampSeal(once, by(authority).timeStamp)).rejects.toThrow(SealFault);
  });
  test("a stamp too large for the room is refused, not cut", async () => {
    await expect(stampSeal(bare, () => Promise.resolve(new Uint8Array(17_000)))).rejects.toThrow(SealFault);
  });
});

describe("a record made to last", () => {
  test("is accepted; each time stamp is over all before it, with the revocation list of the stamp before", async () => {
    expect(await refusal(once)).toBe(null);
    expect(await refusal(twice)).toBe(null);
    expect(archiveOf(bare)).toEqual([]);
    expect(archiveOf(twice).map(({ revocationLists }) => revocationLists.length)).toEqual([1, 1]);
    expect(Buffer.from(twice.subarray(0, once.length)).equals(Buffer.from(once))).toBe(true);
  });
  test("brings the authority's certificate where the time stamp does not, and only there", () => {
    // OpenSSL puts the root into the token.
    expect(archiveOf(once).map(({ certificates }) => certificates.length)).toEqual([0]);
  });
  test("without a list to be had it is made all the same, and it is said what is missing", async () => {
    const { file, without } = await renewRecord(bare, by(authority, { fetchList: () => Promise.reject(new Error("gone")) }));
    expect(without).toEqual([expect.stringMatching(/^Nothing shows that CN=Test authority was not revoked: the revocation list at http.* cannot be had: gone\.$/)]);
    expect(await refusal(file)).toBe(null);
  });
  test("a list that somebody else signed is not taken", async () => {
    const other = await TimeStampAuthority.start("Other stamps", { lists: true });
    const { file, without } = await renewRecord(bare, by(authority, { fetchList: () => Promise.resolve(Uint8Array.from(other.list())) }));
    await other.stop();
    expect(without).toEqual([expect.stringContaining("is not to be believed")]);
    expect(archiveOf(file)[0]?.revocationLists).toEqual([]);
  });
});

describe("evidence by OCSP", () => {
  test("is asked for where a certificate names a responder, stands in the store and beside the signature it is for, and is read again", async () => {
    const answering = await TimeStampAuthority.start("Answered stamps", { responder: true });
    const { file, without } = await renewRecord(bare, by(answering));
    const again = await renewRecord(file, by(answering));
    expect([...without, ...again.without]).toEqual([]);
    expect(archiveOf(again.file).map(({ responses, revocationLists }) => [responses.length, revocationLists.length])).toEqual([[1, 0], [1, 0]]);
    expect(await refusal(again.file, { timeStampAnchors: [answering.root] })).toBe(null);
    // The store names a signature by the SHA-1 of its whole place: that of the seal first, then that of the stamp over it.
    const names = [...Buffer.from(again.file).toString("latin1").matchAll(/\/([0-9A-F]{40}) <<\n\/OCSP \[\d+ 0 R\]/g)].map(([, name]) => name);
    const seal = createHash("sha1").update(readSignature(readPdf(firstRevision(again.file))).padded).digest("hex").toUpperCase();
    expect([names.length, names[0], names[1]]).toEqual([3, seal, seal]);
    const swapped = edited(file, (text) => text.replace(`/${seal}`, `/${seal.slice(1)}0`));
    expect(await refusal(swapped, { timeStampAnchors: [answering.root] })).toContain("nothing-after-the-signature");
    await answering.stop();
  });
});

describe("[archive] refuses", () => {
  test("the time stamp of another file", async () => {
    const other = await sealPdf(await drawnSample(), { signer: us.signer });
    const timeStamp = by(authority).timeStamp;
    let count = 0;
    const { file } = await renewRecord(bare, by(authority, { timeStamp: (data) => timeStamp((count += 1) === 2 ? other : data) }));
    expect(await refusal(file)).toBe("archive: archive time stamp 1: it was made for other data");
  });
  test("an authority that is not among those trusted", async () => {
    const other = await TimeStampAuthority.start("Strange stamps");
    const { file } = await renewRecord(once, by(other));
    expect(await refusal(file)).toContain("archive: archive time stamp 2: its certificate leads to none");
    expect(await refusal(file, { timeStampAnchors: [authority.root, other.root] })).toBe(null);
    await other.stop();
  });
  test("a stamp older than the one it is over", async () => {
    const [revision] = archiveOf(once);
    if (!revision) throw new Error("there is no revision");
    const stamp = readTimeStamp(revision.token);
    const options = { verifier, anchors: [authority.root] };
    const under = (at: number) => ({ stamp: { ...stamp, at }, certificates: [] });
    expect(await archiveFault([{ ...revision, revocationLists: [] }], under(stamp.at - 1), options)).toBe(null);
    expect(await archiveFault([{ ...revision, revocationLists: [] }], under(stamp.at + 1), options)).toContain("older than");
  });
  test("evidence that is nobody's, or about nobody", async () => {
    const [revision] = archiveOf(once);
    if (!revision) throw new Error("there is no revision");
    const stamp = readTimeStamp(revision.token);
    const options = { verifier, anchors: [authority.root] };
    const other = await TimeStampAuthority.start("Lasting stamps", { lists: true });
    const strange = await TimeStampAuthority.start("Nobody's stamps", { lists: true });
    const forged = [Uint8Array.from(other.list())];
    const foreign = [Uint8Array.from(strange.list())];
    const strangeRoot = strange.root;
    await Promise.all([other.stop(), strange.stop()]);
    expect(await archiveFault([revision], { stamp, certificates: [] }, options)).toBe(null);
    expect(await archiveFault([{ ...revision, revocationLists: forged }], { stamp, certificates: [] }, options)).toContain("did not sign the revocation list");
    expect(await archiveFault([{ ...revision, revocationLists: foreign }], { stamp, certificates: [] }, options)).toContain("that nothing asks for");
    expect(await archiveFault([{ ...revision, revocationLists: foreign, certificates: [strangeRoot] }], { stamp, certificates: [] }, options)).toContain("that nothing asks for");
    expect(await archiveFault([{ ...revision, certificates: [strangeRoot] }], { stamp, certificates: [] }, options)).toContain("that nothing asks for");
    expect(await archiveFault([revision], { stamp: { ...stamp, at: stamp.at - 1 }, certificates: [] }, { ...options, anchors: [strangeRoot] })).toContain("leads to none");
  });
  test("a stamp whose authority was revoked before the next was put over it; not one that was covered in time", async () => {
    const going = await TimeStampAuthority.start("Going stamps", { lists: true });
    const good = (await renewRecord(bare, by(going))).file;
    going.revoke();
    const late = (await renewRecord(bare, by(going))).file;
    expect(await refusal(good, { timeStampAnchors: [going.root] })).toBe(null);
    expect(await refusal(late, { timeStampAnchors: [going.root] })).toContain("archive: archive time stamp 1: a certificate was revoked");
    await going.stop();
  });
});

describe("[nothing-after-the-signature] refuses, behind the seal,", () => {
  const forgeries: Record<string, () => Uint8Array> = {
    "a further key in the revision of a time stamp": () => edited(once, (text) => text.replace(/\/Type \/DSS\n/g, "/Type /DSS\n/Extra 1\n")),
    "a catalogue with an action": () => edited(once, (text) => text.replace(/(\/DSS \d+ 0 R\n>>)/, "/OpenAction 1 0 R\n$1")),
    "a page, saved again over the time stamps": () => {
      const first = firstRevision(once);
      const again = saved(first, (objects) => replaceIn(objects, "/Type /Page\n", (text) => text.replace("/Type /Page\n", "/Type /Page\n/Rotate 90\n")));
      return Uint8Array.from([...once, ...again.subarray(first.length)]);
    },
    "the second time stamp without the first": () => Uint8Array.from([...bare, ...twice.subarray(once.length)]),
    "the first time stamp twice": () => Uint8Array.from([...once, ...once.subarray(bare.length)]),
    "half of a time stamp": () => twice.subarray(0, twice.length - 1000),
    "a newline": () => Uint8Array.from([...twice, 0x0a]),
  };
  test.each(Object.entries(forgeries))("%s", async (_, forge) => {
    expect(await refusal(forge())).toContain("nothing-after-the-signature: ");
  });
  test("any changed bit of it, over a sample of every ninety-seventh byte", async () => {
    const survived: number[] = [];
    const behind = twice.length - bare.length;
    // Most of a revision is the zeros behind its token: the sample is taken of what is no zero, and of a few of them.
    // Who certified the root that a token brings beside its path is nobody's business: of that name no more is read than that it is one.
    const name = Buffer.from(readCertificate(authority.root).issuer).toString("hex");
    const text = Buffer.from(twice).toString("latin1");
    const inName = (at: number) => text.slice(at - name.length + 1, at + name.length).includes(name);
    const places = Array.from({ length: behind }, (_, i) => bare.length + i).filter((at) => twice[at] !== 0x30 && !inName(at));
    for (const [i, at] of places.entries()) {
      if (i % 97 !== 0) continue;
      const changed = Uint8Array.from(twice);
      changed[at] = (changed[at] ?? 0) ^ (1 << (i % 7));
      if ((await refusal(changed)) === null) survived.push(at);
    }
    expect(survived).toEqual([]);
  });
});

describe("programs of others", () => {
  test("openssl ts verifies an archive time stamp over what it is over", () => {
    const [revision] = archiveOf(once);
    writeFileSync(path.join(folder, "token"), revision?.token ?? new Uint8Array());
    writeFileSync(path.join(folder, "data"), revision?.stamped ?? new Uint8Array());
    writeFileSync(path.join(folder, "root.pem"), toPem("CERTIFICATE", authority.root));
    const asked = ["ts", "-verify", "-token_in", "-in", path.join(folder, "token"), "-data", path.join(folder, "data"), "-CAfile", path.join(folder, "root.pem")];
    expect(judgement("openssl", asked).said).toContain("Verification: OK");
  });
  if (JUDGES_HERE.has("qpdf")) test("qpdf finds no fault in how the file is put together", () => {
    writeFileSync(path.join(folder, "twice.pdf"), twice);
    expect(judgement("qpdf", ["--check", path.join(folder, "twice.pdf")]).code).toBe(0);
  });
});
