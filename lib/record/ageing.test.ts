import { beforeAll, expect, test } from "vitest";
import { drawnSample, sealer, type Sealer } from "#lib/pdf/sealing.under-test";
import { sealPdf } from "#lib/pdf/seal-pdf";
import { utf8 } from "#lib/log/digest";
import { readCertificate } from "#lib/x509/certificate";
import { readSignedData } from "./cms";
import { cmsOf, readSignature } from "./pdf-signature";
import { readPdf } from "./read-pdf";
import { inflate } from "#lib/webcrypto/inflate";
import { webCryptoVerifier } from "#lib/webcrypto/web-crypto-verifier";
import { ageingOf, algorithmEnds, isDue } from "./ageing";
import { verifyRecord, type Verification } from "./verify-record";

let us: Sealer;
let sealed: Uint8Array;
beforeAll(async () => {
  us = await sealer();
  sealed = await sealPdf(await drawnSample(), { signer: us.signer });
});

test("a record without a time stamp ages with the certificate or the algorithm of its seal, whichever ends first", () => {
  const { notAfter } = readCertificate(readSignedData(cmsOf(readSignature(readPdf(sealed)))).signer.der);
  const certificate = new Date(notAfter).toISOString();
  const algorithm = algorithmEnds("EC-P256");
  const endsAt = certificate < algorithm ? certificate : algorithm;
  expect(ageingOf(sealed)).toMatchObject({ what: certificate < algorithm ? "seal-certificate" : "algorithm", endsAt });
});

test("what cannot be read as a record has no age", () => {
  expect(ageingOf(utf8("%PDF-1.7\nnothing"))).toBeNull();
  expect(ageingOf(sealed.slice(0, -100))).toBeNull();
});

test.each([
  ["RSA-2048", "2030"],
  ["RSA-3072", "2035"],
  ["RSA-4096", "2035"],
  ["EC-P384", "2035"],
  [null, "2030"],
])("%s proves something until the end of %s", (algorithm, year) => {
  expect(algorithmEnds(algorithm)).toBe(`${year}-12-31T23:59:59.000Z`);
});

test("a record is due a year before it ends", () => {
  const ageing = { what: "algorithm", endsAt: "2030-12-31T23:59:59.000Z", algorithm: "RSA-2048" } as const;
  expect(isDue(ageing, "2029-12-31T23:59:58.000Z")).toBe(false);
  expect(isDue(ageing, "2029-12-31T23:59:59.000Z")).toBe(true);
});

test("asked on a later day, a record whose outermost protection has ended says so, and shows nothing of the past any more", async () => {
  const { endsAt, what } = ageingOf(sealed) ?? { endsAt: "", what: "" };
  const ends = Date.parse(endsAt);
  const asked = (now?: number) =>
    verifyRecord(sealed, us.recorder.certificate, { verifier: webCryptoVerifier, inflate, ...(now !== undefined && { now }) });
  const ageIn = ({ checks }: Verification) => checks.filter(({ name }) => name === "age").map(({ ok, examined }) => [ok, examined]);
  const unaltered = ({ conclusions }: Verification) => conclusions.find(({ name }) => name === "unaltered")?.holds;
  const [before, after, unasked] = [await asked(ends - 1), await asked(ends), await asked()];
  expect([ageIn(before), unaltered(before)]).toEqual([[[true, undefined]], true]);
  expect([ageIn(after), unaltered(after)]).toEqual([[[true, false]], null]);
  expect(ageIn(unasked)).toEqual([]);
  expect(after.limits).toEqual(expect.arrayContaining([expect.stringContaining(`On ${endsAt.slice(0, 10)} ended`)]));
  expect(before.limits.join()).not.toContain("ended");
  expect(what).not.toBe("");
});
