import type { Ceremony } from "../ceremony/ceremony";
import type { SignatureVerifier } from "../ceremony/signature-verifier";
import { sha256Hex } from "../log/digest";
import { LOG_PROOF_FILE } from "../log/log-proof";
import { book } from "../operations/book";
import { readCertificate } from "../x509/certificate";
import { anchorsOf, conclusionsFrom, type Anchor, type Conclusion } from "./conclusions";
import type { NamedEvidence } from "./evidence-named";
import { certificateInSeal } from "./fingerprint";
import { readAttachments, type Inflate, type PdfAttachment } from "./pdf-attachments";
import { pagesWithoutHash, printedText } from "./printed-text";
import type { PdfFile } from "./read-pdf";
import { attachmentsCheck } from "./record-files";
import { TRANSCRIPT_FILE } from "./transcript";
import { verifySeal, type SealVerdict } from "./verify-seal";
import { NO_LOG_TRUST, verifyLogProofs, type LogTrust } from "./verify-log-proof";
import { undecided, verifyTranscript, type Check, type DecidedTranscript } from "./verify-transcript";

/** What an auditor is told: yes or no, and why. Plain JSON. */
export type Verification = {
  readonly v: "claviger/verification/v1";
  /** Good only when every check is. */
  readonly verdict: "good" | "bad";
  readonly recordSha256: string;
  /** SHA-256 of the certificate the auditor brought: the one thing this verdict rests on. */
  readonly trustAnchor: string;
  /** What the record says it is about; null when its transcript could not be decided. */
  readonly about: {
    readonly ceremony: string;
    readonly title: string;
    readonly mode: Ceremony["mode"];
    readonly script: string;
    readonly head: string;
    readonly result: "completed" | "aborted" | null;
  } | null;
  readonly sealedAt: { readonly at: string; readonly by: string } | null;
  /** The files that the record names as evidence: their bytes are not in it. */
  readonly evidence: readonly NamedEvidence[];
  readonly checks: readonly Check[];
  /** Everything that was believed without being checked: what the auditor brought. */
  readonly anchors: readonly Anchor[];
  /** What follows from the checks, and which of the anchors and of the record's own assumptions each of it rests on. */
  readonly conclusions: readonly Conclusion[];
};

/** What the auditor knows the recorder by: its certificate (DER), or the SHA-256 of it out of the minutes, in lower-case hex. */
export type TrustedRecorder = Uint8Array | { readonly sha256: string };

/** How far it is, for whoever waits. */
export type Progress = {
  /** Each check once it is decided. */
  readonly told?: (check: Check) => void;
  /** So many entries of the transcript are decided. */
  readonly decided?: (entries: number, of: number) => void;
};

export type RecordPorts = {
  readonly verifier: SignatureVerifier;
  readonly inflate: Inflate;
  /** What the auditor takes it for; production when it is not said. A record of the other kind is not good. */
  readonly mode?: Ceremony["mode"];
  /** Certificates of time-stamp authorities that the auditor trusts, DER. */
  readonly timeStampAnchors?: readonly Uint8Array[];
  readonly requireTimeStamp?: boolean;
  /** What the auditor brings about transparency logs; nothing when it is not there. */
  readonly log?: LogTrust;
  readonly progress?: Progress;
};

/**
 * Checks one record against the recorder the auditor trusts and nothing else: the seal first, then, from the sealed bytes
 * only, the transcript inside, decided anew by the rule book. Total: never throws for what is in the file.
 */
export async function verifyRecord(pdf: Uint8Array, recorder: TrustedRecorder, ports: RecordPorts): Promise<Verification> {
  const { timeStampAnchors = [], requireTimeStamp = false, log = NO_LOG_TRUST, verifier } = ports;
  const fingerprint = recorder instanceof Uint8Array ? sha256Hex(recorder) : recorder.sha256;
  const trustAnchor = recorder instanceof Uint8Array ? recorder : certificateInSeal(pdf, fingerprint);
  const told = tellEach(ports.progress?.told);
  const seal = trustAnchor ? await verifySeal(pdf, { trustAnchor, verifier, timeStampAnchors, requireTimeStamp }) : withoutAnchor(fingerprint);
  told(seal.checks);
  const { sealed } = seal;
  const { checks: inside, ceremony, evidence } = sealed && trustAnchor ? await verifyInside(sealed, trustAnchor, ports) : undecided([]);
  told(inside);
  const paper = sealed && ceremony ? [await printedHash(sealed, ceremony, ports.inflate), sealedAfterwards(ceremony, seal.sealedAt?.at ?? null)] : [];
  told(paper);
  const checks = [...seal.checks, ...inside, ...paper];
  const brought = recorder instanceof Uint8Array ? "whole" : "fingerprint";
  return {
    v: "claviger/verification/v1",
    verdict: ceremony && checks.every((check) => check.ok) ? "good" : "bad",
    recordSha256: sha256Hex(pdf),
    trustAnchor: fingerprint,
    about: ceremony && {
      ceremony: ceremony.id,
      title: ceremony.title,
      mode: ceremony.mode,
      script: ceremony.scriptHash,
      head: ceremony.head.hash,
      result: ceremony.closed?.result ?? null,
    },
    sealedAt: seal.sealedAt && { at: new Date(seal.sealedAt.at).toISOString(), by: seal.sealedAt.by },
    evidence,
    checks,
    anchors: anchorsOf({ recorder: { sha256: fingerprint, brought }, timeStampAnchors, witnesses: log.witnesses }),
    conclusions: conclusionsFrom(checks, { stamped: seal.sealedAt?.by === "time-stamp authority" }),
  };
}

const tellEach = (told: Progress["told"]) => (checks: readonly Check[]): void => checks.forEach((check) => told?.(check));

/** Nothing can be checked against a certificate that nobody has. */
function withoutAnchor(fingerprint: string): SealVerdict {
  const reason = `the seal brings no certificate with the fingerprint you trust, ${fingerprint}, or there is no seal`;
  return { checks: [{ name: "trust-anchor", ok: false, reason }], sealed: null, sealedAt: null };
}

async function verifyInside(sealed: PdfFile, trustAnchor: Uint8Array, { verifier, inflate, mode = "production", log, progress }: RecordPorts): Promise<DecidedTranscript> {
  const missing = (reason: string) => undecided([{ name: "transcript", ok: false, reason }]);
  let attached: ReadonlyMap<string, PdfAttachment>;
  try {
    attached = await readAttachments(sealed, inflate);
  } catch (fault) {
    return missing(`The attached files cannot be read: ${fault instanceof Error ? fault.message : "unreadable"}.`);
  }
  const files = attachmentsCheck(attached);
  const transcript = attached.get(TRANSCRIPT_FILE)?.bytes;
  if (!transcript) return missing(`There is no ${TRANSCRIPT_FILE} in the record.`);
  const decided = await verifyTranscript(transcript, trustAnchor, {
    verifier,
    book,
    recheckSignatures: async (one, port) => (await book.find(one.request.operation)?.recheckSignatures?.(one.outcome, port, one.request)) ?? [],
    ...(progress?.decided && { decided: progress.decided }),
  });
  const { ceremony, hashes } = decided;
  if (!ceremony) return { ...decided, checks: [files, ...decided.checks] };
  const entries = { ceremony: ceremony.id, mode: ceremony.mode, hashes };
  const proof = attached.get(LOG_PROOF_FILE)?.bytes ?? null;
  const proved = await verifyLogProofs(proof, entries, readCertificate(trustAnchor).spki, log ?? NO_LOG_TRUST, verifier);
  return { ...decided, checks: [files, ...decided.checks, modeCheck(ceremony, mode), ...proved] };
}

/** A rehearsal obeys the same rules, and may be signed by a recorder that is trusted: only that it is one tells it apart. */
function modeCheck({ mode }: Ceremony, taken: Ceremony["mode"]): Check {
  const name = "mode";
  if (mode === taken) return { name, ok: true, reason: `It is the record of a ${mode} ceremony, and was taken for one.` };
  const reason = mode === "rehearsal" ? "This is a REHEARSAL and no evidence of production: nothing it tells of was meant to last." : "This is a production ceremony, and was taken for a rehearsal.";
  return { name, ok: false, reason };
}

/**
 * People read the pages and verifiers the attachment: both must tell of the same transcript. What else stands on the pages is
 * the word of the sealer, who drew them from it.
 */
async function printedHash(sealed: PdfFile, { head }: Ceremony, inflate: Inflate): Promise<Check> {
  const name = "printed-hash";
  let pages: string[];
  try {
    pages = await printedText(sealed, inflate);
  } catch (fault) {
    return { name, ok: false, reason: `The pages cannot be read: ${fault instanceof Error ? fault.message : "unreadable"}.` };
  }
  const without = pagesWithoutHash(pages, head.hash);
  if (pages.length === 0 || without.length > 0) {
    return { name, ok: false, reason: `The hash of the attached transcript is not printed on page ${without.join(", ") || "one, for there is none"}.` };
  }
  return { name, ok: true, reason: `Each of ${String(pages.length)} pages prints the hash of the attached transcript.` };
}

/** A seal from before the last entry could not have seen it. Whole seconds: a PDF's signing time has no finer ones. */
function sealedAfterwards({ closed }: Ceremony, sealedAt: number | null): Check {
  const name = "sealed-after-closing";
  const ended = closed ? Math.floor(Date.parse(closed.at) / 1000) * 1000 : null;
  if (ended === null || sealedAt === null) return { name, ok: false, reason: "There is no time of closing or of sealing to compare." };
  if (sealedAt < ended) return { name, ok: false, reason: "The record was sealed before the ceremony it tells of was closed." };
  return { name, ok: true, reason: `Closed at ${new Date(ended).toISOString()}, sealed at ${new Date(sealedAt).toISOString()}.` };
}
