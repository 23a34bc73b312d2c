import { entryBytes, entryHash } from "#lib/ceremony/entry";
import { writeAuditOnce } from "#lib/store/audit-events";
import { summaryOf } from "#lib/store/ceremonies";
import { openDatabase } from "#lib/store/database";
import { destroyedRecords } from "#lib/store/destructions";
import { listEndorsements } from "#lib/store/endorsements";
import { appendEntry, ceremoniesToFollow, ceremoniesWithEntries, readEntries, readFirstEntries, readTranscript } from "#lib/store/entries";
import { keptAttestations } from "#lib/store/kept-attestations";
import { findRecord, keepRecord, recordHash } from "#lib/store/records";
import { entriesAfter, entriesAt, eventsAfter, eventsAt, leavesBetween, stillWaiting } from "#lib/store/logged-things";
import { rostersAfter } from "#lib/store/rosters";
import { readParts, takeAwayParts } from "#lib/store/secret-parts";
import { findTile, forgetWaiting, keepCosignature, keepLeaves, knownLeaves, newestCheckpoint, waitingForLog } from "#lib/store/transparency-log";
import { listPapers } from "#lib/store/register-papers";
import { isUnreachable } from "#lib/store/store-fault";
import { keepListing, listListings, newestAsked } from "#lib/store/token-listings";
import {
  announcedDays,
  countedDays,
  eventsOfDay,
  findDay,
  firstDayOfUses,
  keepDay,
  newestDay,
  placesOfDay,
  usesBefore,
  usesOfDayBetween,
} from "#lib/store/key-use-days";
import { watchEntries } from "#lib/store/watch-entries";
import { sayHealth } from "#lib/store/worker-health";
import type { LogRowStore, LogStore } from "./log/log-store";
import type { UseDayStore } from "./log/use-counter";
import type { WorkerStore } from "./store-port";
import type { WatchStore } from "./watches-tokens";

/** The worker's store over PostgreSQL, by the worker's own database role. */
export function databaseStore(
  url: string,
): WorkerStore & { readonly log: LogStore & LogRowStore; readonly uses: UseDayStore; readonly tokens: WatchStore } {
  const db = openDatabase(url, { connections: 3, name: "claviger-worker" });
  return {
    ceremonies: () => ceremoniesToFollow(db),
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
    attestations: (passkeys) => keptAttestations(db, passkeys),
    log: {
      waiting: (most) => waitingForLog(db, most),
      // Its bytes only: what is kept beside them may be anything.
      firstEntry: async (ceremony) => (await readFirstEntries(db, [ceremony]))[0]?.bytes ?? null,
      known: (origin, hashes) => knownLeaves(db, origin, hashes),
      async forget(ids) {
        await forgetWaiting(db, ids);
      },
      keep: (rows) => keepLeaves(db, rows),
      checkpoint: (origin) => newestCheckpoint(db, origin),
      keepCosignature: (cosignature) => keepCosignature(db, cosignature),
      tile: (origin, level, index) => findTile(db, origin, level, index),
      leaves: (origin, from, most) => leavesBetween(db, origin, from, most),
      // A leaf is somebody's word too: one that names no number names no event.
      eventsAt: (ids) => eventsAt(db, ids.filter((id) => /^[0-9]{1,18}$/.test(id)).map(BigInt)),
      entriesAt: (places) => entriesAt(db, places.filter(({ seq }) => seq >= 0 && seq < 2 ** 31)),
      eventsAfter: (id, most) => eventsAfter(db, BigInt(id ?? "0"), most),
      entriesAfter: (place, most) => entriesAfter(db, place, most),
      destroyedRecords: () => destroyedRecords(db),
      stillWaiting: (things) => stillWaiting(db, things),
    },
    uses: {
      newest: () => newestDay(db),
      find: (day) => findDay(db, day),
      days: () => countedDays(db),
      first: () => firstDayOfUses(db),
      before: (day) => usesBefore(db, day),
      places: (day) => placesOfDay(db, day),
      uses: (day, places, most) => usesOfDayBetween(db, day, places, most),
      keep: (day, said) => keepDay(db, day, said),
      events: (day) => eventsOfDay(db, day),
      announced: () => announcedDays(db),
    },
    tokens: {
      ceremonies: () => ceremoniesWithEntries(db),
      transcript: (ceremony, fromSeq) => readTranscript(db, ceremony, fromSeq),
      changes: async () => (await listPapers(db, "key-state")).map(({ bytes }) => bytes),
      listings: (token) => listListings(db, token),
      keepListing: (row) => keepListing(db, row),
      newestAsked: () => newestAsked(db),
    },
    noteTrusted: (facts) => writeAuditOnce(db, { kind: "trusted-at-console", by: null, facts }),
    sayHealth: (health) => sayHealth(db, health),
    watch: (onChange) => watchEntries(url, onChange, onChange),
    isGone: isUnreachable,
    close: () => db.$disconnect(),
  };
}
