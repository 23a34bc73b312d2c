import { parseCanonical } from "../log/canonical";
import type { Endorsement } from "./endorsement";
import { Endorsement as EndorsementSchema } from "./endorsement.schema";

/** The endorsement in kept bytes, or null when they are none. */
export function readEndorsement(bytes: Uint8Array): Endorsement | null {
  try {
    const parsed = EndorsementSchema.safeParse(parseCanonical(bytes));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
