import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { sha256Hex, text, utf8 } from "#lib/log/digest";
import { book } from "#lib/operations/book";
import { evidencePack, MANIFEST_FILE, PACKED_RECORD, REPORT_FILE } from "#lib/record/evidence-pack";
import { redrawRecord } from "#lib/pdf/redraw-record";
import { readAttachments } from "#lib/record/pdf-attachments";
import { readPdf } from "#lib/record/read-pdf";
import { looksLikeZip, readZip } from "#lib/record/read-zip";
import { SealedRecord } from "#lib/record/sealed-record.under-test";
import { verifyFile } from "#lib/record/verify-file";
import { verifyPack } from "#lib/record/verify-pack";
import type { RecordPorts } from "#lib/record/verify-record";
import { zipArchive, type ArchivedFile } from "#lib/record/zip-archive";
import { inflate } from "#lib/webcrypto/inflate";
import { webCryptoVerifier } from "#lib/webcrypto/web-crypto-verifier";
import { toPem } from "#lib/x509/pem";
import { NotDone, Unusable } from "./command";
import { recordCommand } from "./record";
import { verifyCommand } from "./verify";

// A pack is made of a real record by the command that people type; then every byte of it counts.

const folder = mkdtempSync(path.join(tmpdir(), "claviger-pack-"));
const place = (name: string) => path.join(folder, name);
let us: SealedRecord;
let pack: Uint8Array;
let said = "";
const trust = () => ["--trust", place("anchor.pem")];
beforeAll(async () => {
  us = await SealedRecord.make();
  writeFileSync(place("record.pdf"), us.pdf);
  writeFileSync(place("anchor.pem"), toPem("CERTIFICATE", us.certificate));
  vi.spyOn(console, "log").mockImplementation(() => undefined);
  expect(await recordCommand(["pack", place("record.pdf"), ...trust(), "--out", place("pack.zip")])).toBe(0);
  pack = new Uint8Array(readFileSync(place("pack.zip")));
}, 120_000);
beforeEach(() => {
  said = "";
  vi.spyOn(console, "log").mockImplementation((line: string) => {
    said += `${line}\n`;
  });
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const ports = { verifier: webCryptoVerifier, inflate, mode: "rehearsal" } as const;
const verified = (file: Uint8Array, more: Partial<RecordPorts> = {}) => verifyFile(file, us.certificate, { ...ports, ...more });
const badIn = async (file: Uint8Array) => {
  const { verdict, checks } = await verified(file);
  return [verdict, ...checks.filter(({ ok }) => !ok).map(({ name }) => name)];
};
const files = (): readonly ArchivedFile[] => readZip(pack) ?? [];
const changed = (name: string, bytes: Uint8Array): Uint8Array => zipArchive(files().map((file) => (file.name === name ? { name, bytes } : file)));

describe("an evidence pack", () => {
  test("has the verdict of the record in it, and says what it is the pack of", async () => {
    const alone = await verified(us.pdf);
    const { verdict, pack: sha256, recordSha256, checks, conclusions } = await verified(pack);
    expect(checks.filter(({ ok }) => !ok)).toEqual([]);
    expect(verdict).toBe("good");
    expect([sha256, recordSha256]).toEqual([sha256Hex(pack), sha256Hex(us.pdf)]);
    expect(alone.pack).toBeNull();
    expect(checks.map(({ name }) => name)).toEqual([...alone.checks.map(({ name }) => name), "pack", "pack-files", "report"]);
    expect(conclusions.find(({ name }) => name === "pack-whole")?.holds).toBe(true);
    expect(conclusions.slice(0, -1)).toEqual(alone.conclusions);
  });

  test("is what the command line takes for the record, and the same bytes when it is made again", async () => {
    expect(await verifyCommand([place("pack.zip"), ...trust(), "--rehearsal"])).toBe(0);
    expect(said).toContain("Each file but report.txt is what comes out of the record inside");
    expect(await verifyCommand([place("pack.zip"), ...trust()])).toBe(1);
    expect(await recordCommand(["pack", place("record.pdf"), ...trust(), "--out", place("again.zip")])).toBe(0);
    expect(sha256Hex(new Uint8Array(readFileSync(place("again.zip"))))).toBe(sha256Hex(pack));
  });

  test("lists each file with its size, its hash and what it is; all that is attached to the record is in it", async () => {
    const manifest = JSON.parse(text(files()[0]?.bytes ?? new Uint8Array())) as { v: string; ceremony: string; head: string; files: { name: string; size: number; sha256: string; what: string }[] };
    expect([files()[0]?.name, manifest.v, manifest.ceremony, manifest.head]).toEqual([MANIFEST_FILE, "claviger/evidence-pack/v1", us.ceremony.id, us.ceremony.head.hash]);
    expect(manifest.files.map(({ name, size, sha256 }) => ({ name, size, sha256 }))).toEqual(
      files().slice(1).map(({ name, bytes }) => ({ name, size: bytes.length, sha256: sha256Hex(bytes) })),
    );
    expect(manifest.files.every(({ what }) => what.endsWith("."))).toBe(true);
    for (const [name, { bytes }] of await readAttachments(readPdf(us.pdf), inflate)) expect(files().find((file) => file.name === name)?.bytes, name).toEqual(bytes);
    expect(text(files().find(({ name }) => name === "recorder.pem")?.bytes ?? new Uint8Array())).toBe(toPem("CERTIFICATE", us.certificate));
  });

  test("tells in plain text what the record tells: people, steps, approvals, keys, signatures, clauses", () => {
    const report = text(files().find(({ name }) => name === REPORT_FILE)?.bytes ?? new Uint8Array());
    for (const told of ["A REHEARSAL, NO EVIDENCE OF PRODUCTION", us.ceremony.head.hash, "approved, passkey", "SHA-256 of the public key", "Not evidenced.", "custodian-3"]) {
      expect(report).toContain(told);
    }
    expect(report).not.toMatch(/undefined|\[object/);
  });

  test("of a redacted edition is one of an edition, and gives nothing away", async () => {
    expect(await recordCommand(["redact", place("record.pdf"), ...trust(), "--even-so", "--out", place("edition.pdf")])).toBe(0);
    expect(await recordCommand(["pack", place("edition.pdf"), ...trust(), "--out", place("edition.zip")])).toBe(0);
    expect(await verifyCommand([place("edition.zip"), ...trust(), "--rehearsal"])).toBe(3);
    expect(await verifyCommand([place("edition.zip"), ...trust(), "--rehearsal", "--redacted"])).toBe(0);
    const inside = Buffer.from(readFileSync(place("edition.zip"))).toString("latin1");
    for (const { salt } of us.transcript.openings) expect(inside).not.toContain(salt);
    expect(inside).toContain("REDACTED EDITION OF THE RECORD");
  });
});

describe("whatever is done to it is found", () => {
  test("a bit, wherever it is: in the structure, in each file, in the directory", async () => {
    const spots = [...files().map(({ name }) => Buffer.from(pack).indexOf(name) + name.length + 3), 0, 9, 15, 27, pack.length - 1, pack.length - 5, pack.length - 30];
    for (const at of spots) {
      const bent = Uint8Array.from(pack);
      bent[at] = (bent[at] ?? 0) ^ 1;
      expect((await badIn(bent))[0], `byte ${String(at)}`).toBe("bad");
    }
    // Everywhere, without judging the record each time: an archive that is read is the one that was made, byte by byte.
    for (let i = 0; i < 400; i++) {
      const bent = Uint8Array.from(pack);
      const at = (i * 104_729 + 7) % bent.length;
      bent[at] = (bent[at] ?? 0) ^ (1 << (i % 8));
      expect(readZip(bent), `byte ${String(at)}`).toBeNull();
    }
  }, 120_000);

  test("cut, lengthened, put in front of, or with a file hidden between", async () => {
    for (const bent of [pack.subarray(0, -1), new Uint8Array([...pack, 0]), pack.subarray(0, pack.length >> 1)]) expect((await badIn(bent))[0]).toBe("bad");
    expect(looksLikeZip(new Uint8Array([0, ...pack]))).toBe(false);
    expect((await badIn(new Uint8Array([0, ...pack])))[0]).toBe("bad");
    expect(await badIn(zipArchive([...files(), { name: "more.txt", bytes: utf8("more") }]))).toEqual(["bad", "pack-files"]);
    expect(await badIn(zipArchive([...files()].reverse()))).toEqual(["bad", "pack-files"]);
    expect(await badIn(zipArchive(files().filter(({ name }) => name !== "recorder.pem")))).toEqual(["bad", "pack-files"]);
  });

  test("a file that was exchanged, with an archive made right around it; and a manifest that was made right as well", async () => {
    expect(await badIn(changed("recorder.pem", utf8("x")))).toEqual(["bad", "pack-files"]);
    expect(await badIn(changed("transcript.json", utf8("{}")))).toEqual(["bad", "pack-files"]);
    expect(await badIn(changed(MANIFEST_FILE, utf8("{}")))).toEqual(["bad", "pack-files"]);
    expect(await badIn(changed(REPORT_FILE, utf8("All went well.")))).toEqual(["bad", "pack-files"]);
  });

  test("another report, with a manifest that names it: not found against the record, but said, and nothing follows for the pack", async () => {
    const attached = await readAttachments(readPdf(us.pdf), inflate);
    const told = await verified(evidencePack({ record: us.pdf, attached, ceremony: us.ceremony }, book, utf8("All went well.")));
    expect(told.verdict).toBe("good");
    expect(told.checks.find(({ name }) => name === "report")).toMatchObject({ ok: true, examined: false });
    expect(told.limits.some((limit) => limit.includes("Read the record, and not the report."))).toBe(true);
    expect(told.conclusions.find(({ name }) => name === "pack-whole")?.holds).not.toBe(true);
  });

  test("another report, where the release that drew the record is the one that verifies: bad", async () => {
    const attached = await readAttachments(readPdf(us.pdf), inflate);
    const told = await verified(evidencePack({ record: us.pdf, attached, ceremony: us.ceremony }, book, utf8("All went well.")), { redraw: redrawRecord() });
    expect([told.verdict, told.checks.filter(({ ok }) => !ok).map(({ name }) => name)]).toEqual(["bad", ["report"]]);
    expect((await verified(pack, { redraw: redrawRecord() })).limits).toEqual([]);
  });

  test("a record that can be judged and not be read as one ends in a verdict, not in a fault", async () => {
    const judged = await verified(us.pdf);
    const { verdict, checks } = await verifyPack(changed(PACKED_RECORD, utf8("%PDF-1.7\n")), () => Promise.resolve(judged), ports);
    expect([verdict, checks.filter(({ ok }) => !ok).map(({ name }) => name)]).toEqual(["bad", ["pack-files"]]);
  });

  test("another record in it, or none", async () => {
    const bent = Uint8Array.from(us.pdf);
    bent[bent.length >> 1] = (bent[bent.length >> 1] ?? 0) ^ 1;
    expect((await badIn(changed(PACKED_RECORD, bent)))[0]).toBe("bad");
    expect(await badIn(changed(PACKED_RECORD, bent))).toContain("pack-files");
    const without = await verified(zipArchive(files().filter(({ name }) => name !== PACKED_RECORD)));
    expect([without.verdict, without.checks.find(({ name }) => name === "pack")?.ok]).toEqual(["bad", false]);
  });

  test("an archive of others: packed, with paths that leave the folder, or with nothing", () => {
    const packed = Uint8Array.from(pack);
    packed[8] = 8;
    expect(readZip(packed)).toBeNull();
    const up = Uint8Array.from(zipArchive([{ name: "aa/x", bytes: utf8("x") }]));
    for (const at of [30, 30 + 4 + 1 + 46]) up.set(utf8(".."), at);
    expect(readZip(up)).toBeNull();
    expect(readZip(new Uint8Array())).toBeNull();
    expect(readZip(zipArchive([]))).toBeNull();
  });

  test("of a record that is not good nothing is made, and no file is written over", async () => {
    const bent = Uint8Array.from(us.pdf);
    bent[bent.length >> 1] = (bent[bent.length >> 1] ?? 0) ^ 1;
    writeFileSync(place("bad.pdf"), bent);
    await expect(recordCommand(["pack", place("bad.pdf"), ...trust(), "--out", place("bad.zip")])).rejects.toThrow(NotDone);
    expect(existsSync(place("bad.zip"))).toBe(false);
    await expect(recordCommand(["pack", place("record.pdf"), ...trust(), "--out", place("anchor.pem")])).rejects.toThrow(Unusable);
  });
});
