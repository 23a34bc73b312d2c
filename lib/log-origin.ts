import { z } from "zod";
import type { Mode } from "./ceremony/roles";

/**
 * A log's origin, as its checkpoints begin with it: by custom the address it is served at without its scheme (C2SP tlog-tiles). It
 * can never be changed: another origin is another log.
 */
export const LogOrigin = z
  .string()
  .regex(/^[a-z0-9][a-z0-9.-]*(?::[0-9]{1,5})?(?:\/[a-z0-9][a-z0-9._-]*)*$/, "is written as host/path, in small letters, without a scheme")
  .max(200)
  .refine((origin) => !origin.endsWith("/rehearsal"), "does not end in /rehearsal, which is the log of rehearsals");

/** Rehearsals have a log of their own: no proof of one can pass for a proof of the other. */
export const logOriginOf = (origin: string, mode: Mode): string => (mode === "rehearsal" ? `${origin}/rehearsal` : origin);
