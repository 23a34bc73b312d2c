import type { RoomSight } from "#lib/conduct/room-sight";
import { sharedReader } from "#lib/conduct/shared-reader";
import { RoomSights } from "#lib/conduct/room-sights";
import { Feed } from "#lib/live/feed";
import { book } from "#lib/operations/book";
import { findSeal } from "#lib/store/records";
import { holdersOf, type Holder } from "#lib/store/sessions";
import { readHealth } from "#lib/store/worker-health";
import { now } from "../clock";
import { database } from "./database";
import { liveBus, roomPorts } from "./parts";

type Parts = { sights?: RoomSights; feed?: Feed<RoomSight> };
/** On globalThis, one per process: see database.ts. */
const parts = ((globalThis as { clavigerRooms?: Parts }).clavigerRooms ??= {});

/** How rooms look now, made once however many look. */
export const roomSights = (): RoomSights =>
  (parts.sights ??= new RoomSights({
    transcripts: roomPorts().transcripts,
    book,
    seal: (ceremony) => findSeal(database(), ceremony),
    health: async (serial) => (await readHealth(database())).find((one) => serial === null || one.tokenSerial === serial) ?? null,
    now,
  }));

/** Tells open pages how their rooms look. */
export const roomFeed = (): Feed<RoomSight> =>
  (parts.feed ??= new Feed<RoomSight>(liveBus(), {
    look: (id) => roomSights().look(id),
    readers: async (sessions) => {
      const holders = await holdersOf(database(), sessions, now());
      const reader = ({ person, roles, shared }: Holder) => ({ person: shared === null ? person : sharedReader(shared), roles });
      return new Map([...holders].map(([session, holder]) => [session, reader(holder)]));
    },
  }));
