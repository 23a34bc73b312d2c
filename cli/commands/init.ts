import { hex, sha256, sha256Hex } from "#lib/log/digest";
import { hashWords } from "#lib/log/words";
import { WorkerMemory } from "#worker/memory";
import { makeRecorder } from "#worker/own-keys";
import { inFours, inLines, NotDone, readArguments, Unusable, type ExitCode } from "./command";
import { withToken, workerEnv } from "./worker-console";

const USAGE = `claviger init [--organisation NAME] [--json]

  Makes this worker's recorder key and record-signing key inside the token, and their certificates in the worker's
  state folder. Run it again after any interruption: what is there stays. Write the fingerprint into the minutes.`;

/** `claviger init`: the first act on a worker's host. */
export async function initCommand(args: readonly string[]): Promise<ExitCode> {
  const { values, flags, rest } = readArguments(args, { valued: ["organisation"], flags: ["json"], usage: USAGE });
  if (rest.length > 0) throw new Unusable(USAGE);
  const env = workerEnv();
  const memory = new WorkerMemory(env.stateFolder);
  const organisation = values.organisation?.normalize("NFC").trim() ?? null;
  const made = await withToken(env.token, (token) => makeRecorder(token, memory, organisation, new Date()));
  if (!made.ok) throw new NotDone(`The token refused to make the keys: ${made.refusal.reason} ${JSON.stringify(made.refusal.facts)}`);

  const { certificate, recordSigningCertificate, spki } = made.value;
  const fingerprint = sha256(certificate);
  const trustAnchor = memory.certificatePath("trust-anchor");
  if (flags.has("json")) {
    console.log(JSON.stringify({ fingerprint: hex(fingerprint), words: hashWords(fingerprint), trustAnchor, recordSigning: sha256Hex(recordSigningCertificate), serial: env.token.serial }));
    return 0;
  }
  console.log(
    [
      `The recorder of token ${env.token.serial ?? env.token.label} is ready.`,
      "",
      "SHA-256 of its certificate, the trust anchor; for the minutes:",
      `  ${inFours(hex(fingerprint))}`,
      inLines(hashWords(fingerprint)),
      "",
      `Recorder key      ${sha256Hex(spki)}`,
      `Record signing    ${sha256Hex(recordSigningCertificate)}`,
      `Trust anchor      ${trustAnchor}`,
      "",
      "Give that file to everybody who is to check records. Next: claviger roster trust",
    ].join("\n"),
  );
  return 0;
}
