import { performed, type Ceremony, type Performed } from "../ceremony/ceremony";
import type { Entry } from "../ceremony/entry";
import { canonical, type Json } from "../log/canonical";
import { fromBase64url, sameBytes, sha256Hex, utf8 } from "../log/digest";
import { Malformed } from "../x509/malformed";
import { toPem } from "../x509/pem";
import type { PdfAttachment } from "./pdf-attachments";
import { RECORD_MANIFEST_FILE } from "./record-manifest";
import type { RecordAttachment } from "./record-document";
import type { Check } from "./verify-transcript";

/** Files of their own for what stands in the transcript, so that it is read without our programs; each says nothing that is not in there. */
export const DERIVED_FILES = {
  script: "script.json",
  roster: "roster-extract.json",
  outcomes: "outcomes.json",
  publicKeys: "public-keys.pem",
  certificates: "certificates.pem",
  stamps: "time-stamps.pem",
} as const;

/**
 * The parts of a record that are made of its entries, as files; the same entries, the same bytes. Names stand in them as in the entries, as
 * commitments and never as text, so that an edition carries the same. What a ceremony has none of is left out. Throws a `RangeError` or
 * `Malformed` for outcomes and tokens that cannot be read, as no ceremony has that its rules admit.
 */
export function derivedParts(entries: readonly Entry[], ceremony: Ceremony): RecordAttachment[] {
  const file = (name: string, mime: string, description: string, bytes: Uint8Array | null): RecordAttachment[] =>
    bytes === null ? [] : [{ name, mime, description, relationship: "Data", bytes }];
  const [json, pem] = ["application/json", "application/x-pem-file"];
  return [
    ...file(DERIVED_FILES.script, json, "The script as it was read and agreed to, as canonical JSON: its SHA-256 is the hash of the script",
      canonical(ceremony.script as unknown as Json)),
    ...file(DERIVED_FILES.roster, json, "Who took part: roles and passkeys out of the roster, names as commitments", rosterExtract(ceremony)),
    ...file(DERIVED_FILES.outcomes, json, "What came of each operation on the token: the entries that the recorder signed", outcomesIn(entries, ceremony)),
    ...file(DERIVED_FILES.publicKeys, pem, "The public keys that outcomes tell of, in PEM, each with its label", publicKeysIn(ceremony)),
    ...file(DERIVED_FILES.certificates, pem, "The recorder's certificates and those issued in the ceremony, in PEM", certificatesIn(ceremony)),
    ...file(DERIVED_FILES.stamps, pem, "The time stamps over entries (RFC 3161 tokens, CMS in PEM), each with the hash that it stamps", stampsIn(entries, ceremony)),
  ];
}

/** The people of the ceremony, those who left their place included, as the roster has them, with the role each had. */
function rosterExtract({ id, roster, rosterHash, participants, replaced }: Ceremony): Uint8Array {
  const roles = new Map<string, string>([...replaced.map(({ leaves, role }) => [leaves, role] as const), ...participants.map(({ person, role }) => [person, role] as const)]);
  const people = roster.people.flatMap((one) => (roles.has(one.person) ? [{ ...one, role: roles.get(one.person) }] : []));
  const { version, mode, rp, quorum } = roster;
  return canonical({ v: "claviger/roster-extract/v1", ceremony: id, roster: { version, mode, hash: rosterHash, rp, quorum }, people } as unknown as Json);
}

function outcomesIn(entries: readonly Entry[], { id }: Ceremony): Uint8Array {
  const told = entries.filter(({ kind }) => kind === "operation-done" || kind === "operation-failed");
  return canonical({ v: "claviger/outcomes/v1", ceremony: id, entries: told } as unknown as Json);
}

const inOrder = (ceremony: Ceremony): readonly Performed[] => [...performed(ceremony)].sort((a, b) => a.seq - b.seq);
const memberOf = (value: Json | undefined, name: string): Json | undefined =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as { readonly [name: string]: Json })[name] : undefined;

/** Blocks of PEM, each below a line that says what it is (RFC 7468 section 2); the same bytes stand there once. Null for none. */
function pemOf(title: string, label: string, blocks: readonly { readonly says: string; readonly der: Uint8Array }[]): Uint8Array | null {
  const seen = new Set<string>();
  const lines = blocks.flatMap(({ says, der }) => {
    const hash = sha256Hex(der);
    if (seen.has(hash)) return [];
    seen.add(hash);
    return [`\n${says}\nSHA-256 ${hash}\n${toPem(label, der)}`];
  });
  return lines.length === 0 ? null : utf8(`${title}\n${lines.join("")}`);
}

function publicKeysIn(ceremony: Ceremony): Uint8Array | null {
  const blocks = inOrder(ceremony).flatMap(({ request, outcome, ckaId, seq }) =>
    [memberOf(outcome, "spki"), memberOf(outcome["found"], "spki")].flatMap((spki) => {
      if (typeof spki !== "string") return [];
      const [label, id] = [request["label"] ?? request["key"], outcome["ckaId"] ?? ckaId];
      const named = typeof label === "string" ? `Label ${label}, ` : "";
      return [{ says: `${named}CKA_ID ${typeof id === "string" ? id : ckaId}, from entry ${String(seq)}`, der: fromBase64url(spki) }];
    }));
  return pemOf(`Public keys of ceremony ${ceremony.id}, by the outcomes in its transcript.`, "PUBLIC KEY", blocks);
}

function certificatesIn(ceremony: Ceremony): Uint8Array | null {
  const recorder = ceremony.recorder?.recorder;
  const blocks = [
    ...(recorder ? [{ says: "The recorder's own. Compare its fingerprint with the minutes before you believe it.", der: fromBase64url(recorder.certificate) }] : []),
    ...(recorder?.chain ?? []).map((der) => ({ says: "For the recorder's key, by an organisation, as the recorder brought it.", der: fromBase64url(der) })),
    ...inOrder(ceremony).flatMap(({ request, outcome, seq }) =>
      ["certificate", "issuerCertificate"].flatMap((member) => {
        const der = outcome[member];
        return typeof der === "string" ? [{ says: `From entry ${String(seq)}, ${request.operation}`, der: fromBase64url(der) }] : [];
      })),
  ];
  return pemOf(`Certificates of ceremony ${ceremony.id}.`, "CERTIFICATE", blocks);
}

/** The token of an entry with the hash of the stamped one, which `openssl ts -verify -digest` takes. */
function stampsIn(entries: readonly Entry[], { id, marks }: Ceremony): Uint8Array | null {
  const blocks = marks.flatMap(({ seq, hash, stamps }) =>
    stamps.flatMap((stamp) => {
      const entry = entries[stamp.seq];
      if (entry?.kind !== "time-stamped") return [];
      return [{ says: `Over entry ${String(seq)}, whose hash is ${hash}, by the ${stamp.authority} authority at ${stamp.at}`, der: fromBase64url(entry.body.token) }];
    }));
  return pemOf(`Time stamps over entries of ceremony ${id}.`, "CMS", blocks);
}

const isSame = (a: PdfAttachment, b: PdfAttachment): boolean => sameBytes(a.bytes, b.bytes) && a.mime === b.mime && a.relationship === b.relationship;

/**
 * Whether every file that repeats the transcript is what the transcript makes of it, byte by byte, and by media type and relationship, and none
 * is missing: there is no second truth in a record. Where there is no manifest there is none of them.
 */
export function partsCheck(attached: ReadonlyMap<string, PdfAttachment>, entries: readonly Entry[], ceremony: Ceremony): Check {
  const name = "parts";
  if (!attached.has(RECORD_MANIFEST_FILE)) return { name, ok: true, reason: "Nothing is attached that repeats the transcript." };
  let parts: RecordAttachment[];
  try {
    parts = derivedParts(entries, ceremony);
  } catch (fault) {
    if (fault instanceof RangeError || fault instanceof Malformed) return { name, ok: false, reason: "What is attached beside the transcript cannot be made of it." };
    throw fault;
  }
  const other = Object.values(DERIVED_FILES).filter((file) => {
    const [made, found] = [parts.find((part) => part.name === file), attached.get(file)];
    return made === undefined || found === undefined ? made !== found : !isSame(made, found);
  });
  if (other.length > 0) return { name, ok: false, reason: `Not what the transcript makes of it, or missing: ${other.join(", ")}.` };
  return { name, ok: true, reason: `${String(parts.length)} files repeat what stands in the transcript, byte by byte: ${parts.map((part) => part.name).join(", ")}.` };
}
