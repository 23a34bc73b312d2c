import { expect, test } from "vitest";
import { text } from "#lib/log/digest";
import { readAttachments } from "#lib/record/pdf-attachments";
import { SEAL_CHECKS, verifySeal } from "#lib/record/verify-seal";
import { webCryptoVerifier } from "#lib/webcrypto/web-crypto-verifier";
import { sampleRecord } from "#lib/record/record-document.fixture";
import { drawRecord } from "./draw-record";
import { sealPdf, SealFault } from "./seal-pdf";
import { drawnSample, inflate, sealer, SIGNING_TIME } from "./sealing.under-test";

test("a sealed record passes every check against the recorder's certificate", async () => {
  const { signer, recorder } = await sealer();
  const sealed = await sealPdf(await drawnSample(), { signer });
  const verdict = await verifySeal(sealed, { trustAnchor: recorder.certificate, verifier: webCryptoVerifier });
  expect(verdict.checks.filter(({ ok }) => !ok)).toEqual([]);
  expect(verdict.checks.map(({ name }) => name)).toEqual([...SEAL_CHECKS]);
  expect(verdict.sealedAt).toEqual({ at: SIGNING_TIME.getTime(), by: "signer" });
});

test("what is attached comes out of the sealed file as it went in", async () => {
  const { signer, recorder } = await sealer();
  const sealed = await sealPdf(await drawnSample(), { signer });
  const { sealed: pdf } = await verifySeal(sealed, { trustAnchor: recorder.certificate, verifier: webCryptoVerifier });
  const [attached] = sampleRecord({ mode: "production", acts: 1 }).attachments;
  const read = pdf && (await readAttachments(pdf, inflate)).get("transcript.json");
  expect(read && text(read.bytes)).toBe(attached && text(attached.bytes));
  expect(read).toMatchObject({ mime: "application/json", relationship: "Source", description: attached?.description });
});

test("sealing changes nothing but the byte range and the signature's own place", async () => {
  const { signer } = await sealer();
  const drawn = await drawnSample();
  const sealed = await sealPdf(drawn, { signer });
  expect(sealed.length).toBe(drawn.length);
  const changed = [...sealed.keys()].filter((i) => sealed[i] !== drawn[i]);
  const range = Buffer.from(drawn).indexOf("/ByteRange");
  const contents = Buffer.from(drawn).indexOf("/Contents <");
  expect(changed.every((i) => (i > range && i < range + 60) || (i > contents && i < contents + 4000))).toBe(true);
});

test("a file without a place for a seal is refused", async () => {
  const { signer } = await sealer();
  await expect(sealPdf(new Uint8Array(100), { signer })).rejects.toThrow(SealFault);
  const sealed = await sealPdf(await drawnSample(), { signer });
  await expect(sealPdf(sealed, { signer })).rejects.toThrow(SealFault);
});

/** What a title may say, and what a signature's own place looks like. */
const LOOKS_LIKE_A_PLACE = "Root key /ByteRange [0 /********** /********** /**********] /Contents <00> /V";
test.each(["title", "organisation", "act"] as const)("no text that somebody wrote is taken for the seal's place: the %s", async (where) => {
  const { signer, recorder } = await sealer();
  const sample = sampleRecord({ mode: "production", acts: 1 });
  const document = {
    ...sample,
    ...(where === "title" && { title: LOOKS_LIKE_A_PLACE }),
    ...(where === "organisation" && { organisation: LOOKS_LIKE_A_PLACE }),
    ...(where === "act" && { acts: sample.acts.map((act) => ({ ...act, title: LOOKS_LIKE_A_PLACE })) }),
  };
  const drawn = await drawRecord(document, { seal: { signer: "Somebody", signingTime: SIGNING_TIME } });
  expect(Buffer.from(drawn).toString("latin1").split("/ByteRange [0 /**********").length).toBeGreaterThan(2);
  const verdict = await verifySeal(await sealPdf(drawn, { signer }), { trustAnchor: recorder.certificate, verifier: webCryptoVerifier });
  expect(verdict.checks.filter(({ ok }) => !ok)).toEqual([]);
});

test("a signature larger than its place is refused, not cut", async () => {
  const { signer } = await sealer();
  const chain = Array.from({ length: 20 }, () => new Uint8Array(1000).fill(1));
  await expect(sealPdf(await drawnSample(), { signer: { ...signer, chain } })).rejects.toThrow(SealFault);
});

test("a fault of the signing key goes through", async () => {
  const { signer } = await sealer();
  const broken = { ...signer, sign: () => Promise.reject(new Error("token gone")) };
  await expect(sealPdf(await drawnSample(), { signer: broken })).rejects.toThrow("token gone");
});
