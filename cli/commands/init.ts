import { readFileSync } from "node:fs";
import path from "node:path";
import { MODES } from "#lib/ceremony/roles";
import { hex, sha256, sha256Hex } from "#lib/log/digest";
import { logOriginOf } from "#lib/log/origin";
import { hashWords } from "#lib/log/words";
import { openDatabase } from "#lib/store/database";
import { publishCertificates, publishedCertificates } from "#lib/store/recorder-certificates";
import { isUnreachable } from "#lib/store/store-fault";
import { webCryptoVerifier } from "#lib/webcrypto/web-crypto-verifier";
import { fromPem } from "#lib/x509/pem";
import { Malformed } from "#lib/x509/malformed";
import type { WorkerEnv } from "#worker/env";
import type { CertificatePair } from "#worker/known-certificates";
import { beginLogs, logMemory } from "#worker/log/log-memory";
import { WorkerMemory } from "#worker/memory";
import { isRecorderOn, makeRecorder, type MakingRefusal } from "#worker/own-keys";
import type { Recorder } from "#worker/recorder";
import { inFours, inLines, NotDone, readArguments, Unusable, type ExitCode } from "./command";
import { withToken, workerEnv } from "./worker-console";

const USAGE = `claviger init [--organisation NAME] [--from FOLDER] [--new-certificate] [--json]

  Makes this worker's recorder key and record-signing key inside the token, and their certificates in the worker's
  state folder. Run it again after any interruption: what is there stays. Write the fingerprint into the minutes.
  Where another worker made the keys, its certificates are taken from the database, once the keys on the token prove them.
  --from FOLDER       takes them from a folder instead: trust-anchor.pem and record-signing.pem
  --new-certificate   makes a second trust anchor for keys that are there, when the first is lost for good`;

/** `claviger init`: the first act on a worker's host. */
export async function initCommand(args: readonly string[]): Promise<ExitCode> {
  const options = { valued: ["organisation", "from"], flags: ["json", "new-certificate"], usage: USAGE } as const;
  const { values, flags, rest } = readArguments(args, options);
  if (rest.length > 0 || (values.from !== undefined && flags.has("new-certificate"))) throw new Unusable(USAGE);
  const env = workerEnv();
  const memory = new WorkerMemory(env.stateFolder);
  const organisation = values.organisation?.normalize("NFC").trim() ?? null;
  const now = new Date();
  if (flags.has("new-certificate")) memory.noteMakingRecorder(now.toISOString());
  const { from } = values;
  const find = () => (from === undefined ? published(env) : Promise.resolve(pairIn(from)));
  const elsewhere = { verifier: webCryptoVerifier, find };
  const { made, isNew } = await withToken(env.token, async (token) => {
    const wasThere = await isRecorderOn(token);
    return { made: await makeRecorder(token, memory, organisation, now, elsewhere), isNew: !wasThere };
  });
  if (!made.ok) throw new NotDone(refusalSentence(made.refusal, env));
  // A key that was made just now has signed no log yet: this is the first leaf's own beginning, and nobody has to be asked.
  if (isNew && env.log) beginLogs(logMemory(env.stateFolder), env.log.origin);
  // Told again at each run, so that one that ended here hides nothing; the audit trail says it once.
  memory.toTell({ what: "recorder", sha256: sha256Hex(made.value.certificate) });
  await publish(env, made.value);
  report(made.value, memory.certificatePath("trust-anchor"), env, flags.has("json"));
  return 0;
}

function report(recorder: Recorder, trustAnchor: string, { token, log, stateFolder }: WorkerEnv, json: boolean): void {
  const { certificate, recordSigningCertificate, spki } = recorder;
  const fingerprint = sha256(certificate);
  const hasLogs = MODES.every((mode) => !log || logMemory(stateFolder).recall(logOriginOf(log.origin, mode)) !== null);
  const [words, recordSigning] = [hashWords(fingerprint), sha256Hex(recordSigningCertificate)];
  if (json) {
    console.log(JSON.stringify({ fingerprint: hex(fingerprint), words, trustAnchor, recordSigning, serial: token.serial }));
    return;
  }
  console.log(
    [
      `The recorder of token ${token.serial ?? token.label} is ready.`,
      "",
      "SHA-256 of its certificate, the trust anchor; for the minutes:",
      `  ${inFours(hex(fingerprint))}`,
      inLines(words),
      "",
      `Recorder key      ${sha256Hex(spki)}`,
      `Record signing    ${recordSigning}`,
      `Trust anchor      ${trustAnchor}`,
      "",
      `Give that file to everybody who is to check records. Next: claviger roster trust${hasLogs ? "" : ", and claviger log trust"}`,
    ].join("\n"),
  );
}

/** What other workers of the token published; they are to be proved by the keys on it. */
const published = (env: WorkerEnv): Promise<CertificatePair[]> =>
  withDatabase(env, (db) => publishedCertificates(db, env.token.serial ?? ""));

function publish(env: WorkerEnv, { certificate: trustAnchor, recordSigningCertificate: recordSigning }: Recorder): Promise<void> {
  return withDatabase(env, (db) => publishCertificates(db, { tokenSerial: env.token.serial ?? "", trustAnchor, recordSigning }));
}

async function withDatabase<T>(env: WorkerEnv, use: (db: ReturnType<typeof openDatabase>) => Promise<T>): Promise<T> {
  const db = openDatabase(env.databaseUrl, { connections: 1, name: "claviger-init" });
  try {
    return await use(db);
  } catch (fault) {
    if (!isUnreachable(fault)) throw fault;
    const why = "The database does not answer, where the workers of a token find its recorder's certificates.";
    throw new NotDone(`${why} Run this again when it does.`);
  } finally {
    await db.$disconnect();
  }
}

/** The pair in a folder, such as another worker's state folder. */
function pairIn(folder: string): CertificatePair[] {
  const read = (name: string) => fromPem(readFileSync(path.join(folder, name), "utf8"), "CERTIFICATE");
  try {
    return [{ trustAnchor: read("trust-anchor.pem"), recordSigning: read("record-signing.pem") }];
  } catch (fault) {
    const code = fault instanceof Error && "code" in fault ? String(fault.code) : "unreadable";
    const why = fault instanceof Malformed ? fault.message : code;
    throw new Unusable(`${folder} does not hold trust-anchor.pem and record-signing.pem (${why}).`);
  }
}

function refusalSentence(refusal: MakingRefusal, { token }: WorkerEnv): string {
  switch (refusal.reason) {
    case "CERTIFICATES-MISSING": {
      const { found, why } = refusal.facts;
      return [
        `The recorder's keys are on token ${token.serial ?? token.label} already; their certificates are not here.`,
        found === 0 ? "None were found elsewhere either." : `Of ${String(found)} found elsewhere none are theirs: ${why ?? ""}.`,
        "Run claviger init once more on the host of the worker that made them: it publishes them in the database.",
        "Or bring its state folder: claviger init --from FOLDER",
        "Only if they are lost for good: claviger init --new-certificate. Open ceremonies then cannot go on.",
      ].join("\n");
    }
    case "TWO-TRUST-ANCHORS":
      return [
        "The recorder key of this token has issued itself more than one certificate. The minutes say which is the trust anchor:",
        ...refusal.facts.fingerprints.map((fingerprint) => `  ${inFours(fingerprint)}`),
        "and bring it from the host of the worker that has it: claviger init --from FOLDER",
      ].join("\n");
    default:
      return `The token refused to make the keys: ${refusal.reason} ${JSON.stringify(refusal.facts)}`;
  }
}
