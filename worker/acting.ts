import type { Ceremony } from "#lib/ceremony/ceremony";
import { entryBytes, type Body, type Entry, type EntryKind } from "#lib/ceremony/entry";
import type { Refusal } from "#lib/ceremony/refusal";
import { take } from "#lib/ceremony/replay";
import type { Mode } from "#lib/ceremony/roles";
import type { SignatureVerifier } from "#lib/ceremony/signature-verifier";
import { book } from "#lib/operations/book";
import type { TimeStamper } from "#lib/pdf/pades-cms";
import type { RecordLog } from "#lib/record/record-log";
import type { Transcript } from "#lib/record/transcript";
import { ok, type Result } from "#lib/result";
import type { BackupPort } from "#lib/operations/backup-port";
import type { Token } from "#lib/token/token";
import type { Attempts } from "./attempts";
import type { Block, FollowedCeremony } from "./followed-ceremony";
import type { WorkerMemory } from "./memory";
import type { KnownPins } from "./known-pins";
import type { PinnedOrganisation } from "./organisation-chain";
import type { OtherTokens } from "./other-tokens";
import { recorderEntry, type Recorder } from "./recorder";
import type { Sealings } from "./sealings";
import type { SecretDesk } from "./secret-desk";
import type { WorkerStore } from "./store-port";

/** All that the worker's acts need; each part is a port that a test can wrap. */
export interface Acting {
  readonly token: Token;
  readonly others: OtherTokens;
  readonly backups: BackupPort;
  /** What this process knows of secrets that custodians enter, and the PINs it was given or has set. */
  readonly desk: SecretDesk;
  readonly pins: KnownPins;
  readonly recorder: Recorder;
  /** Whom its environment names to answer for the recorder's key; null: nobody but itself. */
  readonly organisation: PinnedOrganisation | null;
  readonly store: WorkerStore;
  readonly memory: WorkerMemory;
  readonly verifier: SignatureVerifier;
  readonly now: () => Date;
  readonly mode: Mode;
  readonly software: string;
  readonly worker: string;
  /** Throws LeadershipLost unless this worker still is the one that may act; asked of the database, not of memory. */
  readonly confirmLeadership: () => Promise<void>;
  /** What can be proved now of the transparency log and a closed ceremony's entries. */
  readonly logProof: (transcript: Transcript, ceremony: Ceremony) => Promise<RecordLog>;
  /** Draws and signs the record of a closed ceremony from its verified transcript; the PDF's bytes. */
  readonly seal: (transcript: Transcript, ceremony: Ceremony, log: RecordLog) => Promise<Uint8Array>;
  /** Why a PDF is not this worker's record of that closed ceremony, or null. */
  readonly recordFault: (pdf: Uint8Array, ceremony: Ceremony) => Promise<string | null>;
  /** Time-stamp authorities, in the order of their importance, and what they are asked for. */
  readonly timeStamps: readonly TimeStamper[];
  readonly stampings: Attempts;
  readonly sealings: Sealings;
  /** Says in the health what is being done. */
  readonly say: (doing: string) => Promise<void>;
}

/**
 * "again": something was written or has changed; look at the ceremony anew. "wait": there is nothing to do for the worker, and
 * where a step is open, which rule it waits for. "blocked": somebody must look.
 */
export type Acted = { readonly kind: "again" } | { readonly kind: "wait"; readonly why?: Block["code"] } | { readonly kind: "blocked"; readonly block: Block };

export const AGAIN: Acted = { kind: "again" };
export const WAIT: Acted = { kind: "wait" };
export const waitFor = (why: Block["code"]): Acted => ({ kind: "wait", why });
export const blocked = (block: Block): Acted => ({ kind: "blocked", block });

/**
 * Writes the recorder's next entry, if the rules admit it after everything verified so far. Answers the refusal when they do
 * not, "conflict" when somebody else wrote first: then the caller looks again and decides anew.
 */
export async function append<K extends EntryKind>(
  acting: Acting,
  followed: FollowedCeremony,
  kind: K,
  body: Body<K>,
): Promise<Result<"appended" | "conflict", Refusal>> {
  const ceremony = followed.ceremony;
  if (!ceremony) throw new Error("nothing follows before the first entry");
  const entry = await recorderEntry(acting.token, ceremony, kind, body, acting.now());
  const after = await admitted(acting, ceremony, entry);
  if (!after.ok) return after;
  return ok(await acting.store.append(entry, after.value));
}

/** The recorder obeys the same rule book as everybody: its own entry goes through `take` before anyone else sees it. */
const admitted = (acting: Acting, ceremony: Ceremony, entry: Entry): Promise<Result<Ceremony, Refusal>> =>
  take(acting.verifier, book, ceremony, entryBytes(entry));

/** The entries that tell the truth about what happened; they must be written, whoever else writes meanwhile. */
type Truth = "operation-done" | "operation-failed" | "worker-noted";

/** Writes a truth, again after every conflict. Answers the refusal, if the rules do not admit it, or the block it ran into. */
export async function appendTruth<K extends Truth>(
  acting: Acting,
  followed: FollowedCeremony,
  kind: K,
  body: Body<K>,
): Promise<Result<null, { readonly refusal: Refusal } | { readonly block: Block }>> {
  for (;;) {
    const written = await append(acting, followed, kind, body);
    if (!written.ok) return { ok: false, refusal: { refusal: written.refusal } };
    const now = await followed.catchUp();
    if (!now.ok) return { ok: false, refusal: { block: now.refusal } };
    if (written.value === "appended") return ok(null);
  }
}
