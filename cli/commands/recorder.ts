import { sha256Hex, utf8 } from "#lib/log/digest";
import { webCryptoVerifier } from "#lib/webcrypto/web-crypto-verifier";
import { readCertificate } from "#lib/x509/certificate";
import { extendedKeyUsage, keyUsage } from "#lib/x509/certificate-builder";
import { createCertificationRequest } from "#lib/x509/certification-request";
import { distinguishedName, nameInWords } from "#lib/x509/distinguished-name";
import { Malformed } from "#lib/x509/malformed";
import { OID } from "#lib/x509/object-identifiers";
import { allFromPem, toPem } from "#lib/x509/pem";
import { WorkerMemory } from "#worker/memory";
import { judgedChain } from "#worker/organisation-chain";
import { findRecorder } from "#worker/own-keys";
import { signAsRecorder } from "#worker/recorder";
import { inFours, NotDone, readArguments, Unusable, type ExitCode } from "./command";
import { bytesOf, writeNew } from "./given-files";
import { printable } from "./printable";
import { withToken, workerEnv } from "./worker-console";

const USAGE = `claviger recorder request --out FILE.csr
claviger recorder certify FILE.pem…

  An organisation's authority certifies the recorder's key, so that PDF readers of the house know the seal, and auditors may trust
  the organisation's root and the recorder's name in place of its fingerprint. What was sealed before stays as good as it was.
  request   a PKCS #10 request, signed by the recorder's key inside the token, under the name in CLAVIGER_RECORDER_SUBJECT, or else
            that of the recorder's own certificate. The authority must issue it for digital signature and non-repudiation, for the
            purposes document signing (RFC 9336) and e-mail protection, and that name to no other key
  certify   takes what the authority issued, with every certificate up to and with its root, in PEM files; checks it, and keeps it in
            the worker's state folder. The worker takes the newest that is good and by the root and under the name in its environment,
            which this prints: put them there, and start it anew. No PIN is asked for; run it on the host of each worker of the token`;

/** `claviger recorder`: the recorder's key and an organisation's certificate of it. */
export async function recorderCommand(args: readonly string[]): Promise<ExitCode> {
  const { values, rest } = readArguments(args, { valued: ["out"], flags: [], usage: USAGE });
  const [act, ...files] = rest;
  if (act === "request" && values.out !== undefined && files.length === 0) return request(values.out);
  if (act === "certify" && values.out === undefined && files.length > 0) return certify(files);
  throw new Unusable(USAGE);
}

async function request(out: string): Promise<ExitCode> {
  const env = workerEnv();
  const memory = new WorkerMemory(env.stateFolder);
  const made = await withToken(env.token, async (token) => {
    const recorder = await findRecorder(token, memory);
    if (!recorder) throw new NotDone("There is no recorder yet. Make it first: claviger init");
    const subject = env.recorderSubject ? distinguishedName(env.recorderSubject) : readCertificate(recorder.certificate).subject;
    const sign = (bytes: Uint8Array) => signAsRecorder(token, bytes);
    const extensions = [keyUsage(["digitalSignature", "nonRepudiation"]), extendedKeyUsage([OID.documentSigning, OID.emailProtection])];
    const der = await createCertificationRequest({ subject, spki: recorder.spki, algorithm: "ES256", sign, extensions });
    return { der, subject, spki: recorder.spki };
  });
  writeNew(out, utf8(toPem("CERTIFICATE REQUEST", made.der)));
  console.log([
    `${out} is written: a request for a certificate of the recorder's key.`,
    `Name          ${printable(nameInWords(made.subject))}`,
    `Recorder key  ${inFours(sha256Hex(made.spki))}`,
    "Let the authority compare that hash of the key with the one in the minutes. Then: claviger recorder certify",
  ].join("\n"));
  return 0;
}

async function certify(files: readonly string[]): Promise<ExitCode> {
  const env = workerEnv();
  const memory = new WorkerMemory(env.stateFolder);
  const own = memory.certificate("trust-anchor");
  if (!own) throw new NotDone("There is no recorder yet. Make it first: claviger init");
  const judged = await judgedChain(files.flatMap(certificatesIn), readCertificate(own).spki, new Date(), webCryptoVerifier);
  if (typeof judged === "string") throw new NotDone(`Nothing was kept: ${printable(judged)}.`);
  const { chain, end, root } = judged;
  memory.toTell({ what: "organisation-certificate", sha256: sha256Hex(end.der) });
  const kept = memory.keepOrganisationChain(chain);
  const forReaders = end.extendedKeyUsage?.purposes.includes(OID.emailProtection) === true;
  console.log([
    `${kept} is written; good until ${new Date(end.notAfter).toISOString()}.`,
    ...(forReaders ? [] : ["It is not for e-mail protection: PDF readers that ask NSS (Okular, Evince, pdfsig) will not call such a seal trusted."]),
    "The worker seals under it once its environment names both of these, and no other root or name. They go into the minutes too, for everybody who",
    "is to check records by the organisation's root:",
    `CLAVIGER_ORGANISATION_ROOT  ${inFours(sha256Hex(root.der))}`,
    `CLAVIGER_CERTIFIED_AS       ${printable(nameInWords(end.subject))}`,
  ].join("\n"));
  return 0;
}

function certificatesIn(file: string): Uint8Array[] {
  try {
    return allFromPem(new TextDecoder().decode(bytesOf(file)), "CERTIFICATE");
  } catch (fault) {
    if (!(fault instanceof Malformed)) throw fault;
    throw new Unusable(`${file} holds no certificates in PEM form (${fault.message}).`);
  }
}
