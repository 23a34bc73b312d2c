import { currentStep, roleOf } from "#lib/ceremony/ceremony";
import type { Mode } from "#lib/ceremony/roles";
import type { Roster } from "#lib/ceremony/roster";
import type { Script } from "#lib/ceremony/script";
import { parseCanonical } from "#lib/log/canonical";
import { valuesOf, type Opening } from "#lib/log/commitment";
import type { Words } from "#lib/words/words";
import type { CeremonyLine, Health, PersonLine, RosterLine, ScriptLine, ScriptText, WorkerHealth } from "./desk";
import { healthInWords } from "./health-sentence";
import type { KnownPerson } from "./people-ports";
import type { RoomBook } from "./room";
import { actsOf, awaitedOf } from "./room-acts";
import { namesOf } from "./room-names";
import type { Transcript } from "./transcript";

type Summary = Omit<CeremonyLine, "afterwards" | "awaited" | "role" | "step" | "turn" | "sealed" | "mode" | "phase" | "result"> & {
  readonly mode: string;
  readonly phase: string;
  readonly result: string | null;
};

/**
 * A row of the list of ceremonies. Without its transcript (a closed ceremony, read from the projection) nothing is asked of
 * anybody.
 */
export function ceremonyLine(
  summary: Summary,
  transcript: Transcript | null,
  me: string,
  book: RoomBook,
  sealed: boolean,
  now: string,
  words: Words,
): CeremonyLine {
  const { id, title, openedAt, closedAt } = summary;
  const line = {
    id,
    title,
    openedAt,
    closedAt,
    sealed,
    afterwards: null,
    mode: summary.mode as Mode,
    phase: summary.phase as CeremonyLine["phase"],
    result: summary.result as CeremonyLine["result"],
  };
  if (!transcript) return { ...line, role: null, step: null, turn: null, awaited: "" };
  const { ceremony, openings } = transcript;
  const asked = { ceremony, book, names: namesOf(ceremony, openings, words), now, words };
  const current = currentStep(ceremony);
  return {
    ...line,
    phase: ceremony.phase,
    role: roleOf(ceremony, me),
    step: current && { number: current.number, of: ceremony.steps.length, title: current.step.title },
    turn: actsOf(asked, me).turn,
    awaited: awaitedOf(asked).awaited,
  };
}

type ScriptRow = { readonly hash: string; readonly createdAt: string; readonly yaml: string; readonly bytes: Uint8Array };

export function scriptText({ hash, createdAt, yaml, bytes }: ScriptRow): ScriptText {
  return { hash, createdAt, yaml, script: parseCanonical(bytes) as unknown as Script };
}

export function scriptLine(row: ScriptRow): ScriptLine {
  const { hash, createdAt, script } = scriptText(row);
  const { script: id, edition, title, purpose, minutes, quorum } = script;
  return { hash, createdAt, script: id, edition, title, purpose, minutes, quorum };
}

type RosterRow = Pick<RosterLine, "hash" | "version" | "mode" | "prev" | "createdAt"> & {
  readonly bytes: Uint8Array;
  readonly openings: readonly Opening[];
};

/** A published roster with its names, as far as their openings are kept. */
export function rosterLine({
  hash,
  version,
  mode,
  prev,
  createdAt,
  bytes,
  openings,
}: RosterRow): Omit<RosterLine, "standing" | "trusted" | "changes" | "endorsement"> {
  const roster = parseCanonical(bytes) as unknown as Roster;
  const value = valuesOf(openings);
  const people = roster.people.map(({ person, name, title, roles, groups, passkeys }) => ({
    person,
    name: value(name) ?? person,
    title: value(title) ?? "",
    roles,
    groups,
    passkeys: passkeys.length,
  }));
  return {
    hash,
    version,
    mode,
    prev,
    createdAt,
    organisation: value(roster.organisation) ?? "",
    quorum: roster.quorum.approve,
    people,
  };
}

export function personLine(
  { person, name, title, roles, groups, email, contact, language, disabled, passkeys }: KnownPerson,
  links: PersonLine["links"],
  sessions: readonly { readonly id: string; readonly means: string; readonly createdAt: string }[],
): PersonLine {
  return {
    ...{ person, name, title, roles, groups, email, contact, language, disabled, links },
    passkeys: passkeys.map(({ id, aaguid, synced, backedUp, attestation, createdAt, lastUsedAt }) => ({
      ...{ id, aaguid, synced, backedUp, createdAt, lastUsedAt },
      attestation: attestation ? { format: attestation.format, proof: attestation.proof } : null,
    })),
    sessions: sessions.map(({ id, means, createdAt }) => ({
      id,
      createdAt,
      via: means === "passkey" ? "passkey" : "single-sign-on",
    })),
  };
}

type HealthRow = {
  readonly worker: string;
  readonly tokenSerial: string | null;
  readonly state: string;
  readonly sentence: string;
  readonly facts: unknown;
  readonly seenAt: string;
};

/** The workers as they last said they were. Facts that are lists or structures are for machines and stay out. */
export function healthOf(rows: readonly HealthRow[], words: Words): Health {
  const plain = (facts: unknown): WorkerHealth["facts"] =>
    Object.fromEntries(
      Object.entries(facts ?? {}).filter((fact): fact is [string, string | number | boolean] =>
        ["string", "number", "boolean"].includes(typeof fact[1]),
      ),
    );
  return {
    database: { ok: true, sentence: "The database answers." },
    workers: rows.map((row) => ({
      worker: row.worker,
      serial: row.tokenSerial ?? "",
      state: row.state,
      sentence: healthInWords(row, words),
      facts: plain(row.facts),
      seenAt: row.seenAt,
    })),
  };
}
