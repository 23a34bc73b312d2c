import { expect, test } from "vitest";
import { sha256Hex } from "#lib/log/digest";
import { Organisation, RECORDER_NAMED } from "#lib/pdf/organisation.under-test";
import { makeRecorder } from "#lib/pdf/sealing.under-test";
import { outlasts, sealCertificateIn } from "#lib/record/seal-certificate";
import { webCryptoVerifier } from "#lib/webcrypto/web-crypto-verifier";
import { readCertificate } from "#lib/x509/certificate";
import { readySaid, sealsUntil } from "./seals-until";

// What is said before a certificate ends, under clocks of which each is nearer to that day.

const NOW = new Date("2026-11-23T12:00:00.000Z");
const DAY = 86_400_000;
const made = await makeRecorder();
const recorder = { spki: made.keys.spki, certificate: made.certificate, recordSigningCertificate: made.certificate };
const root = await Organisation.make();
const pinned = { root: sha256Hex(root.certificate), name: RECORDER_NAMED };
const ends = "2027-03-01T00:00:00.000Z";
const { certificate } = await root.certify(recorder.spki, recorder.certificate, { notAfter: new Date(ends) });
const keeps = { organisationChains: () => [[certificate, ...root.chain]] };
const at = (daysBefore: number) => new Date(Date.parse(ends) - daysBefore * DAY);
const until = (memory = keeps, organisation: typeof pinned | null = pinned, now = NOW) => sealsUntil(memory, organisation, recorder, now, webCryptoVerifier);

test("the first of its certificates to end is the end: the organisation's, or the recorder's own without one", async () => {
  expect(await until()).toEqual({ of: "organisation", until: ends });
  const own = new Date(readCertificate(recorder.certificate).notAfter).toISOString();
  expect(await until(keeps, null)).toEqual({ of: "recorder", until: own });
  const early = { ...recorder, recordSigningCertificate: certificate };
  expect(await sealsUntil(keeps, null, early, NOW, webCryptoVerifier)).toEqual({ of: "recorder", until: ends });
});

test("none of the organisation that is pinned, or none that is good any more, has no end to say", async () => {
  expect(await until({ organisationChains: () => [] })).toEqual({ of: "organisation", until: null });
  expect(await until(keeps, { ...pinned, name: "CN=Somebody else" })).toEqual({ of: "organisation", until: null });
  expect(await until(keeps, pinned, at(-1))).toEqual({ of: "organisation", until: null });
});

test("the worker says it from sixty days before, and again at thirty and at seven", async () => {
  const seal = await until();
  const said = (daysBefore: number) => readySaid("s-1", seal, at(daysBefore));
  expect(said(60.001).of).toBe("ready");
  expect([60, 30.001, 30, 7.001, 7, 0].map((days) => said(days).values?.["within"])).toEqual(["60", "60", "30", "30", "7", "7"]);
  expect(said(60).sentence).toContain("Within 60 days, on 2027-02-28, a certificate"); // it ends with the first second of March
  expect(said(60).sentence).toContain("claviger recorder request");
  expect(readySaid("s-1", { of: "organisation", until: null }, NOW).of).toBe("certificate-gone");
  expect(readySaid("s-1", null, NOW).of).toBe("ready");
});

test("the day it says is the last one of use, and once that is over it says that it is", () => {
  const said = (end: string, now: string) => readySaid("s-1", { of: "recorder", until: `2027-${end}.000Z` }, new Date(`2027-${now}Z`));
  expect(said("03-01T00:00:00", "02-28T23:59:59.999").values).toMatchObject({ day: "2027-02-28" });
  expect(said("02-28T23:59:59", "02-28T23:59:59").of).toBe("certificate-ends");
  expect(said("02-28T23:59:59", "02-28T23:59:59").values).toMatchObject({ day: "2027-02-28" });
  expect(said("03-01T12:00:00", "02-28T12:00:00").values).toMatchObject({ day: "2027-03-01" });
  expect(said("03-01T00:00:00", "03-01T00:00:00").of).toBe("certificate-ends");
  const over = said("03-01T00:00:00", "03-01T00:00:00.001");
  expect(over).toMatchObject({ of: "certificate-ended", values: { day: "2027-02-28" } });
  expect(over.sentence).toContain("has ended: its last day was 2027-02-28.");
});

test("a ceremony is not begun that could not be sealed under it, with a day for log and time stamps", () => {
  const seal = { of: "organisation", until: ends } as const;
  const opened = (daysBefore: number) => outlasts(seal, 24 * 60, at(daysBefore).toISOString());
  expect([opened(2), opened(1.999)]).toEqual([true, false]);
  expect(outlasts({ of: "organisation", until: null }, 1, NOW.toISOString())).toBe(false);
});

test("what the app reads of it is no more than JSON: everything else counts as nothing said", () => {
  expect(sealCertificateIn({ seal: { of: "organisation", until: ends } })).toEqual({ of: "organisation", until: ends });
  for (const facts of [null, {}, { seal: 1 }, { seal: { of: "nobody", until: ends } }, { seal: { of: "recorder", until: "soon" } }, { seal: { of: "recorder" } }]) {
    expect(sealCertificateIn(facts)).toBeNull();
  }
});
