import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sha256Hex } from "#lib/log/digest";
import { book } from "#lib/operations/book";
import { editionDocument } from "#lib/record/edition-document";
import { redacted } from "#lib/record/redact";
import { SealedRecord } from "#lib/record/sealed-record.under-test";
import { toPem } from "#lib/x509/pem";
import { drawRecord } from "./draw-record";
import { edited, replaceIn, saved } from "./forgery.under-test";
import { judgement, JUDGES_HERE, type Judge } from "./judges.under-test";
import { lastingRecords, type LastingRecords } from "./lasting-records.under-test";
import { rendererName } from "./renderer";
import { TimeStampAuthority } from "./time-stamp-authority.under-test";
import { drawable } from "./undrawable-texts";

// What programs of others say of a record at every age of it: stamped, with revocation data, stamped over the whole, renewed, signed by
// an outside party; of a whole ceremony's record and an edition of it; and of each that is sealed with one letter changed. Small ones as they
// are sealed stand in judges.test.ts.

/** How many signatures and stamps over the file there are in each; a stamp in the seal is none of these. */
const SIGNATURES = { stamped: 1, lasting: 2, renewed: 3, cosigned: 2, cosignedLasting: 3 } as const;
const KINDS = ["stamped", "lasting", "renewed", "cosigned", "cosignedLasting"] as const satisfies (keyof LastingRecords)[];

/** A record of a whole ceremony as a worker seals it, all its files inside; and an edition of it without names, which has no seal. */
const [PLAYED, EDITION] = ["played", "edition"] as const;

const folder = mkdtempSync(path.join(tmpdir(), "claviger-judges-"));
const place = (name: string) => path.join(folder, name);
let authority: TimeStampAuthority;

beforeAll(async () => {
  authority = await TimeStampAuthority.start("Judged stamps", { lists: true });
  const records = await lastingRecords(authority);
  for (const [name, certificate] of [["recorder", records.recorder], ["house", records.house], ["stamps", authority.root]] as const)
    writeFileSync(place(`${name}.pem`), toPem("CERTIFICATE", certificate));
  for (const kind of KINDS) {
    writeFileSync(place(`${kind}.pdf`), records[kind]);
    writeFileSync(place(`${kind}-changed.pdf`), edited(records[kind], (text) => text.replace("/Reason (Record", "/Reason (record")));
  }
  const played = await SealedRecord.make();
  writeFileSync(place("player.pem"), toPem("CERTIFICATE", played.certificate));
  writeFileSync(place(`${PLAYED}.pdf`), played.pdf);
  writeFileSync(place(`${PLAYED}-changed.pdf`), edited(played.pdf, (text) => text.replace("/Reason (Record", "/Reason (record")));
  writeFileSync(place(`${EDITION}.pdf`), await withoutNames(played));
  // A page turned by saving the file again, behind all that was signed.
  const turned = saved(records.stamped, (objects) =>
    replaceIn(objects, "/Type /Page\n", (text) => text.replace("/Type /Page\n", "/Type /Page\n/Rotate 90\n")));
  writeFileSync(place("turned.pdf"), turned);
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await authority.stop();
});

async function withoutNames({ transcript, ceremony, pdf }: SealedRecord): Promise<Uint8Array> {
  const hidden = redacted(transcript, ({ kind }) => kind === "names");
  if (!hidden.ok) throw new Error(hidden.refusal.sentence);
  const { withheld, transcript: left } = hidden.value;
  const edition = { ceremony: ceremony.id, head: ceremony.head.hash, record: sha256Hex(pdf), withheld: withheld.map(({ entry, at }) => ({ entry, at })) };
  return drawRecord(drawable(editionDocument({ transcript: left, ceremony, edition, logProof: null, verifierPage: null }, book)), { renderer: rendererName() });
}

const asking = (judge: Judge) => (title: string, tests: () => void) => {
  if (JUDGES_HERE.has(judge)) describe(title, tests);
};

asking("qpdf")("qpdf", () => {
  test.each([...KINDS, PLAYED, EDITION])("finds no fault in how one is put together: %s", (kind) => {
    expect(judgement("qpdf", ["--check", place(`${kind}.pdf`)])).toMatchObject({ code: 0 });
  });
});

asking("pdfsig")("pdfsig", () => {
  const mismatches = (name: string) => judgement("pdfsig", [place(`${name}.pdf`)]).said.match(/Digest Mismatch/g)?.length ?? 0;
  test.each([...KINDS, PLAYED])("calls the seal valid, and that of a changed one not: %s", (kind) => {
    expect(judgement("pdfsig", [place(`${kind}.pdf`)]).said).toContain("Signature is Valid");
    expect(mismatches(kind)).toBe(0);
    expect(mismatches(`${kind}-changed`)).toBeGreaterThan(0);
  });
});

asking("pyhanko")("pyHanko", () => {
  // A day from now: stamps are of now, by the clock of this machine.
  const later = new Date(Date.now() + 86_400_000).toISOString().replace(/\.\d+Z$/, "+00:00");
  const says = (name: string, trusted = ["recorder", "house", "stamps"]) => {
    const { said } = judgement("pyhanko", [place(`${name}.pdf`), later, ...trusted.map((root) => place(`${root}.pem`))]);
    return said.trim().split("\n");
  };
  test.each(KINDS)("calls every signature and stamp of a %s record valid, and the seal of a changed one not", (kind) => {
    const lines = says(kind);
    expect([lines.length, lines.filter((line) => !/^\w+ VALID /.test(line))]).toEqual([SIGNATURES[kind], []]);
    // Whatever was signed or stamped later was over the same letter.
    expect(says(`${kind}-changed`).filter((line) => !/^\w+ INVALID /.test(line))).toEqual([]);
  });
  test("calls the seal of a whole ceremony's record valid, and that of a changed one not", () => {
    expect(says(PLAYED, ["player"])).toEqual([expect.stringMatching(/^RecordSeal VALID /)]);
    expect(says(`${PLAYED}-changed`, ["player"])).toEqual([expect.stringMatching(/^RecordSeal INVALID /)]);
  });
  test("says what the stamp in the seal is worth: good under its authority, bad where nobody trusts that", () => {
    expect(says("stamped")).toEqual(["RecordSeal VALID ENTIRE_FILE with a good stamp"]);
    expect(says("stamped", ["recorder"])[0]).toContain("INVALID");
  });
  test("finds a page that was turned behind the seal", () => {
    expect(says("turned")[0]).toMatch(/^RecordSeal INVALID /);
  });
});

asking("verapdf")("veraPDF", () => {
  test("finds that a record of every age, a whole ceremony's, and an edition of that conform to PDF/A-3a and PDF/UA-1", () => {
    const files = [...KINDS, PLAYED, EDITION];
    const { said } = judgement("verapdf", ["3a,ua1", ...files.map((kind) => place(`${kind}.pdf`))]);
    const lines = said.split("\n").filter((line) => /^(PASS|FAIL) /.test(line));
    expect(lines).toEqual(["3a", "ua1"].flatMap((flavour) => files.map((kind) => `PASS ${flavour} ${place(`${kind}.pdf`)}`)));
  });
});
