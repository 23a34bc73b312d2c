import type { z } from "zod";
import type { VerifiedEndorsement } from "./endorsement";
import type { GO_LINES, Readiness as ReadinessSchema } from "./readiness.schema";

export type GoLine = (typeof GO_LINES)[number];
/** As it stands in the first entry of a ceremony. */
export type StatedReadiness = z.infer<typeof ReadinessSchema>;
/** The same with its signatures verified. */
export type Readiness = Omit<StatedReadiness, "duties" | "passkeys"> & {
  readonly duties: readonly VerifiedEndorsement[];
  readonly passkeys: readonly VerifiedEndorsement[];
};
