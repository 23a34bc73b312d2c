import type { BackupPort } from "#lib/operations/backup-port";
import { refuse } from "#lib/result";

/** A worker without a place for backups. */
export const noBackups: BackupPort = {
  make: () => Promise.resolve(refuse("NO-BACKUP-DIRECTORY")),
  verify: () => Promise.resolve(refuse("NO-BACKUP-DIRECTORY")),
  begin: () => undefined,
  discard: () => Promise.resolve(),
  sweep: () => Promise.resolve(),
  restore: () => Promise.resolve(refuse("NO-BACKUP-DIRECTORY")),
};
