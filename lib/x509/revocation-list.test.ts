import { expect, test } from "vitest";
import { keyPair, makeRecorder } from "#lib/pdf/sealing.under-test";
import { webCryptoVerifier } from "#lib/webcrypto/web-crypto-verifier";
import { readCertificate } from "./certificate";
import { signedBody } from "./certificate-builder";
import { derExplicit, derInteger, derOctets, derOid, derSequence, derTime, derTrue } from "./der-writer";
import { algorithmIdentifier } from "./signature-algorithm";
import { readRevocationList, revocationListAddresses, revocationListFault } from "./revocation-list";

const recorder = await makeRecorder();
const authority = readCertificate(recorder.certificate);
const AT = new Date("2026-11-01T00:00:00.000Z");
const revoked = derSequence(derSequence(derInteger(7), derTime(AT)));
const extension = (critical: boolean) => derExplicit(0, derSequence(derSequence(derOid("2.5.29.27"), ...(critical ? [derTrue()] : []), derOctets(derInteger(1)))));

async function listWith(...fields: Uint8Array[]): Promise<Uint8Array> {
  const body = derSequence(derInteger(1), algorithmIdentifier("ES256"), authority.subject, derTime(AT), ...fields);
  return signedBody(body, "ES256", await recorder.keys.sign(body));
}

test("who is revoked, and since when, is read; an empty list is one too", async () => {
  const list = readRevocationList(await listWith(derTime(new Date("2026-12-01T00:00:00Z")), revoked, extension(false)));
  expect([...list.revoked]).toEqual([["07", AT.getTime()]]);
  expect([list.thisUpdate, list.nextUpdate]).toEqual([AT.getTime(), Date.parse("2026-12-01T00:00:00Z")]);
  expect(readRevocationList(await listWith())).toMatchObject({ nextUpdate: null, revoked: new Map() });
});

test("a delta, or a part of a list, is not taken for the whole", async () => {
  expect(() => readRevocationList(new Uint8Array())).toThrow("DER");
  await expect(listWith(extension(true)).then(readRevocationList)).rejects.toThrow("critical extension 2.5.29.27");
  const part = derSequence(derSequence(derInteger(7), derTime(AT), derSequence(derSequence(derOid("2.5.29.29"), derTrue(), derOctets(derInteger(1))))));
  await expect(listWith(part).then(readRevocationList)).rejects.toThrow("critical extension 2.5.29.29");
  await expect(listWith(revoked, derInteger(1)).then(readRevocationList)).rejects.toThrow("a field too many");
});

test("only the authority's own list speaks of its certificates", async () => {
  const list = readRevocationList(await listWith(revoked));
  const stranger = readCertificate((await makeRecorder()).certificate);
  const other = readCertificate((await makeRecorder({ subject: { commonName: "Somebody else" } })).certificate);
  expect(await revocationListFault(list, authority, webCryptoVerifier)).toBe(null);
  expect(await revocationListFault(list, stranger, webCryptoVerifier)).toBe("the authority did not sign the revocation list");
  expect(await revocationListFault(list, other, webCryptoVerifier)).toBe("the revocation list is another authority's");
  const mute = { ...authority, keyUsage: new Set(["keyCertSign"] as const) };
  expect(await revocationListFault(list, mute, webCryptoVerifier)).toBe("the authority may not sign revocation lists");
  const forged = { ...list, signature: (await keyPair().sign(list.signed)) };
  expect(await revocationListFault(forged, authority, webCryptoVerifier)).toBe("the authority did not sign the revocation list");
});

test("a certificate that names no address, or none that can be read, has none", () => {
  expect(revocationListAddresses(authority)).toEqual([]);
  const unreadable = new Map([["2.5.29.31", { critical: false, value: Uint8Array.of(0x30, 0x05) }]]);
  expect(revocationListAddresses({ ...authority, extensions: unreadable })).toEqual([]);
});
