import type { Entry } from "../ceremony/entry";

/** The step an entry is about, by what it says itself; null for entries about the whole ceremony. */
export function stepNamed(entry: Entry): string | null {
  if ("step" in entry.body) return entry.body.step;
  return "statement" in entry.body ? entry.body.statement.step : null;
}
