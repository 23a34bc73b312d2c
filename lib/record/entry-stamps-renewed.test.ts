import { beforeAll, expect, test } from "vitest";
import type { Entry } from "#lib/ceremony/entry";
import { base64url, sha256Hex } from "#lib/log/digest";
import { renewRecord } from "#lib/pdf/renew-record";
import { WrittenAuthority } from "#lib/pdf/written-authority.under-test";
import { inflate } from "#lib/webcrypto/inflate";
import { webCryptoVerifier as verifier } from "#lib/webcrypto/web-crypto-verifier";
import { readCertificate } from "#lib/x509/certificate";
import { readRevocationList } from "#lib/x509/revocation-list";
import { firstRevision, readArchive } from "./archive-revision";
import { isRenewal } from "./is-renewal";
import { readPdf } from "./read-pdf";
import { SealedRecord } from "./sealed-record.under-test";
import { verifySeal } from "./verify-seal";

// Of two authorities the second stamped only entries inside the transcript: a renewal asks about its certificate as well.

let us: SealedRecord;
let first: WrittenAuthority;
let second: WrittenAuthority;
let sealed: Uint8Array;
const HOUR = 3_600_000;
const hours = (n: number) => new Date(us.signingTime.getTime() + n * HOUR);

beforeAll(async () => {
  [us, first, second] = await Promise.all([SealedRecord.make(), WrittenAuthority.make("First"), WrittenAuthority.make("Second")]);
  const { entries } = us.transcript;
  const last = entries.at(-1);
  if (!last) throw new Error("there is no entry");
  // The rule book does not see this one: what is asked here is what stands behind the seal.
  const token = base64url(await second.token(new Uint8Array([1]), hours(-1)));
  const stamped: Entry = { ...last, seq: last.seq + 1, kind: "time-stamped", body: { entry: 1, authority: "second", token } };
  sealed = await us.sealed({ entries: [...entries, stamped] }, undefined, (data) => first.token(data, hours(0)));
}, 120_000);

const asking = () => ({
  verifier, inflate, anchors: [first.root, second.root], now: () => hours(10), askResponder: () => Promise.reject(new Error("nobody")),
});
/** Renewed ten hours after it was sealed, where the second authority's list says that; null: it cannot be had. */
async function renewed(revokedAt: Date | null, has = true, file = sealed, listedAt = hours(9)) {
  const listed = await Promise.all([first.list(hours(9), hours(20)), second.list(listedAt, hours(20), revokedAt)]);
  return renewRecord(file, {
    ...asking(), timeStamp: (data) => first.token(data, hours(10)),
    fetchList: (address) => {
      const ofSecond = address.endsWith("Second");
      return has || !ofSecond ? Promise.resolve(listed[ofSecond ? 1 : 0]) : Promise.reject(new Error("gone"));
    },
  });
}
const revokedIn = async (file: Uint8Array) =>
  [...(await verifySeal(file, { trustAnchor: us.certificate, verifier, inflate, timeStampAnchors: [first.root, second.root] })).stampsRevoked];
const judged = async (file: Uint8Array) => {
  const anchors = { timeStampAnchors: [first.root, second.root], requireTimeStamp: true };
  const { checks, stampsShownGood } = await verifySeal(file, { trustAnchor: us.certificate, verifier, inflate, ...anchors });
  const bad = checks.find(({ ok }) => !ok);
  return { bad: bad ? `${bad.name}: ${bad.reason}` : null, stampsShownGood };
};

test("evidence about a stamp inside the transcript is gathered, kept behind the seal, and used", async () => {
  const { file, without } = await renewed(null);
  expect(without).toEqual([]);
  const [revision] = readArchive(file, readPdf(firstRevision(file))).filter((one) => one.kind === "stamp");
  expect(revision?.revocationLists).toHaveLength(2);
  expect(await judged(file)).toEqual({ bad: null, stampsShownGood: [sha256Hex(second.certificate)] });
  expect(await isRenewal(sealed, file, verifier, inflate)).toBe(true);
});
test("a second renewal does not ask again about what is shown", async () => {
  const { file } = await renewed(null);
  const again = await renewed(null, false, file);
  expect(again.without).toEqual([]);
  expect((await judged(again.file)).bad).toBeNull();
});
test("[archive] refuses a record whose entries were stamped by an authority that was revoked before the seal was stamped", async () => {
  expect((await judged((await renewed(hours(-2))).file)).bad).toBe("archive: archive time stamp 1: a certificate was revoked before anything was put over its signature or stamp");
});
test("[archive] accepts one that was revoked once the stamp over the seal had covered it", async () => {
  const { file } = await renewed(hours(1));
  expect(await judged(file)).toEqual({ bad: null, stampsShownGood: [] });
  expect(await revokedIn(file)).toEqual([[sha256Hex(second.certificate), hours(1).getTime()]]);
});
test("a list that is older than the stamp shows nothing of it, and is asked for again", async () => {
  const older = await renewed(null, true, sealed, hours(-2));
  expect(await judged(older.file)).toEqual({ bad: null, stampsShownGood: [] });
  expect((await judged((await renewed(null, true, older.file)).file)).stampsShownGood).toEqual([sha256Hex(second.certificate)]);
});
test("a renewal asks again about the seal's own stamp where the one before it was told only of others", async () => {
  const by = (gone: string | null) => ({
    ...asking(), timeStamp: (data: Uint8Array) => second.token(data, hours(10)),
    fetchList: (address: string) => (gone !== null && address.endsWith(gone) ? Promise.reject(new Error("gone"))
      : (address.endsWith("Second") ? second : first).list(hours(10), hours(20))),
  });
  const once = await renewRecord(sealed, by("First"));
  expect(once.without).toEqual([expect.stringContaining("/First cannot be had")]);
  const twice = await renewRecord(once.file, by(null));
  expect(twice.without).toEqual([]);
  const [, revision] = readArchive(twice.file, readPdf(firstRevision(twice.file))).filter((one) => one.kind === "stamp");
  expect(revision?.revocationLists.map((list) => sha256Hex(readRevocationList(list).issuer))).toContain(sha256Hex(readCertificate(first.root).subject));
  expect((await judged(twice.file)).bad).toBeNull();
});
test("where no evidence is to be had, renewing says so, and so does the verdict", async () => {
  const { file, without } = await renewed(null, false);
  expect(without).toEqual([expect.stringMatching(/^Nothing shows that CN=Test authority was not revoked: the revocation list at http:\/\/lists\.test\/Second cannot be had: gone\.$/)]);
  expect(await judged(file)).toEqual({ bad: null, stampsShownGood: [] });
  // A renewal that could not be told of it can be made good by the next one.
  expect((await judged((await renewed(null, true, file)).file)).stampsShownGood).toEqual([sha256Hex(second.certificate)]);
});
test("a list of a stranger under the authority's name is not gathered", async () => {
  const stranger = await WrittenAuthority.make("Second");
  const [own, forged] = [await first.list(hours(9), hours(20)), await stranger.list(hours(9), hours(20))];
  const { file, without } = await renewRecord(sealed, {
    verifier, inflate, anchors: [first.root, second.root], now: () => hours(10), timeStamp: (data) => first.token(data, hours(10)),
    askResponder: () => Promise.reject(new Error("nobody")), fetchList: (address) => Promise.resolve(address.endsWith("Second") ? forged : own),
  });
  expect(without.join()).toContain("is not to be believed: the authority did not sign the revocation list");
  expect((await judged(file)).stampsShownGood).toEqual([]);
});
