import type { Ceremony } from "#lib/ceremony/ceremony";
import { replay } from "#lib/ceremony/replay";
import { TAKEN_OUT, valuesOf } from "#lib/log/commitment";
import { sha256Hex, text } from "#lib/log/digest";
import { LOG_PROOF_FILE } from "#lib/log/log-proof";
import { book } from "#lib/operations/book";
import { drawnEdition } from "#lib/pdf/drawn-edition";
import { firstRevision } from "#lib/record/archive-revision";
import { chooseFields } from "#lib/record/choose-fields";
import type { Edition } from "#lib/record/edition";
import { countedFields, FIELD_KINDS, fieldsOf } from "#lib/record/fields";
import { leaksIn, type Leak } from "#lib/record/leaks";
import { readAttachments } from "#lib/record/pdf-attachments";
import { readPdf } from "#lib/record/read-pdf";
import { VERIFIER_FILE } from "#lib/record/record-files";
import { redacted, type Redacted } from "#lib/record/redact";
import { readTranscript, TRANSCRIPT_FILE, type Transcript } from "#lib/record/transcript";
import type { TrustedRecorder } from "#lib/record/trusted-recorder";
import { verifyFile } from "#lib/record/verify-file";
import { verifyRecord, type Verification } from "#lib/record/verify-record";
import { inflate } from "#lib/webcrypto/inflate";
import { webCryptoVerifier } from "#lib/webcrypto/web-crypto-verifier";
import { NotDone, readArguments, Unusable, type ExitCode } from "./command";
import { bytesOf, writeNew } from "./given-files";
import { printable } from "./printable";
import { TRUST_HELP, TRUST_LINE, TRUST_OPTIONS, trustedRecorder, trustTyped } from "./trust-arguments";

export const REDACT_USAGE = `claviger record redact RECORD.pdf ${TRUST_LINE}
                       [--hide WHAT] [--open WHAT] [--even-so] --out FILE.pdf
claviger record redact RECORD.pdf ${TRUST_LINE} --list

  Makes an edition of a record from which names and texts are taken out, and which still verifies to the same last entry and
  the same log. The record is verified first and stays as it is; the edition has no seal, and says so.
${TRUST_HELP}
  --hide WHAT  what is withheld; without it everything that can be
  --open WHAT  what is not
               WHAT: any of these, with commas: ${Object.keys(FIELD_KINDS).join(", ")};
               or the number of an entry; or a place in one, as --list prints them
  --list       prints every field that can be withheld, with its place and what stands in it
  --even-so    writes it although something withheld can be read elsewhere in what stays
Exit code: 0 written, 1 not, 2 the input cannot be used.`;

/** `claviger record redact`. */
export async function redactCommand(args: readonly string[]): Promise<ExitCode> {
  const known = { valued: [...TRUST_OPTIONS, "hide", "open", "out"], flags: ["list", "even-so"], usage: REDACT_USAGE } as const;
  const { values, flags, rest } = readArguments(args, known);
  const [record, ...more] = rest;
  const { hide, open, out } = values;
  if (record === undefined || more.length > 0) throw new Unusable(REDACT_USAGE);
  if ((out === undefined) !== flags.has("list")) throw new Unusable(`Either --out or --list is needed.\n\n${REDACT_USAGE}`);
  const [bytes, recorder] = [bytesOf(record), trustedRecorder(values, REDACT_USAGE)];
  const mode = await goodRecord(bytes, recorder);
  const parts = await partsOf(bytes);
  if (out === undefined) {
    console.log(listed(parts.transcript));
    return 0;
  }
  const choice = chooseFields(fieldsOf(parts.transcript.entries), { hide: split(hide), open: split(open) ?? [] });
  if (typeof choice !== "function") throw new Unusable(`Nothing is called ${choice.unknown}.\n\n${REDACT_USAGE}`);
  const made = redacted(parts.transcript, choice);
  if (!made.ok) {
    const { field, sentence } = made.refusal;
    throw new NotDone(`Nothing was written: ${String(field.entry)}${field.at} cannot be withheld safely, because ${sentence}.`);
  }
  const leaks = leaksIn(made.value, parts.logProof ? [{ name: LOG_PROOF_FILE, text: text(parts.logProof) }] : []);
  if (leaks.length > 0 && !flags.has("even-so")) throw new NotDone(`Nothing was written. ${leaking(leaks)}`);
  const edition = await drawn(sha256Hex(bytes), made.value, parts);
  await mustVerify(edition, recorder, mode);
  writeNew(out, edition);
  console.log([
    `${out} is written. Withheld: ${countedFields(made.value.withheld)}.`,
    ...(leaks.length > 0 ? [leaking(leaks)] : []),
    `Look at it before you hand it on. It is checked with: claviger verify ${out} --redacted${mode === "rehearsal" ? " --rehearsal" : ""} ${trustTyped(values)}`,
  ].join("\n"));
  return 0;
}

const split = (list: string | undefined): string[] | null =>
  list === undefined ? null : list.split(",").map((one) => one.trim()).filter((one) => one !== "");

interface Parts {
  readonly transcript: Transcript;
  readonly ceremony: Ceremony;
  readonly logProof: Uint8Array | null;
  readonly verifierPage: Uint8Array | null;
}

/** Of a record that was found good: what of it an edition carries on. */
async function partsOf(bytes: Uint8Array): Promise<Parts> {
  const attached = await readAttachments(readPdf(firstRevision(bytes)), inflate);
  const read = readTranscript(attached.get(TRANSCRIPT_FILE)?.bytes ?? new Uint8Array());
  if (!read.ok) throw new NotDone(read.refusal.sentence);
  const replayed = await replay(webCryptoVerifier, book, read.value.bytes);
  if (!replayed.ok || !replayed.value) throw new NotDone("The transcript inside cannot be decided.");
  const { entries, openings } = read.value;
  return {
    transcript: { entries, openings },
    ceremony: replayed.value,
    logProof: attached.get(LOG_PROOF_FILE)?.bytes ?? null,
    verifierPage: attached.get(VERIFIER_FILE)?.bytes ?? null,
  };
}

function drawn(record: string, { transcript, withheld }: Redacted, { ceremony, logProof, verifierPage }: Parts): Promise<Uint8Array> {
  const edition: Edition = {
    ceremony: ceremony.id,
    head: ceremony.head.hash,
    record,
    withheld: withheld.map(({ entry, at }) => ({ entry, at })),
  };
  return drawnEdition({ transcript, ceremony, edition, logProof, verifierPage });
}

/** Answers what kind of ceremony it was. Throws for a record that the verifier calls bad: nothing is made of it. */
async function goodRecord(bytes: Uint8Array, recorder: TrustedRecorder): Promise<Ceremony["mode"]> {
  const ports = { verifier: webCryptoVerifier, inflate };
  const first = await verifyRecord(bytes, recorder, ports);
  const mode = first.about?.mode ?? "production";
  const verified = mode === "rehearsal" ? await verifyRecord(bytes, recorder, { ...ports, mode }) : first;
  mustBe("good", verified, "Nothing was written: the record is not good");
  return mode;
}

async function mustVerify(edition: Uint8Array, recorder: TrustedRecorder, mode: Ceremony["mode"]): Promise<void> {
  const verified = await verifyFile(edition, recorder, { verifier: webCryptoVerifier, inflate, mode });
  mustBe("good-redacted", verified, "Nothing was written: what came of it does not verify");
}

function mustBe(wanted: Verification["verdict"], { verdict, checks }: Verification, otherwise: string): void {
  const bad = checks.find(({ ok }) => !ok);
  if (verdict !== wanted) throw new NotDone(`${otherwise} (${bad ? `${bad.name}: ${printable(bad.reason)}` : verdict}).`);
}

const leaking = (leaks: readonly Leak[]): string => {
  const lines = leaks.map(({ field: { entry, at, kind }, where }) =>
    `  ${String(entry)}${at} (${FIELD_KINDS[kind]}) stands also in ${printable(where)}`);
  return [
    "What is to be withheld can be read elsewhere in what stays:",
    ...new Set(lines),
    "Withhold that as well, if it can be; what cannot be is written with --even-so.",
  ].join("\n");
};

/** Every field that can be withheld: its place, its kind, and what stands in it. */
function listed({ entries, openings }: Transcript): string {
  const value = valuesOf(openings);
  return fieldsOf(entries)
    .map(({ entry, at, kind, committed }) => `${String(entry)}${at}  ${kind}  ${printable(value({ committed }) ?? TAKEN_OUT)}`)
    .join("\n");
}
