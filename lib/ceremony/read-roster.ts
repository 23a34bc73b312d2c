import { parseCanonical } from "../log/canonical";
import { soundRoster, type Roster } from "./roster";
import { Roster as RosterSchema } from "./roster.schema";

/** The roster in kept bytes, or null when they are none, or none that could be used. Its hash is the caller's to compare. */
export function readRoster(bytes: Uint8Array): Roster | null {
  try {
    const parsed = RosterSchema.safeParse(parseCanonical(bytes));
    return parsed.success && soundRoster(parsed.data).ok ? parsed.data : null;
  } catch {
    return null;
  }
}
