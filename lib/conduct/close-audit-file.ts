import { canonical } from "#lib/log/canonical";
import { sha256Hex, utf8 } from "#lib/log/digest";
import { zipArchive, type ArchivedFile } from "#lib/record/zip-archive";
import { ok, type Result } from "#lib/result";
import { asAtDesk } from "./at-desk";
import type { DeskFilter } from "./desk-filter";
import type { DeskPorts, Found } from "./desk-ports";
import type { Matter, NamedDeskFile } from "./matter";
import { newMatter } from "./new-matter";
import { object, type Objection } from "./objection";
import type { Actor } from "./ports";
import { readableText } from "./readable-text";

/** What one file may hold: it is made in memory, and handed over in one piece. */
const MOST_BYTES = 200 * 1024 * 1024;
const MOST_RECORDS = 200;
const MOST_MATTERS = 500;
/** Each brings a file and a proof. */
const MOST_LINES = 2_000;

export type AuditFilePorts = DeskPorts & {
  readonly found: Found;
  /** The sealed record and what it is checked with, by name; none where there is none. */
  readonly recordFiles: (ceremony: string) => Promise<readonly ArchivedFile[]>;
  /** Entries and events by the ids that a log's filter finds: each as it stands, and its proof where the log has it. */
  readonly logFiles: (ids: readonly string[]) => AsyncIterable<ArchivedFile>;
};

export type CloseAuditFile = {
  readonly title: string;
  readonly records: readonly string[];
  readonly matters: readonly string[];
  /** Null: no lines of the log but those of the matters. */
  readonly log: DeskFilter | null;
};

/**
 * Puts what an auditor chose into one archive, and closes it: its manifest names every file by its hash, and the manifest's hash is
 * in the event, a leaf of the log. Nothing is added afterwards; more is another file.
 */
export async function closeAuditFile(
  ports: AuditFilePorts,
  actor: Actor,
  form: CloseAuditFile,
): Promise<Result<{ readonly matter: string; readonly manifest: string; readonly archive: string }, Objection>> {
  const auditor = await asAtDesk(ports.people, actor, "auditor");
  if (!auditor.ok) return auditor;
  const { by } = auditor.value;
  const title = readableText(ports.world, "title", form.title, "line");
  if (!title.ok) return title;
  const records = [...new Set(form.records)].sort();
  const matters = [...new Set(form.matters)].sort();
  if (records.length > MOST_RECORDS || matters.length > MOST_MATTERS) return object("AUDIT-FILE-LARGE");
  if (records.length === 0 && matters.length === 0) return object("AUDIT-FILE-EMPTY");

  const files = new Gathered();
  const large = object("AUDIT-FILE-LARGE", { most: MOST_BYTES });
  for (const record of records) {
    const found = await ports.recordFiles(record);
    if (found.length === 0) return object("NOT-FOUND", { ceremony: record });
    if (!found.every((file) => files.take(file))) return large;
  }
  const events: string[] = [];
  for (const matter of matters) {
    const known = await ports.matters.find(matter);
    if (!known) return object("NOT-FOUND", { matter });
    events.push(...known.events.map(({ event }) => `event/${event}`));
    for await (const file of filesOf(ports, known)) if (!files.take(file)) return large;
  }
  const lines = form.log === null ? [] : await ports.found("log", form.log, MOST_LINES);
  if (lines === null) return object("POPULATION-LARGE", { most: MOST_LINES });
  const logged = [...new Set([...events, ...lines])].sort();
  for await (const file of ports.logFiles(logged)) if (!files.take(file)) return large;
  if (!files.take({ name: "README.txt", bytes: utf8(README) })) return large;

  const sorted = files.sorted();
  const made = { title: title.value, by, at: ports.world.now().toISOString(), records, matters };
  const manifest = manifestBytes(made, sorted);
  const bytes = zipArchive([{ name: "manifest.json", bytes: manifest }, ...sorted]);
  const archive = { sha256: sha256Hex(bytes), size: bytes.length, mediaType: "application/zip", bytes, by };
  const matter = newMatter(ports.world, "file");
  const named: NamedDeskFile = { name: "audit-file.zip", sha256: archive.sha256, size: archive.size, mediaType: archive.mediaType };
  const facts = { title: title.value, manifest: sha256Hex(manifest), archive: named, records, events: logged.length };
  const noted = await ports.matters.note({ kind: "audit-file-closed", by, matter, n: 1, facts }, [archive]);
  return noted === "noted" ? ok({ matter, manifest: facts.manifest, archive: archive.sha256 }) : object("MATTER-OVERTAKEN");
}

/** The manifest: every file of the archive but itself, by its hash. */
export function manifestBytes(
  made: { readonly title: string; readonly by: string; readonly at: string; readonly records: readonly string[]; readonly matters: readonly string[] },
  files: readonly ArchivedFile[],
): Uint8Array {
  const listed = files.map(({ name, bytes }) => ({ name, size: bytes.length, sha256: sha256Hex(bytes) }));
  return canonical({ v: "claviger/audit-file/v1", ...made, files: listed });
}

/** The files that a matter's events name, under their hashes: what people called them stands in the events. */
async function* filesOf({ matters }: DeskPorts, { matter, events }: Matter): AsyncGenerator<ArchivedFile> {
  const named = events.flatMap(({ kind, facts }) => {
    if (kind === "documents-answered") return facts.files.map(({ sha256 }) => sha256);
    if (kind === "sample-announced") return [facts.population];
    return kind === "record-destroyed" ? [facts.certificate] : [];
  });
  for (const sha256 of new Set(named)) {
    const file = await matters.file(sha256);
    if (file) yield { name: `matters/${matter}/${sha256}`, bytes: file.bytes };
  }
}

/** Files by name, each once: one event may be found twice. What they come to is known while they are loaded. */
class Gathered {
  readonly #files = new Map<string, ArchivedFile>();
  #size = 0;

  /** False when the file is one too many: whoever gathers stops before the next is loaded. */
  take(file: ArchivedFile): boolean {
    this.#size += file.bytes.length - (this.#files.get(file.name)?.bytes.length ?? 0);
    this.#files.set(file.name, file);
    return this.#size <= MOST_BYTES;
  }

  sorted(): ArchivedFile[] {
    return [...this.#files.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }
}

const README = `This is a closed audit file of Claviger.

manifest.json   every file in here, by name, size and SHA-256. The SHA-256 of manifest.json itself is in the audit event
                "audit-file-closed", which is a leaf of the transparency log: nothing can be added here unseen.
records/        sealed records. Check each: claviger verify records/ID/record.pdf, with the fingerprint from the minutes.
                The trust anchor beside it is a convenience; trust in it comes from elsewhere.
entries/        entries of transcripts as they stand: canonical JSON; its SHA-256 is the entry's hash.
events.jsonl    audit events, one a line, with the salts that their hashes are made with.
events/         NUMBER.tlog-proof, as beside an entry, leads from its leaf to a signed checkpoint (C2SP tlog-proof). Where there is
                none, the log did not have it yet.
matters/        what requests, samples and destructions name: documents, populations, certificates, under their hashes.

A sample is drawn again by: claviger sample matters/sample/ID/POPULATION --seed SEED --size SIZE, both out of its event.
`;
