import { beforeAll, describe, expect, test } from "vitest";
import { deflateSync } from "node:zlib";
import { children, context, derElement, derElements, TAG } from "#lib/x509/der";
import { concat, der, derInteger, derNull, derOctets, derOid, derSequence, derSet, derTime, derTrue } from "#lib/x509/der-writer";
import { OID } from "#lib/x509/object-identifiers";
import { verifySeal, type SealCheckName } from "#lib/record/verify-seal";
import { webCryptoVerifier } from "#lib/webcrypto/web-crypto-verifier";
import { cmsIn, edited, numberOf, rebuilt, reissued, replaceIn, saved, signedData, signerInfo, withCms } from "./forgery.under-test";
import { sealPdf } from "./seal-pdf";
import { drawnSample, keyPair, makeRecorder, sealer, VALIDITY, type Sealer } from "./sealing.under-test";

// Each forgery is refused by the check that is there for it. Most change a real sealed record; a forger who can sign uses keys
// of their own. Bits flipped one by one are in lib/record/tamper-matrix.test.ts. Sources: Mladenov et al., "1 Trillion Dollar Refund" (CCS 2019) and "Shadow Attacks" (NDSS 2021).

let us: Sealer;
let file: Uint8Array;
beforeAll(async () => {
  us = await sealer();
  file = await sealPdf(await drawnSample(), { signer: us.signer });
});

const verdict = (forged: Uint8Array, trustAnchor = us.recorder.certificate) => verifySeal(forged, { trustAnchor, verifier: webCryptoVerifier });

async function refusedBy(forged: Uint8Array): Promise<SealCheckName | null> {
  const { checks, sealed } = await verdict(forged);
  const failed = checks.find(({ ok }) => !ok);
  expect(sealed === null).toBe(failed !== undefined);
  return failed?.name ?? null;
}

type Objects = Map<number, string>;
const stream = (number: number, dictionary: string, content: string) => {
  const packed = deflateSync(Buffer.from(content, "latin1")).toString("latin1");
  return `${number} 0 obj\n<<\n${dictionary}/Filter /FlateDecode\n/Length ${packed.length}\n>>\nstream\n${packed}\nendstream\nendobj\n`;
};
const pageContent = (objects: Objects) => Number(/\/Contents (\d+) 0 R/.exec(objects.get(numberOf(objects, "/Type /Page\n")) ?? "")?.[1]);
const otherPage = (objects: Objects) => objects.set(pageContent(objects), stream(pageContent(objects), "", "1 0 0 rg 0 0 600 900 re f"));
const otherAttachment = (objects: Objects) => {
  const number = numberOf(objects, "/Type /EmbeddedFile");
  objects.set(number, stream(number, "/Type /EmbeddedFile\n/Subtype /application#2Fjson\n/Params <<\n/Size 2\n>>\n", "{}"));
};
const openAction = (objects: Objects) => replaceIn(objects, "/Type /Catalog", (text) => text.replace("/Type /Catalog", "/Type /Catalog\n/OpenAction << /S /JavaScript /JS (x) >>"));
/** On the last page, which has no place for a seal. */
const annotated = (annotations: string) => (objects: Objects) => {
  const pages = [...objects].filter(([, text]) => text.includes("/Type /Page\n") && !text.includes("/Annots"));
  const [number, text] = pages.at(-1) ?? [0, ""];
  objects.set(number, text.replace("/Type /Page\n", `/Type /Page\n/Annots ${annotations}\n`));
};
const emptyForm = (objects: Objects) => replaceIn(objects, "/SigFlags", (text) => text.replace(/\/Fields \[[^\]]*\]/, "/Fields []"));
const inSignature = (edit: (text: string) => string) => (objects: Objects) => replaceIn(objects, "/Type /Sig\n", edit);
const byteRange = (range: string) => inSignature((text) => text.replace(/\/ByteRange \[[^\]]*\]/, (old) => `/ByteRange ${range}`.padEnd(old.length, " ")));

test("the untouched file, and one put together again unchanged, are accepted", async () => {
  expect(await refusedBy(file)).toBe(null);
  expect(rebuilt(file, () => undefined)).toEqual(file);
});

describe("something stands behind the end", () => {
  const forgeries: Record<string, (sealed: Uint8Array) => Uint8Array> = {
    "a page, saved again": (sealed) => saved(sealed, otherPage),
    "an attachment, saved again": (sealed) => saved(sealed, otherAttachment),
    "the catalogue, saved again with a script": (sealed) => saved(sealed, openAction),
    "the form, emptied": (sealed) => saved(sealed, emptyForm),
    "the signature, defined once more": (sealed) => saved(sealed, inSignature((text) => text.replace("/Reason (", "/Reason (also "))),
    "an annotation over a page": (sealed) => saved(sealed, (objects) => replaceIn(objects, "/Type /Page\n", (text) => text.replace("/Type /Page\n", "/Type /Page\n/Annots [<< /Type /Annot /Subtype /FreeText >>]\n"))),
    "another title": (sealed) => saved(sealed, (objects) => replaceIn(objects, "Key generation".toLowerCase().slice(1), (text) => text.replace("key", "KEY"))),
    "validation data": (sealed) => saved(sealed, (objects) => replaceIn(objects, "/Type /Catalog", (text) => text.replace("/Type /Catalog", "/Type /Catalog\n/DSS << >>"))),
    "an object no table names": (sealed) => edited(sealed, (text) => `${text}1 0 obj\n<<>>\nendobj\n`),
    "a newline": (sealed) => edited(sealed, (text) => `${text}\n`),
    "a second end": (sealed) => edited(sealed, (text) => `${text}%%EOF\n`),
    "a second table that repeats the first": (sealed) => edited(sealed, (text) => text + text.slice(text.lastIndexOf("xref\n0 "))),
    "a trailer that points back": (sealed) => rebuilt(edited(sealed, (text) => text.replace("/Root", "/Prev 15\n/Root")), () => undefined),
  };
  test.each(Object.entries(forgeries))("[nothing-after-the-signature] refuses %s", async (_, forge) => {
    expect(await refusedBy(forge(file))).toBe("nothing-after-the-signature");
  });
});

describe("the file is not of the one form", () => {
  const swapEntries = (text: string) => text.replace(/(\d{10} 00000 n \n)(\d{10} 00000 n \n)/, "$2$1");
  const forgeries: Record<string, (sealed: Uint8Array) => Uint8Array> = {
    "bytes in front": (sealed) => edited(sealed, (text) => `\n${text}`),
    "a missing last byte": (sealed) => sealed.subarray(0, -1),
    "half of it": (sealed) => sealed.subarray(0, sealed.length / 2),
    "an empty file": () => new Uint8Array(),
    "another version of PDF": (sealed) => edited(sealed, (text) => text.replace("%PDF-1.7", "%PDF-1.4")),
    "two entries of the table exchanged": (sealed) => edited(sealed, swapEntries),
    "two entries for one place": (sealed) => edited(sealed, (text) => text.replace(/(\d{10} 00000 n \n)\d{10} 00000 n \n/, "$1$1")),
    "a freed object": (sealed) => edited(sealed, (text) => text.replace(/(\d{10}) 00000 n/, "$1 00000 f")),
    "an object between two others that no entry names": (sealed) => rebuilt(sealed, (objects) => {
      const first = [...objects.keys()][3] ?? 0;
      objects.set(first, `${objects.get(first) ?? ""}${stream(9999, "", "hidden")}`);
    }),
    "a comment between two objects": (sealed) => rebuilt(sealed, (objects) => {
      const first = [...objects.keys()][3] ?? 0;
      objects.set(first, `${objects.get(first) ?? ""}% hidden\n`);
    }),
    "a key twice in one dictionary": (sealed) => rebuilt(sealed, inSignature((text) => text.replace("/Type /Sig", "/Type /Sig\n/Type /Sig"))),
    "a key twice, once escaped": (sealed) => rebuilt(sealed, inSignature((text) => text.replace("/Type /Sig", "/Type /Sig\n/#54ype /Sig"))),
    "a stream longer than it says": (sealed) => edited(sealed, (text) => text.replace(/\/Length (\d+)/, (old, digits: string) => `/Length ${String(Number(digits) - 1).padStart(digits.length, "0")}`)),
    "an object of another generation": (sealed) => rebuilt(sealed, (objects) => replaceIn(objects, "/Type /Catalog", (text) => text.replace(" 0 obj", " 1 obj"))),
    "a cross-reference stream beside the table": (sealed) => rebuilt(edited(sealed, (text) => text.replace("/Root", "/Encrypt 1 0 R\n/Root")), () => undefined),
    "a signature in capital hex": (sealed) => edited(sealed, (text) => text.replace(/\/Contents <[0-9a-f]{40}/, (digits) => digits.slice(0, 11) + digits.slice(11).toUpperCase())),
    "a signature wrapped: the sealed tail kept, a table of the forger's before it": (sealed) => edited(sealed, (text) => {
      const to = text.indexOf(">", text.indexOf("/Contents <")) + 1;
      return `${text.slice(0, to)}\n>>\nendobj\nxref\n0 1\n0000000000 65535 f \ntrailer\n<<>>\n${text.slice(to)}`;
    }),
  };
  test.each(Object.entries(forgeries))("[structure] refuses %s", async (_, forge) => {
    expect(await refusedBy(forge(file))).toBe("structure");
  });
});

describe("the signature is not the one there may be", () => {
  const forgeries: Record<string, (objects: Objects) => void> = {
    "an empty form": emptyForm,
    "a second field": (objects) => replaceIn(objects, "/SigFlags", (text) => text.replace(/\/Fields \[([^\]]*)\]/, "/Fields [$1 $1]")),
    "no form at all": (objects) => replaceIn(objects, "/Type /Catalog", (text) => text.replace(/\/AcroForm \d+ 0 R\n/, "")),
    "another kind of signature": inSignature((text) => text.replace("ETSI.CAdES.detached", "adbe.pkcs7.detached")),
    "a further key": inSignature((text) => text.replace("/Type /Sig", "/Type /Sig\n/Name (The Board)")),
    "a byte range of null": byteRange("null"),
    "a byte range of names": byteRange("[/a /b /c /d]"),
    "a second dictionary with a byte range": (objects) => replaceIn(objects, "/Type /Catalog", (text) => text.replace("/Type /Catalog", "/Type /Catalog\n/Legal << /ByteRange [0 1 2 3] >>")),
    "a claimed time that does not exist": inSignature((text) => text.replace(/\/M \(D:\d{8}/, "/M (D:20261341")),
    "a field that is no signature": (objects) => replaceIn(objects, "/FT /Sig", (text) => text.replace("/FT /Sig", "/FT /Btn")),
  };
  test.each(Object.entries(forgeries))("[signature-field] refuses %s", async (_, forge) => {
    expect(await refusedBy(rebuilt(file, forge, { fixRange: false }))).toBe("signature-field");
  });
});

describe("the byte range leaves something out", () => {
  const ranges: Record<string, (from: number, to: number, length: number) => number[]> = {
    "a shorter end": (from, to, length) => [0, from, to, length - to - 20],
    "a wider gap": (from, to, length) => [0, from - 40, to, length - to],
    "a beginning after the header": (from, to, length) => [15, from - 15, to, length - to],
    "a negative length": (from, to) => [0, from, to, -1],
    "a third stretch": (from, to, length) => [0, from, to, length - to, 0, 9],
    "one number": () => [0],
    "no number": () => [],
  };
  test.each(Object.entries(ranges))("[byte-range] refuses %s", async (_, range) => {
    const forged = rebuilt(file, (objects) => {
      const contents = Buffer.from(file).indexOf("/Contents <") + "/Contents ".length;
      const end = Buffer.from(file).indexOf(">", contents) + 1;
      byteRange(`[${range(contents, end, file.length).join(" ")}]`)(objects);
    }, { fixRange: false });
    expect(await refusedBy(forged)).toBe("byte-range");
  });
});

describe("what is shown was changed, and everything else made right again", () => {
  const forgeries: Record<string, (objects: Objects) => void> = {
    "a page": otherPage,
    "an attachment": otherAttachment,
    "the title": (objects) => replaceIn(objects, "/SigFlags", (text) => text.replace("/SigFlags 3", "/SigFlags 1")),
    "the claimed time": inSignature((text) => text.replace("/M (D:2026", "/M (D:2027")),
    "the reason": inSignature((text) => text.replace("/Reason (Record", "/Reason (record")),
  };
  test.each(Object.entries(forgeries))("[digest] refuses %s", async (_, forge) => {
    expect(await refusedBy(rebuilt(file, forge))).toBe("digest");
  });
  test("[no-active-content] refuses a script, an action, an annotation, whoever sealed them", async () => {
    const drawn = await drawnSample();
    for (const forge of [
      openAction,
      (objects: Objects) => replaceIn(objects, "/Title (Participants)", (text) => text.replace("/Title", "/A << /S /URI /URI (https://example.org) >>\n/Title")),
      (objects: Objects) => replaceIn(objects, "/Type /Page\n", (text) => text.replace("/Type /Page\n", "/Type /Page\n/AA << >>\n")),
      (objects: Objects) => replaceIn(objects, "/Type /Page\n", (text) => text.replace("/Type /Page\n", "/Type /Page\n/Over << /Type /Annot /Subtype /FreeText >>\n")),
      annotated("[<< /Subtype /FreeText /Rect [0 0 600 900] >>]"),
      annotated("[<< /Rect [0 0 600 900] >>]"),
      annotated("[999999 0 R]"),
      annotated("<< /Subtype /Widget >>"),
    ]) {
      const sealed = await sealPdf(rebuilt(drawn, forge, { fixRange: false }), { signer: us.signer });
      expect(await refusedBy(sealed)).toBe("no-active-content");
    }
  });
});

describe("the CMS is not of the one form", () => {
  const attribute = (type: string, value: Uint8Array) => derSequence(derOid(type), derSet([value]));
  const withAttribute = (fields: Uint8Array[], added: Uint8Array): Uint8Array[] => fields.map((field) =>
    field[0] === context(0) ? derSet([...derElements(derElement(field, context(0)).content).map(({ encoded }) => encoded), added], context(0)) : field);

  const forgeries: Record<string, (cms: Uint8Array) => Uint8Array> = {
    "nothing": () => new Uint8Array(),
    "zeros": () => new Uint8Array(64),
    "junk behind it": (cms) => concat([cms, Uint8Array.of(1)]),
    "two signers": (cms) => signedData(cms, (fields) => {
      const info = derElement(fields.at(-1) ?? cms, TAG.set).content;
      return [...fields.slice(0, -1), der(TAG.set, info, info)];
    }),
    "no signer": (cms) => signedData(cms, (fields) => [...fields.slice(0, -1), der(TAG.set)]),
    "a list of revoked certificates": (cms) => signedData(cms, (fields) => [...fields.slice(0, 4), der(context(1)), ...fields.slice(4)]),
    "no certificate": (cms) => signedData(cms, (fields) => fields.map((field) => field[0] === context(0) ? der(context(0)) : field)),
    "an enclosed content": (cms) => signedData(cms, (fields) => fields.map((field, i) => i === 2 ? derSequence(derOid(OID.data), der(context(0), derOctets(Uint8Array.of(1)))) : field)),
    "an indefinite length": (cms) => concat([Uint8Array.of(0x30, 0x80), cms.subarray(4), new Uint8Array(2)]),
    "a length not in its shortest form": (cms) => concat([Uint8Array.of(0x30, 0x83, 0), cms.subarray(2)]),
    "a signing-time attribute": (cms) => signerInfo(cms, (fields) => withAttribute(fields, attribute(OID.signingTime, derTime(new Date(0))))),
    "an unsigned attribute of another kind": (cms) => signerInfo(cms, (fields) => [...fields, derSet([attribute(OID.signingTime, derTime(new Date(0)))], context(1))]),
    "a weaker digest": (cms) => signedData(cms, (fields) => fields.map((field, i) => i === 1 ? derSet([derSequence(derOid("1.3.14.3.2.26"))]) : field)),
    "an RSA algorithm": (cms) => signerInfo(cms, (fields) => fields.map((field, i) => i === 4 ? derSequence(derOid(OID.sha256WithRsa), derNull()) : field)),
    "a signature of three numbers": (cms) => signerInfo(cms, (fields) => fields.map((field, i) => i === 5 ? derOctets(derSequence(derInteger(1), derInteger(1), derInteger(1))) : field)),
    "another version": (cms) => signedData(cms, (fields) => [derInteger(3), ...fields.slice(1)]),
    "the wrong certificate named": (cms) => signerInfo(cms, (fields) => fields.map((field, i) => i === 1 ? derSequence(children(derElement(field, TAG.sequence), TAG.sequence)[0]?.encoded ?? field, derInteger(7)) : field)),
  };
  test.each(Object.entries(forgeries))("[cms-form] refuses %s", async (_, forge) => {
    expect(await refusedBy(withCms(file, forge(cmsIn(file))))).toBe("cms-form");
  });

  test("[digest] refuses the CMS of another record", async () => {
    const other = await sealPdf(rebuilt(await drawnSample(), otherPage, { fixRange: false }), { signer: us.signer });
    expect(await refusedBy(other)).toBe(null);
    expect(await refusedBy(withCms(file, cmsIn(other)))).toBe("digest");
  });
  test("[signature] refuses other numbers in the signature", async () => {
    const wrong = signerInfo(cmsIn(file), (fields) => fields.map((field, i) => i === 5 ? derOctets(derSequence(derInteger(5), derInteger(7))) : field));
    expect(await refusedBy(withCms(file, wrong))).toBe("signature");
  });
});

describe("the certificates are not those they should be", () => {
  const sealedWith = async (certificate: Uint8Array, chain = [us.recorder.certificate]) =>
    sealPdf(await drawnSample(), { signer: { ...us.signer, certificate, chain } });
  const extended = (change: (extensions: Uint8Array[]) => Uint8Array[]) => reissued(us.signer.certificate, us.recorder.keys, change);
  const extension = (id: string, value: Uint8Array, critical = false) => derSequence(derOid(id), ...(critical ? [derTrue()] : []), derOctets(value));
  const without = (id: string) => (extensions: Uint8Array[]) => extensions.filter((one) => !Buffer.from(one).includes(Buffer.from(derOid(id))));
  const constraints = derOid(OID.basicConstraints);

  test("the control: a certificate issued again with the same extensions is accepted", async () => {
    expect(await refusedBy(await sealedWith(await extended((extensions) => extensions)))).toBe(null);
  });
  test("[signing-certificate] refuses another certificate of the same key and number put in afterwards", async () => {
    const twin = await extended((extensions) => extensions.slice().reverse());
    const certificates = der(context(0), twin, us.recorder.certificate);
    const forged = signedData(cmsIn(file), (fields) => fields.map((field) => field[0] === context(0) ? certificates : field));
    expect(await refusedBy(withCms(file, forged))).toBe("signing-certificate");
  });
  test("[certificate-path] refuses another recorder with the same name", async () => {
    const thief = await sealer();
    const forged = await sealPdf(await drawnSample(), { signer: thief.signer });
    expect(await refusedBy(forged)).toBe("certificate-path");
    expect(await refusedBy(await sealPdf(await drawnSample(), { signer: { ...thief.signer, chain: [us.recorder.certificate] } }))).toBe("certificate-path");
  });
  test("[certificate-path] refuses a certificate from before or after its time", async () => {
    const late = await sealer({ notBefore: new Date("2027-01-01T00:00:00Z") });
    const early = await sealer({ notAfter: new Date("2026-06-01T00:00:00Z") });
    for (const { signer, recorder } of [late, early]) {
      const { checks } = await verdict(await sealPdf(await drawnSample(), { signer }), recorder.certificate);
      expect(checks.find(({ ok }) => !ok)?.name).toBe("certificate-path");
    }
  });
  test("[certificate-path] refuses an anchor that had expired", async () => {
    const { checks } = await verifySeal(file, { trustAnchor: us.recorder.certificate, verifier: webCryptoVerifier, at: VALIDITY.notAfter.getTime() + 1 });
    expect(checks.find(({ ok }) => !ok)?.name).toBe("certificate-path");
  });
  test("[certificate-path] refuses a stranger among the certificates", async () => {
    const stranger = await makeRecorder({ subject: { commonName: "somebody" } });
    expect(await refusedBy(await sealedWith(us.signer.certificate, [us.recorder.certificate, stranger.certificate]))).toBe("certificate-path");
  });
  test("[certificate-path] refuses a record sealed with an authority's certificate", async () => {
    const authority = await extended((extensions) => [...without(OID.basicConstraints)(extensions), extension(OID.basicConstraints, derSequence(derTrue()), true)]);
    expect(await refusedBy(await sealedWith(authority))).toBe("certificate-path");
  });
  test("[trust-anchor] refuses an anchor that is no authority", async () => {
    const { checks } = await verdict(file, us.signer.certificate);
    expect(checks.find(({ ok }) => !ok)?.name).toBe("trust-anchor");
    expect((await verdict(file, new Uint8Array(3))).checks.find(({ ok }) => !ok)?.name).toBe("trust-anchor");
  });
  test("[key-usage] refuses a certificate that is not for signing documents, or not for binding signatures", async () => {
    expect(await refusedBy(await sealedWith(await extended(without(OID.extendedKeyUsage))))).toBe("key-usage");
    expect(await refusedBy(await sealedWith(await extended(without(OID.keyUsage))))).toBe("key-usage");
  });
  test("[cms-form] refuses a critical extension that is not known, and one extension twice", async () => {
    const unknown = await extended((extensions) => [...extensions, extension("2.5.29.54", derInteger(0), true)]);
    const twice = await extended((extensions) => [...extensions, ...extensions.filter((one) => Buffer.from(one).includes(Buffer.from(constraints)))]);
    for (const certificate of [unknown, twice]) {
      const certificates = der(context(0), certificate, us.recorder.certificate);
      const forged = signedData(cmsIn(file), (fields) => fields.map((field) => field[0] === context(0) ? certificates : field));
      expect(await refusedBy(withCms(file, forged))).toBe("cms-form");
    }
  });
  test("[signature] refuses a record sealed with another key than the certificate's", async () => {
    const { sign } = keyPair();
    expect(await refusedBy(await sealPdf(await drawnSample(), { signer: { ...us.signer, sign } }))).toBe("signature");
  });
});

describe("made to break the reader instead of the seal", () => {
  test("[signature-field] refuses a time in half a UTF-16 character", async () => {
    const half = inSignature((text) => text.replace(/\/M \([^)]*\)/, "/M <feffd800>"));
    expect(await refusedBy(rebuilt(file, half))).toBe("signature-field");
  });
  test("[structure] refuses a file larger than any record is, before reading it", async () => {
    const huge = new Uint8Array(64 * 1024 * 1024 + 1);
    huge.set(file.subarray(0, 64));
    expect(await refusedBy(huge)).toBe("structure");
  });
});
