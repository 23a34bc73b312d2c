import type { Mode } from "#lib/ceremony/roles";
import type { SignatureVerifier } from "#lib/ceremony/signature-verifier";
import type { BackupPort } from "#lib/operations/backup-port";
import type { TimeStamper } from "#lib/pdf/pades-cms";
import type { ExclusiveLock } from "#lib/store/exclusive-lock";
import type { Token } from "#lib/token/token";
import type { KeepsLog } from "./log/kept-log";
import type { WorkerMemory } from "./memory";
import type { PinnedOrganisation } from "./organisation-chain";
import type { OtherTokenPort } from "./other-tokens";
import type { WorkerStore } from "./store-port";
import type { WatchesTokens } from "./watches-tokens";

/** A token that can be opened again after it was gone. */
export interface OpenedToken extends Token {
  reopen(): Promise<unknown>;
  /** Logs out and ends every session; afterwards only `reopen` works. */
  logOut(): Promise<void>;
  close(): Promise<void>;
}

/** Everything a worker is made of. `main.ts` gives the real parts; a test may wrap any of them. */
export interface WorkerParts {
  readonly name: string;
  readonly serial: string;
  readonly mode: Mode;
  readonly software: string;
  readonly store: WorkerStore;
  readonly memory: WorkerMemory;
  readonly organisation: PinnedOrganisation | null;
  readonly verifier: SignatureVerifier;
  /** Time-stamp authorities, two at most, in the order of their importance. */
  readonly timeStamps: readonly TimeStamper[];
  readonly now: () => Date;
  /** `onWaiting` hears that another process of this host has the token; it is waited for. */
  readonly openToken: (onWaiting: () => void) => Promise<OpenedToken>;
  readonly others: OtherTokenPort;
  readonly backups: BackupPort;
  /** The transparency log this worker keeps, by its origin; null where another one does, or none. */
  readonly keepsLog: KeepsLog | null;
  /** How often it compares its tokens with the register; null where it never does. */
  readonly watchesTokens: WatchesTokens | null;
  /** Waits until this worker is the one that acts on the token; null when `signal` ended the waiting. */
  readonly lead: (signal: AbortSignal, onWaiting: (why: "held-by-another" | "database-gone") => void) => Promise<ExclusiveLock | null>;
  readonly log: (line: string) => void;
}
