import { randomBytes } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { cosignRecord } from "#lib/pdf/cosign-record";
import { keyPair, makeRecorder, drawnSample, sealer, VALIDITY, type Sealer } from "#lib/pdf/sealing.under-test";
import { sealPdf } from "#lib/pdf/seal-pdf";
import { WrittenAuthority } from "#lib/pdf/written-authority.under-test";
import { webCryptoVerifier as verifier } from "#lib/webcrypto/web-crypto-verifier";
import { issueRecordSigningCertificate, serialNumber } from "#lib/x509/certificate-builder";
import { archived } from "./archive-revision";
import { readPdf } from "./read-pdf";
import { SealedRecord } from "./sealed-record.under-test";
import { flipped, places } from "./tamper-matrix.under-test";
import { verifySeal } from "./verify-seal";

// One bit is changed, of a record, of its seal, and of what stands behind the seal: the verifier says no each time, to every bit of a large sample.

/** On a busy machine. */
const LONG = { timeout: 240_000 };
const AT = new Date("2027-01-01T00:00:00Z");

let us: Sealer;
let authority: WrittenAuthority;
/** As sealed, and with two archive time stamps or an outside party's signature and a time stamp behind that. */
let bare: Uint8Array;
let renewed: Uint8Array;
let cosigned: Uint8Array;
beforeAll(async () => {
  [us, authority] = [await sealer(), await WrittenAuthority.make()];
  bare = await sealPdf(await drawnSample(), { signer: us.signer });
  renewed = await stamped(await stamped(bare, 0), 1);
  cosigned = await stamped(await signedOutside(bare), 2);
}, 60_000);

const stamped = (file: Uint8Array, days: number) =>
  archived(file, readPdf(bare), { certificates: [], revocationLists: [], responses: [] }, (data) => authority.token(data, new Date(AT.getTime() + days * 86_400_000)));

async function signedOutside(file: Uint8Array): Promise<Uint8Array> {
  const [house, keys] = [await makeRecorder({ subject: { commonName: "Outside authority" } }), keyPair()];
  const certificate = await issueRecordSigningCertificate({
    ...{ issuer: house.certificate, subject: { commonName: "Ada Auditor", organisation: "Outside Ltd" }, spki: keys.spki },
    ...{ sign: house.keys.sign, serial: serialNumber(randomBytes(16)), ...VALIDITY },
  });
  return cosignRecord(file, { algorithm: "ES256", certificate, chain: [house.certificate], sign: keys.sign }, new Date());
}

/** Whether every check of the seal, and of what stands behind it, is ok. */
const holds = async (file: Uint8Array): Promise<boolean> =>
  (await verifySeal(file, { trustAnchor: us.recorder.certificate, verifier, timeStampAnchors: [authority.root] })).sealed !== null;

/** The bits of those tried, counted from the beginning of the file, with which it still holds. */
async function unfound(file: Uint8Array, bits: readonly number[]): Promise<number[]> {
  const left: number[] = [];
  for (const bit of bits) if (await holds(flipped(file, bit >> 3, bit & 7))) left.push(bit);
  return left;
}

test("the files are good as they are", async () => {
  expect([await holds(bare), await holds(renewed), await holds(cosigned)]).toEqual([true, true, true]);
});

test("each of two thousand bits of what stands behind a seal: stamps, signatures of others, tables and trailers", LONG, async () => {
  for (const [file, seed] of [[renewed, 13], [cosigned, 17]] as const) {
    const behind = 8 * (file.length - bare.length);
    expect(await unfound(file, places(1_000, behind, seed).map((bit) => 8 * bare.length + bit))).toEqual([]);
  }
});

test("each of two thousand bits of a record", LONG, async () => {
  const record = await SealedRecord.make();
  const good = async (file: Uint8Array) => (await record.verify(file)).verdict === "good";
  expect(await good(record.pdf)).toBe(true);
  const left: number[] = [];
  for (const bit of places(2_000, 8 * record.pdf.length, 19)) if (await good(flipped(record.pdf, bit >> 3, bit & 7))) left.push(bit);
  expect(left).toEqual([]);
});
