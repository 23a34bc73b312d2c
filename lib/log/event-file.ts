import { canonicalText, parseCanonical, type Json } from "./canonical";
import { utf8 } from "./digest";
import { composed, type LoggedEvent } from "./leaf";

const VERSION = "claviger/audit-event/v1";

/**
 * Audit events as they are handed out: a line of canonical JSON for each, with its salt, so that whoever has the file can look every line up
 * in the log.
 */
export const eventFileText = (events: readonly LoggedEvent[]): string =>
  events.map((event) => `${canonicalText({ v: VERSION, ...composed(event) })}\n`).join("");

/** The events of such a file, in its order; null when a line is none. */
export function readEventFile(text: string): readonly LoggedEvent[] | null {
  const lines = text.split("\n");
  if (lines.pop() !== "") return null;
  const events = lines.map(readEvent);
  return events.every((event) => event !== null) ? events : null;
}

function readEvent(line: string): LoggedEvent | null {
  let value: Json;
  try {
    value = parseCanonical(utf8(line));
  } catch {
    return null;
  }
  const { v, event, at, kind, by, facts, salt } = (value ?? {}) as { [member: string]: Json };
  const texts = [event, at, kind, facts, salt].every((text) => typeof text === "string");
  if (v !== VERSION || !texts || (by !== null && typeof by !== "string")) return null;
  const read = { event, at, kind, by, facts, salt } as LoggedEvent;
  return canonicalText({ v: VERSION, ...read }) === line ? read : null;
}
