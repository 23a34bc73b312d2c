import { sha256Hex } from "../log/digest";
import { commit } from "../log/commitment";
import { Malformed } from "../x509/malformed";
import { anchorsOf, conclusionsFrom, EDITION_CONCLUSIONS } from "./conclusions";
import { EDITION_FILE, readEdition, type Edition } from "./edition";
import { endedWhenStamped } from "./ended-when-stamped";
import { countedFields, fieldsOf, type Field } from "./fields";
import { attachmentsNamed, readAttachments, type Inflate, type PdfAttachment } from "./pdf-attachments";
import { activeContentFault } from "./pdf-content";
import { readPdf, resolvedDictionary, type PdfFile } from "./read-pdf";
import { ATTESTATIONS_FILE } from "./authenticator-attestations";
import { RECORD_FILES } from "./record-files";
import { redrawnCheck } from "./redraw";
import { readTranscript, TRANSCRIPT_FILE, type Transcript } from "./transcript";
import { broughtByEntries, foundRecorder, revocationCheck, type TrustedRecorder } from "./trusted-recorder";
import { aboutIn, printedHash, tellEach, verifyAttached, type RecordPorts, type Verification } from "./verify-record";
import { NO_LOG_TRUST } from "./verify-log-proof";
import { UNSTAMPED, verifyStamps } from "./verify-stamps";
import { undecided, type Check } from "./verify-transcript";

/** Every file that a redacted edition may carry. */
const EDITION_FILES: readonly string[] = [...RECORD_FILES.filter((name) => name !== ATTESTATIONS_FILE), EDITION_FILE];

/** A file that says it is a redacted edition, read as far as its attachments. */
export interface ReadEdition {
  readonly pdf: PdfFile;
  readonly attached: ReadonlyMap<string, PdfAttachment>;
}

/**
 * The file as a redacted edition, or null for every other file. What carries a form for a signature is none: whoever seals something
 * is held to the rules of a record, in which there is no such attachment.
 */
export async function asEdition(bytes: Uint8Array, inflate: Inflate): Promise<ReadEdition | null> {
  try {
    const pdf = readPdf(bytes);
    if (resolvedDictionary(pdf, pdf.trailer.entries.get("Root")).entries.has("AcroForm")) return null;
    return attachmentsNamed(pdf).has(EDITION_FILE) ? { pdf, attached: await readAttachments(pdf, inflate) } : null;
  } catch (fault) {
    if (fault instanceof Malformed) return null;
    throw fault;
  }
}

/**
 * Checks a redacted edition against the recorder that the auditor trusts: no seal is under it, so everything follows from the
 * recorder's signature under the last entry and from the hashes before it; its pages are drawn again where something here draws. Never good
 * as a record; total, whatever is in the file.
 */
export async function verifyEdition(
  bytes: Uint8Array, { pdf, attached }: ReadEdition, recorder: TrustedRecorder, ports: RecordPorts,
): Promise<Verification> {
  const { timeStampAnchors = [], requireTimeStamp = false, log = NO_LOG_TRUST, verifier, inflate, redraw } = ports;
  const read = readTranscript(attached.get(TRANSCRIPT_FILE)?.bytes ?? new Uint8Array());
  const transcript = read.ok ? read.value : { entries: [], openings: [] };
  const brought = broughtByEntries(transcript.entries);
  const { anchor, certificate: trustAnchor, checks: trusted } = await foundRecorder(recorder, brought, verifier);
  const edition = readEdition(attached.get(EDITION_FILE)?.bytes ?? new Uint8Array());
  const told = tellEach(ports.progress?.told);

  const active = activeContentFault(pdf);
  const form: readonly Check[] = [
    ...trusted,
    ...(trustAnchor ? revocationCheck(anchor, brought, []) : []),
    { name: "structure", ok: true, reason: `one revision, ${String(pdf.objects.size)} objects, every byte accounted for; no seal` },
    { name: "no-active-content", ok: active === null, reason: active ?? "no scripts, no actions, nothing fetched" },
  ];
  told(form);
  const first = trustAnchor ? await verifyAttached(attached, { known: EDITION_FILES, sealed: false }, trustAnchor, ports) : undecided([]);
  const stamps = first.ceremony ? await verifyStamps(first.entries, first.ceremony, timeStampAnchors, verifier) : UNSTAMPED;
  // Whom nobody can be trusted to have been then has decided nothing either.
  const ended = first.ceremony ? await endedWhenStamped(recorder, brought, stamps.stamped, verifier) : [];
  const decided = ended.every(({ ok }) => ok) ? first : undecided([]);
  const { ceremony, evidence } = decided;
  const fields = fieldsOf(transcript.entries);
  const withheld = withheldIn(transcript, fields);
  const whole = ceremony ? [ofRecord(edition, ceremony), withheldCheck(edition, withheld, fields.length), await printedHash(pdf, ceremony, inflate)] : [];
  // What is not of this record, or hides more than it says, would not be drawn of it: the pages are for editions that hold.
  const pages = ceremony && edition && whole.every(({ ok }) => ok) ? [await redrawnCheck(pdf, ceremony, redraw ?? null, inflate, edition)] : [];
  const rest = ceremony ? [...stamps.checks, ...demanded(requireTimeStamp, stamps.authorities), ...whole, ...pages] : [];
  told([...ended, ...decided.checks, ...rest]);
  const checks = [...form, ...ended, ...decided.checks, ...rest];
  return {
    v: "claviger/verification/v1",
    verdict: ceremony && checks.every(({ ok }) => ok) ? "good-redacted" : "bad",
    recordSha256: sha256Hex(bytes),
    trustAnchor: anchor.sha256,
    about: ceremony && aboutIn(ceremony),
    edition: edition && { record: edition.record, withheld: withheld.map(({ entry, at, kind }) => ({ entry, at, kind })), of: fields.length },
    pack: null,
    sealedAt: null,
    evidence,
    checks,
    limits: checks.flatMap(({ examined, reason }) => (examined === false ? [reason] : [])),
    anchors: anchorsOf({ recorder: anchor, timeStampAnchors, witnesses: log.witnesses }),
    conclusions: conclusionsFrom(checks, { seal: [], entries: stamps.authorities }, EDITION_CONCLUSIONS),
  };
}

/** Those of which no opening is there. */
function withheldIn({ openings }: Transcript, fields: readonly Field[]): Field[] {
  const opened = new Set(openings.map((opening) => commit(opening).committed));
  return fields.filter(({ committed }) => !opened.has(committed));
}

/** There is no seal that an authority could have stamped: where one is demanded, it has to have stamped the entries of weight. */
const demanded = (required: boolean, authorities: readonly string[]): Check[] =>
  required && authorities.length === 0
    ? [{ name: "timestamp", ok: false, reason: "an edition has no seal to be stamped, and not every entry of weight is stamped by an authority you trust" }]
    : [];

function ofRecord(edition: Edition | null, { id, head }: { readonly id: string; readonly head: { readonly hash: string } }): Check {
  const name = "edition";
  if (!edition) return { name, ok: false, reason: `${EDITION_FILE} is not what an edition says of itself.` };
  if (edition.ceremony !== id || edition.head !== head.hash) {
    return { name, ok: false, reason: "It says that it is an edition of another record than that of the transcript inside." };
  }
  const made = `That it was made from the file with SHA-256 ${edition.record} is its own word.`;
  return { name, ok: true, reason: `A redacted edition of the record of ceremony ${id}, whose last entry has the hash ${head.hash}. ${made}` };
}

/** What it says is withheld is withheld, and nothing else is. */
function withheldCheck(edition: Edition | null, withheld: readonly Field[], of: number): Check {
  const name = "withheld";
  const place = ({ entry, at }: Pick<Field, "entry" | "at">) => `${String(entry)}${at}`;
  const said = new Set((edition?.withheld ?? []).map(place));
  if (said.size > of) return { name, ok: false, reason: `It says that ${String(said.size)} fields are withheld, and there are ${String(of)} that could be.` };
  const gone = new Set(withheld.map(place));
  const silent = [...gone].filter((one) => !said.has(one));
  const untrue = [...said].filter((one) => !gone.has(one));
  if (silent.length > 0) return { name, ok: false, reason: `Gone, and not said to be: ${firstOf(silent)}.` };
  if (untrue.length > 0) return { name, ok: false, reason: `Said to be withheld, and there, or no field that could be: ${firstOf(untrue)}.` };
  const what = withheld.length === 0 ? "Nothing is withheld." : `Withheld: ${countedFields(withheld)}.`;
  return { name, ok: true, reason: `${String(withheld.length)} of ${String(of)} names and texts. ${what} Each is covered by its commitment in an entry.` };
}

/** The first five, and how many more there are. */
const firstOf = (places: readonly string[]): string =>
  `${places.slice(0, 5).join(", ")}${places.length > 5 ? ` and ${String(places.length - 5)} more` : ""}`;
