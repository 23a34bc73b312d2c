import { beforeAll, expect, test } from "vitest";
import { drawnSample, sealer, SIGNING_TIME, type Sealer } from "#lib/pdf/sealing.under-test";
import { sealPdf } from "#lib/pdf/seal-pdf";
import { WrittenAuthority } from "#lib/pdf/written-authority.under-test";
import { webCryptoVerifier as verifier } from "#lib/webcrypto/web-crypto-verifier";
import { archived } from "./archive-revision";
import { readPdf } from "./read-pdf";
import { verifySeal, type SealOptions } from "./verify-seal";

// A seal without a stamp of its own claims its time; a stamp over the whole file says only that it was there by then.

let authority: WrittenAuthority;
beforeAll(async () => {
  authority = await WrittenAuthority.make();
  await drawnSample();
});

const MINUTE = 60_000;
const after = (ms: number) => new Date(SIGNING_TIME.getTime() + ms);
const NOTHING = { certificates: [], revocationLists: [], responses: [] };

async function verdict(us: Sealer, stampedAt: Date, change: Partial<SealOptions> = {}): Promise<string | null> {
  const bare = await sealPdf(await drawnSample(), { signer: us.signer });
  const file = await archived(bare, readPdf(bare), NOTHING, (data) => authority.token(data, stampedAt));
  const options = { trustAnchor: us.recorder.certificate, verifier, timeStampAnchors: [authority.root], requireTimeStamp: true, ...change };
  const bad = (await verifySeal(file, options)).checks.find(({ ok }) => !ok);
  return bad ? `${bad.name}: ${bad.reason}` : null;
}

test("[timestamp] accepts a first stamp over the whole from the day on which it was sealed", async () => {
  expect(await verdict(await sealer(), after(20 * 60 * MINUTE))).toBeNull();
});
test("[timestamp] refuses a first stamp years later, however good: the time of the seal is then the signer's word", async () => {
  const us = await sealer();
  const late = after(25 * 60 * MINUTE);
  expect(await verdict(us, late)).toContain("timestamp: the first time stamp over the seal is of 2026-11-23T16:09:00.000Z, more than a day after");
  // Nobody asked for a stamp: the verdict then names the signer as the one who says when.
  expect(await verdict(us, late, { requireTimeStamp: false })).toBeNull();
});
test("[timestamp] refuses a seal whose certificate had ended when it was stamped first", async () => {
  const us = await sealer({ notAfter: after(MINUTE) });
  expect(await verdict(us, after(0))).toBeNull();
  expect(await verdict(us, after(10 * MINUTE))).toContain("timestamp: the first time stamp over the seal is of 2026-11-22T15:19:00.000Z, and then ");
});
test("[timestamp] refuses, where a stamp is required, one of which no authority was brought to trust", async () => {
  expect(await verdict(await sealer(), after(MINUTE), { timeStampAnchors: [] })).toContain("timestamp: no certificate of a time-stamp authority was given");
});
