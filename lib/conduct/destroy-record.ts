import { canonical, type Json } from "#lib/log/canonical";
import { sha256Hex } from "#lib/log/digest";
import { ok, type Result } from "#lib/result";
import { asAtDesk } from "./at-desk";
import type { DeskPorts, NewDeskFile } from "./desk-ports";
import { holdMatter, holdState } from "./hold-record";
import { lastIn, newestOf, nextPlace, type Matter, type NewMatterEvent } from "./matter";
import { object, type Objection } from "./objection";
import type { Actor } from "./ports";
import { readableText } from "./readable-text";
import { isOver, retentionOf, type KeyLives } from "./retention";

/** A closed ceremony and what is kept of it, as far as it concerns the end of its record. */
export type KeptRecord = {
  readonly ceremony: string;
  readonly title: string;
  readonly mode: string;
  readonly result: string;
  readonly openedAt: string;
  readonly endedAt: string;
  /** Of its transcript, which stays. */
  readonly entries: number;
  readonly headHash: string;
  readonly record: { readonly sha256: string; readonly sealedAt: string } | null;
  /** Evidence whose bytes are kept. */
  readonly files: readonly { readonly sha256: string; readonly size: number }[];
  /** How many committed texts can be opened, and pages of notebooks that were not released. */
  readonly openings: number;
  readonly pages: number;
  readonly keys: KeyLives;
  readonly destroyed: { readonly at: string; readonly certificate: string } | null;
};

export type DestructionPorts = DeskPorts & {
  readonly kept: (ceremony: string) => Promise<KeptRecord | null>;
  /** Notes the event, keeps the certificate and destroys, in one transaction. Throws when the database's own rules refuse. */
  readonly destroy: (event: NewMatterEvent<"record-destroyed">, certificate: NewDeskFile) => Promise<"noted" | "overtaken">;
};

export const destructionMatter = (ceremony: string): string => `destruction/${ceremony}`;

/** How far the destruction of a record is: nobody asks for it, one person does, or it is done. */
export type DestructionState = "none" | "ordered" | "done";

export function destructionState(matter: Matter | null): DestructionState {
  const kind = matter === null ? null : newestOf(matter).kind;
  return kind === "record-destruction-ordered" ? "ordered" : kind === "record-destroyed" ? "done" : "none";
}

/** What a certificate says of what was destroyed and of what stays: the same list that decision 0077 gives. */
const DESTROYED = ["the sealed record and its renewed editions", "closed audit files that hold it", "the bytes of evidence", "pages of notebooks", "salts and values behind every commitment", "search texts"];
const KEPT = ["the entries' canonical bytes, with hashes instead of names", "the leaves of the log and its proofs", "this certificate"];

/** Why a record may not be destroyed now, or null. Objects RECORD-DESTROYED, RETENTION-RUNS, RECORD-HELD or RECORD-BESIDE. */
async function objectionTo(ports: DestructionPorts, kept: KeptRecord): Promise<Result<never, Objection> | null> {
  if (kept.destroyed) return object("RECORD-DESTROYED");
  const retention = retentionOf(kept);
  if (!isOver(retention, ports.world.now().toISOString())) return object("RETENTION-RUNS", { until: retention.until ?? retention.afterKeys });
  const hold = await ports.matters.find(holdMatter(kept.ceremony));
  if (holdState(hold) !== "none") return object("RECORD-HELD");
  const beside = await keptBeside(ports, kept.ceremony);
  return beside === null ? null : object("RECORD-BESIDE", { ceremony: beside });
}

/**
 * Another record in a closed audit file with this one, that is held or still to be kept: the file would go with this one, and with
 * it what its auditor closed. One that is not known here is kept.
 */
async function keptBeside({ matters, kept, world }: DestructionPorts, ceremony: string): Promise<string | null> {
  const files = (await matters.all("file")).map((matter) => lastIn(matter, "audit-file-closed")?.facts.records ?? []);
  for (const other of new Set(files.filter((records) => records.includes(ceremony)).flat())) {
    if (other === ceremony) continue;
    const beside = await kept(other);
    if (beside?.destroyed) continue;
    const runs = !beside || !isOver(retentionOf(beside), world.now().toISOString());
    if (runs || holdState(await matters.find(holdMatter(other))) !== "none") return other;
  }
  return null;
}

/** An administrator orders the destruction of a record whose time is over, with a reason. Nothing is destroyed by it. */
export async function orderDestruction(
  ports: DestructionPorts,
  actor: Actor,
  ceremony: string,
  form: { readonly reason: string },
): Promise<Result<{ readonly state: DestructionState }, Objection>> {
  const administrator = await asAtDesk(ports.people, actor, "administrator");
  if (!administrator.ok) return administrator;
  const kept = await ports.kept(ceremony);
  if (!kept) return object("NOT-FOUND");
  const reason = readableText(ports.world, "reason", form.reason, "line");
  if (!reason.ok) return reason;
  const objection = await objectionTo(ports, kept);
  if (objection) return objection;
  const matter = destructionMatter(ceremony);
  const known = await ports.matters.find(matter);
  if (destructionState(known) !== "none") return object("MATTER-OVERTAKEN");
  const noted = await ports.matters.note({
    ...{ kind: "record-destruction-ordered", by: administrator.value.by, matter, n: nextPlace(known) },
    facts: { ceremony, reason: reason.value },
  });
  return noted === "noted" ? ok({ state: "ordered" }) : object("MATTER-OVERTAKEN");
}

/** Anybody at the desk takes an order back, whoever gave it. */
export async function withdrawDestruction(
  ports: DeskPorts,
  actor: Actor,
  ceremony: string,
): Promise<Result<{ readonly state: DestructionState }, Objection>> {
  const person = await asAtDesk(ports.people, actor, "either");
  if (!person.ok) return person;
  const matter = destructionMatter(ceremony);
  const known = await ports.matters.find(matter);
  if (destructionState(known) !== "ordered") return object("MATTER-OVERTAKEN");
  const noted = await ports.matters.note({
    ...{ kind: "record-destruction-withdrawn", by: person.value.by, matter, n: nextPlace(known) },
    facts: { ceremony },
  });
  return noted === "noted" ? ok({ state: "none" }) : object("MATTER-OVERTAKEN");
}

/**
 * A second person, auditor or administrator, confirms, and the record is destroyed in the same transaction that notes it. What was
 * there is in a certificate whose hash is in the event, and so a leaf of the log (decision 0077).
 */
export async function destroyRecord(
  ports: DestructionPorts,
  actor: Actor,
  ceremony: string,
): Promise<Result<{ readonly certificate: string }, Objection>> {
  const person = await asAtDesk(ports.people, actor, "either");
  if (!person.ok) return person;
  const { by } = person.value;
  const kept = await ports.kept(ceremony);
  if (!kept) return object("NOT-FOUND");
  const objection = await objectionTo(ports, kept);
  if (objection) return objection;
  const matter = destructionMatter(ceremony);
  const known = await ports.matters.find(matter);
  const ordered = known && lastIn(known, "record-destruction-ordered");
  if (!known || !ordered || destructionState(known) !== "ordered") return object("MATTER-OVERTAKEN");
  if (ordered.by === by) return object("SECOND-PERSON");
  const said = { by: ordered.by, at: ordered.at, reason: ordered.facts.reason };
  const bytes = certificateBytes(kept, said, { by, at: ports.world.now().toISOString() });
  const certificate = sha256Hex(bytes);
  const file = { sha256: certificate, size: bytes.length, mediaType: "application/json", bytes, by };
  const event = { kind: "record-destroyed", by, matter, n: nextPlace(known), facts: { ceremony, certificate } } as const;
  return (await ports.destroy(event, file)) === "noted" ? ok({ certificate }) : object("MATTER-OVERTAKEN");
}

type Decided = { readonly by: string; readonly at: string };

/** The certificate of a record's destruction: canonical, so that it has one hash. */
export function certificateBytes(kept: KeptRecord, ordered: Decided & { readonly reason: string }, confirmed: Decided): Uint8Array {
  const { destroyed: _, keys, files, record, ...rest } = kept;
  const { until, sevenYears, afterKeys } = retentionOf(kept);
  const copies =
    "Copies that were handed out, or handed in as an answer to a request, and backups of the database made before, are not touched by this.";
  return canonical({
    v: "claviger/destruction/v1",
    ...rest,
    record: record && { ...record },
    files: files.map((file) => ({ ...file })),
    keys: keys === "unknown" ? keys : keys.map((key) => ({ ...key })),
    retention: { until, sevenYears, afterKeys },
    ordered: { ...ordered },
    confirmed: { ...confirmed },
    destroyed: DESTROYED,
    kept: KEPT,
    copies,
  } satisfies Json);
}
