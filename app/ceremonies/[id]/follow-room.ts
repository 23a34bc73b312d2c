import type { RoomView } from "#lib/conduct/room";
import { withChange, type RoomChange } from "#lib/conduct/room-change";

export type Heard = {
  /** The room as the server has just told it. */
  readonly shown: (room: RoomView) => void;
  /** Everything is as it was; the line holds. Hears what time it is at the server. */
  readonly still: (now: string) => void;
  /** The line is gone. It comes back by itself. */
  readonly gone: () => void;
  /** The server has answered, and it was no line: why, it says to whoever asks for the room. */
  readonly refused: () => void;
};

/** After an answer that is none (the server is away, the session ended) the browser gives up; so long until it is tried again. */
const TRY_AGAIN_MS = 2_000;

/** Listens to a room until the function it returns is called. */
export function followRoom(path: string, { shown, still, gone, refused }: Heard): () => void {
  let source: EventSource;
  let again: ReturnType<typeof setTimeout> | undefined;
  const listen = () => {
    let room: RoomView | null = null;
    const heard = (next: RoomView) => {
      room = next;
      shown(next);
    };
    source = new EventSource(path);
    source.addEventListener("room", ({ data }: MessageEvent<string>) => heard(JSON.parse(data) as RoomView));
    source.addEventListener("change", ({ data }: MessageEvent<string>) => {
      if (room) heard(withChange(room, JSON.parse(data) as RoomChange));
    });
    source.addEventListener("beat", ({ data }: MessageEvent<string>) => still((JSON.parse(data) as { now: string }).now));
    source.addEventListener("error", () => {
      gone();
      if (source.readyState !== EventSource.CLOSED) return;
      refused();
      again = setTimeout(listen, TRY_AGAIN_MS);
    });
  };
  listen();
  return () => {
    clearTimeout(again);
    source.close();
  };
}
