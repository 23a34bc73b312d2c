import type { Script } from "#lib/ceremony/script";
import { told } from "#lib/ceremony/told";
import type { Path, Report, Watcher } from "./world";

type Backup = { readonly path: Path; verified: boolean; restored: boolean };

/** Whether what is made is backed up, and whether the backups are known to be backups. */
export function watchBackups(script: Script, report: Report): Watcher {
  const backups = new Map<string, Backup>();
  const unsaved = new Map<string, Path>();

  const known = (id: string, path: Path): Backup | undefined => {
    const backup = backups.get(id);
    if (!backup) report("BACKUP-UNKNOWN", path, told`No step before this one makes the backup ${id}.`);
    return backup;
  };

  return {
    work({ events, path }) {
      for (const event of events) {
        switch (event.event) {
          case "key-made":
            unsaved.set(event.label, path);
            break;
          case "key-cloned":
            unsaved.delete(event.label);
            break;
          case "backup-made":
            if (backups.has(event.backup)) report("BACKUP-TWICE", path, told`The backup ${event.backup} is made twice.`);
            backups.set(event.backup, { path, verified: false, restored: false });
            unsaved.clear();
            break;
          case "backup-verified": {
            const backup = known(event.backup, path);
            if (backup) backup.verified = true;
            break;
          }
          case "backup-restored": {
            const backup = known(event.backup, path);
            if (backup) backup.restored = true;
            break;
          }
          default:
            break;
        }
      }
    },
    end() {
      const [first] = unsaved;
      if (backups.size > 0) {
        for (const [label, path] of unsaved) {
          report("BACKUP-BEFORE-KEY", path, told`${label} is made after the last backup and is in none.`);
        }
      } else if (first && script.environment === "production") {
        report("BACKUP-MISSING", first[1], told`Nothing backs up ${[...unsaved.keys()].join(", ")}.`);
      }
      for (const [id, { path, verified, restored }] of backups) {
        if (!verified) report("BACKUP-UNVERIFIED", path, told`Nobody looks into the backup ${id}.`);
        if (!restored) report("BACKUP-UNRESTORED", path, told`The backup ${id} is never restored.`);
      }
    },
  };
}
