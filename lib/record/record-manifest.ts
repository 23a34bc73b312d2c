import type { Ceremony } from "../ceremony/ceremony";
import { canonical, CanonicalFault, parseCanonical, type Json } from "../log/canonical";
import { sameBytes, sha256Hex } from "../log/digest";
import type { PdfAttachment } from "./pdf-attachments";
import type { Check } from "./verify-transcript";

/** The list of everything else that lies in a record or an edition. */
export const RECORD_MANIFEST_FILE = "record-manifest.json";

const VERSION = "claviger/record-manifest/v1";

type ListedFile = {
  readonly name: string;
  /** Media type. */
  readonly mime: string;
  /** What it is, in words. */
  readonly what: string;
  /** Its AFRelationship (ISO 19005-3, annex E). */
  readonly relationship: string;
  readonly size: number;
  readonly sha256: string;
};
type Of = Pick<Ceremony, "id" | "head">;

/** Canonical bytes of the manifest over these files, which are all but itself; in the order of their names. */
export function manifestBytes({ id, head }: Of, files: readonly PdfAttachment[]): Uint8Array {
  return canonical({ v: VERSION, ceremony: id, head: head.hash, files: files.map(listed).sort((a, b) => (a.name < b.name ? -1 : 1)) });
}

const listed = ({ name, mime, description, relationship, bytes }: PdfAttachment): ListedFile =>
  ({ name, mime, what: description, relationship, size: bytes.length, sha256: sha256Hex(bytes) });

/**
 * Whether the manifest lists what is there, file by file, and nothing else. `demanded`: files that nothing carries without one. What was
 * `sealed` before there were manifests has none, and none of those files; of an edition without one nobody can tell whether it had one, for no
 * seal is over what lies in it.
 */
export function manifestCheck(attached: ReadonlyMap<string, PdfAttachment>, of: Of, demanded: readonly string[], sealed: boolean): Check {
  const name = "manifest";
  const bad = (reason: string): Check => ({ name, ok: false, reason });
  const bytes = attached.get(RECORD_MANIFEST_FILE)?.bytes;
  const files = [...attached.values()].filter((file) => file.name !== RECORD_MANIFEST_FILE);
  if (!bytes) {
    const unlisted = files.filter((file) => demanded.includes(file.name)).map((file) => file.name);
    if (unlisted.length > 0) return bad(`There is no ${RECORD_MANIFEST_FILE}, and files that are nowhere without one: ${unlisted.join(", ")}.`);
    if (!sealed) return { name, ok: true, examined: false, reason: `There is no ${RECORD_MANIFEST_FILE}: this edition was made before there were any, or somebody took it out, and the parts with it.` };
    return { name, ok: true, reason: "There is no manifest, as in all that was made before there were any, and no file that takes one." };
  }
  const said = namesIn(bytes);
  if (said === null) return bad(`${RECORD_MANIFEST_FILE} is not a manifest that this verifier knows.`);
  const missing = said.filter((one) => !files.some((file) => file.name === one));
  if (missing.length > 0) return bad(`Listed in the manifest, and not there: ${missing.join(", ")}.`);
  const unlisted = files.filter((file) => !said.includes(file.name)).map((file) => file.name);
  if (unlisted.length > 0) return bad(`There, and not listed in the manifest: ${unlisted.join(", ")}.`);
  if (!sameBytes(manifestBytes(of, files), bytes)) {
    return bad("The manifest says something else of a file than it is (its media type, what it is, size or hash), or is another ceremony's.");
  }
  return { name, ok: true, reason: `Each of ${String(files.length)} files is listed in ${RECORD_MANIFEST_FILE} with its size and hash, and nothing else is there.` };
}

/** The names in a manifest; null for anything else. What stands beside them is held against the files as a whole. */
function namesIn(bytes: Uint8Array): readonly string[] | null {
  try {
    const { v, files } = parseCanonical(bytes) as { readonly v?: Json; readonly files?: Json };
    if (v !== VERSION || !Array.isArray(files)) return null;
    const names = (files as readonly (Partial<ListedFile> | null)[]).map((file) => file?.name);
    return names.every((one) => typeof one === "string") ? names : null;
  } catch (fault) {
    if (fault instanceof CanonicalFault || fault instanceof TypeError) return null;
    throw fault;
  }
}
