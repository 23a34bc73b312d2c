import { Malformed } from "#lib/x509/malformed";
import { stampInfoIn, type StampInfo } from "#lib/x509/stamp-info";
import { fromBase64url, hex } from "../log/digest";
import { ok, type Result } from "../result";
import type { Ceremony, Mark } from "./ceremony";
import { sameRecorder } from "./change-step";
import type { EntryOf } from "./entry";
import type { RecorderSigned } from "./examine";
import { no, type Refusal } from "./refusal";
import { CLOCK_TOLERANCE_MS } from "./signing-time";

/** How far an authority's time may lie outside of those that the transcript says: two clocks apart from a third, each its share. */
export const STAMP_TOLERANCE_MS = 2 * CLOCK_TOLERANCE_MS;

/** The ceremony with one entry more that authorities are asked to stamp. */
export const withMark = (ceremony: Ceremony, of: Mark["of"], { seq, at }: { readonly seq: number; readonly at: string }, hash: string): Ceremony => ({
  ...ceremony,
  marks: [...ceremony.marks, { of, seq, hash, at, stamps: [], missed: [] }],
});

/**
 * A token over an earlier entry of weight: its imprint is that entry's hash, and its time lies between that entry and this one,
 * within `STAMP_TOLERANCE_MS`. Who signed it is for a verifier who knows whom to trust; here only what it claims is read.
 */
export function admitStamped(ceremony: Ceremony, entry: EntryOf<"time-stamped">, recorder: RecorderSigned | null): Result<Ceremony, Refusal> {
  const mine = sameRecorder(ceremony, recorder);
  if (!mine.ok) return mine;
  const { entry: stamped, authority, token } = entry.body;
  const mark = ceremony.marks.find(({ seq }) => seq === stamped);
  const info = claimIn(token);
  if (!mark || !info || hex(info.imprint) !== mark.hash) {
    return no("STAMP-IMPRINT", { entry: stamped, problem: !mark ? "no entry that is stamped" : info ? "over something else" : "no time stamp" });
  }
  if (mark.stamps.some((one) => one.authority === authority)) return no("STAMP-ONCE", { entry: stamped, authority });
  const fault = stampTimeFault(info, mark, Date.parse(entry.at));
  if (fault) return no("STAMP-TIME", fault);
  const at = new Date(info.at).toISOString();
  return ok(withMarked(ceremony, { ...mark, stamps: [...mark.stamps, { authority, seq: entry.seq, at }] }));
}

/** What an authority says of a mark, where it cannot be so: before the entry was there, or after the token was had. */
export function stampTimeFault(info: StampInfo, mark: Mark, had: number): Refusal["facts"] | null {
  const early = info.at < Date.parse(mark.at) - STAMP_TOLERANCE_MS;
  const late = !(info.at <= had + STAMP_TOLERANCE_MS);
  return early || late ? { entry: mark.seq, found: new Date(info.at).toISOString(), from: mark.at, to: new Date(had).toISOString() } : null;
}

/** An authority was asked for the first time and had no stamp. It is asked again; should it then have one, that stands later. */
export function admitMissed(ceremony: Ceremony, entry: EntryOf<"time-stamp-missed">, recorder: RecorderSigned | null): Result<Ceremony, Refusal> {
  const mine = sameRecorder(ceremony, recorder);
  if (!mine.ok) return mine;
  const { entry: stamped, authority, why } = entry.body;
  const mark = ceremony.marks.find(({ seq }) => seq === stamped);
  if (!mark) return no("STAMP-IMPRINT", { entry: stamped, problem: "no entry that is stamped" });
  if ([...mark.stamps, ...mark.missed].some((one) => one.authority === authority)) return no("STAMP-ONCE", { entry: stamped, authority });
  return ok(withMarked(ceremony, { ...mark, missed: [...mark.missed, { authority, seq: entry.seq, why }] }));
}

const withMarked = (ceremony: Ceremony, changed: Mark): Ceremony => ({
  ...ceremony,
  marks: ceremony.marks.map((mark) => (mark.seq === changed.seq ? changed : mark)),
});

function claimIn(token: string): StampInfo | null {
  try {
    return stampInfoIn(fromBase64url(token));
  } catch (fault) {
    if (fault instanceof Malformed || fault instanceof RangeError) return null;
    throw fault;
  }
}
