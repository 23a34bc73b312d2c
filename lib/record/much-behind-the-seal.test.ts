import { beforeAll, expect, test } from "vitest";
import type { SignatureVerifier } from "#lib/ceremony/signature-verifier";
import { drawnSample, sealer } from "#lib/pdf/sealing.under-test";
import { sealPdf } from "#lib/pdf/seal-pdf";
import { WrittenAuthority } from "#lib/pdf/written-authority.under-test";
import { webCryptoVerifier } from "#lib/webcrypto/web-crypto-verifier";
import { archived, readArchive, type Evidence } from "./archive-revision";
import { archiveFault } from "./archive-stamps";
import { readPdf } from "./read-pdf";

// Whoever hands over a record can put anything behind its seal: what it costs to read has an end.

let authority: WrittenAuthority;
let bare: Uint8Array;
beforeAll(async () => {
  authority = await WrittenAuthority.make();
  bare = await sealPdf(await drawnSample(), { signer: (await sealer()).signer });
});

const AT = new Date("2027-01-01T00:00:00Z");
const renewed = (file: Uint8Array, evidence: Partial<Evidence> = {}, at = AT) =>
  archived(file, readPdf(bare), { certificates: [], revocationLists: [], responses: [], ...evidence }, (data) => authority.token(data, at));
const read = (file: Uint8Array) => readArchive(file, readPdf(bare));
const some = (count: number) => Array.from({ length: count }, (_, i) => Uint8Array.of(0x30, 0x01, i));

test("[nothing-after-the-signature] accepts as much evidence as any record has, in each revision, and refuses more", async () => {
  const most = await renewed(bare, { certificates: some(16), revocationLists: some(16), responses: some(32) });
  expect(read(await renewed(most, { revocationLists: some(16) }))).toHaveLength(2);
  for (const more of [{ certificates: some(17) }, { revocationLists: some(17) }, { responses: some(33) }]) {
    const file = await renewed(bare, more);
    expect(() => read(file)).toThrow("brings more evidence than any does");
  }
});

test("[nothing-after-the-signature] accepts sixteen revisions and refuses more; a signature in them is verified once", async () => {
  let file = bare;
  for (let i = 0; i < 16; i++) file = await renewed(file, {}, new Date(AT.getTime() + i * 1000));
  const revisions = read(file);
  expect(revisions).toHaveLength(16);
  let verified = 0;
  const counting: SignatureVerifier = { ...webCryptoVerifier, verify: (...asked) => ((verified += 1), webCryptoVerifier.verify(...asked)) };
  expect(await archiveFault(revisions, { stamp: null, certificates: [] }, { verifier: counting, anchors: [authority.root] })).toBeNull();
  // Each stamp's own, and once the certificate that all of them bring.
  expect(verified).toBe(17);
  const more = await renewed(file, {}, new Date(AT.getTime() + 60_000));
  expect(() => read(more)).toThrow("more often than any record does");
});

test("[structure] refuses a file that is larger than a record with all that may stand behind it, before looking at it", () => {
  const large = new Uint8Array(128 * 1024 * 1024 + 1);
  large.set(bare);
  expect(() => read(large)).toThrow("larger than any record is, with all that may stand behind it");
});
