import { readEntry, type Entry } from "../ceremony/entry";
import { canonical, CanonicalFault, parseCanonical, type Json } from "../log/canonical";
import { commit, commitmentsIn, type Opening } from "../log/commitment";
import { ok, refuse, type Result } from "../result";

/** A whole ceremony as it is kept, published and attached to its record: the entries, and what their commitments stand for. */
export type Transcript = { readonly entries: readonly Entry[]; readonly openings: readonly Opening[] };

/** The name of the attachment every record carries. */
export const TRANSCRIPT_FILE = "transcript.json";

const VERSION = "claviger/transcript/v1";

/** Canonical bytes of a transcript. Openings are put in the order of their paths and salts, so that equal is equal. */
export function transcriptBytes({ entries, openings }: Transcript): Uint8Array {
  const key = ({ path, salt, value }: Opening) => `${path}\0${salt}\0${value}`;
  const unique = new Map(openings.map((opening) => [key(opening), opening]));
  const sorted = [...unique.keys()].sort().map((k) => unique.get(k));
  return canonical({ v: VERSION, entries, openings: sorted } as unknown as Json);
}

/** What is wrong with the bytes of a transcript, in a sentence. */
export type TranscriptProblem = { readonly sentence: string };

/** `transcriptBytes` back again. Refuses other versions, entries that are not well formed, and openings of nothing. */
export function readTranscript(bytes: Uint8Array): Result<Transcript & { readonly bytes: readonly Uint8Array[] }, TranscriptProblem> {
  let value: Json;
  try {
    value = parseCanonical(bytes);
  } catch (fault) {
    if (fault instanceof CanonicalFault) return refuse({ sentence: `The transcript is not canonical: ${fault.message}.` });
    throw fault;
  }
  if (!isMembers(value) || Object.keys(value).join() !== "entries,openings,v" || value["v"] !== VERSION) {
    return refuse({ sentence: "The transcript is not of a version this verifier knows." });
  }
  const { entries, openings } = value;
  if (!Array.isArray(entries) || !Array.isArray(openings)) return refuse({ sentence: "The transcript has no list of entries." });

  const read: Entry[] = [];
  const kept: Uint8Array[] = [];
  for (const [seq, one] of (entries as Json[]).entries()) {
    const entry = canonical(one);
    const result = readEntry(entry);
    if (!result.ok) return refuse({ sentence: `Entry ${String(seq)} is not well formed: ${String(result.refusal.facts["problem"])}.` });
    read.push(result.value.entry);
    kept.push(entry);
  }
  const problem = strayOpening(entries as Json[], openings as Json[]);
  return problem ? refuse({ sentence: problem }) : ok({ entries: read, openings: openings, bytes: kept });
}

/** An opening that opens nothing says something nobody committed to: it has no place in the file. */
function strayOpening(entries: readonly Json[], openings: readonly Json[]): string | null {
  const committed = new Set(commitmentsIn(entries).map(({ commitment }) => commitment.committed));
  for (const opening of openings) {
    if (!isOpening(opening)) return "An opening is not well formed.";
    if (!committed.has(commit(opening).committed)) return `The text given for ${opening.path} is not what was committed to.`;
  }
  return null;
}

const isMembers = (value: Json): value is { readonly [key: string]: Json } => typeof value === "object" && value !== null && !Array.isArray(value);

const isOpening = (value: Json): value is Opening =>
  isMembers(value) &&
  Object.keys(value).sort().join() === "path,salt,value" &&
  [value["path"], value["salt"], value["value"]].every((member) => typeof member === "string");
