import type { Json } from "#lib/log/canonical";
import type { Result } from "#lib/result";
import type { TokenRefusal } from "#lib/token/fault";
import type { Token } from "#lib/token/token";
import type { BackedUpKey } from "./backed-up-keys";

/**
 * "archive": the whole token as its provider keeps it. "wrapped-keys": each key by itself, wrapped by the token, for providers
 * without an archive and for restoring into another maker's token.
 */
export const BACKUP_FORMS = ["archive", "wrapped-keys"] as const;
export type BackupForm = (typeof BACKUP_FORMS)[number];

/** A backup as it lies where backups go. */
export interface KeptBackup {
  readonly file: string;
  readonly sha256: string;
  readonly bytes: number;
}

/** What is to be backed up, under a name of the script's and an id that no other backup has. */
export interface BackupOrder {
  readonly name: string;
  readonly id: string;
  readonly form: BackupForm;
  /** What lies inside beside the keys, as the outcome lists them. */
  readonly manifest: Json;
  readonly keys: readonly BackedUpKey[];
}

export type BackupRefusal =
  | "NO-BACKUP-DIRECTORY"
  | "BACKUP-NOT-OFFERED"
  | "BACKUP-NOT-FOUND"
  | "BACKUP-KEY-WRONG"
  | "BACKUP-DAMAGED"
  | "TOKEN-OF-ANOTHER-KIND"
  | "RESTORED-TOKEN-DOES-NOT-OPEN"
  | TokenRefusal["reason"];

/**
 * Backups of the ceremony's own token, as its provider makes them. The secret is the one that custodians hold; nothing of it is
 * kept. What the world breaks is thrown; what a backup, its secret or a kind of token does not allow is refused.
 */
export interface BackupPort {
  /** Takes away what a worker that was killed has left half made; called by the one that acts, before it does. */
  begin(): void;
  /**
   * Makes a backup of the token. Where an earlier call with the same name and id has left one whose outcome was never told, it
   * takes its place.
   */
  make(order: BackupOrder, token: Token, secret: Uint8Array): Promise<Result<KeptBackup, BackupRefusal>>;
  /** Takes away what `make` made or began under this name and id; nothing when there is nothing. */
  discard(name: string, id: string): Promise<void>;
  /** Opens it and looks at every byte; answers the manifest and what the file is now. */
  verify(
    file: string,
    secret: Uint8Array,
  ): Promise<Result<KeptBackup & { readonly manifest: Json; readonly files: number }, BackupRefusal>>;
  /**
   * Restores it for a moment: an archive into a throw-away place by the library of the other token, wrapped keys into the other
   * token itself. Either way in a process of its own.
   */
  restore(
    file: string,
    secret: Uint8Array,
    to: { readonly name: string; readonly token: Token },
  ): Promise<Result<RestoredToken, BackupRefusal>>;
  /** Takes keys off that token which a restore test cut short has left there. */
  sweep(token: Token): Promise<void>;
}

/** A token that holds what came out of a backup. */
export interface RestoredToken {
  readonly token: Token;
  /** Every key that came back, read from the token and called as the backup calls it. */
  readonly keys: () => Promise<readonly BackedUpKey[]>;
  /** The id under which a key of the backup lies on that token. */
  readonly idOf: (key: BackedUpKey) => Uint8Array;
  /** Ends its process and takes everything of it away; true when nothing is left. */
  discard(): Promise<boolean>;
}
