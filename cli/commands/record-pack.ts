import { book } from "#lib/operations/book";
import { evidencePack } from "#lib/record/evidence-pack";
import { packedParts } from "#lib/record/packed-parts";
import type { TrustedRecorder } from "#lib/record/trusted-recorder";
import { verifyFile } from "#lib/record/verify-file";
import type { Verification } from "#lib/record/verify-record";
import { inflate } from "#lib/webcrypto/inflate";
import { webCryptoVerifier } from "#lib/webcrypto/web-crypto-verifier";
import { NotDone, readArguments, Unusable, type ExitCode } from "./command";
import { bytesOf, writeNew } from "./given-files";
import { printable } from "./printable";
import { TRUST_HELP, TRUST_LINE, TRUST_OPTIONS, trustedRecorder, trustTyped } from "./trust-arguments";

export const PACK_USAGE = `claviger record pack RECORD.pdf ${TRUST_LINE} --out FILE.zip

  Makes one archive of a record, or of a redacted edition of one, for whoever will not take a PDF alone: the record, everything
  that is attached to it, its checkpoint, a report as plain text, the page that checks it, and a manifest with a hash for each.
  The record is verified first. Nothing in the archive is packed: any program that opens a zip opens it.
${TRUST_HELP}
Exit code: 0 written, 1 not, 2 the input cannot be used.`;

/** `claviger record pack`. */
export async function packCommand(args: readonly string[]): Promise<ExitCode> {
  const { values, rest } = readArguments(args, { valued: [...TRUST_OPTIONS, "out"], flags: [], usage: PACK_USAGE });
  const [file, ...more] = rest;
  const { out } = values;
  if (file === undefined || more.length > 0 || out === undefined) throw new Unusable(PACK_USAGE);
  const [record, recorder] = [bytesOf(file), trustedRecorder(values, PACK_USAGE)];
  const before = await good(record, recorder, "Nothing was written: this is no record that holds");
  const pack = await packOf(record);
  await good(pack, recorder, "Nothing was written: what came of it does not verify");
  writeNew(out, pack);
  const mode = before.about?.mode === "rehearsal" ? " --rehearsal" : "";
  console.log(`${out} is written. It is checked with: claviger verify ${out}${before.edition ? " --redacted" : ""}${mode} ${trustTyped(values)}`);
  return 0;
}

async function packOf(record: Uint8Array): Promise<Uint8Array> {
  const parts = await packedParts(record, { verifier: webCryptoVerifier, inflate });
  if (!parts) throw new NotDone("Nothing was written: the transcript inside cannot be decided.");
  return evidencePack(parts, book);
}

/** Which ceremony it was makes no difference here, nor whether something is withheld. */
async function good(file: Uint8Array, recorder: TrustedRecorder, otherwise: string): Promise<Verification> {
  const ports = { verifier: webCryptoVerifier, inflate };
  const first = await verifyFile(file, recorder, ports);
  const verified = first.about?.mode === "rehearsal" ? await verifyFile(file, recorder, { ...ports, mode: "rehearsal" }) : first;
  const bad = verified.checks.find(({ ok }) => !ok);
  if (verified.verdict === "bad") throw new NotDone(`${otherwise} (${bad ? `${bad.name}: ${printable(bad.reason)}` : "no check held"}).`);
  return verified;
}
