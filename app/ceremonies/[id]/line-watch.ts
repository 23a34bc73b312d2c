/** The server says something every two seconds. After such a silence the line is dead, or something holds it back: ask. */
export const SILENCE_MS = 3_500;
export const LOOK_MS = 500;
/** A server that is there answers within this; until it does, the page does not pretend to know. */
export const ANSWERS_WITHIN_MS = 2_000;
/** A page that did not come to look for so long was asleep or too busy to hear: its silence is no one's but its own. */
const SLEPT_MS = 1_500;

/** What is asked when nothing is heard, settled once there is an answer or none is to be had; and what is done without one. */
type Ways = { readonly ask: () => Promise<void>; readonly away: () => void };

/**
 * Watches over a line on which something is heard every two seconds, where nobody says that it broke: a switch that died, a cable
 * pulled out behind it. Silence alone is no proof, so one request is made, and only when that is not answered either is the line
 * said to be away: within six seconds of the last word.
 */
export function watchLine({ ask, away }: Ways): { readonly heard: () => void; readonly stop: () => void } {
  let quietSince = Date.now();
  let lookedAt = quietSince;
  let askedAt: number | null = null;
  const look = () => {
    const now = Date.now();
    const passed = now - lookedAt;
    lookedAt = now;
    if (passed < 0 || passed > SLEPT_MS) {
      quietSince = now;
      if (askedAt !== null) askedAt = now;
      return;
    }
    if (askedAt !== null && now - askedAt >= ANSWERS_WITHIN_MS) {
      askedAt = null;
      away();
    }
    if (now - quietSince < SILENCE_MS) return;
    quietSince = now;
    askedAt ??= now;
    void ask().finally(() => {
      askedAt = null;
    });
  };
  const timer = setInterval(look, LOOK_MS);
  return {
    heard: () => {
      quietSince = Date.now();
      askedAt = null;
    },
    stop: () => {
      clearInterval(timer);
    },
  };
}
