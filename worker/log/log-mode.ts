import { MODES, type Mode } from "#lib/ceremony/roles";
import { parseCanonical, type Json } from "#lib/log/canonical";
import type { LoggedThing } from "#lib/store/logged-things";
import type { LogStore } from "./log-store";

/**
 * Which log a thing belongs in: an entry in that of its ceremony's mode, as the first entry says, an event in that of production. Null where
 * nothing says it, so that it can be logged nowhere. Whether the ceremony is sound is not asked: what was kept goes into the log.
 */
export async function logModeOf(store: Pick<LogStore, "firstEntry">, thing: LoggedThing): Promise<Mode | null> {
  if (thing.kind === "event") return "production";
  const bytes = await store.firstEntry(thing.ceremony);
  return bytes && modeIn(bytes);
}

function modeIn(bytes: Uint8Array): Mode | null {
  try {
    const { body } = parseCanonical(bytes) as { readonly body?: { readonly mode?: Json } };
    return MODES.find((mode) => mode === body?.mode) ?? null;
  } catch {
    return null;
  }
}
