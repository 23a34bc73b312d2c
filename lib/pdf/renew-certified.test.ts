import { beforeAll, expect, test } from "vitest";
import { sha256Hex } from "#lib/log/digest";
import { verifySeal } from "#lib/record/verify-seal";
import { inflate } from "#lib/webcrypto/inflate";
import { webCryptoVerifier } from "#lib/webcrypto/web-crypto-verifier";
import { Organisation, listsAt } from "./organisation.under-test";
import { renewRecord } from "./renew-record";
import { sealPdf } from "./seal-pdf";
import { drawnSample, makeRecorder, SIGNING_TIME, type Sealer } from "./sealing.under-test";
import { WrittenAuthority } from "./written-authority.under-test";

// A seal under an organisation's certificate is renewed with what shows that it was not revoked, as stamps are (decision 0061).

const verifier = webCryptoVerifier;
const after = (hours: number) => new Date(SIGNING_TIME.getTime() + hours * 3600_000);
/** The day before the certificate of the key ends, and long after. */
const [RENEWED, LATE] = [after(24), after(24 * 365)];

let recorder: Sealer["recorder"];
let stamps: WrittenAuthority;
let root: Organisation;
let issuing: Organisation;
let certified: { certificate: Uint8Array; chain: Uint8Array[] };
let file: Uint8Array;
beforeAll(async () => {
  [recorder, stamps, root] = [await makeRecorder(), await WrittenAuthority.make(), await Organisation.make()];
  issuing = await root.below("Nordhafen Issuing CA", { more: [listsAt("http://ca.example/root.crl")] });
  certified = await issuing.certify(recorder.keys.spki, recorder.certificate, { notAfter: after(48), more: [listsAt("http://ca.example/issuing.crl")] });
  const signer = { algorithm: "ES256" as const, ...certified, sign: recorder.keys.sign };
  file = await sealPdf(await drawnSample(), { signer, timeStamp: (data) => stamps.token(data, SIGNING_TIME) });
});

const renewed = (record: Uint8Array, at: Date, lists: Readonly<Record<string, Uint8Array>>) =>
  renewRecord(record, {
    verifier, inflate,
    timeStamp: (data) => stamps.token(data, at),
    fetchList: (address) => (lists[address] ? Promise.resolve(lists[address]) : Promise.reject(new Error("no answer"))),
    askResponder: () => Promise.reject(new Error("no answer")),
    now: () => at,
    anchors: [stamps.root],
  });
const failed = async (pdf: Uint8Array) => {
  const { checks } = await verifySeal(pdf, { trustAnchor: recorder.certificate, verifier, timeStampAnchors: [stamps.root], requireTimeStamp: true });
  const first = checks.find(({ ok }) => !ok);
  return first ? `${first.name}: ${first.reason}` : null;
};
const lists = async (revoked: Parameters<Organisation["list"]>[1] = []) =>
  ({ "http://ca.example/root.crl": await root.list(RENEWED), "http://ca.example/issuing.crl": await issuing.list(RENEWED, revoked) });

test("the lists of every authority on its path are brought, and it stays good when its certificate has long ended", async () => {
  const { file: once, without } = await renewed(file, RENEWED, await lists());
  expect(without.filter((sentence) => !sentence.includes("Test authority"))).toEqual([]);
  expect(await failed(once)).toBeNull();
  const { checks, stampsShownGood } = await verifySeal(once, { trustAnchor: recorder.certificate, verifier, timeStampAnchors: [stamps.root] });
  expect(checks.find(({ name }) => name === "archive")?.reason).toContain("with 2 revocation lists");
  expect(stampsShownGood).toEqual(expect.arrayContaining([certified.certificate, issuing.certificate].map(sha256Hex)));
  const { file: again } = await renewed(once, LATE, {});
  expect(await failed(again)).toBeNull();
});

test("what was revoked before the seal was stamped is bad, and what was revoked afterwards is not", async () => {
  const revokedAt = async (at: Date) => failed((await renewed(file, RENEWED, await lists([{ certificate: certified.certificate, at }]))).file);
  expect(await revokedAt(after(-1))).toContain("archive: archive time stamp 1: a certificate was revoked");
  expect(await revokedAt(after(1))).toBeNull();
});

test("a list by another authority of the same name is not taken, and that nothing was had is said", async () => {
  const twin = await (await Organisation.make()).below("Nordhafen Issuing CA");
  const { file: once, without } = await renewed(file, RENEWED, { ...(await lists()), "http://ca.example/issuing.crl": await twin.list(RENEWED) });
  expect(without.join(" ")).toMatch(/Nothing shows that O=Nordhafen Clearing AG, CN=Claviger recorder was not revoked: .*not to be believed/);
  expect(await failed(once)).toBeNull();
});
