import { z } from "zod";
import { DEVIATION_CLASSES } from "./deviation-classes";
import { Endorsement } from "./endorsement.schema";
import { Committed, Hash, Identifier, Time } from "./roster.schema";

/** The lines of a go / no-go, in the order in which they are read out. */
export const GO_LINES = [
  "quorum",
  "roles",
  "rehearsal",
  "script",
  "hsm",
  "clocks",
  "backups",
  "duties",
  "passkeys",
  "room",
  "recording",
] as const;

/** What the app tells of the rehearsal it went by. Names and what happened are committed, as everywhere. */
const Told = z.strictObject({
  /** From its first entry to its last. */
  minutes: z.int().min(0).max(10_000_000),
  people: z.array(Committed).min(1).max(200),
  /** What was not as scripted, in order. Where the worker noted it itself, there is no text of what happened. */
  differed: z
    .array(z.strictObject({ class: z.enum(DEVIATION_CLASSES), step: Identifier.nullable(), happened: Committed.nullable() }))
    .max(1000),
});

/** What a ceremony is opened with beside script, roster and cast: who is ready, and what was found when go was said. */
export const Readiness = z.strictObject({
  /** Acceptances of the script's duties, the newest of each custodian of the roster. */
  duties: z.array(Endorsement).max(200),
  /** Tests of passkeys, the newest of each. */
  passkeys: z.array(Endorsement).max(400),
  /** The go / no-go as the app found it, each line at most once; what was found is committed text. */
  lines: z.array(z.strictObject({ line: z.enum(GO_LINES), go: z.boolean(), said: Committed })).max(GO_LINES.length),
  /** The rehearsal that the app went by: which, the hash of its last entry, and when it was closed. */
  rehearsal: z.strictObject({ ceremony: Identifier, head: Hash, closedAt: Time, told: Told.optional() }).nullable(),
  /** The device that is expected; what the recorder finds is compared with it. */
  hsm: z.strictObject({ serial: z.string().min(1).max(64), firmware: z.string().min(1).max(64) }).nullable(),
});
