import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cmsOf, readSignature, sealedBytes } from "#lib/record/pdf-signature";
import { readPdf } from "#lib/record/read-pdf";
import { toPem } from "#lib/x509/pem";
import { edited } from "./forgery.under-test";
import { ALL_JUDGES, judgement, JUDGES_HERE, MAY_BE_MISSING, missedAgainstOrders, type Judge } from "./judges.under-test";
import { Organisation } from "./organisation.under-test";
import { drawnSample, sealer } from "./sealing.under-test";
import { sealPdf } from "./seal-pdf";

// What programs of others say of a sealed record, and of one that was changed: whoever praises both is no judge.

const folder = mkdtempSync(path.join(tmpdir(), "claviger-judges-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
const place = (name: string) => path.join(folder, name);

beforeAll(async () => {
  const { signer, recorder } = await sealer();
  const good = await sealPdf(await drawnSample(), { signer });
  const bad = edited(good, (text) => text.replace("/Reason (Record", "/Reason (record"));
  writeFileSync(place("recorder.pem"), toPem("CERTIFICATE", recorder.certificate));
  for (const [name, file] of [["good", good], ["bad", bad]] as const) {
    writeFileSync(place(`${name}.pdf`), file);
    const pdf = readPdf(file);
    const signature = readSignature(pdf);
    writeFileSync(place(`${name}.cms`), cmsOf(signature));
    writeFileSync(place(`${name}.content`), sealedBytes(signature, pdf));
  }
  const root = await Organisation.make();
  const issuing = await root.below("Nordhafen Issuing CA");
  const certified = { algorithm: "ES256" as const, ...(await issuing.certify(recorder.keys.spki, recorder.certificate)), sign: recorder.keys.sign };
  const organisations = await sealPdf(await drawnSample(), { signer: certified });
  writeFileSync(place("root.pem"), toPem("CERTIFICATE", root.certificate));
  writeFileSync(place("organisations.pdf"), organisations);
  const theirs = readSignature(readPdf(organisations));
  writeFileSync(place("organisations.cms"), cmsOf(theirs));
  writeFileSync(place("organisations.content"), sealedBytes(theirs, readPdf(organisations)));
  // Untagged, and without its metadata: neither PDF/A nor PDF/UA, and a broken table of objects.
  writeFileSync(place("untagged.pdf"), edited(good, (text) => text.replace("/Marked true", "/Marked null").replace(/\/Metadata \d+ 0 R\n/, (old) => " ".repeat(old.length))));
  writeFileSync(place("shifted.pdf"), edited(good, (text) => text.replace("%PDF-1.7\n", "%PDF-1.7\n\n")));
});

const asking = (judge: Judge) => (title: string, tests: () => void) => {
  if (JUDGES_HERE.has(judge)) describe(title, tests);
};

test("every judge is here, or may be missing", () => {
  const missing = ALL_JUDGES.filter((judge) => !JUDGES_HERE.has(judge));
  if (missing.length > 0) console.info(`Judges that are not installed here, and were not asked: ${missing.join(", ")}.`);
  expect(missedAgainstOrders(JUDGES_HERE, MAY_BE_MISSING)).toEqual([]);
});
test("a judge that is missing without leave is named", () => {
  expect(missedAgainstOrders(new Set(["openssl", "qpdf"]), ["verapdf"])).toEqual(["mutool", "pdfsig", "pyhanko"]);
  expect(missedAgainstOrders(new Set(ALL_JUDGES), [])).toEqual([]);
  expect(missedAgainstOrders(new Set(), null)).toEqual([]);
});

asking("qpdf")("qpdf", () => {
  test("finds no fault in how the file is put together, and does in one that was shifted", () => {
    expect(judgement("qpdf", ["--check", place("good.pdf")])).toMatchObject({ code: 0 });
    expect(judgement("qpdf", ["--check", place("shifted.pdf")]).code).not.toBe(0);
  });
});

asking("mutool")("mutool", () => {
  test("says that the record is unchanged since it was sealed, and of another that it is not", () => {
    expect(judgement("mutool", ["sign", "-v", place("good.pdf")]).said).toContain("unchanged since signing");
    expect(judgement("mutool", ["sign", "-v", place("bad.pdf")]).said).not.toContain("unchanged since signing");
  });
  test("draws every page without finding an error", () => {
    const { code, said } = judgement("mutool", ["draw", "-q", "-F", "text", "-o", place("pages.txt"), place("good.pdf")]);
    expect([code, said.includes("error")]).toEqual([0, false]);
  });
});

asking("pdfsig")("pdfsig", () => {
  test("calls the seal valid over the whole file, and that of a changed one not", () => {
    const { said } = judgement("pdfsig", [place("good.pdf")]);
    expect(said).toContain("ETSI.CAdES.detached");
    expect(said).toContain("Signature is Valid");
    expect(said).toContain("Total document signed");
    expect(judgement("pdfsig", [place("bad.pdf")]).said).toContain("Digest Mismatch");
  });
  test("calls a seal under an organisation's certificate valid as well, and names the recorder as the organisation does", () => {
    const { said } = judgement("pdfsig", [place("organisations.pdf")]);
    expect(said).toContain("Signature is Valid");
    expect(said).toContain("Common Name: Claviger recorder");
  });
});

asking("openssl")("openssl cms -cades", () => {
  const verify = (name: string, trusted = "recorder") => judgement("openssl", [
    ...["cms", "-verify", "-cades", "-binary", "-inform", "DER", "-in", place(`${name}.cms`), "-content", place(`${name}.content`)],
    ...["-CAfile", place(`${trusted}.pem`), "-purpose", "any", "-attime", String(Date.parse("2026-11-22T15:09:00Z") / 1000), "-out", place("verified")],
  ]);
  test("verifies the signature under the recorder's certificate, and not over other bytes", () => {
    expect(verify("good").code).toBe(0);
    expect(verify("bad").code).not.toBe(0);
  });
  test("verifies one under an organisation's certificate under its root, and under no other", () => {
    expect(verify("organisations", "root").code).toBe(0);
    expect(verify("organisations").code).not.toBe(0);
  });
});

asking("pyhanko")("pyHanko", () => {
  const says = (name: string, trusted: string) => judgement("pyhanko", [place(`${name}.pdf`), "2026-11-22T15:09:00+00:00", place(`${trusted}.pem`)]).said;
  test("calls the seal valid over the whole file, under the recorder's certificate or an organisation's", () => {
    expect(says("good", "recorder")).toBe("RecordSeal VALID ENTIRE_FILE without a stamp\n");
    expect(says("organisations", "root")).toBe("RecordSeal VALID ENTIRE_FILE without a stamp\n");
  });
  test("and that of a changed file not, nor one under a root that nobody named", () => {
    expect(says("bad", "recorder")).toMatch(/^RecordSeal INVALID /);
    expect(says("good", "root")).toMatch(/^RecordSeal INVALID /);
  });
});

asking("verapdf")("veraPDF", () => {
  test("finds that the record conforms to PDF/A-3a and PDF/UA-1, and that an untagged one does not", () => {
    const { said } = judgement("verapdf", ["3a,ua1", place("good.pdf"), place("untagged.pdf")]);
    const words = said.split("\n").map((line) => line.split(" ").slice(0, 3).join(" ").replace(`${folder}/`, ""));
    expect(words.filter((line) => /^(PASS|FAIL) /.test(line))).toEqual([
      "PASS 3a good.pdf", "FAIL 3a untagged.pdf", "PASS ua1 good.pdf", "FAIL ua1 untagged.pdf",
    ]);
  });
});
