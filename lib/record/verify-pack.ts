import { sameBytes, sha256Hex } from "../log/digest";
import { book } from "../operations/book";
import { conclusionsFrom, PACK_CONCLUSIONS } from "./conclusions";
import { Malformed } from "../x509/malformed";
import { firstRevision } from "./archive-revision";
import { evidencePack, MANIFEST_FILE, PACKED_RECORD, REPORT_FILE, type PackedParts } from "./evidence-pack";
import { packedParts } from "./packed-parts";
import { readPdf } from "./read-pdf";
import { readZip } from "./read-zip";
import { rendererOf, type Redraw } from "./redraw";
import type { RecordPorts, Verification } from "./verify-record";
import type { Check } from "./verify-transcript";
import type { ArchivedFile } from "./zip-archive";

/**
 * Checks an evidence pack: the record in it by `judge`, which says what of a record or an edition, and then everything beside it, which
 * has to be what comes out of that record, byte by byte. Never better than the record inside; total, whatever is in the file.
 */
export async function verifyPack(
  bytes: Uint8Array, judge: (record: Uint8Array) => Promise<Verification>, ports: RecordPorts,
): Promise<Verification> {
  const files = readZip(bytes);
  const record = files?.find(({ name }) => name === PACKED_RECORD)?.bytes ?? null;
  const inner = await judge(record ?? new Uint8Array());
  const found = files && record ? await packChecks(bytes, files, record, inner, ports) : [notOne(files)];
  found.forEach((check) => ports.progress?.told?.(check));
  const verdict = found.every(({ ok }) => ok) ? inner.verdict : "bad";
  const conclusions = [...inner.conclusions, ...conclusionsFrom(found, { seal: [], entries: [] }, PACK_CONCLUSIONS)];
  const limits = [...inner.limits, ...found.flatMap(({ examined, reason }) => (examined === false ? [reason] : []))];
  return { ...inner, verdict, pack: sha256Hex(bytes), checks: [...inner.checks, ...found], limits, conclusions };
}

const notOne = (files: readonly ArchivedFile[] | null): Check => ({
  name: "pack",
  ok: false,
  reason: files ? `There is no ${PACKED_RECORD} in the archive.` : "The archive is not one that was made as an evidence pack is, byte by byte.",
});

async function packChecks(
  bytes: Uint8Array, files: readonly ArchivedFile[], record: Uint8Array, inner: Verification, ports: RecordPorts,
): Promise<Check[]> {
  const form: Check = { name: "pack", ok: true, reason: `An archive of ${String(files.length)} files, none of them packed, every byte accounted for.` };
  const beside = (reason: string): Check[] => [form, { name: "pack-files", ok: false, reason }];
  if (inner.verdict === "bad") return beside("The record inside does not hold, so that nothing beside it can be compared with it.");
  const parts = await partsOf(record, ports);
  if (!parts) return beside("The record inside cannot be read as one of which a pack is made.");
  const report = files.find(({ name }) => name === REPORT_FILE)?.bytes ?? null;
  if (!report) return beside(`There is no ${REPORT_FILE} in the archive.`);
  const expected = evidencePack(parts, book, report);
  if (!sameBytes(expected, bytes)) return beside(`It is not what comes out of the record inside: ${differenceOf(files, readZip(expected) ?? [])}.`);
  const same: Check = { name: "pack-files", ok: true, reason: `Each file but ${REPORT_FILE} is what comes out of the record inside, and each is listed in ${MANIFEST_FILE} with its hash.` };
  return [form, same, reportCheck(report, readZip(evidencePack(parts, book)) ?? [], isOfHere(record, ports.redraw))];
}

/** Null as well for a file that the judge could read and that is none of which a pack is made. */
async function partsOf(record: Uint8Array, ports: RecordPorts): Promise<PackedParts | null> {
  try {
    return await packedParts(record, ports);
  } catch (fault) {
    if (fault instanceof Malformed) return null;
    throw fault;
  }
}

/** Whether what is here drew the record: then it also writes what that release writes of it, to the letter. */
const isOfHere = (record: Uint8Array, redraw: Redraw | undefined): boolean =>
  redraw !== undefined && rendererOf(readPdf(firstRevision(record))) === redraw.renderer;

/** The first file that is another one, missing or too many. */
function differenceOf(files: readonly ArchivedFile[], expected: readonly ArchivedFile[]): string {
  const listed = expected.map(({ name }) => name);
  const strange = files.find(({ name }) => !listed.includes(name));
  if (strange) return `${strange.name} does not belong there`;
  const other = expected.find(({ name, bytes }) => {
    const found = files.find((file) => file.name === name);
    return !found || !sameBytes(found.bytes, bytes);
  });
  return other ? `${other.name} is another one, or missing` : "the files are in another order";
}

/**
 * A release may tell the same in other words than the one that packed: that is a limit of the comparison, and no fault of the record. The
 * release that drew the record has no other words.
 */
function reportCheck(report: Uint8Array, own: readonly ArchivedFile[], ofHere: boolean): Check {
  const name = "report";
  const written = own.find((file) => file.name === REPORT_FILE)?.bytes;
  if (written && sameBytes(written, report)) return { name, ok: true, reason: `${REPORT_FILE} says what this verifier itself writes of the transcript.` };
  if (ofHere) return { name, ok: false, reason: `${REPORT_FILE} is not what the release that drew the record, which is the one here, writes of its transcript.` };
  const reason = `${REPORT_FILE} is not what this verifier writes of the transcript: another release wrote it, or somebody else. Read the record, and not the report.`;
  return { name, ok: true, examined: false, reason };
}
