import type { RoomView } from "#lib/conduct/room";
import type { Orders } from "./autopilot";
import { currentStep } from "./next-act";
import type { Seats } from "./seats";

/** The pauses a person can choose between two acts of the others, in milliseconds. */
export const PACES = { calm: 2500, ordinary: 1000, brisk: 300 } as const;
export type Pace = keyof typeof PACES;

/** What the companion shows about the ceremony, as plain JSON. */
export type CeremonyShown = {
  readonly id: string;
  readonly title: string;
  readonly phase: RoomView["phase"];
  readonly result: "completed" | "aborted" | null;
  readonly step: { readonly number: number; readonly of: number; readonly title: string } | null;
  readonly awaited: string;
  readonly sealed: boolean;
};

/** The one ceremony that the demo is about, and how the others are played. */
export class Performance {
  playing = false;
  pace: Pace = "ordinary";
  ceremony: string | null = null;
  room: RoomView | null = null;
  /** What was done last, by whom; null before anything was. */
  doing: { readonly person: string; readonly did: string } | null = null;
  trouble: string | null = null;

  /** What the autopilot is told. It rests while nobody watches, so that nobody comes back to a finished ceremony. */
  orders(seats: Seats): Orders {
    const people = seats.people();
    return { playing: this.playing && people.size > 0, milliseconds: PACES[this.pace], ceremony: this.ceremony, people };
  }

  /** Turns to a newly opened ceremony. */
  begin(ceremony: string): void {
    this.ceremony = ceremony;
    this.room = null;
    this.doing = null;
  }

  shown(): CeremonyShown | null {
    const { room } = this;
    if (!room || room.id !== this.ceremony) return null;
    const step = currentStep(room);
    const of = room.acts.reduce((sum, { steps }) => sum + steps.length, 0);
    return {
      id: room.id,
      title: room.title,
      phase: room.phase,
      result: room.closed?.result ?? null,
      step: step && { number: step.number, of, title: step.title },
      awaited: room.awaited,
      sealed: room.record !== null,
    };
  }
}
