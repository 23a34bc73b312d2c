import { beforeAll, describe, expect, test } from "vitest";
import type { Entry } from "#lib/ceremony/entry";
import { base64url, sha256Hex } from "#lib/log/digest";
import { Organisation, RECORDER_NAME, RECORDER_NAMED, type Changes } from "#lib/pdf/organisation.under-test";
import { cmsIn, signedData, withCms } from "#lib/pdf/forgery.under-test";
import { keyPair } from "#lib/pdf/sealing.under-test";
import { WrittenAuthority } from "#lib/pdf/written-authority.under-test";
import { readCertificate } from "#lib/x509/certificate";
import { context } from "#lib/x509/der";
import { derSet } from "#lib/x509/der-writer";
import { OID } from "#lib/x509/object-identifiers";
import { inflate } from "#lib/webcrypto/inflate";
import { webCryptoVerifier } from "#lib/webcrypto/web-crypto-verifier";
import { readSignedData } from "./cms";
import { isRenewal } from "./is-renewal";
import { SealedRecord } from "./sealed-record.under-test";
import { broughtByEntries, broughtBySeal, foundRecorder, revocationCheck, type TrustedOrganisation, type TrustedRecorder } from "./trusted-recorder";
import type { Verification } from "./verify-record";

// A recorder for whose key an organisation answers: what an auditor learns who trusts the recorder, and one who trusts the organisation's root.

let us: SealedRecord;
/** Somebody else, with everything that we have, and a certificate by the same organisation. */
let mallory: SealedRecord;
let root: Organisation;
let issuing: Organisation;
let file: Uint8Array;
beforeAll(async () => {
  [us, mallory] = [await SealedRecord.make(), await SealedRecord.make()];
  root = await Organisation.make();
  issuing = await root.below("Nordhafen Issuing CA", { authority: { pathLength: 0 } });
  file = await sealedUnder(us);
}, 120_000);

const spkiOf = ({ certificate }: SealedRecord) => readCertificate(certificate).spki;
type Certified = Changes & { readonly subject?: typeof RECORDER_NAME };
const sealedUnder = async (record: SealedRecord, changes: Certified = {}, authority = issuing) =>
  record.sealedAs(await authority.certify(spkiOf(record), record.certificate, changes));

const trusted = (organisation = root, name = RECORDER_NAMED): TrustedOrganisation => ({ organisation: organisation.certificate, name });
const failed = ({ checks }: Verification) => checks.find(({ ok }) => !ok);
const refused = async (pdf: Uint8Array, recorder: TrustedOrganisation = trusted()) => {
  const verification = await us.verify(pdf, {}, recorder);
  expect(verification.verdict).toBe("bad");
  expect(verification.conclusions.filter(({ holds, restsOn }) => holds && restsOn.length > 0)).toEqual([]);
  const first = failed(verification);
  return `${first?.name ?? ""}: ${first?.reason ?? ""}`;
};

describe("a record sealed with the recorder's own key, which an organisation certified", () => {
  test("is good for whoever knows the recorder by its fingerprint, as any other, and says who certified it", async () => {
    for (const recorder of [us.certificate, { sha256: sha256Hex(us.certificate) }]) {
      const verification = await us.verify(file, {}, recorder);
      expect([verification.verdict, failed(verification)]).toEqual(["good", undefined]);
      expect(verification.anchors.map(({ kind }) => kind)).toEqual(["recorder"]);
      expect(verification.checks.find(({ name }) => name === "certificate-path")?.reason).toContain(`certified as ${RECORDER_NAMED} under O=Nordhafen`);
    }
  });

  test("is good for whoever knows the organisation's root and the recorder's name, and says that everything rests on those", async () => {
    for (const organisation of [root.certificate, { sha256: sha256Hex(root.certificate) }]) {
      const verification = await us.verify(file, {}, { organisation, name: RECORDER_NAMED });
      expect([verification.verdict, failed(verification)]).toEqual(["good", undefined]);
      const brought = organisation instanceof Uint8Array ? "whole" : "fingerprint";
      expect(verification.anchors).toEqual([{ kind: "organisation", name: RECORDER_NAMED, sha256: sha256Hex(root.certificate), brought }]);
      expect(verification.trustAnchor).toBe(sha256Hex(root.certificate));
      const { checks, conclusions } = verification;
      expect(checks[0]).toMatchObject({ name: "organisation", ok: true, reason: expect.stringContaining(sha256Hex(us.certificate)) as string });
      expect(conclusions.flatMap(({ restsOn }) => restsOn)).not.toContain("recorder");
      expect(conclusions.find(({ name }) => name === "complete")).toMatchObject({ holds: true, restsOn: ["organisation"], assumes: ["A3", "A9", "A13"] });
      expect(conclusions.find(({ name }) => name === "by-the-rules")?.restsOn).toEqual([]);
    }
  });

  test("says for whoever trusts the organisation that nothing shows that it was not revoked, and demands a name", async () => {
    const verification = await us.verify(file, {}, trusted());
    expect(verification.checks.find(({ name }) => name === "not-revoked")).toMatchObject({ ok: true, examined: false });
    expect(verification.limits.join()).toContain("Nothing in the file shows that the organisation did not revoke");
    for (const name of ["", " "]) expect(await refused(file, trusted(root, name))).toContain("Nobody can be known by an empty name");
  });

  test("names the day on which a certificate was revoked afterwards, whatever else is shown", () => {
    const brought = broughtBySeal(file);
    const organisation = { kind: "organisation", name: RECORDER_NAMED, sha256: sha256Hex(root.certificate), brought: "whole" } as const;
    const [own, above] = [sha256Hex(brought?.signer.der ?? file), sha256Hex(issuing.certificate)];
    const told = (good: readonly string[], revoked: readonly (readonly [string, number])[]) => revocationCheck(organisation, brought, good, new Map(revoked));
    const on = Date.parse("2027-02-03T04:05:06.000Z");
    expect(told([own, above], [])).toMatchObject([{ ok: true, reason: expect.not.stringContaining("revoked on") as string }]);
    const [later] = told([above], [[own, on]]);
    expect(later).toEqual({ name: "not-revoked", ok: true, reason: expect.stringContaining(`That of ${RECORDER_NAMED} was revoked on 2027-02-03T04:05:06.000Z`) as string });
    // Of the authority above nothing is shown.
    expect(told([], [[own, on]])).toMatchObject([{ ok: true, examined: false, reason: expect.stringContaining("ask its authority. That of ") as string }]);
    expect(told([own, above], [["ab".repeat(32), on]])[0]?.reason).not.toContain("revoked on");
    expect(revocationCheck({ ...organisation, kind: "recorder", name: null }, brought, [], new Map([[own, on]]))).toEqual([]);
  });

  test("is good as well where the root itself certified the key", async () => {
    expect((await us.verify(await sealedUnder(us, {}, root), {}, trusted())).verdict).toBe("good");
  });

  test("and one sealed under the recorder's own authority is bad for whoever trusts an organisation: none answers for it", async () => {
    expect(await refused(us.pdf)).toContain("organisation: No organisation answers for the recorder");
    expect(await refused(new Uint8Array(9))).toContain("organisation: No organisation answers");
  });
});

describe("a certificate by the same organisation for somebody else's key never passes for the recorder's", () => {
  test("one under a name of their own, over a whole record of their own", async () => {
    const forged = await sealedUnder(mallory, { subject: { ...RECORDER_NAME, commonName: "Mallory" } });
    expect((await mallory.verify(forged)).verdict).toBe("good");
    expect(await refused(forged)).toContain("That is not the name you know the recorder by");
    expect(failed(await us.verify(forged))).toMatchObject({ ok: false });
  });

  test("one under a name that only looks alike: with more, with less, or with a part that says it is another part", async () => {
    const { organisation = "", commonName } = RECORDER_NAME;
    const alike = [
      { commonName: `${organisation}, CN=${commonName}` }, { commonName }, { organisation, commonName: `${commonName} ` },
      { organisation, organisationalUnit: "IT", commonName }, { organisation: `${organisation}, CN=${commonName}`, commonName: "x" },
      { organisation, commonName: commonName.toUpperCase() }, { commonName: `O=${organisation}, CN=${commonName}` },
    ];
    for (const subject of alike) expect(await refused(await sealedUnder(mallory, { subject })), JSON.stringify(subject)).toContain("That is not the name");
  });

  test("that of another recorder of the house, under its own good name", async () => {
    const other = await sealedUnder(mallory, { subject: { ...RECORDER_NAME, commonName: "Claviger recorder 2" } });
    expect(await refused(other)).toContain("Claviger recorder 2");
    expect((await mallory.verify(other, {}, trusted(root, "O=Nordhafen Clearing AG, CN=Claviger recorder 2"))).verdict).toBe("good");
  });

  test("ours, brought along with a seal by another key", async () => {
    const ours = await issuing.certify(spkiOf(us), us.certificate);
    const { certificate, chain } = await issuing.certify(spkiOf(mallory), mallory.certificate, { subject: { commonName: "Mallory" } });
    const forged = await mallory.sealedAs({ certificate, chain: [...chain, ours.certificate] });
    expect(await refused(forged)).toContain("others that are not on its path");
    expect(await refused(await mallory.sealedAs(ours))).toContain("signature: the signature does not verify");
    expect(await refused(await mallory.sealedAs({ certificate: ours.certificate, chain: [...issuing.chain, mallory.certificate] }))).toContain("organisation:");
  });

  test("and our own certificate under a key that did not write the transcript inside: the recorder is another", async () => {
    const stolen = await us.sealedAs(await issuing.certify(spkiOf(us), us.certificate), undefined, mallory.transcript);
    expect((await us.verify(stolen, {}, trusted())).checks.filter(({ ok }) => !ok).map(({ name }) => name)).toContain("recorder");
  });
});

describe("another root, or the same in name alone, answers for nobody", () => {
  test("a certificate that leads to a root of the same names and other keys", async () => {
    const twin = await (await Organisation.make()).below("Nordhafen Issuing CA", { authority: { pathLength: 0 } });
    const forged = await sealedUnder(mallory, {}, twin);
    expect(await refused(forged)).toContain("leads to another root than yours");
    const ours = await twin.certify(spkiOf(mallory), mallory.certificate);
    const [lowest = file] = twin.chain;
    const underOurs = await mallory.sealedAs({ certificate: ours.certificate, chain: [lowest, root.certificate, mallory.certificate] });
    expect(await refused(underOurs)).toContain("not to be trusted: a certificate in its path was not signed by the one above");
    const throughOurs = await mallory.sealedAs({ certificate: ours.certificate, chain: [...issuing.chain, mallory.certificate] });
    expect(await refused(throughOurs)).toContain("not to be trusted: a certificate in its path was not signed by the one above");
  });

  test("the fingerprint of an authority that is not the root, or of no certificate at all", async () => {
    expect(await refused(file, trusted(issuing))).toContain("leads to another root than yours");
    expect(await refused(file, { organisation: { sha256: "ab".repeat(32) }, name: RECORDER_NAMED })).toContain("leads to another root");
  });

  test("the root as if it were the recorder: it has signed no entry", async () => {
    for (const recorder of [root.certificate, { sha256: sha256Hex(root.certificate) }]) expect((await us.verify(file, {}, recorder)).verdict).toBe("bad");
  });
});

describe("a redacted edition, which has no seal, is by the recorder whom its first entry names", () => {
  const AT = "2026-11-23T12:00:00.000Z";
  const attached = async (changes: Certified = {}, record = us) => {
    const { certificate, chain } = await issuing.certify(spkiOf(record), record.certificate, changes);
    const recorder = { spki: base64url(spkiOf(record)), certificate: base64url(record.certificate), chain: [certificate, ...chain.slice(0, -1)].map(base64url) };
    return [{ kind: "recorder-attached", at: AT, body: { recorder } } as unknown as Entry];
  };
  const found = async (entries: readonly Entry[], recorder: TrustedRecorder = trusted()) => foundRecorder(recorder, broughtByEntries(entries), webCryptoVerifier);
  const why = async (entries: readonly Entry[]) => {
    const { certificate, checks } = await found(entries);
    expect(certificate).toBeNull();
    return checks[0]?.reason;
  };

  test("where the organisation certified that key at the time, under that name", async () => {
    expect(await found(await attached())).toMatchObject({ certificate: us.certificate, checks: [{ name: "organisation", ok: true }] });
    expect(await found(await attached(), { sha256: sha256Hex(us.certificate) })).toMatchObject({ certificate: us.certificate, checks: [] });
  });

  test("and otherwise by nobody: another name, a certificate out of its time or for something else, none at all", async () => {
    expect(await why(await attached({ subject: { commonName: "Mallory" } }, mallory))).toContain("That is not the name");
    expect(await why(await attached({ notAfter: new Date("2026-11-23T11:59:59Z") }))).toContain("was not valid");
    expect(await why(await attached({ notBefore: new Date("2026-11-23T12:00:01Z") }))).toContain("was not valid");
    expect(await why(await attached({ purposes: [OID.emailProtection] }))).toContain("not for signing documents");
    const [good] = await attached();
    const { recorder } = good?.body as { recorder: { chain: string[] } };
    const more = { ...good, body: { recorder: { ...recorder, chain: [...recorder.chain, base64url((await Organisation.make("Another")).certificate)] } } } as unknown as Entry;
    expect(await why([more])).toContain("others that are not on its path");
    expect(await why(us.transcript.entries)).toContain("No organisation answers for the recorder");
    expect(await why([])).toContain("No organisation answers for the recorder");
  });
});

describe("the worker's own code", () => {
  const pinned = () => ({ root: sha256Hex(root.certificate), name: RECORDER_NAMED });
  const chainOf = async (changes: Certified = {}, authority = issuing) => {
    const { certificate } = await authority.certify(spkiOf(us), us.certificate, changes);
    return [certificate, ...authority.chain];
  };

  test("seals under the certificate that the organisation which is pinned issued, and no other that lies in its folder", async () => {
    const planted = await (await Organisation.make("Mallory Root CA")).below("Mallory CA");
    const later = { notBefore: new Date("2026-01-05T00:00:00Z") };
    const chains = [await chainOf(), await chainOf(later, planted), await chainOf({ ...later, subject: { commonName: "Mallory" } }), []];
    const pdf = await us.sealedByWorker(chains, pinned());
    const verification = await us.verify(pdf, {}, trusted());
    expect([verification.verdict, failed(verification)]).toEqual(["good", undefined]);
  });

  test("seals under its own authority where nothing is pinned, or nothing that is good and of it is kept", async () => {
    const old = await chainOf({ notAfter: new Date("2026-01-02T00:00:00Z") });
    for (const [chains, organisation] of [[[await chainOf()], null], [[], pinned()], [[old], pinned()], [[await chainOf()], { ...pinned(), name: "CN=x" }]] as const) {
      const { checks } = await us.verify(await us.sealedByWorker([...chains], organisation));
      expect(checks.find(({ name }) => name === "certificate-path")?.reason).toContain("issued by the trust anchor");
    }
  });
});

describe("what is above the recorder's certificate cannot be exchanged", () => {
  /** The root once more, by name and key, under a root of somebody else's. */
  async function crossed() {
    const evil = await Organisation.make("Evil Root");
    return { evil, chain: [issuing.certificate, await evil.across(root), evil.certificate] };
  }

  test("by a cross-certificate under another root: bad for everybody, and no renewal of the record", async () => {
    const { evil, chain } = await crossed();
    const brought = derSet([readSignedData(cmsIn(file)).signer.der, ...chain, us.certificate], context(0));
    const swapped = withCms(file, signedData(cmsIn(file), (fields) => fields.map((field, i) => (i === 3 ? brought : field))));
    expect(failed(await us.verify(swapped))).toMatchObject({ name: "certificate-path", reason: "the signature does not bind the certificates of its path" });
    expect((await us.verify(swapped, {}, trusted(evil))).verdict).toBe("bad");
    expect(await isRenewal(file, swapped, webCryptoVerifier, inflate)).toBe(false);
  });

  test("and a signature that binds its own certificate alone, or more than the path, is refused", async () => {
    const { certificate, chain, path } = await issuing.certify(spkiOf(us), us.certificate);
    for (const bound of [[], path.slice(0, 1), [...path].reverse(), [...path, us.certificate]]) {
      expect(failed(await us.verify(await us.sealedAs({ certificate, chain, path: bound })))?.reason).toBe("the signature does not bind the certificates of its path");
    }
  });
});

describe("a certificate that is not for sealing is refused, whoever is trusted", () => {
  const bad: readonly [string, string, Certified][] = [
    ["that is an authority", "certificate-path: it is itself an authority: an end certificate belongs here", { authority: { pathLength: null } }],
    ["without the purpose of signing documents", "key-usage: the certificate is not for signing documents", { purposes: [OID.emailProtection] }],
    ["without any purpose", "key-usage: the certificate is not for signing documents", { purposes: [] }],
    ["that does not bind", "key-usage: the certificate's key is not for signatures that bind", { usages: ["digitalSignature"] }],
    ["that had expired", "certificate-path: a certificate in its path was not valid", { notAfter: new Date("2026-01-02T00:00:00Z") }],
    ["that was not valid yet", "certificate-path: a certificate in its path was not valid", { notBefore: new Date("2030-12-31T00:00:00Z") }],
  ];
  test.each(bad)("%s", async (_, why, changes) => {
    const pdf = await sealedUnder(us, changes);
    expect(await refused(pdf)).toContain(why.slice(why.indexOf(": ") + 2));
    const first = failed(await us.verify(pdf));
    expect(`${first?.name ?? ""}: ${first?.reason ?? ""}`).toBe(why);
  });

  test("and so is a certificate among those brought that is on no path", async () => {
    const { certificate, chain } = await issuing.certify(spkiOf(us), us.certificate);
    const stranger = await issuing.certify(keyPair().spki, us.certificate, { subject: { commonName: "Stranger" } });
    for (const more of [stranger.certificate, mallory.certificate, (await Organisation.make("Another")).certificate]) {
      const pdf = await us.sealedAs({ certificate, chain: [...chain, more] });
      expect(failed(await us.verify(pdf))).toMatchObject({ name: "certificate-path", reason: "the seal brings a certificate that is not on its path" });
    }
    const without = await us.sealedAs({ certificate, chain: issuing.chain });
    expect(failed(await us.verify(without))?.name).toBe("certificate-path");
  });
});

describe("renewal keeps old records good", () => {
  test("a new certificate of the same key takes nothing from a record sealed under the one before, which has expired since", async () => {
    const until = new Date(us.signingTime.getTime() + 60_000);
    const authority = await WrittenAuthority.make();
    const stamp = (data: Uint8Array) => authority.token(data, us.signingTime);
    const before = await us.sealedAs(await issuing.certify(spkiOf(us), us.certificate, { notAfter: until }), stamp);
    const after = await us.sealedAs(await issuing.certify(spkiOf(us), us.certificate), stamp);
    for (const pdf of [before, after]) {
      const verification = await us.verify(pdf, { timeStampAnchors: [authority.root], requireTimeStamp: true }, trusted());
      expect([verification.verdict, failed(verification)]).toEqual(["good", undefined]);
    }
    const late = (data: Uint8Array) => authority.token(data, new Date(until.getTime() + 1000));
    const stampedLate = await us.sealedAs(await issuing.certify(spkiOf(us), us.certificate, { notAfter: until }), late);
    expect(failed(await us.verify(stampedLate, { timeStampAnchors: [authority.root] }, trusted()))?.name).toBe("certificate-path");
    const byItself = await us.verify(stampedLate, { timeStampAnchors: [authority.root], requireTimeStamp: true });
    expect([byItself.verdict, byItself.checks.find(({ name }) => name === "certificate-path")?.reason]).toEqual(["good", expect.stringContaining("that path had ended at")]);
  });

  test("a new recorder on another token under the old one's name: both records are good by the one root and the one name", async () => {
    const records = [[us, file], [mallory, await sealedUnder(mallory)]] as const;
    for (const [record, pdf] of records) expect((await record.verify(pdf, {}, trusted())).verdict).toBe("good");
    expect((await us.verify(await sealedUnder(mallory))).verdict).toBe("bad");
  });

  test("a renewal of such a record is known for one, and a seal under another certificate is not", async () => {
    expect(await isRenewal(file, file, webCryptoVerifier, inflate)).toBe(true);
    expect(await isRenewal(file, await sealedUnder(us), webCryptoVerifier, inflate)).toBe(false);
  });
});
