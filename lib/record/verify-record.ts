import type { Ceremony } from "../ceremony/ceremony";
import type { SignatureVerifier } from "../ceremony/signature-verifier";
import { sha256Hex } from "../log/digest";
import { LOG_PROOF_FILE } from "../log/log-proof";
import { book } from "../operations/book";
import { readCertificate } from "../x509/certificate";
import { anchorsOf, conclusionsFrom, type Anchor, type Conclusion } from "./conclusions";
import type { NamedEvidence } from "./evidence-named";
import { ageCheck } from "./ageing";
import { readAttachments, type Inflate, type PdfAttachment } from "./pdf-attachments";
import { pagesWithoutHash, printedText } from "./printed-text";
import type { PdfFile } from "./read-pdf";
import { ATTESTATIONS_FILE, attestationsCheck } from "./authenticator-attestations";
import { attachmentsCheck, MANIFESTED_FILES, RECORD_FILES } from "./record-files";
import { manifestCheck } from "./record-manifest";
import { partsCheck } from "./record-parts";
import type { EditionSaid } from "./edition";
import { redrawnCheck, type Redraw } from "./redraw";
import { TRANSCRIPT_FILE } from "./transcript";
import { broughtBySeal, foundRecorder, revocationCheck, type TrustedRecorder } from "./trusted-recorder";
import { verifySeal, type SealVerdict } from "./verify-seal";
import { NO_LOG_TRUST, verifyLogProofs, type LogTrust } from "./verify-log-proof";
import { verifyStamps } from "./verify-stamps";
import { undecided, verifyTranscript, type Check, type DecidedTranscript } from "./verify-transcript";

/** What an auditor is told: yes or no, and why. Plain JSON. */
export type Verification = {
  readonly v: "claviger/verification/v1";
  /** Good only when every check is. A redacted edition of which every check is good is that, and no record. */
  readonly verdict: "good" | "good-redacted" | "bad";
  readonly recordSha256: string;
  /** SHA-256 of the certificate the auditor brought, the recorder's or an organisation's: the one thing this verdict rests on. */
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
  /** Of a redacted edition: the record it says it was made from, and every field that is withheld. Null for a record. */
  readonly edition: EditionSaid | null;
  /** SHA-256 of the evidence pack that it came in; null where it came alone. */
  readonly pack: string | null;
  readonly sealedAt: { readonly at: string; readonly by: string } | null;
  /** The files that the record names as evidence: their bytes are not in it. */
  readonly evidence: readonly NamedEvidence[];
  readonly checks: readonly Check[];
  /** What was not examined, and why: another verifier may find more there than this one. */
  readonly limits: readonly string[];
  /** Everything that was believed without being checked: what the auditor brought. */
  readonly anchors: readonly Anchor[];
  /** What follows from the checks, and which of the anchors and of the record's own assumptions each of it rests on. */
  readonly conclusions: readonly Conclusion[];
};

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
  /** The day on which it is asked, in milliseconds: what has ended since proves nothing any more. Not asked where it is not said. */
  readonly now?: number;
  /** What the auditor takes it for; production when it is not said. A record of the other kind is not good. */
  readonly mode?: Ceremony["mode"];
  /** Certificates of time-stamp authorities that the auditor trusts, DER. */
  readonly timeStampAnchors?: readonly Uint8Array[];
  readonly requireTimeStamp?: boolean;
  /** What the auditor brings about transparency logs; nothing when it is not there. */
  readonly log?: LogTrust;
  readonly progress?: Progress;
  /** What draws pages, where there is something that does. */
  readonly redraw?: Redraw;
};

/**
 * Checks one record against the recorder the auditor trusts and nothing else: the seal first, then, from the sealed bytes
 * only, the transcript inside, decided anew by the rule book. Total: never throws for what is in the file.
 */
export async function verifyRecord(pdf: Uint8Array, recorder: TrustedRecorder, ports: RecordPorts): Promise<Verification> {
  const { timeStampAnchors = [], requireTimeStamp = false, log = NO_LOG_TRUST, verifier } = ports;
  const brought = broughtBySeal(pdf);
  const { anchor, certificate: trustAnchor, checks: trusted } = await foundRecorder(recorder, brought, verifier);
  const told = tellEach(ports.progress?.told);
  const seal = trustAnchor ? await verifySeal(pdf, { trustAnchor, verifier, timeStampAnchors, requireTimeStamp, inflate: ports.inflate, byOrganisation: anchor.kind === "organisation" }) : NOTHING_SEALED;
  const asked = seal.sealed ? revocationCheck(anchor, brought, seal.stampsShownGood, seal.stampsRevoked) : [];
  const aged = seal.sealed && ports.now !== undefined ? ageCheck(pdf, ports.now) : [];
  told([...trusted, ...seal.checks, ...asked, ...aged]);
  const { sealed } = seal;
  const { checks: decided, ceremony, evidence, entries } = sealed && trustAnchor ? await verifyInside(sealed, trustAnchor, ports) : undecided([]);
  const shown = { good: seal.stampsShownGood, revoked: seal.stampsRevoked };
  const stamps = ceremony ? await verifyStamps(entries, ceremony, timeStampAnchors, verifier, shown) : { checks: [], authorities: [] };
  const inside = [...decided, ...stamps.checks];
  told(inside);
  const paper = sealed && ceremony ? await onPaper(sealed, ceremony, seal.sealedAt?.at ?? null, ports) : [];
  told(paper);
  const checks: readonly Check[] = [...trusted, ...seal.checks, ...asked, ...aged, ...inside, ...paper];
  return {
    v: "claviger/verification/v1",
    verdict: ceremony && checks.every((check) => check.ok) ? "good" : "bad",
    recordSha256: sha256Hex(pdf),
    trustAnchor: anchor.sha256,
    about: ceremony && aboutIn(ceremony),
    edition: null,
    pack: null,
    sealedAt: seal.sealedAt && { at: new Date(seal.sealedAt.at).toISOString(), by: seal.sealedAt.by },
    evidence,
    checks,
    limits: checks.flatMap(({ examined, reason }) => (examined === false ? [reason] : [])),
    anchors: anchorsOf({ recorder: anchor, timeStampAnchors, witnesses: log.witnesses }),
    conclusions: conclusionsFrom(checks, { seal: seal.authorities, entries: stamps.authorities }),
  };
}

export const aboutIn = ({ id, title, mode, scriptHash, head, closed }: Ceremony): NonNullable<Verification["about"]> =>
  ({ ceremony: id, title, mode, script: scriptHash, head: head.hash, result: closed?.result ?? null });

export const tellEach = (told: Progress["told"]) => (checks: readonly Check[]): void => checks.forEach((check) => told?.(check));

/** Nothing can be checked against a certificate that nobody has. */
const NOTHING_SEALED: SealVerdict = { checks: [], sealed: null, sealedAt: null, authorities: [], stampsShownGood: [], stampsRevoked: new Map() };

async function verifyInside(sealed: PdfFile, trustAnchor: Uint8Array, ports: RecordPorts): Promise<DecidedTranscript> {
  const { inflate } = ports;
  const missing = (reason: string) => undecided([{ name: "transcript", ok: false, reason }]);
  let attached: ReadonlyMap<string, PdfAttachment>;
  try {
    attached = await readAttachments(sealed, inflate);
  } catch (fault) {
    return missing(`The attached files cannot be read: ${fault instanceof Error ? fault.message : "unreadable"}.`);
  }
  return verifyAttached(attached, { known: RECORD_FILES, sealed: true }, trustAnchor, ports);
}

/** Decides the transcript among these files, which may be those known and no others, and what is proved of it. */
export async function verifyAttached(
  attached: ReadonlyMap<string, PdfAttachment>,
  { known, sealed }: { readonly known: readonly string[]; readonly sealed: boolean },
  trustAnchor: Uint8Array,
  { verifier, mode = "production", log, progress }: Omit<RecordPorts, "inflate">,
): Promise<DecidedTranscript> {
  const files = attachmentsCheck(attached, known);
  const transcript = attached.get(TRANSCRIPT_FILE)?.bytes;
  if (!transcript) return undecided([{ name: "transcript", ok: false, reason: `There is no ${TRANSCRIPT_FILE} in the record.` }]);
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
  const listed = manifestCheck(attached, ceremony, MANIFESTED_FILES, sealed);
  const attested = await attestationsCheck(attached.get(ATTESTATIONS_FILE)?.bytes, ceremony, verifier);
  const beside = [listed, partsCheck(attached, decided.told, ceremony), ...attested];
  return { ...decided, checks: [files, ...beside, ...decided.checks, modeCheck(ceremony, mode), ...proved] };
}

/** A rehearsal obeys the same rules, and may be signed by a recorder that is trusted: only that it is one tells it apart. */
function modeCheck({ mode }: Ceremony, taken: Ceremony["mode"]): Check {
  const name = "mode";
  if (mode === taken) return { name, ok: true, reason: `It is the record of a ${mode} ceremony, and was taken for one.` };
  const reason = mode === "rehearsal" ? "This is a REHEARSAL and no evidence of production: nothing it tells of was meant to last." : "This is a production ceremony, and was taken for a rehearsal.";
  return { name, ok: false, reason };
}

const onPaper = async (sealed: PdfFile, ceremony: Ceremony, sealedAt: number | null, { inflate, redraw }: RecordPorts): Promise<Check[]> => [
  await printedHash(sealed, ceremony, inflate),
  await redrawnCheck(sealed, ceremony, redraw ?? null, inflate),
  sealedAfterwards(ceremony, sealedAt),
];

/**
 * People read the pages and verifiers the attachment: both must tell of the same transcript. What else stands on the pages is
 * held to it where they can be drawn again.
 */
export async function printedHash(sealed: PdfFile, { head }: Ceremony, inflate: Inflate): Promise<Check> {
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
