import type { RoomView } from "#lib/conduct/room";
import type { AppAddress } from "./app-address";
import { actOf, nextAct, type Next } from "./next-act";
import { performAct } from "./perform-act";
import { PlayedSecrets } from "./played-secrets";
import { AppSaidNo, type Visitor } from "./visitor";

/** What the autopilot is told at every turn; asked anew each time, because people change seats. */
export type Orders = {
  readonly playing: boolean;
  /** Between two acts. 0: as fast as it goes. */
  readonly milliseconds: number;
  /** The ceremony to play; null for none. */
  readonly ceremony: string | null;
  /** The people who play themselves. */
  readonly people: ReadonlySet<string>;
};

export type Autopilot = { readonly stop: () => Promise<void> };

/** How often to look while there is nothing to do. */
const LOOK_AGAIN = 250;
/** After somebody stopped the room or refused, people talk before they go on: this many ordinary pauses. */
const TALKING = 4;

/**
 * Plays everybody but the people who play themselves: looks into the room, does the one act that is next, waits, looks again.
 * Only ever through `visitors`, with each person's own session and passkey. `told` hears every act, `looked` every view.
 */
export function startAutopilot(
  app: AppAddress,
  visitors: ReadonlyMap<string, Visitor>,
  orders: () => Orders,
  heard: { told: (person: string, did: string) => void; looked: (room: RoomView) => void; troubled: (sentence: string) => void },
): Autopilot {
  const ending = new AbortController();
  const ended = () => ending.signal.aborted;
  let wake = (): void => undefined;
  const pause = (milliseconds: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  const secrets = new PlayedSecrets();
  const loop = async (): Promise<void> => {
    while (!ended()) {
      const now = orders();
      const wait = await turn(now).catch((error: unknown) => {
        heard.troubled(error instanceof Error ? error.message : String(error));
        return 4 * LOOK_AGAIN;
      });
      if (wait > 0 && !ended()) await pause(wait);
    }
  };

  /** One look and at most one act; answers how long to wait before the next. */
  const turn = async (now: Orders): Promise<number> => {
    const onlooker = visitors.values().next().value;
    if (now.ceremony === null || !onlooker) return LOOK_AGAIN;
    const room = await onlooker.get<RoomView>(`/api/ceremonies/${now.ceremony}`);
    heard.looked(room);
    const next = now.playing ? nextAct(room, now.people) : null;
    if (!next) return now.milliseconds === 0 ? LOOK_AGAIN / 5 : LOOK_AGAIN;
    if (next.act === "note-deviation" && now.milliseconds > 0) await pause(TALKING * now.milliseconds);
    await doIt(now, next);
    return now.milliseconds;
  };

  const doIt = async (now: Orders, next: Next): Promise<void> => {
    const visitor = visitors.get(next.person);
    if (!visitor) throw new Error(`Nobody plays ${next.person}.`);
    const room = await visitor.get<RoomView>(`/api/ceremonies/${now.ceremony ?? ""}`);
    // While it thought, somebody may have stepped into this seat, or done it.
    const { people, playing } = orders();
    const act = playing && !people.has(next.person) ? actOf(room, next, people) : null;
    if (!act) return;
    try {
      heard.told(next.person, await performAct(app, visitor, room, act, secrets));
    } catch (error) {
      // Somebody else was first, or the room was stopped in between: look again.
      if (!(error instanceof AppSaidNo && error.status === 409)) throw error;
    }
  };

  const running = loop();
  return {
    stop: async () => {
      ending.abort();
      wake();
      await running;
    },
  };
}
