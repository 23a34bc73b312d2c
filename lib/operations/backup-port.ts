import type { Json } from "#lib/log/canonical";
import type { Result } from "#lib/result";
import type { Token } from "#lib/token/token";

/** A backup as it lies where backups go. */
export interface KeptBackup {
  readonly file: string;
  readonly sha256: string;
  readonly bytes: number;
}

export type BackupRefusal =
  | "NO-BACKUP-DIRECTORY"
  | "BACKUP-NOT-OFFERED"
  | "BACKUP-NOT-FOUND"
  | "BACKUP-KEY-WRONG"
  | "BACKUP-DAMAGED"
  | "TOKEN-OF-ANOTHER-KIND"
  | "RESTORED-TOKEN-DOES-NOT-OPEN";

/**
 * Backups of the ceremony's own token, as its provider makes them. The secret is the one that custodians hold; nothing of it is
 * kept. What the world breaks is thrown; what a backup, its secret or a kind of token does not allow is refused.
 */
export interface BackupPort {
  /**
   * Makes a backup under that name, with the manifest inside. Where an earlier call under the same `id` has left one whose
   * outcome was never told, that one is taken away first.
   */
  make(name: string, id: string, secret: Uint8Array, manifest: Json): Promise<Result<KeptBackup, BackupRefusal>>;
  /** Opens it and looks at every byte; answers the manifest and what the file is now. */
  verify(
    file: string,
    secret: Uint8Array,
  ): Promise<Result<KeptBackup & { readonly manifest: Json; readonly files: number }, BackupRefusal>>;
  /** Restores it into a throw-away place, by the library of the other token, in a process of its own. */
  restore(file: string, secret: Uint8Array, to: string): Promise<Result<RestoredToken, BackupRefusal>>;
}

/** A token made out of a backup. */
export interface RestoredToken {
  readonly token: Token;
  /** Ends its process and takes everything of it away; true when nothing is left. */
  discard(): Promise<boolean>;
}
