import { generateKeyPairSync, randomBytes, sign, X509Certificate } from "node:crypto";
import { expect, test } from "vitest";
import { readCertificate } from "./certificate";
import {
  certificateBody,
  createRecorderCertificate,
  issueRecordSigningCertificate,
  serialNumber,
  signedBody,
} from "./certificate-builder";
import { TAG } from "./der";
import { der, derNull, derOctets, derOid, derSequence } from "./der-writer";
import { distinguishedName } from "./distinguished-name";
import { OID } from "./object-identifiers";

const keys = () => {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  return {
    spki: Uint8Array.from(publicKey.export({ type: "spki", format: "der" })),
    sign: async (data: Uint8Array) => Uint8Array.from(sign("sha256", data, { key: privateKey, dsaEncoding: "der" })),
  };
};
const validity = { notBefore: new Date("2026-11-22T15:00:00.500Z"), notAfter: new Date("2051-11-22T15:00:00Z") };

async function pair() {
  const recorder = keys();
  const signing = keys();
  const root = await createRecorderCertificate({ subject: { commonName: "Claviger recorder", organisation: "Nordhafen & Søn" }, ...recorder, ...validity, serial: serialNumber(randomBytes(16)) });
  const leaf = await issueRecordSigningCertificate({
    issuer: root, subject: { commonName: "Юлия" }, spki: signing.spki, sign: recorder.sign, ...validity, serial: serialNumber(randomBytes(16)),
  });
  return { root, leaf, signing };
}

test("Node reads the recorder's certificate and the one it issued as they were meant", async () => {
  const { root: rootDer, leaf: leafDer } = await pair();
  const root = new X509Certificate(rootDer);
  const leaf = new X509Certificate(leafDer);
  expect(root.ca && root.verify(root.publicKey)).toBe(true);
  expect(leaf.verify(root.publicKey) && leaf.checkIssued(root)).toBe(true);
  expect(leaf.ca).toBe(false);
  expect(leaf.keyUsage).toEqual(["1.3.6.1.5.5.7.3.36", "1.3.6.1.5.5.7.3.4"]);
  expect(root.subject).toBe("O=Nordhafen & Søn\nCN=Claviger recorder");
  expect(leaf.subject).toBe("CN=Юлия");
});

test("our own reader finds what was asked for, on both sides of 2050", async () => {
  const { root, leaf, signing } = await pair();
  const recorder = readCertificate(root);
  expect(recorder).toMatchObject({ authority: { pathLength: 0 }, algorithm: "ES256", notBefore: Date.parse("2026-11-22T15:00:00Z"), notAfter: validity.notAfter.getTime() });
  expect([...recorder.keyUsage]).toEqual(["keyCertSign", "cRLSign"]);
  const record = readCertificate(leaf);
  expect(record).toMatchObject({ authority: null, spki: signing.spki, issuer: recorder.subject });
  expect([...record.keyUsage]).toEqual(["digitalSignature", "nonRepudiation"]);
});

test("what is said not to be an authority is none, though DER would leave that out", async () => {
  const { spki, sign: signed } = keys();
  const name = distinguishedName({ commonName: "x" });
  const flag = (value: number) => der(TAG.boolean, Uint8Array.of(value));
  const body = (authority: number, critical: number) =>
    certificateBody({
      ...{ algorithm: "ES256", serial: Uint8Array.of(1), issuer: name, subject: name, spki, ...validity },
      extensions: [
        derSequence(derOid(OID.basicConstraints), flag(0xff), derOctets(derSequence(flag(authority)))),
        derSequence(derOid("1.2.3"), flag(critical), derOctets(derNull())),
      ],
    });
  const read = async (authority: number, critical: number) => {
    const bytes = body(authority, critical);
    return readCertificate(signedBody(bytes, "ES256", await signed(bytes)));
  };
  expect((await read(0xff, 0)).authority).toEqual({ pathLength: null });
  expect((await read(0, 0)).authority).toBeNull();
  await expect(read(0, 0xff)).rejects.toThrow("critical extension 1.2.3 is not known");
});

test("serial numbers are sixteen bytes, positive and different", () => {
  const serials = Array.from({ length: 100 }, () => serialNumber(randomBytes(16)));
  expect(serials.every((serial) => serial.length === 16 && (serial[0] ?? 0) >= 0x40 && (serial[0] ?? 0) < 0x80)).toBe(true);
  expect(new Set(serials.map((serial) => serial.join())).size).toBe(100);
});
