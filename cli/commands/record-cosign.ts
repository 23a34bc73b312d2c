import { statSync } from "node:fs";
import { CoSignFault, cosignRecord, outsideSigner } from "#lib/pdf/cosign-record";
import type { PdfSigner } from "#lib/pdf/pades-cms";
import type { TrustedRecorder } from "#lib/record/trusted-recorder";
import { verifyRecord } from "#lib/record/verify-record";
import { inflate } from "#lib/webcrypto/inflate";
import { webCryptoVerifier } from "#lib/webcrypto/web-crypto-verifier";
import { Malformed } from "#lib/x509/malformed";
import { NotDone, readArguments, Unusable, type ExitCode } from "./command";
import { bytesOf, writeNew } from "./given-files";
import { TRUST_HELP, TRUST_LINE, TRUST_OPTIONS, trustedRecorder } from "./trust-arguments";

export const COSIGN_USAGE = `claviger record cosign RECORD.pdf ${TRUST_LINE}
                       --key KEY.pem --certificate CERTIFICATES.pem --out FILE.pdf

  The signature of an outside party over the whole of a sealed record, with their own key. Read the record first. It is
  verified before and after; not one byte of it changes. Verifiers then say who signed, and that nothing else rests on it.
${TRUST_HELP}
  --key          your private key, on P-256 or RSA, in PEM form and not encrypted; a file that nobody else may read
  --certificate  its certificate in PEM form and, behind it in the same file, those above
Exit code: 0 written, 1 not, 2 the input cannot be used.`;

/** `claviger record cosign`. */
export async function cosignCommand(args: readonly string[]): Promise<ExitCode> {
  const { values, rest } = readArguments(args, { valued: [...TRUST_OPTIONS, "key", "certificate", "out"], flags: [], usage: COSIGN_USAGE });
  const [record, ...more] = rest;
  const { key, certificate, out } = values;
  if (record === undefined || more.length > 0) throw new Unusable(COSIGN_USAGE);
  if (key === undefined || certificate === undefined || out === undefined) {
    throw new Unusable(`--key, --certificate and --out are needed.\n\n${COSIGN_USAGE}`);
  }
  const recorder = trustedRecorder(values, COSIGN_USAGE);
  const now = new Date();
  const signer = signerIn(key, certificate, now);
  const before = bytesOf(record);
  await mustVerify(before, recorder, "Nothing was signed: this is no record that verifies");
  const file = await cosignRecord(before, signer, now);
  const signed = await mustVerify(file, recorder, "Nothing was written: what came of it does not verify");
  writeNew(out, file);
  console.log(`${out} is written. Signed by ${signed}.`);
  return 0;
}

/** A key that others can read is nobody's signature. */
function signerIn(key: string, certificate: string, now: Date): PdfSigner {
  const text = (file: string) => new TextDecoder().decode(bytesOf(file));
  const pem = text(key);
  if ((statSync(key).mode & 0o077) !== 0) throw new Unusable(`${key} can be read by others than its owner: chmod 600 ${key}`);
  try {
    return outsideSigner(pem, text(certificate), now);
  } catch (fault) {
    if (!(fault instanceof CoSignFault || fault instanceof Malformed)) throw fault;
    throw new Unusable(`${key} and ${certificate} cannot sign: ${fault.message}.`);
  }
}

/** Who signed beside the recorder; throws when the verifier calls it bad. Which kind of ceremony it was makes no difference here. */
async function mustVerify(file: Uint8Array, recorder: TrustedRecorder, otherwise: string): Promise<string> {
  const ports = { verifier: webCryptoVerifier, inflate };
  const production = await verifyRecord(file, recorder, ports);
  const { verdict, checks } = production.about?.mode === "rehearsal" ? await verifyRecord(file, recorder, { ...ports, mode: "rehearsal" }) : production;
  const bad = checks.find(({ ok }) => !ok);
  if (verdict === "bad") throw new NotDone(`${otherwise} (${bad ? `${bad.name}: ${bad.reason}` : "no check held"}).`);
  return checks.find(({ name }) => name === "outside-signatures")?.reason ?? "";
}
