/**
 * A log's origin, as its checkpoints begin with it: by custom the address it is served at without its scheme (C2SP tlog-tiles). It
 * can never be changed: another origin is another log.
 */
export const isLogOrigin = (text: string): boolean =>
  text.length <= 200 && ORIGIN.test(text) && !text.endsWith(REHEARSAL);

/** What an origin is like, in words that follow the name of a setting. */
export const LOG_ORIGIN_IS = "is written as host/path, in small letters, without a scheme and not ending in /rehearsal";

/** Rehearsals have a log of their own: no proof of one can pass for a proof of the other. */
export const logOriginOf = (origin: string, mode: "rehearsal" | "production"): string =>
  mode === "rehearsal" ? `${origin}${REHEARSAL}` : origin;

/** Which ceremonies the log of that origin holds. */
export const modeOfLog = (origin: string): "rehearsal" | "production" => (origin.endsWith(REHEARSAL) ? "rehearsal" : "production");

const ORIGIN = /^[a-z0-9][a-z0-9.-]*(?::[0-9]{1,5})?(?:\/[a-z0-9][a-z0-9._-]*)*$/;
const REHEARSAL = "/rehearsal";
