import type { Ceremony } from "#lib/ceremony/ceremony";
import type { Words } from "#lib/words/words";
import type { RoomBook } from "./room";
import type { Names } from "./room-names";

/** What a view of the room is made from. */
export type Asked = {
  readonly ceremony: Ceremony;
  readonly book: RoomBook;
  readonly names: Names;
  readonly now: string;
  readonly words: Words;
};
