import { timeStampClient } from "#lib/pdf/time-stamp-client";
import { askOcspResponder, fetchRevocationList } from "#lib/pdf/revocation-client";
import { renewRecord } from "#lib/pdf/renew-record";
import { stampSeal } from "#lib/pdf/stamp-seal";
import type { TrustedRecorder } from "#lib/record/trusted-recorder";
import { verifyRecord } from "#lib/record/verify-record";
import { inflate } from "#lib/webcrypto/inflate";
import { webCryptoVerifier } from "#lib/webcrypto/web-crypto-verifier";
import { NotDone, readArguments, Unusable, type ExitCode } from "./command";
import { bytesOf, certificateIn, writeNew } from "./given-files";
import { cosignCommand } from "./record-cosign";
import { packCommand } from "./record-pack";
import { redactCommand } from "./record-redact";
import { TRUST_HELP, TRUST_LINE, TRUST_OPTIONS, trustedCertificate, trustedRecorder, trustTyped } from "./trust-arguments";

export const RECORD_USAGE = `claviger record stamp RECORD.pdf ${TRUST_LINE} --url TSA-URL
                     [--tsa TSA.pem] [--policy OID] --out FILE.pdf
claviger record renew RECORD.pdf …                             with the same
claviger record redact …                                       an edition with names taken out: claviger record redact
claviger record cosign …                                       the signature of an outside party: claviger record cosign
claviger record pack …                                         everything in it as one archive: claviger record pack

  Makes a sealed record last, on any machine with a network: neither the recorder nor its HSM is needed, and not one
  sealed byte changes. The record is verified before and after; the file that was there stays as it is.
  stamp    one time stamp over the seal of a record from an air-gapped room (PAdES B-T)
  renew    that, where there is none yet; OCSP responses and revocation lists for the certificates in it; and a time
           stamp over the whole (PAdES B-LTA). Again years later, before the last stamp's algorithm or certificate ages
${TRUST_HELP}
  --url    an RFC 3161 time-stamp authority
  --tsa    the certificate its own must lead to, in PEM form. Keep it: verifying asks for it
  --policy the policy it must stamp under
Exit code: 0 written, 1 not, 2 the input cannot be used.`;

/** `claviger record stamp`, `renew`, `redact`, `cosign` and `pack`. */
export async function recordCommand(args: readonly string[]): Promise<ExitCode> {
  if (args[0] === "redact") return redactCommand(args.slice(1));
  if (args[0] === "cosign") return cosignCommand(args.slice(1));
  if (args[0] === "pack") return packCommand(args.slice(1));
  const { values, rest } = readArguments(args, { valued: [...TRUST_OPTIONS, "url", "tsa", "policy", "out"], flags: [], usage: RECORD_USAGE });
  const [what, record, ...more] = rest;
  const { url, tsa, policy, out } = values;
  if ((what !== "stamp" && what !== "renew") || record === undefined || more.length > 0) throw new Unusable(RECORD_USAGE);
  if (url === undefined || out === undefined) throw new Unusable(`--url and --out are needed.\n\n${RECORD_USAGE}`);
  const recorder = trustedRecorder(values, RECORD_USAGE);
  const anchor = tsa === undefined ? null : certificateIn(tsa);
  const before = bytesOf(record);
  await mustBeGood(before, recorder, "Nothing was written: this is no record that could be made to last");
  const anchors = [anchor, trustedCertificate(recorder, before)].filter((one) => one !== null);
  const timeStamp = timeStampClient({ url, verifier: webCryptoVerifier, ...(anchor && { anchor }), ...(policy !== undefined && { policy }) });
  const { file, without } = what === "stamp"
    ? { file: await stampSeal(before, timeStamp), without: [] }
    : await renewRecord(before, { verifier: webCryptoVerifier, inflate, timeStamp, fetchList: fetchRevocationList, askResponder: askOcspResponder, now: () => new Date(), anchors });
  const archive = await mustBeGood(file, recorder, "Nothing was written: what came of it does not verify");
  writeNew(out, file);
  console.log([...without, `${out} is written. ${archive}`, `Verify it with the authority's certificate: claviger verify ${out} ${trustTyped(values)} --tsa ${tsa ?? "TSA.pem"}`].join("\n"));
  return 0;
}

/** Says how long it will last; throws when the verifier calls it bad. Which ceremony it was makes no difference here. */
async function mustBeGood(file: Uint8Array, recorder: TrustedRecorder, otherwise: string): Promise<string> {
  const ports = { verifier: webCryptoVerifier, inflate };
  const production = await verifyRecord(file, recorder, ports);
  const verified = production.about?.mode === "rehearsal" ? await verifyRecord(file, recorder, { ...ports, mode: "rehearsal" }) : production;
  const bad = verified.checks.find(({ ok }) => !ok);
  if (verified.verdict === "bad") throw new NotDone(`${otherwise} (${bad ? `${bad.name}: ${bad.reason}` : "no check held"}).`);
  const told = (name: string) => verified.checks.find((check) => check.name === name)?.reason ?? "";
  return `Time stamp on the seal: ${told("timestamp")}. Over the whole: ${told("archive")}.`;
}
