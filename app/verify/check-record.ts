import type { Mode } from "#lib/ceremony/roles";
import { StreamedHash } from "#lib/log/streamed-hash";
import { NOTE_COSIGNATURE, readVkey, type NoteKey } from "#lib/log/note";
import { compareEvidence, withEvidence, type FileAtHand } from "#lib/record/compare-evidence";
import { readFingerprint } from "#lib/record/fingerprint";
import { verifyFile } from "#lib/record/verify-file";
import type { TrustedRecorder } from "#lib/record/trusted-recorder";
import type { Progress, Verification } from "#lib/record/verify-record";
import { inflate } from "#lib/webcrypto/inflate";
import { webCryptoVerifier } from "#lib/webcrypto/web-crypto-verifier";
import { readCertificate } from "#lib/x509/certificate";
import { Malformed } from "#lib/x509/malformed";
import { fromPem } from "#lib/x509/pem";

/** What somebody gave the page, as they typed and chose it. */
export type Given = {
  readonly record: Uint8Array;
  /** Fingerprint or certificate: of the recorder, or of the root of an organisation. */
  readonly recorder: string;
  /** The name under which that organisation certifies the recorder; empty where the recorder itself is known. */
  readonly certifiedAs: string;
  /** What kind of ceremony it must be the record of. */
  readonly mode: Mode;
  /** Certificates in PEM form, with the names of their files. */
  readonly authorities: readonly { readonly file: string; readonly pem: string }[];
  readonly log: string;
  readonly logProof: Uint8Array | null;
  readonly witnesses: string;
  readonly evidence: readonly File[];
};

/** Something given that cannot be used: said by its key, and nothing was checked. */
export class Unusable extends Error {
  constructor(
    readonly key: string,
    readonly values: Readonly<Record<string, string>> = {},
  ) {
    super(key);
  }
}

export type Hearing = Progress & { readonly hashing?: (file: string, percent: number) => void };

/**
 * Checks a record, or what was made of one, with the code that the command line uses, and with the same ports. Throws `Unusable` for what was typed; never
 * for what is in the file.
 */
export async function checkRecord(given: Given, hearing: Hearing = {}): Promise<Verification> {
  const timeStampAnchors = given.authorities.map(({ file, pem }) => certificateIn(pem) ?? unusable("badAuthority", { file }));
  const required = given.log.trim() === "" ? null : given.log.trim();
  const verification = await verifyFile(given.record, recorderIn(given), {
    verifier: webCryptoVerifier,
    inflate,
    mode: given.mode,
    now: Date.now(),
    timeStampAnchors,
    requireTimeStamp: timeStampAnchors.length > 0,
    log: { required, brought: given.logProof, witnesses: witnessesIn(given.witnesses) },
    progress: hearing,
  });
  if (given.evidence.length === 0) return verification;
  const atHand: FileAtHand[] = [];
  for (const file of given.evidence) atHand.push({ file: file.name, sha256: await hashOf(file, hearing) });
  const check = compareEvidence(atHand, verification.evidence);
  hearing.told?.(check);
  return withEvidence(verification, check);
}

function unusable(...said: ConstructorParameters<typeof Unusable>): never {
  throw new Unusable(...said);
}

function recorderIn({ recorder: typed, certifiedAs }: Given): TrustedRecorder {
  if (typed.trim() === "") return unusable("noRecorder");
  const sha256 = readFingerprint(typed);
  const known = sha256 === null ? (certificateIn(typed) ?? unusable("badRecorder")) : { sha256 };
  const name = certifiedAs.trim();
  return name === "" ? known : { organisation: known, name };
}

function certificateIn(pem: string): Uint8Array | null {
  try {
    const der = fromPem(pem, "CERTIFICATE");
    readCertificate(der);
    return der;
  } catch (fault) {
    if (fault instanceof Malformed) return null;
    throw fault;
  }
}

const witnessesIn = (typed: string): NoteKey[] =>
  typed.split("\n").flatMap((line) => {
    const text = line.trim();
    if (text === "") return [];
    const key = readVkey(text);
    return [key?.kind === NOTE_COSIGNATURE ? key : unusable("badWitness", { key: text })];
  });

/** Part by part: a film of many GB takes no more memory than a photograph. */
async function hashOf(file: File, { hashing }: Hearing): Promise<string> {
  const hash = new StreamedHash();
  let read = 0;
  const reader = file.stream().getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    hash.update(next.value);
    read += next.value.length;
    hashing?.(file.name, Math.floor((100 * read) / Math.max(1, file.size)));
  }
  return hash.end();
}
