import { z } from "zod";
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

/** What a ceremony is opened with beside script, roster and cast: who is ready, and what was found when go was said. */
export const Readiness = z.strictObject({
  /** Acceptances of the script's duties, the newest of each custodian of the roster. */
  duties: z.array(Endorsement).max(200),
  /** Tests of passkeys, the newest of each. */
  passkeys: z.array(Endorsement).max(400),
  /** The go / no-go as the app found it, each line at most once; what was found is committed text. */
  lines: z.array(z.strictObject({ line: z.enum(GO_LINES), go: z.boolean(), said: Committed })).max(GO_LINES.length),
  /** The rehearsal that the app went by: which, the hash of its last entry, and when it was closed. */
  rehearsal: z.strictObject({ ceremony: Identifier, head: Hash, closedAt: Time }).nullable(),
  /** The device that is expected; what the recorder finds is compared with it. */
  hsm: z.strictObject({ serial: z.string().min(1).max(64), firmware: z.string().min(1).max(64) }).nullable(),
});
