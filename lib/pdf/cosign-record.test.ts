import { generateKeyPairSync, randomBytes, type KeyObject } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { cosigned, firstRevision, readArchive } from "#lib/record/archive-revision";
import { readPdf } from "#lib/record/read-pdf";
import { verifySeal } from "#lib/record/verify-seal";
import { webCryptoVerifier as verifier } from "#lib/webcrypto/web-crypto-verifier";
import { readCertificate } from "#lib/x509/certificate";
import { issueRecordSigningCertificate, serialNumber, type CertificateOptions } from "#lib/x509/certificate-builder";
import { toPem } from "#lib/x509/pem";
import { cosignRecord, CoSignFault, outsideSigner } from "./cosign-record";
import { edited, replaceIn, saved } from "./forgery.under-test";
import { padesCms, type PdfSigner } from "./pades-cms";
import { drawnSample, keyPair, makeRecorder, sealer, VALIDITY, type Sealer } from "./sealing.under-test";
import { sealPdf } from "./seal-pdf";

let us: Sealer;
let bare: Uint8Array;
let house: Sealer["recorder"];
let auditor: PdfSigner;
/** Signed by an auditor, and then by a second outside party. */
let once: Uint8Array;
let twice: Uint8Array;
const NOW = new Date("2027-01-05T09:30:15.250Z");

async function party(commonName: string, change: Partial<CertificateOptions> = {}): Promise<PdfSigner> {
  const keys = keyPair();
  const certificate = await issueRecordSigningCertificate({
    ...{ issuer: house.certificate, subject: { commonName, organisation: "Outside Ltd" }, spki: keys.spki, sign: house.keys.sign },
    ...{ serial: serialNumber(randomBytes(16)), ...VALIDITY, ...change },
  });
  return { algorithm: "ES256", certificate, chain: [house.certificate], sign: keys.sign };
}
const checksOf = async (file: Uint8Array) => (await verifySeal(file, { trustAnchor: us.recorder.certificate, verifier })).checks;
const refusal = async (file: Uint8Array) => {
  const bad = (await checksOf(file)).find(({ ok }) => !ok);
  return bad ? `${bad.name}: ${bad.reason}` : null;
};
const said = async (file: Uint8Array, name: string) => (await checksOf(file)).find((check) => check.name === name)?.reason ?? "";
/** With a signature that is bent on its way into the file. */
const forged = (sign: (data: Uint8Array) => Promise<Uint8Array>, at = NOW) => cosigned(bare, readPdf(bare), at.getTime(), sign);

beforeAll(async () => {
  us = await sealer();
  house = await makeRecorder({ subject: { commonName: "Outside authority" } });
  bare = await sealPdf(await drawnSample(), { signer: us.signer });
  auditor = await party("Ada Auditor");
  once = await cosignRecord(bare, auditor, NOW);
  twice = await cosignRecord(once, await party("Bo Bank"), NOW);
});

describe("an outside party signs a sealed record", () => {
  test("and it is good as before, to the byte, with who signed and that nothing rests on it", async () => {
    expect(await refusal(once)).toBe(null);
    expect(Buffer.from(once.subarray(0, bare.length)).equals(Buffer.from(bare))).toBe(true);
    expect(await said(bare, "outside-signatures")).toBe("nobody beside the recorder");
    expect(await said(once, "outside-signatures")).toMatch(/^outside parties, over all before: O=Outside Ltd, CN=Ada Auditor \(certified by CN=Outside authority, .*at 2027-01-05T09:30:15\.000Z by their own word/);
    expect(await said(once, "nothing-after-the-signature")).toContain("but for 1 outside signature");
  });
  test("and another one after that, over the first one's signature too", async () => {
    expect(await refusal(twice)).toBe(null);
    expect(await said(twice, "outside-signatures")).toMatch(/Ada Auditor.*; O=Outside Ltd, CN=Bo Bank/);
    const [first, second] = readArchive(twice, readPdf(firstRevision(twice)));
    expect([first?.kind, second?.kind]).toEqual(["cosignature", "cosignature"]);
  });
  test("for the seal forbids nothing: it is no certification (DocMDP), which would", () => {
    expect(Buffer.from(bare).toString("latin1")).not.toMatch(/DocMDP|\/Perms/);
  });
  test("with an RSA key too", async () => {
    const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const spki = Uint8Array.from(publicKey.export({ type: "spki", format: "der" }));
    const { certificate, chain } = await party("Rita RSA", { spki });
    const pem = [certificate, ...chain].map((der) => toPem("CERTIFICATE", der)).join("");
    const signer = outsideSigner(String(privateKey.export({ type: "pkcs8", format: "pem" })), pem, NOW);
    expect(signer).toMatchObject({ algorithm: "RS256", chain: [house.certificate] });
    expect(await refusal(await cosignRecord(bare, signer, NOW))).toBe(null);
  });
});

describe("[outside-signatures] refuses", () => {
  const forgeries: Record<string, [() => Promise<Uint8Array>, string]> = {
    "a signature over another record": [() => forged(() => padesCms(once, auditor)), "the signed digest is not that of the content"],
    "a signature of another key": [() => forged((data) => padesCms(data, { ...auditor, sign: keyPair().sign })), "it does not verify"],
    "a certificate of an authority": [() => forged((data) => padesCms(data, { ...auditor, certificate: house.certificate, chain: [], sign: house.keys.sign })), "with the key of an authority"],
    "a certificate that was not valid at the time it claims": [() => forged((data) => padesCms(data, auditor), new Date("2040-01-01T00:00:00Z")), "not valid at the time it claims"],
    "a certificate beside its path": [() => forged((data) => padesCms(data, { ...auditor, chain: [us.recorder.certificate] })), "not on its path"],
    "a chain of the same names and other keys": [async () => {
      const other = await makeRecorder({ subject: { commonName: "Outside authority" } });
      return forged((data) => padesCms(data, { ...auditor, chain: [other.certificate] }));
    }, "does not verify"],
    "what is no signature": [() => forged((data) => Promise.resolve(data.subarray(0, 0))), "DER"],
  };
  test.each(Object.entries(forgeries))("%s", async (_, [forge, why]) => {
    expect(await forge().then(refusal, String)).toContain(why);
  });
  test("another certificate of the same key under the signature", async () => {
    const renamed = await party("Mallory", { spki: readCertificate(auditor.certificate).spki });
    // The attributes that were signed bind Ada's certificate; what is put beside them is Mallory's.
    let attributes = new Uint8Array();
    await forged((data) => padesCms(data, { ...auditor, sign: (bytes) => ((attributes = Uint8Array.from(bytes)), auditor.sign(bytes)) }));
    const file = await forged((data) => padesCms(data, { ...renamed, sign: () => auditor.sign(attributes) }));
    expect(await refusal(file)).toContain("outside-signatures: outside signature 1: it does not verify");
  });
});

describe("[nothing-after-the-signature] refuses, behind an outside signature or in it,", () => {
  const forgeries: Record<string, () => Uint8Array> = {
    "a page, saved again (shadow)": () => {
      const again = saved(bare, (objects) => replaceIn(objects, "/Type /Page\n", (text) => text.replace("/Type /Page\n", "/Type /Page\n/Rotate 90\n")));
      return Uint8Array.from([...once, ...again.subarray(bare.length)]);
    },
    "a visible field": () => edited(once, (text) => text.replace(/\/Rect \[0 0 0 0\]/, "/Rect [0 0 9 9]")),
    "an annotation beside the field": () => edited(once, (text) => text.replace(/\/F 132\n\/T \(CoSignature1\)/, "/F 132\n/A 1 0 R\n/T (CoSignature1)")),
    "an action in the catalogue": () => edited(once, (text) => text.replace(/(\/Type \/Catalog\n)(?![^]*\/Type \/Catalog\n)/, "$1/OpenAction 1 0 R\n")),
    "an attachment exchanged in the catalogue": () => edited(once, (text) => {
      const at = text.lastIndexOf("/AF ");
      expect(at).toBeGreaterThan(bare.length);
      return `${text.slice(0, at)}${text.slice(at).replace(/\d+ 0 R/, (reference) => (reference === "1 0 R" ? "2 0 R" : `${String(Number.parseInt(reference, 10) - 1)} 0 R`))}`;
    }),
    "a reason that nobody reads": () => edited(once, (text) => text.replace(/(\/M \(D:20270105093015Z\)\n)/, "$1/Reason (I agree)\n")),
    "the second signature without the first": () => Uint8Array.from([...bare, ...twice.subarray(once.length)]),
    "half of a signature": () => once.subarray(0, once.length - 900),
    "a byte range that leaves something out": () => edited(once, (text) => text.replace(/(\/ByteRange \[0 )(\d+)( \d+ \d+ *\]\n\/M )/, (_, a: string, n: string, b: string) => `${a}${String(Number(n) - 1).padStart(n.length, "0")}${b}`)),
  };
  test.each(Object.entries(forgeries))("%s", async (_, forge) => {
    expect(await refusal(forge())).toMatch(/^nothing-after-the-signature: |^structure: /);
  });
  test("any changed bit of it, over a sample", async () => {
    const survived: number[] = [];
    for (let at = bare.length; at < once.length; at += 211) {
      if (once[at] === 0x30) continue;
      const changed = Uint8Array.from(once);
      changed[at] = (changed[at] ?? 0) ^ (1 << (at % 7));
      if ((await refusal(changed)) === null) survived.push(at);
    }
    expect(survived).toEqual([]);
  });
  test("but not its being cut off, which leaves the record as it was sealed", async () => {
    expect(await refusal(once.subarray(0, bare.length))).toBe(null);
  });
});

describe("who signs is checked before anything is signed", () => {
  const pemOf = (key: KeyObject) => String(key.export({ type: "pkcs8", format: "pem" }));
  const certified = async (publicKey: KeyObject, change: Partial<CertificateOptions> = {}) =>
    toPem("CERTIFICATE", (await party("X", { spki: Uint8Array.from(publicKey.export({ type: "spki", format: "der" })), ...change })).certificate);
  test("a key that is not the certificate's, one of another kind, one that cannot be read, an authority's, and one out of its time", async () => {
    const [ours, other] = [generateKeyPairSync("ec", { namedCurve: "P-256" }), generateKeyPairSync("ec", { namedCurve: "P-256" })];
    const certificate = await certified(ours.publicKey);
    expect(outsideSigner(pemOf(ours.privateKey), certificate, NOW).algorithm).toBe("ES256");
    const p384 = generateKeyPairSync("ec", { namedCurve: "P-384" });
    const refused: readonly [string, string, Date, string][] = [
      [pemOf(other.privateKey), certificate, NOW, "the key is not the certificate's"],
      [pemOf(p384.privateKey), await certified(p384.publicKey), NOW, "neither on P-256 nor RSA"],
      ["canary-key", certificate, NOW, "cannot be read as a private key"],
      [pemOf(ours.privateKey), "", NOW, "there is no certificate"],
      [pemOf(ours.privateKey), certificate, new Date("2040-01-01"), "not valid now"],
    ];
    for (const [key, pem, at, why] of refused) {
      expect(() => outsideSigner(key, pem, at)).toThrow(CoSignFault);
      expect(() => outsideSigner(key, pem, at)).toThrow(why);
      expect(() => outsideSigner(key, pem, at)).not.toThrow("canary");
    }
  });
});
