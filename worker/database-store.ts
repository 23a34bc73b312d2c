import { entryBytes, entryHash } from "#lib/ceremony/entry";
import { summaryOf } from "#lib/store/ceremonies";
import { openDatabase } from "#lib/store/database";
import { listEndorsements } from "#lib/store/endorsements";
import { appendEntry, ceremoniesWithEntries, readEntries, readEntry } from "#lib/store/entries";
import { findRecord, keepRecord, recordHash } from "#lib/store/records";
import { rostersAfter } from "#lib/store/rosters";
import { readParts, takeAwayParts } from "#lib/store/secret-parts";
import { findTile, forgetWaiting, keepCosignature, keepLeaves, knownLeaves, newestCheckpoint, waitingForLog } from "#lib/store/transparency-log";
import { isUnreachable } from "#lib/store/store-fault";
import { watchEntries } from "#lib/store/watch-entries";
import { sayHealth } from "#lib/store/worker-health";
import type { LogStore } from "./log/log-store";
import type { WorkerStore } from "./store-port";

/** The worker's store over PostgreSQL, by the worker's own database role. */
export function databaseStore(url: string): WorkerStore & { readonly log: LogStore } {
  const db = openDatabase(url, { connections: 3, name: "claviger-worker" });
  return {
    ceremonies: () => ceremoniesWithEntries(db),
    entries: (ceremony, fromSeq) => readEntries(db, ceremony, fromSeq),
    append(entry, after) {
      const { ceremony, seq, prev, kind, at, by } = entry;
      return appendEntry(db, { ceremony, seq, prev, kind, at, by, hash: entryHash(entry), bytes: entryBytes(entry), openings: [] }, summaryOf(after));
    },
    findRecord: async (ceremony) => (await findRecord(db, ceremony))?.pdf ?? null,
    recordHash: (ceremony) => recordHash(db, ceremony),
    async keepRecord(record) {
      // "exists": an earlier run sealed it and its reply was lost, or somebody put one there.
      await keepRecord(db, record);
    },
    rostersAfter: (mode, prev) => rostersAfter(db, mode, prev),
    endorsements: (document) => listEndorsements(db, document),
    secretParts: (ceremony) => readParts(db, ceremony),
    takeAwayParts: (ceremony, upTo) => takeAwayParts(db, ceremony, upTo),
    log: {
      waiting: (most) => waitingForLog(db, most),
      firstEntry: async (ceremony) => (await readEntry(db, ceremony, 0))?.bytes ?? null,
      known: (origin, hashes) => knownLeaves(db, origin, hashes),
      async forget(ids) {
        await forgetWaiting(db, ids);
      },
      keep: (rows) => keepLeaves(db, rows),
      checkpoint: (origin) => newestCheckpoint(db, origin),
      keepCosignature: (cosignature) => keepCosignature(db, cosignature),
      tile: (origin, level, index) => findTile(db, origin, level, index),
    },
    sayHealth: (health) => sayHealth(db, health),
    watch: (onChange) => watchEntries(url, onChange, onChange),
    isGone: isUnreachable,
    close: () => db.$disconnect(),
  };
}
