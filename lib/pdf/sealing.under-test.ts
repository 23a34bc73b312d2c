import { generateKeyPairSync, randomBytes, sign } from "node:crypto";
import { inflateSync } from "node:zlib";
import { sampleRecord } from "#lib/record/record-document.fixture";
import { createRecorderCertificate, issueRecordSigningCertificate, serialNumber, type CertificateOptions } from "#lib/x509/certificate-builder";
import { drawRecord } from "./draw-record";
import type { RecordSigner } from "./pades-cms";

/** Real keys, certificates and a real drawn record for the tests of sealing; only the token is missing. */

export const SIGNING_TIME = new Date("2026-11-22T15:09:00Z");
export const VALIDITY = { notBefore: new Date("2026-01-01T00:00:00Z"), notAfter: new Date("2031-01-01T00:00:00Z") };

export interface KeyPair {
  spki: Uint8Array;
  sign(data: Uint8Array): Promise<Uint8Array>;
}

export function keyPair(): KeyPair {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  return {
    spki: Uint8Array.from(publicKey.export({ type: "spki", format: "der" })),
    sign: (data) => Promise.resolve(Uint8Array.from(sign("sha256", data, { key: privateKey, dsaEncoding: "der" }))),
  };
}

export const inflate = (bytes: Uint8Array): Promise<Uint8Array> => Promise.resolve(Uint8Array.from(inflateSync(bytes)));

export interface Sealer {
  recorder: { keys: KeyPair; certificate: Uint8Array };
  keys: KeyPair;
  signer: RecordSigner;
}

/** A recorder and its record-signing key; `certificate` changes what is issued, for certificates that must be refused. */
export async function sealer(certificate: Partial<CertificateOptions> = {}): Promise<Sealer> {
  const keys = keyPair();
  const recorder = await makeRecorder();
  const signing = await issueRecordSigningCertificate({
    issuer: recorder.certificate, subject: { commonName: "Claviger record signing", organisation: "Nordhafen Clearing AG" },
    spki: keys.spki, sign: recorder.keys.sign, serial: serialNumber(randomBytes(16)), ...VALIDITY, ...certificate,
  });
  return { recorder, keys, signer: { algorithm: "ES256", certificate: signing, chain: [recorder.certificate], sign: keys.sign } };
}

export async function makeRecorder(certificate: Partial<CertificateOptions> = {}): Promise<Sealer["recorder"]> {
  const keys = keyPair();
  return {
    keys,
    certificate: await createRecorderCertificate({
      subject: { commonName: "Claviger recorder", organisation: "Nordhafen Clearing AG" },
      spki: keys.spki, sign: keys.sign, serial: serialNumber(randomBytes(16)), ...VALIDITY, ...certificate,
    }),
  };
}

let drawn: Promise<Uint8Array> | undefined;
/** Drawn once: the tests change copies of it. */
export const drawnSample = (): Promise<Uint8Array> =>
  drawn ??= drawRecord(sampleRecord({ mode: "production", acts: 1 }), { seal: { signer: "CN=Claviger record signing", signingTime: SIGNING_TIME } });
